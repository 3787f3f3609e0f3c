"""Saved networks: the round trip, and files that must be refused."""

import contextlib
import errno
import os
import pickle
import re
import tracemalloc
import warnings
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
    assert done[:2] == [("fsync", size), ("replace", size)]
    assert [name for name, _ in done[2:]] == ["fsync"] * (os.name == "posix")  # of the folder


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
    kind = {"format": storage.FORMAT, "activation": "relu", "output": "sigmoid"}
    np.savez("b.npz", **kind, weights_0=np.array([Bomb()], dtype=object))
    for name, message in (("a.npz", "is a pickle"), ("b.npz", "not an array of numbers")):
        with pytest.raises(ValueError, match=f"^{name} .*{message}"):
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
    yield r"holds 0 weight arrays, .* \['weights_1'\]", without("weights_0")  # a gap
    yield r"holds 2 weight arrays, .* \['extra'\]", good | {"extra": np.ones(3)}
    yield "several dtypes", good | {"weights_0": good["weights_0"].astype(np.float32)}
    integers = {k: v.astype(int) if v.dtype == float else v for k, v in good.items()}
    yield "dtype must be float64 or float32", integers
    yield "do not follow", good | {"weights_1": np.ones((7, 2))}
    yield r"weights\[0\] holds nan", good | {"weights_0": np.full((2, 3), np.nan)}
    yield "activation must be one of", good | {"activation": "sigmod"}
    yield "activation is .* bytes long", good | {"activation": "a" * 1_000_000}
    yield "activation is not a text", good | {"activation": 1.0}
    yield "activation is not a text", good | {"activation": ["sigmoid"]}
    yield "weights_0 is empty", good | {"weights_0": np.ones((0, 3))}
    yield "not an array of numbers", good | {"weights_0": np.ones((1, 1, 2, 3))}
    yield "do not follow", {f"weights_{i}": np.ones((2, 3)) for i in range(3000)} | without("w")


def test_foreign_and_inconsistent_files_are_refused(tmp_path):
    path = tmp_path / "net.npz"
    network().save(path)
    with np.load(path) as archive:
        good = {name: archive[name] for name in archive.files}
    for message, arrays in foreign_files(good):
        np.savez(path, **arrays)
        with pytest.raises(ValueError, match=f"net.npz is damaged, .*: .*{message}") as caught:
            Network.load(path)
        assert len(str(caught.value)) < 500 + len(str(path))
    np.savez(path, **good)
    assert repr(Network.load(path)) == repr(network())


def text(path):
    path.write_text("weights: 1, 2, 3\n" * 100, encoding="utf-8")


def npy(path):
    with open(path, "wb") as file:
        np.save(file, np.ones(3))


def pickled(path):
    path.write_bytes(pickle.dumps([1.0]))


def empty_archive(path):
    zipfile.ZipFile(path, "w").close()


def another_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", b"")


OTHERS = [
    (text, "is a text file, not a saved network: save writes an archive"),
    (npy, r"is a single array \(.npy\), not a saved network: save writes an archive"),
    (pickled, "is a pickle .*, not a saved network"),
    (lambda path: path.write_bytes(bytes(range(256))), "is of another kind, not a saved network"),
    (lambda path: path.write_bytes(b""), "is damaged, or is not a saved network: it is empty"),
    (empty_archive, "is an empty archive, not a saved network"),
    (another_archive, "is .* not a saved network: it holds files that are no arrays"),
    (lambda path: np.savez(path, X=np.ones(3)), "is .* not a saved network: it does not say"),
]


@pytest.mark.parametrize(("write", "message"), OTHERS)
def test_what_is_no_saved_network_is_called_what_it_is(tmp_path, write, message):
    path = tmp_path / "net.npz"
    write(path)
    with pytest.raises(ValueError, match=f"net.npz {message}") as caught:
        Network.load(path)
    assert not re.search("pickle_|allow_|zip|magic|header", str(caught.value).replace("npz", ""))


def rewritten(path, change):
    """Write the archive at path anew, after ``change(members)`` of its list of (name, content)."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    compression = change(members) or zipfile.ZIP_STORED
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", compression) as archive:
        warnings.simplefilter("ignore")  # about two members of one name
        for name, content in members:
            archive.writestr(name, content)


def claim_a_huge_shape(members):
    at = [name for name, _ in members].index("weights_0.npy")
    content = members[at][1].replace(b"(2, 3), }" + b" " * 20, b"(2000000000, 3000000000), }  ")
    assert content != members[at][1]
    members[at] = "weights_0.npy", content


CHANGES = [
    (lambda members: members.append(members[-1]), "two arrays of one name"),
    (lambda members: members.append(("weights_0", members[-1][1])), "files that are no arrays"),
    (lambda members: zipfile.ZIP_DEFLATED, "it is compressed, which save never does"),
    (claim_a_huge_shape, r"its shape is \(2000000000, 3000000000\), but has 48 bytes"),
    (lambda members: members.append(("x" * 60_000 + ".npy", b"")), "it holds 2 weight arrays"),
    (lambda members: members.append(("../weights_9.npy", b"")), "it holds 2 weight arrays"),
]


@pytest.mark.parametrize(("change", "message"), CHANGES)
def test_an_archive_that_save_never_writes_is_refused(tmp_path, change, message):
    path = tmp_path / "net.npz"
    network().save(path)
    rewritten(path, lambda members: None)
    assert repr(Network.load(path)) == repr(network())
    rewritten(path, change)
    with pytest.raises(ValueError, match=f"net.npz is damaged, .*: .*{message}") as caught:
        Network.load(path)
    assert len(str(caught.value)) < 500 + len(str(path))


def test_one_wrong_bit_cannot_hide_the_last_layers(tmp_path):
    path = tmp_path / "net.npz"
    Network([3, 4, 4, 2], rng=np.random.default_rng(0), activation="relu", n_networks=2).save(path)
    content = bytearray(path.read_bytes())
    for entry in re.finditer(rb"PK\x01\x02", bytes(content)):
        for bit in range(16):  # of the length of a comment, in which the next entries disappear
            at = entry.start() + 32 + bit // 8
            content[at] ^= 1 << bit % 8
            path.write_bytes(content)
            with contextlib.suppress(ValueError):
                assert Network.load(path).sizes == [3, 4, 4, 2]
            content[at] ^= 1 << bit % 8


def test_what_a_file_claims_takes_no_memory(tmp_path):
    small, path = tmp_path / "small.npz", tmp_path / "net.npz"
    network().save(small)
    Network.load(small)  # so that all is imported
    zeros = np.zeros((2, 10_000_000), np.float32)
    with np.load(small) as archive:
        np.savez_compressed(path, **(dict(archive) | {"weights_0": zeros}))
    assert path.stat().st_size < zeros.nbytes / 500
    shape = path.with_name("shape.npz")
    small.rename(shape)
    rewritten(shape, claim_a_huge_shape)
    directory = path.with_name("directory.npz")  # a member's size, in the archive's directory
    content = bytearray(shape.read_bytes())
    at = content.rindex(b"weights_0.npy") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 20 : at + 28] = 2 * (10**9).to_bytes(4, "little")
    directory.write_bytes(content)
    for bad in (path, shape, directory):
        tracemalloc.start()
        try:
            with pytest.raises(ValueError, match="damaged"):
                Network.load(bad)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 1_000_000


def test_a_file_from_a_machine_with_the_other_byte_order_is_the_same_network(tmp_path):
    path, net = tmp_path / "net.npz", network()
    net.save(path)
    with np.load(path) as archive:
        arrays = {name: archive[name] for name in archive.files}
    np.savez(path, **{name: a.astype(a.dtype.newbyteorder("S")) for name, a in arrays.items()})
    again = Network.load(path)
    assert again.dtype.isnative
    assert all(a.dtype.isnative for a in again.weights)
    assert np.array_equal(again.predict(np.ones((1, 2))), net.predict(np.ones((1, 2))))


@pytest.mark.parametrize("trouble", [MemoryError("no more"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", ["ZipFile", "read", "frombuffer"])
def test_no_memory_and_an_interrupt_are_no_damage(tmp_path, monkeypatch, trouble, at):
    path = tmp_path / "net.npz"
    network().save(path)

    def fail(*arguments, **named):
        raise trouble

    owner = {"ZipFile": zipfile, "read": zipfile.ZipFile, "frombuffer": np}[at]
    monkeypatch.setattr(owner, at, fail)
    with pytest.raises(type(trouble)) as caught:
        Network.load(path)
    assert caught.value is trouble


def test_a_disk_that_fails_while_reading_is_no_damage(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"
    network().save(path)

    def fail(*arguments):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(zipfile.ZipFile, "read", fail)
    with pytest.raises(OSError, match=r"net\.npz") as caught:
        Network.load(path)
    assert caught.value.errno == errno.EIO
    assert caught.value.filename == str(path)


def test_a_missing_file_is_called_missing(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        Network.load(tmp_path / "nowhere.npz")
    assert caught.value.filename == str(tmp_path / "nowhere.npz")


@pytest.mark.parametrize("path", [3, True, None, 1.5])
def test_what_is_no_path_is_refused(path):
    for use in (Network.load, network().save):
        with pytest.raises(TypeError, match="PathLike"):
            use(path)


def test_what_cannot_be_a_name_is_refused_and_named():
    for use in (Network.load, network().save):
        with pytest.raises(ValueError, match=r"'a\\x00b' cannot be the name of a file"):
            use("a\0b")
