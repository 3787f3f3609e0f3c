"""Networks as files: NumPy's .npz format, which holds plain arrays and runs no code."""

import contextlib
import os
from pathlib import Path

import numpy as np

FORMAT = "nn_tutorial network, version 1"


def save(net, path):
    """Write net beside path under another name, then rename it: never half a file at path."""
    path = Path(path)
    arrays = {f"weights_{i}": W for i, W in enumerate(net.weights)}
    if net.biases is not None:
        arrays |= {f"biases_{i}": b for i, b in enumerate(net.biases)}
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(temporary, "wb") as file:
            np.savez(file, format=FORMAT, activation=net.activation, output=net.output, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def load(path, from_weights):
    """Return ``from_weights`` of the arguments that ``save`` wrote to path."""
    with open(path, "rb") as file:
        try:
            return from_weights(**_read(file))
        # A damaged archive can fail in zipfile, zlib, struct or NumPy, each with errors of its own.
        except Exception as error:
            raise ValueError(f"{path} is damaged, or is not a saved network: {error}") from error


def _read(file):
    with np.load(file, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    if str(arrays.pop("format", "")) != FORMAT:
        raise ValueError(f"it does not say {FORMAT!r}")
    kind = {name: str(arrays.pop(name)) for name in ("activation", "output")}
    weights = _pop_numbered(arrays, "weights")
    biases = _pop_numbered(arrays, "biases") or None
    if arrays or not weights:
        raise ValueError(f"it holds {len(weights)} weight arrays, and besides {sorted(arrays)}")
    dtypes = {array.dtype for array in weights + (biases or [])}
    if len(dtypes) != 1:
        raise ValueError(f"its arrays have several dtypes: {sorted(map(str, dtypes))}")
    return {"weights": weights, "biases": biases, "dtype": dtypes.pop(), **kind}


def _pop_numbered(arrays, name):
    count = sum(key.startswith(f"{name}_") for key in arrays)
    return [arrays.pop(f"{name}_{i}") for i in range(count)]
