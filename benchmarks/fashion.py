"""Fashion-MNIST, where Debian's package ``dataset-fashion-mnist`` has put it.

60,000 pictures of clothes to train on and 10,000 to test with, 28 x 28 grey levels in 10 classes
(Xiao, Rasul and Vollgraf, 2017). The files are in the IDX format of the MNIST database.
"""

import gzip
import math
import struct
from pathlib import Path

import numpy as np

FOLDER = Path("/usr/share/datasets/fashion-mnist")
TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read_idx(path):
    """Return the array in the IDX file at path, which may be compressed with gzip.

    Two zero bytes, the type, the number of axes, their lengths as big-endian uint32, the values
    (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").

    Raises
    ------
    ValueError
        If it is not an IDX file, or is cut off.
    """
    content = Path(path).read_bytes()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in TYPES:
        raise ValueError(f"{path} is not an IDX file")
    dtype, n_axes = np.dtype(TYPES[content[2]]), content[3]
    start = 4 + 4 * n_axes
    if len(content) < start:
        raise ValueError(f"{path} is cut off in its header")
    shape = struct.unpack(f">{n_axes}I", content[4:start])
    if len(content) != start + math.prod(shape) * dtype.itemsize:
        raise ValueError(f"{path} does not hold the {shape} values that it announces")
    return np.frombuffer(content, dtype, offset=start).reshape(shape)


def fashion(folder=FOLDER):
    """Return (X_train, y_train, X_test, y_test): X float32 in [0, 1], (n, 784); y labels (n,)."""
    arrays = []
    for part in ("train", "t10k"):
        images = read_idx(folder / f"{part}-images-idx3-ubyte.gz")
        labels = read_idx(folder / f"{part}-labels-idx1-ubyte.gz")
        arrays += [images.reshape(len(images), -1) / np.float32(255), labels.astype(np.int64)]
    return tuple(arrays)


def synthetic(rng):
    """Return data of the same sizes and types: ten blurred prototypes, and noise."""
    prototypes = rng.random((10, 784), np.float32)
    arrays = []
    for n_samples in (60_000, 10_000):
        labels = rng.integers(0, 10, n_samples)
        noise = rng.random((n_samples, 784), np.float32)
        arrays += [np.float32(0.2) * prototypes[labels] + np.float32(0.8) * noise, labels]
    return tuple(arrays)
