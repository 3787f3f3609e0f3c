"""Saved networks: the round trip, and files that must be refused."""

import os
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_tutorial import Network, storage


def network(**kind):
    return Network([2, 3, 2], rng=np.random.default_rng(0), **kind)


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    activation=st.sampled_from(["sigmoid", "tanh", "relu"]),
    output=st.sampled_from(["sigmoid", "identity", "softmax"]),
    bias=st.booleans(),
    dtype=st.sampled_from([np.float64, np.float32]),
    n_networks=st.sampled_from([None, 1, 3]),
)
def test_every_network_comes_back_bit_for_bit(tmp_path_factory, sizes, **kind):
    path = tmp_path_factory.mktemp("saved") / "net.npz"
    net = Network(sizes, rng=np.random.default_rng(0), **kind)
    net.save(path)
    again = Network.load(path)
    assert repr(again) == repr(net)
    for a, b in zip(
        net.weights + (net.biases or []), again.weights + (again.biases or []), strict=True
    ):
        assert np.array_equal(a, b)
        assert a.dtype == b.dtype


def test_twelve_layers_come_back_in_their_order(tmp_path):
    net = Network([2] * 13, rng=np.random.default_rng(0))
    net.biases = [np.full(2, float(i)) for i in range(12)]
    net.save(tmp_path / "net.npz")
    again = Network.load(tmp_path / "net.npz")
    assert np.array_equal(again.weights, net.weights)
    assert np.array_equal(again.biases, net.biases)


def test_the_file_has_the_name_it_was_given_and_nothing_is_left_beside_it(tmp_path):
    network().save(tmp_path / "weights")
    assert os.listdir(tmp_path) == ["weights"]
    Network.load(str(tmp_path / "weights"))


def test_a_crash_while_saving_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"
    network().save(path)
    before = path.read_bytes()

    def crash(file, **arrays):
        file.write(b"half a file")
        raise OSError("disk full")

    monkeypatch.setattr(storage.np, "savez", crash)
    with pytest.raises(OSError, match="disk full"):
        network(bias=False).save(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["net.npz"]


def test_the_new_file_is_on_the_disk_before_it_takes_the_old_ones_place(tmp_path, monkeypatch):
    done, path = [], tmp_path / "net.npz"
    fsync, replace = os.fsync, os.replace

    def written_through(file):
        done.append(("fsync", os.fstat(file).st_size))
        fsync(file)

    def renamed(old, new):
        done.append(("replace", os.path.getsize(old)))
        replace(old, new)

    monkeypatch.setattr(os, "fsync", written_through)
    monkeypatch.setattr(os, "replace", renamed)
    network().save(path)
    size = path.stat().st_size
    assert done == [("fsync", size), ("replace", size)]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(tmp_path, share):
    path = tmp_path / "net.npz"
    network().save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ValueError, match="damaged, or is not a saved network"):
        Network.load(path)


def test_a_flipped_byte_among_the_numbers_is_refused(tmp_path):
    path = tmp_path / "net.npz"
    net = network()
    net.save(path)
    content = bytearray(path.read_bytes())
    content[content.index(net.weights[0].tobytes())] ^= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match="damaged"):
        Network.load(path)


class Bomb:
    """Would leave a file behind if anybody unpickled it."""

    def __reduce__(self):
        return (os.mkdir, ("unpickled",))


def test_a_pickle_is_never_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.npz").write_bytes(pickle.dumps(Bomb()))
    np.savez("b.npz", format=storage.FORMAT, weights_0=np.array([Bomb()], dtype=object))
    for name in ("a.npz", "b.npz"):
        with pytest.raises(ValueError, match="damaged"):
            Network.load(name)
    assert not (tmp_path / "unpickled").exists()


def foreign_files(good):
    """Yield (message, arrays of a file that must be refused with it)."""

    def without(start):
        return {name: array for name, array in good.items() if not name.startswith(start)}

    yield "does not say 'nn_tutorial network", good | {"format": "something else"}
    yield "does not say 'nn_tutorial network", without("format")
    yield "activation", without("activation")
    yield "holds 0 weight arrays", without("weights")
    yield "weights_0", without("weights_0")  # a gap in the numbers
    yield r"holds 2 weight arrays, and besides \['extra'\]", good | {"extra": np.ones(3)}
    yield "several dtypes", good | {"weights_0": good["weights_0"].astype(np.float32)}
    integers = {k: v.astype(int) if v.dtype == float else v for k, v in good.items()}
    yield "dtype must be float64 or float32", integers
    yield "do not follow", good | {"weights_1": np.ones((7, 2))}
    yield r"weights\[0\] holds nan", good | {"weights_0": np.full((2, 3), np.nan)}
    yield "activation must be one of", good | {"activation": "sigmod"}


def test_foreign_and_inconsistent_files_are_refused(tmp_path):
    path = tmp_path / "net.npz"
    network().save(path)
    with np.load(path) as archive:
        good = {name: archive[name] for name in archive.files}
    for message, arrays in foreign_files(good):
        np.savez(path, **arrays)
        with pytest.raises(ValueError, match=f"net.npz is damaged, .*: .*{message}"):
            Network.load(path)
    np.savez(path, **good)
    assert repr(Network.load(path)) == repr(network())


def test_a_plain_array_and_an_empty_archive_are_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.ones(3))
    with zipfile.ZipFile(tmp_path / "b.npz", "w"):
        pass
    for name in ("a.npy", "b.npz"):
        with pytest.raises(ValueError, match="damaged"):
            Network.load(tmp_path / name)


def test_a_missing_file_is_called_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nowhere.npz")
