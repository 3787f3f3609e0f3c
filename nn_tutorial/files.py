"""Files that are replaced whole or not at all, and errors that name the caller's path.

A file is written beside its target under a name of its own, and renamed when it is on the disk.
A process that is killed on the way leaves that file behind; the next save into the folder removes
it. How it knows that nobody is writing it any more: the writer holds a lock (``flock``), which the
system takes back when the process ends, however it ends, and which other machines see on a network
folder. Where there are no such locks nothing is removed. (Windows needs none: there a file that is
open can't be removed.) An age would either leave such files for long or hit a writer that was
suspended, and a process number says nothing to another machine. Should a file be removed from
under its writer after all, because its lock was not seen, the writer begins again.
"""

import contextlib
import errno
import os
import re
import stat
from functools import partial

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
if not hasattr(fcntl, "flock"):  # in a browser there is the module, and nobody else who writes
    fcntl = None

LEFT_OVER = re.compile(r"nn_tutorial-[0-9a-f]{16}\.part")
ATTEMPTS = 20


@contextlib.contextmanager
def naming(path):
    """Let every OSError of the body name the caller's path instead of any other."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            error.args = (f"{error}: {path!r}",)
        else:
            error.filename = path
            del error.filename2  # of a renaming; None would be printed
        raise


def status(path):
    """Return os.stat of path; refuse a folder, a device and the like, where data can't be kept."""
    try:
        found = os.stat(path)
    except ValueError as error:  # a null character, or half of a surrogate pair
        raise ValueError(f"{path!r} cannot be the name of a file: {error}") from None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "This is a folder, not a file", path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "This is a device, pipe or socket, not a regular file", path)
    return found


def replace(path, write):
    """Give path the content that ``write(file)`` writes; if that fails, path is as it was.

    Links are followed. An old file's mode is kept, and its owner where the system permits.
    """
    given = os.fspath(path)
    path = os.fsdecode(given)
    with naming(given):
        old = _old_file(path)
        target = os.path.realpath(path)
        folder = os.path.dirname(target)
        _remove_left_overs(folder)
        for _ in range(ATTEMPTS):
            if _written_and_renamed(target, old, write):
                break
        else:
            raise FileNotFoundError(errno.ENOENT, "Others kept removing the new file", path)
        _sync_folder(folder)


def _old_file(path):
    """Return the status of the file to be replaced, None if there is none; refuse what can't be."""
    try:
        old = status(path)
    except FileNotFoundError:
        # The folder as it was given: realpath would find one for missing/../net.npz.
        os.stat(os.path.dirname(path) or (os.curdir if path else path))
        return None
    if not os.access(path, os.W_OK):  # renaming would not ask
        raise PermissionError(errno.EACCES, "This file is write-protected", path)
    return old


def _written_and_renamed(target, old, write):
    """Return False if somebody removed the new file before it was renamed."""
    new = os.path.join(os.path.dirname(target), f"nn_tutorial-{os.urandom(8).hex()}.part")
    mode = 0o666 if old is None else 0o600  # the first less the umask, as for any new file
    try:
        with open(new, "xb", opener=partial(os.open, mode=mode)) as file:
            if fcntl:
                with contextlib.suppress(OSError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if old is not None and hasattr(os, "fchown"):
                _take_over(file.fileno(), old)
            write(file)
            file.flush()
            os.fsync(file.fileno())
        return _renamed(new, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(new)
        raise


def _renamed(new, target):
    try:
        os.replace(new, target)
    except FileNotFoundError:
        if os.path.exists(new):
            raise
        return False
    return True


def _take_over(file, old):
    """Give an open file the owner, group and mode of an old one, as far as the system permits."""
    mode = stat.S_IMODE(old.st_mode)
    with contextlib.suppress(OSError):
        os.fchown(file, -1, old.st_gid)
        os.fchown(file, old.st_uid, -1)
    if os.fstat(file).st_gid != old.st_gid:
        mode &= ~stat.S_IRWXG  # they were another group's rights
    with contextlib.suppress(OSError):  # a file system without modes
        os.fchmod(file, mode)


def _remove_left_overs(folder):
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if LEFT_OVER.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    _remove_if_nobodys(entry.path)


def _remove_if_nobodys(path):
    if fcntl is None:
        os.unlink(path)
        return
    file = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
    finally:
        os.close(file)


def _sync_folder(folder):
    """Put the renaming on the disk, too, where a folder can be opened: not on Windows."""
    with contextlib.suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
