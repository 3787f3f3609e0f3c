"""Networks as files: NumPy's .npz format, which holds plain arrays and runs no code.

``save`` writes an uncompressed zip archive with one .npy array for each layer's weights and biases,
and three texts. ``load`` reads exactly that and nothing else.
"""

import os
import re
import reprlib

import numpy as np

from nn_tutorial import files

FORMAT = "nn_tutorial network, version 1"
LONGEST_REASON = 300  # characters
ARCHIVE_START = b"PK\x03\x04"
OTHER_KINDS = (  # how they begin
    (rb"\x93NUMPY", "a single array (.npy)"),
    (rb"PK\x05\x06", "an empty archive"),
    (rb"\x80[\x02-\x05]", "a pickle (never opened, since that could run code)"),
    (rb"[\t\n\f\r\x20-\x7e\x80-\xff]*\Z", "a text file"),
    (rb"", "of another kind"),
)


def save(net, path):
    """Write net to path, all or nothing: see ``files.replace``."""
    arrays = {f"weights_{i}": W for i, W in enumerate(net.weights)}
    if net.biases is not None:
        arrays |= {f"biases_{i}": b for i, b in enumerate(net.biases)}
    texts = {"format": FORMAT, "activation": net.activation, "output": net.output}

    def write(file):
        try:
            np.savez(file, **texts, **arrays)
        except ValueError as error:
            # After an interrupt zipfile may refuse to be closed, which would hide the interrupt.
            raise error.__context__ or error from None

    files.replace(path, write)


def load(path, from_weights):
    """Return ``from_weights`` of the arguments that ``save`` wrote to path."""
    given = os.fspath(path)
    with files.naming(given):
        files.status(given)  # opening a pipe would wait forever
        with open(given, "rb") as file:
            _refuse_other_kinds(path, file.read(64))
            try:
                return from_weights(**_read(file))
            except ValueError as error:
                reason = str(error)
                if len(reason) > LONGEST_REASON:  # it quotes the file
                    half = LONGEST_REASON // 2
                    reason = f"{reason[:half]} … {reason[-half:]}"
                raise ValueError(
                    f"{path} is damaged, or is not a saved network: {reason}"
                ) from error


def _refuse_other_kinds(path, start):
    if ARCHIVE_START.startswith(start[: len(ARCHIVE_START)]):  # so do a cut one, and an empty file
        return
    kinds = (found for pattern, found in OTHER_KINDS if re.match(pattern, start))
    raise ValueError(
        f"{path} is {next(kinds)}, not a saved network: save writes an archive (.npz) of "
        "weights and biases"
    )


def _read(file):
    # Only now: its zipfile takes long to import, and few load a network.
    from nn_tutorial.archive import Archive

    archive = Archive(file)
    if "format" not in archive.infos or archive.text("format") != FORMAT:
        raise ValueError(f"it does not say {FORMAT!r}")
    kind = {name: archive.text(name) for name in ("activation", "output")}
    layers = {"weights": [], "biases": []}
    for name, arrays in layers.items():
        while (number := f"{name}_{len(arrays)}") in archive.infos:
            arrays.append(archive.numbers(number))
    found = {f"{name}_{i}" for name, arrays in layers.items() for i in range(len(arrays))}
    others = sorted(archive.infos.keys() - found - kind.keys() - {"format"})
    if others or not layers["weights"]:
        raise ValueError(
            f"it holds {len(layers['weights'])} weight arrays, from weights_0 on, and besides "
            f"{reprlib.repr(others)}"
        )
    dtypes = {array.dtype.newbyteorder("=") for arrays in layers.values() for array in arrays}
    if len(dtypes) != 1:
        raise ValueError(f"its arrays have several dtypes: {sorted(map(str, dtypes))}")
    weights, biases = layers["weights"], layers["biases"] or None
    return {"weights": weights, "biases": biases, "dtype": dtypes.pop(), **kind}
