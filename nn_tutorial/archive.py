"""The arrays in an .npz archive, read without trust in what the archive says.

NumPy's own reader evaluates an array's header, makes the array that it describes, and lets the last
of two members of one name win. Here every size is compared with that of the file before anything of
that size is made, only what ``np.savez`` writes is read, and each fault is a ``ValueError``.
"""

import contextlib
import errno
import math
import os
import re
import reprlib
import zipfile

import numpy as np

HEADER = re.compile(
    rb"\{'descr': '([<>|][a-zA-Z])(\d{1,9})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,18},? ?){0,3})\), \} *\n"
)
LONGEST_TEXT = 1000  # bytes, with the header
END_LENGTH = 22  # bytes, of the record that ends an archive without a comment


@contextlib.contextmanager
def _archive_errors():
    """Turn zipfile's errors, which are of many kinds, into one; trouble with the disk stays."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # a place before the start
            raise
        raise ValueError("it was cut off, or bytes in it were changed") from error


class Archive:
    """The archive in an open file; names are without ``.npy``."""

    def __init__(self, file):
        self.size = file.seek(0, os.SEEK_END)
        if self.size == 0:
            raise ValueError("it is empty")
        with _archive_errors():
            self.zip = zipfile.ZipFile(file)
        infos = self.zip.infolist()
        # One wrong bit can hide members behind a comment; zipfile does not count them.
        file.seek(-END_LENGTH, os.SEEK_END)
        end = file.read()
        if not end.startswith(b"PK\x05\x06") or int.from_bytes(end[10:12], "little") != len(infos):
            raise ValueError(f"its directory lists {len(infos)} arrays, which is not their number")
        self.infos = {info.filename.removesuffix(".npy"): info for info in infos}
        foreign = [info.filename for info in infos if not info.filename.endswith(".npy")]
        if foreign:
            raise ValueError(f"it holds files that are no arrays: {reprlib.repr(foreign)}")
        if len(self.infos) != len(infos):
            raise ValueError("it holds two arrays of one name")
        if any(info.compress_type != zipfile.ZIP_STORED for info in infos):
            raise ValueError("it is compressed, which save never does")
        claimed = sum(max(info.file_size, info.compress_size) for info in infos)
        if claimed > self.size:
            raise ValueError(f"it claims to hold {claimed} bytes, but has only {self.size} in all")

    def text(self, name):
        """Return a text, which is stored as a single string."""
        if name not in self.infos:
            raise ValueError(f"it has no {name}")
        if (length := self.infos[name].file_size) > LONGEST_TEXT:
            raise ValueError(f"its {name} is {length} bytes long, which no such text is")
        kind, _, shape, data = self._array(name)
        if kind[1] != "U" or shape != ():
            raise ValueError(f"its {name} is not a text")
        try:
            return str(data, "utf-32-le" if kind[0] == "<" else "utf-32-be").rstrip("\0")
        except UnicodeDecodeError:
            raise ValueError(f"its {name} is not a text") from None

    def numbers(self, name):
        """Return an array of float64 or float32; it can't be written to."""
        kind, columns_first, shape, data = self._array(name)
        if kind[1:] not in ("f4", "f8"):
            raise ValueError(f"its {name} is {kind}, but the dtype must be float64 or float32")
        if 0 in shape:
            raise ValueError(f"its {name} is empty: its shape is {shape}")
        return np.frombuffer(data, kind).reshape(shape, order="F" if columns_first else "C")

    def _array(self, name):
        """Return its kind, such as "<f8", whether columns come first, its shape and its bytes."""
        with _archive_errors():
            content = self.zip.read(self.infos[name])
        start = 10 + int.from_bytes(content[8:10], "little")
        header = HEADER.fullmatch(content[10:start])
        if header is None or not content.startswith(b"\x93NUMPY\x01\x00"):
            raise ValueError(f"its {name} is not an array of numbers as save writes them")
        kind, item, columns_first, shape = (group.decode() for group in header.groups())
        shape = tuple(map(int, re.findall(r"\d+", shape)))
        item_size = int(item) * (4 if kind.endswith("U") else 1)
        data = memoryview(content)[start:]
        if math.prod(shape) * item_size != len(data):
            raise ValueError(
                f"its {name} says that its shape is {shape}, but has {len(data)} bytes"
            )
        return kind + item, columns_first == "True", shape, data
