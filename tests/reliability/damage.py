"""Damaged, foreign and hostile files: each is the very same network, or refused by its path."""

import io
import os
import pickle
import sys
import tempfile
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import numpy as np
from trained import parameters

from nn_tutorial import Network

FORBIDDEN = (
    "exec",
    "pickle.find_class",
    "import",
    "os.system",
    "subprocess.Popen",
    "ctypes.dlopen",
)
MEMORY = 2_000_000


class Bomb:
    def __reduce__(self):
        return (os.mkdir, ("unpickled",))


def originals():
    rng = np.random.default_rng(0)
    yield Network([2, 3, 1], rng=rng)
    yield Network([1, 1], rng=rng, output="softmax", bias=False, dtype=np.float32)
    yield Network([3, 4, 4, 2], rng=rng, activation="relu", n_networks=2)


def saved(net, path="original.npz"):
    net.save(path)
    return Path(path).read_bytes()


def truncated(whole):
    for length in range(len(whole)):
        yield whole[:length]


def flipped(whole, rng, n):
    """Yield the file with one bit changed, or several bytes in a row, or some cut out or put in."""
    for i in range(n):
        content, at = bytearray(whole), int(rng.integers(len(whole)))
        length = int(rng.integers(1, 9))
        if i % 2 == 0:
            content[at] ^= 1 << int(rng.integers(8))
        elif i % 8 == 1:
            content[at : at + length] = rng.bytes(length)
        elif i % 8 == 3:
            del content[at : at + length]
        elif i % 8 == 5:
            content[at:at] = rng.bytes(length)
        else:
            content[at : at + 4] = rng.choice([b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f"])
        yield bytes(content)


def archive(members, compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", compression) as made:
        warnings.simplefilter("ignore")  # about two members of one name
        for name, content in members:
            made.writestr(name, content)
    return file.getvalue()


def array(values, header=None):
    file = io.BytesIO()
    np.save(file, values, allow_pickle=True)
    content = file.getvalue()
    if header is None:
        return content
    start = 10 + int.from_bytes(content[8:10], "little")
    return content[:8] + len(header).to_bytes(2, "little") + header + content[start:]


HEADERS = [
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999), }\n",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (" + b"9" * 5000 + b",), }\n",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (0, 99999999999), }\n",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (-2, -3), }\n",
    b"{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }\n",
    b"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 3), }\n",
    b"{'descr': '<f16', 'fortran_order': False, 'shape': (2, 3), }\n",
    b"{'descr': '<M8', 'fortran_order': False, 'shape': (2, 3), }\n",
    b"__import__('os').mkdir('unpickled')\n",
    b"(" * 9000,
    b"-" * 9000 + b"1\n",
    b"[" * 60000,
    b"",
]


def hostile(net):
    """Yield archives that ``save`` never writes."""
    whole = saved(net)
    with zipfile.ZipFile(io.BytesIO(whole)) as good:
        members = {name: good.read(name) for name in good.namelist()}
    listed = list(members.items())
    bomb = array(np.array([Bomb()], dtype=object))
    for name in members:
        yield archive([*listed, (name, members[name])])
        yield archive([*listed, (name, bomb)])
        yield archive([*listed, (name.removesuffix(".npy"), members[name])])
        yield archive([item for item in listed if item[0] != name])
        yield archive([*listed, (f"../{name}", members[name])])
        for content in (bomb, b"", pickle.dumps(Bomb()), array(np.full((2, 3), np.nan))):
            yield archive((members | {name: content}).items())
        for values in (np.inf, "a" * 1_000_000, b"a", 1j, True, [["a"]], np.ones((1,) * 40)):
            yield archive((members | {name: array(np.array(values))}).items())
        for header in HEADERS:
            yield archive((members | {name: array(np.ones((2, 3)), header)}).items())
    for kind in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield archive(listed, kind)
        zeros = members | {"weights_0.npy": array(np.zeros((2, 5_000_000)))}
        yield archive(zeros.items(), kind)
    yield archive([])
    yield archive([*listed, ("x" * 60_000, b"")])
    yield archive([*listed, *((f"weights_{i}.npy", b"") for i in range(5, 5000))])
    yield whole * 2
    yield whole + b"\0" * 100
    yield b"\0" * 100 + whole
    yield pickle.dumps(net)
    yield pickle.dumps(Bomb())
    yield array(np.ones((2, 3)))
    yield bomb
    yield "a text, für alle\n".encode() * 1000
    yield b"PK\x03\x04" * 1000


def paths():
    """Yield paths that are no files, or lead to none."""
    os.mkdir("folder")
    os.mkfifo("pipe")
    os.symlink("loop", "loop")
    os.symlink("nowhere", "dangling")
    os.symlink("folder", "link to a folder")
    yield from ("folder", "pipe", "loop", "dangling", "link to a folder", "nowhere", "")
    yield from ("original.npz/a", "folder/", "nowhere/a.npz", "n" * 300, "a\0b", "\ud800", "/")


def same(a, b):
    pairs = zip(parameters(a), parameters(b), strict=True)
    return repr(a) == repr(b) and all(p.tobytes() == q.tobytes() for p, q in pairs)


class Judge:
    """Loads files, counts what became of them, and raises for what must not."""

    def __init__(self):
        self.same, self.refused, self.largest, self.events = 0, 0, 0, None
        sys.addaudithook(self.hear)

    def hear(self, event, arguments):
        if self.events is not None and event in FORBIDDEN:
            self.events.append((event, arguments[0]))

    def load(self, path, original=None):
        tracemalloc.reset_peak()
        start, self.events = tracemalloc.get_traced_memory()[0], []
        try:
            net = Network.load(path)
        except (ValueError, OSError) as error:
            self.refused += 1
            net, message = None, str(error)
        else:
            self.same += 1
        events, self.events = self.events, None
        if net is None:
            shown = repr(path)[1:-1]
            assert path in message or shown in message, f"{path!r}: {message}"
            assert len(message) < 600 + len(shown), f"{path!r}: {len(message)} characters"
        else:
            assert original is not None, f"{path!r} was loaded"
            assert same(net, original), f"{path!r} is another network"
        peak = tracemalloc.get_traced_memory()[1] - start
        size = os.path.getsize(path) if os.path.isfile(path) else 0
        assert peak < MEMORY + 3 * size, f"{path!r} took {peak} bytes"
        self.largest = max(self.largest, peak)
        assert events == [], events


def run(say):
    """Return rows for the page: what, how many, what happened."""
    rng, rows = np.random.default_rng(0), []
    judge = Judge()
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        tracemalloc.start()
        try:
            saved(next(originals()))
            Network.load("original.npz")
            kinds = {
                "cut off after every byte": lambda n, whole: truncated(whole),
                "bits flipped, bytes changed, cut out, put in": lambda n, whole: flipped(
                    whole, rng, 2000
                ),
                "hostile archives and other kinds of files": lambda n, whole: hostile(n),
            }
            for kind, make in kinds.items():
                judge.same = judge.refused = 0
                for net in originals():
                    for i, content in enumerate(make(net, saved(net))):
                        Path("damaged.npz").write_bytes(content)
                        judge.load("damaged.npz", net)
                        if i % 1000 == 999:
                            say(f"{kind}: {i + 1}")
                n = judge.same + judge.refused
                rows.append(
                    (kind, n, f"{judge.refused} refused, {judge.same} the very same network")
                )
            judge.same = judge.refused = 0
            for path in paths():
                judge.load(path)
            rows.append(("folders, pipes, links, names", judge.refused, "all refused"))
        finally:
            tracemalloc.stop()
            os.chdir(here)
            assert not os.path.exists(os.path.join(folder, "unpickled"))
    assert sum(n for _, n, _ in rows) > 10_000
    rows.append(
        ("", "", f"at most {judge.largest / 1e6:.1f} MB taken; no code run, nothing imported")
    )
    return rows
