"""Saving: what becomes of links, modes, other writers, full disks, kills and interrupts."""

import errno
import importlib.util
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from aimed import interrupt

from nn_tutorial import Network, files, storage

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


def network(**kind):
    return Network([2, 3, 2], rng=np.random.default_rng(0), **kind)


OLD, NEW = network(), network(bias=False)


def holds(path, net):
    return repr(Network.load(path)) == repr(net)


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.mark.parametrize(
    ("as_given", "names"),
    [
        (str, ["nowhere/net.npz", "nowhere/../net.npz", "nowhere/", ""]),
        (os.fsencode, ["nowhere/net.npz", "nowhere/../net.npz", "nowhere/", ""]),
        (Path, ["nowhere/net.npz", "nowhere/../net.npz"]),  # one can't be empty, or end in a slash
    ],
)
def test_a_missing_folder_is_told_by_the_path_that_was_given(
    tmp_path, monkeypatch, names, as_given
):
    monkeypatch.chdir(tmp_path)
    for name in names:
        refused_by_its_name(as_given(name))
    assert os.listdir(tmp_path) == []


def refused_by_its_name(path):
    with pytest.raises(FileNotFoundError) as caught:
        network().save(path)
    assert caught.value.errno == errno.ENOENT
    assert caught.value.filename == os.fspath(path)
    assert caught.value.filename2 is None


@posix
def test_a_link_is_followed_also_one_to_a_file_that_is_not_there_yet(tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "latest.npz").symlink_to("first.npz")
    monkeypatch.chdir(tmp_path)
    for net in (OLD, NEW):
        net.save("models/latest.npz")
        assert os.readlink("models/latest.npz") == "first.npz"
        assert holds("models/first.npz", net)
    assert sorted(os.listdir("models")) == ["first.npz", "latest.npz"]
    assert os.listdir() == ["models"]


@posix
@pytest.mark.parametrize(
    ("target", "number"), [("net.npz", errno.ELOOP), ("nowhere/a.npz", errno.ENOENT)]
)
def test_a_link_that_leads_nowhere_is_told_by_its_own_name(tmp_path, target, number):
    path = tmp_path / "net.npz"
    path.symlink_to(target)
    for use in (OLD.save, Network.load):
        with pytest.raises(OSError, match=r"net\.npz") as caught:
            use(path)
        assert (caught.value.errno, caught.value.filename) == (number, str(path))
    assert path.is_symlink()


@posix
@pytest.mark.parametrize("before", [0o640, 0o600, 0o664, 0o444])
def test_a_files_mode_is_kept(tmp_path, before):
    path = tmp_path / "net.npz"
    OLD.save(path)
    path.chmod(before)
    if not os.access(path, os.W_OK):
        with pytest.raises(PermissionError, match="write-protected"):
            NEW.save(path)
        return
    NEW.save(path)
    assert holds(path, NEW)
    assert mode(path) == before


@posix
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_a_new_file_gets_the_mode_of_any_new_file(tmp_path, umask):
    before = os.umask(umask)
    try:
        OLD.save(tmp_path / "net.npz")
    finally:
        os.umask(before)
    assert mode(tmp_path / "net.npz") == 0o666 & ~umask


@posix
def test_nobody_else_can_read_a_private_file_while_it_is_written(tmp_path, monkeypatch):
    path, modes = tmp_path / "net.npz", []
    OLD.save(path)
    path.chmod(0o600)
    original = os.fchown

    def spy(file, *owner):
        modes.append(stat.S_IMODE(os.fstat(file).st_mode))
        original(file, *owner)

    monkeypatch.setattr(os, "fchown", spy)
    NEW.save(path)
    assert set(modes) == {0o600}


@posix
def test_what_its_group_could_do_is_not_for_another_group(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"
    OLD.save(path)
    path.chmod(0o664)
    old, original = os.stat(path), files.status

    def of_another_group(path):
        found = original(path)
        return os.stat_result([*found[:5], found.st_gid + 1, *found[6:]])

    def not_permitted(*arguments):
        raise PermissionError(errno.EPERM, "not permitted")

    monkeypatch.setattr(files, "status", of_another_group)
    monkeypatch.setattr(os, "fchown", not_permitted)
    NEW.save(path)
    assert stat.S_IMODE(old.st_mode) == 0o664
    assert mode(path) == 0o604


@posix
@pytest.mark.skipif(getattr(os, "geteuid", int)() != 0, reason="only root may give a file away")
def test_a_files_owner_is_kept(tmp_path):
    path = tmp_path / "net.npz"
    OLD.save(path)
    os.chown(path, 1234, 1235)
    NEW.save(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)


def test_a_write_protected_file_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"
    OLD.save(path)
    monkeypatch.setattr(os, "access", lambda path, how: False)  # root may write everything
    with pytest.raises(PermissionError, match="write-protected") as caught:
        NEW.save(path)
    assert caught.value.filename == str(path)
    assert holds(path, OLD)


def pipe(path):
    os.mkfifo(path)


def folder(path):
    path.mkdir()


def socket_file(path):
    os.chdir(path.parent)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)


def device(path):
    if getattr(os, "geteuid", int)() != 0:
        pytest.skip("only root may make a device")
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))  # never the machine's own


@posix
@pytest.mark.parametrize("make", [pipe, folder, socket_file, device])
def test_only_a_regular_file_is_replaced_or_read(tmp_path, make, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "net.npz"
    make(path)
    before = os.stat(path)
    for use in (OLD.save, Network.load):
        with pytest.raises(OSError, match="This is a ") as caught:
            use(path)
        assert caught.value.filename == str(path)
        assert isinstance(caught.value, IsADirectoryError) == (make is folder)
    assert (os.stat(path).st_mode, os.stat(path).st_ino) == (before.st_mode, before.st_ino)
    assert os.listdir(tmp_path) == ["net.npz"]


def test_the_longest_name_that_the_folder_takes_can_be_saved_to(tmp_path):
    longest = os.pathconf(tmp_path, "PC_NAME_MAX") if hasattr(os, "pathconf") else 200
    path = tmp_path / ("a" * longest)
    OLD.save(path)
    assert holds(path, OLD)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("at", ["savez", "fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file_and_is_told_by_its_path(
    tmp_path, monkeypatch, number, at
):
    path = tmp_path / "net.npz"
    OLD.save(path)

    def fail(*arguments, **named):
        raise OSError(number, os.strerror(number), "another path", None, "one more")

    monkeypatch.setattr(storage.np if at == "savez" else os, at, fail)
    with pytest.raises(OSError, match=os.strerror(number)) as caught:
        NEW.save(path)
    assert (caught.value.errno, caught.value.filename) == (number, str(path))
    assert "another path" not in str(caught.value)
    assert "one more" not in str(caught.value)
    assert os.listdir(tmp_path) == ["net.npz"]
    assert holds(path, OLD)


def test_threads_that_save_to_one_path_do_not_meet(tmp_path):
    path, errors = tmp_path / "net.npz", []

    def save(net):
        try:
            for _ in range(25):
                net.save(path)
                Network.load(path)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=save, args=(net,)) for net in (OLD, NEW, OLD, NEW)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert os.listdir(tmp_path) == ["net.npz"]


KILLED = """
import os, signal, sys
import numpy as np
from nn_tutorial import Network

def killed(file, **arrays):
    file.write(b"half a file")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

np.savez = killed
Network([2, 3, 2], rng=np.random.default_rng(0)).save(sys.argv[1])
"""


@posix
def test_what_a_killed_save_left_behind_is_removed_by_the_next(tmp_path):
    path = tmp_path / "net.npz"
    OLD.save(path)
    done = subprocess.run([sys.executable, "-c", KILLED, path])
    assert done.returncode == -signal.SIGKILL
    assert holds(path, OLD)
    left_over = set(os.listdir(tmp_path)) - {"net.npz"}
    assert len(left_over) == 1
    assert files.LEFT_OVER.fullmatch(left_over.pop())
    NEW.save(tmp_path / "other.npz")  # it need not be the same target
    assert sorted(os.listdir(tmp_path)) == ["net.npz", "other.npz"]


@posix
def test_what_somebody_writes_is_not_removed_nor_what_only_looks_like_it(tmp_path, monkeypatch):
    path, elsewhere = tmp_path / "net.npz", tmp_path / "elsewhere"
    elsewhere.write_bytes(b"")
    (tmp_path / f"nn_tutorial-{1:016x}.part").symlink_to(elsewhere)
    pipe(tmp_path / f"nn_tutorial-{2:016x}.part")
    folder(tmp_path / f"nn_tutorial-{3:016x}.part")
    (tmp_path / "nn_tutorial-1.part").write_bytes(b"")
    before = set(os.listdir(tmp_path))
    original = np.savez

    def another_save_meanwhile(file, **arrays):
        monkeypatch.setattr(np, "savez", original)
        NEW.save(path)
        original(file, **arrays)

    monkeypatch.setattr(np, "savez", another_save_meanwhile)
    OLD.save(path)
    assert holds(path, OLD)
    assert set(os.listdir(tmp_path)) - before == {"net.npz"}
    assert before - set(os.listdir(tmp_path)) == set()


def test_what_is_forced_onto_the_disk_is_the_whole_file(tmp_path, monkeypatch):
    path, sizes, original = tmp_path / "net.npz", [], os.fsync

    def seen(file):
        sizes.append(os.fstat(file).st_size)
        original(file)

    monkeypatch.setattr(os, "fsync", seen)
    files.replace(path, lambda file: file.write(b"short"))
    assert sizes[0] == len(b"short")


@posix
def test_a_save_whose_new_file_is_removed_begins_again(tmp_path, monkeypatch):
    path, removed = tmp_path / "net.npz", []
    original = os.fsync

    def removed_meanwhile(file):
        original(file)
        if len(removed) < 3:
            removed.extend(tmp_path.glob("*.part"))
            removed[-1].unlink()

    monkeypatch.setattr(os, "fsync", removed_meanwhile)
    OLD.save(path)
    assert len(set(removed)) == 3
    assert holds(path, OLD)
    assert os.listdir(tmp_path) == ["net.npz"]


def test_a_save_whose_new_file_is_always_removed_says_so(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"

    def gone(old, new):
        os.unlink(old)
        raise FileNotFoundError(errno.ENOENT, "no such file", old, None, new)

    monkeypatch.setattr(os, "replace", gone)
    with pytest.raises(FileNotFoundError, match="kept removing") as caught:
        OLD.save(path)
    assert caught.value.filename == str(path)
    assert os.listdir(tmp_path) == []


@posix
def test_without_locks_nothing_is_removed(tmp_path, monkeypatch):
    left_over = tmp_path / f"nn_tutorial-{1:016x}.part"
    left_over.write_bytes(b"half a file")

    def no_locks(file, how):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(files.fcntl, "flock", no_locks)
    OLD.save(tmp_path / "net.npz")
    assert left_over.exists()
    monkeypatch.undo()
    OLD.save(tmp_path / "net.npz")
    assert os.listdir(tmp_path) == ["net.npz"]


def test_where_the_module_of_locks_is_empty_as_in_a_browser_a_file_is_saved(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", ModuleType("fcntl"))
    spec = importlib.util.spec_from_file_location("files_there", files.__file__)
    there = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(there)
    path = str(tmp_path / "net.npz")
    there.replace(path, lambda file: file.write(b"first"))
    there.replace(path, lambda file: file.write(b"second"))
    assert (tmp_path / "net.npz").read_bytes() == b"second"
    assert os.listdir(tmp_path) == ["net.npz"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of a ZipFile
@pytest.mark.parametrize("only", ["nn_tutorial", "zipfile"])
def test_an_interrupt_before_any_line_of_save_leaves_the_old_file_or_the_new(
    tmp_path, monkeypatch, only
):
    monkeypatch.setattr(os, "fsync", lambda file: None)  # it takes most of the time
    path, n, seen = tmp_path / "net.npz", 1, set()
    OLD.save(path)
    while interrupt(lambda: NEW.save(path), n, only=only):
        assert os.listdir(tmp_path) == ["net.npz"]
        is_new = holds(path, NEW)
        assert is_new or holds(path, OLD)
        seen.add(is_new)
        OLD.save(path)
        n += 1 if only == "nn_tutorial" else 23
    assert seen >= ({True, False} if only == "nn_tutorial" else {False})
