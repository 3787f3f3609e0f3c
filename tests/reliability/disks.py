"""Full and read-only disks: the old file stays, and the error names the path."""

import errno
import os
import resource
import subprocess
import tempfile

import numpy as np

from nn_tutorial import Network


def refused(net, path, numbers):
    """Return the error's number; the file must be as it was, and nothing beside it."""
    folder = os.path.dirname(path)
    before, names = open(path, "rb").read(), os.listdir(folder)  # noqa: SIM115
    try:
        net.save(path)
    except OSError as error:
        number, named = error.errno, error.filename
    else:
        raise AssertionError("it was saved")
    assert number in numbers, errno.errorcode[number]
    assert named == path
    assert os.listdir(folder) == names
    with open(path, "rb") as file:
        assert file.read() == before
    return number


def in_child(function):
    """Run function in a process of its own, which may give up rights and set limits."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            function()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(process, 0)[1] == 0


def small_disk(folder):
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k,mode=0777", "none", folder]
    try:
        return subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        return False


def on_a_small_disk(folder, small, large, say):
    path = os.path.join(folder, "net.npz")
    try:
        small.save(path)
        for _ in range(100):
            refused(large, path, {errno.ENOSPC})
        small.save(path)
        say("full disk: 100 saves")
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        for _ in range(100):
            refused(small, path, {errno.EROFS, errno.EACCES})
    finally:
        subprocess.run(["umount", folder], check=True)
    return [
        ("full disk (tmpfs of 128 kB)", 100, "ENOSPC, the old file whole, nothing beside it"),
        ("disk mounted read-only", 100, "EROFS or write-protected"),
    ]


def with_a_limit(folder, small, large):
    """Let the system refuse every file longer than some length: all lengths in turn."""
    path = os.path.join(folder, "net.npz")
    small.save(path)
    large.save(os.path.join(folder, "large.npz"))
    lengths = range(0, os.path.getsize(os.path.join(folder, "large.npz")), 7)

    def try_all():
        for length in lengths:
            resource.setrlimit(resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))
            refused(large, path, {errno.EFBIG})

    in_child(try_all)
    return ("a file cut off at each 7th byte (RLIMIT_FSIZE)", len(lengths), "EFBIG, likewise")


def without_rights(folder, net):
    """Save as a user who may not, to a read-only folder and over a read-only file."""
    path = os.path.join(folder, "net.npz")
    net.save(path)

    def as_nobody():
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        refused(net, path, {errno.EACCES})

    for folder_mode, file_mode in ((0o555, 0o666), (0o777, 0o444), (0o555, 0o444)):
        os.chmod(folder, folder_mode)
        os.chmod(path, file_mode)
        in_child(as_nobody)
    os.chmod(folder, 0o700)
    return ("a folder or a file without the right to write", 3, "EACCES, likewise")


def run(say):
    """Return rows for the page: what, how many, what happened."""
    if not hasattr(os, "fork"):
        return [("not tried here, without fork", "", "")]
    rng = np.random.default_rng(0)
    small, large = Network([10, 10, 1], rng=rng), Network([100, 200, 10], rng=rng)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        if small_disk(folder):
            rows += on_a_small_disk(folder, small, large, say)
        else:
            rows.append(("full disk, read-only disk", 0, "not tried: only root may mount one"))
    with tempfile.TemporaryDirectory() as folder:
        rows.append(with_a_limit(folder, small, Network([20, 30, 1], rng=rng)))
    if os.geteuid() == 0:
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            rows.append(without_rights(folder, small))
    return rows
