"""Pictures that move without a kernel: an Explore cell, drawn for many settings at build time."""

import contextlib
import hashlib
import io
import itertools
import json
import math
import shutil
from html import escape
from pathlib import Path

import matplotlib
from nbformat import NotebookNode
from PIL import Image
from platformdirs import user_cache_path

import nn_tutorial
from nn_tutorial import exam_scores
from nn_tutorial.data import made_up_weights
from nn_tutorial.explore.cell import Cell
from nn_tutorial.explore.controls import Control
from nn_tutorial.plots import drawn_again, to_quick_png

LIMIT = 130
# Where the controls have more settings together: those that answer the question above the cell.
SUBSETS = {
    "scaled_hours": {"studied": range(7), "slept": range(13)},
    "two_bends": {"w1": (1, 3, 4), "w2": (0.3, 1, 3), "v1": (-4, 0, 4), "v2": (-4, 0, 4)},
    "random_start": {"student": (0,)},
    "one_weight": {"change": [k / 2 for k in range(-4, 9)]},
    "pulls": {"points": range(0, 101, 4)},
    "downhill": {"step": (0, 1, 2, 3, 5, 10, 20, 30, 50, 100)},
    "rolling": {
        "rate": (2, 5, 20, 50, 150),
        "beta": (0, 0.5, 0.9),
        "step": (0, 1, 2, 5, 10, 20, 50, 100),
    },
    "new_student": {"a": range(9), "b": range(13)},
    "xor_boundary": {"n_hidden": (1, 2, 3), "activation": ("sigmoid",), "seed": range(40)},
    "one_image": {"image": (0, 1, 2, 3, 4, 244), "epoch": (*range(11), 15, 20, 30, 50, 100)},
}
# Rooms of the package that no picture depends on.
NO_PICTURES = {"exercises", "doctor"}
# Whose settings can't be counted: the page needs no cell to say so.
STILL = {"flipped_pixels", "own_digit"}


def is_explore(cell: NotebookNode) -> bool:
    """Return whether it is an Explore cell."""
    return "explore" in cell.metadata.get("tags", [])


def name_of(cell: NotebookNode) -> str:
    """Return which function of ``nn_tutorial.explore`` makes it."""
    return cell.source.rpartition("explore.")[2].split("(")[0]


def stored_words(cell: NotebookNode) -> str:
    """Return its words at the start, as the notebook stores them."""
    text = cell.outputs[-1].data["text/plain"]
    return text.removeprefix("Run this cell to move the controls. At the start: ")


def made(cells: list[NotebookNode]) -> Cell:
    """Run a chapter's code up to the Explore cell, the last; return what that makes.

    The chapter's own code, so that the pictures are those of the chapter; nothing is shown.

    Raises
    ------
    ValueError
        If the words at the start are not those that are stored.
    """
    space = {}
    *before, last = (cell for cell in cells if cell.cell_type == "code")
    for cell in before:
        if not is_explore(cell):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(cell.source, space)
            space.update(dict.fromkeys(("show", "show_animation", "check"), _nothing))
    body, _, expression = last.source.rpartition("explore.")
    exec(body, space)
    explored = eval("explore." + expression, space)
    if explored.words != stored_words(last):
        raise ValueError(f"stored is {stored_words(last)!r}, and drawn {explored.words!r}")
    return explored


def _nothing(*arguments: object, **named: object) -> None:
    pass


def chosen(control: Control, subset) -> list:
    """Return the settings of a control that are in the subset; all of them where there is none."""
    if subset is None:
        return list(control.settings)
    return [s for s in control.settings if any(s == wanted for wanted in subset)]


def drawn(cell: Cell, settings: dict[str, list], name: str, folder: Path) -> dict:
    """Draw each setting and store the pictures, each once; return their numbers, and the words."""
    seen, pictures, words = {}, [], []
    for values in itertools.product(*settings.values()):
        with drawn_again(cell.figure):
            words.append(cell.draw(**dict(zip(settings, values, strict=True)))[1])
        png = to_quick_png(cell.figure)
        if png not in seen:
            seen[png] = len(seen)
            with Image.open(io.BytesIO(png)) as image:
                target = folder / f"{name}-{seen[png]}.webp"
                image.convert("RGB").save(target, lossless=True, quality=50, method=1)
        pictures.append(seen[png])
    return {"pictures": pictures, "words": words}


def network() -> str:
    """Return the students and the weights of chapter 02, as data for ``network.js``."""
    scores, (W1, W2) = exam_scores(), made_up_weights()
    return json.dumps(
        {"X": scores.X.tolist(), "y": scores.y[:, 0].tolist(), "W1": W1.tolist(), "W2": W2.tolist()}
    )


def moving(cells: list[NotebookNode], folder: Path) -> str:
    """Return the data of the Explore cell, the last, as JSON; its pictures go into the folder.

    Empty where there are too many settings.
    """
    name = name_of(cells[-1])
    if name == "nine_weights":
        return network()
    if name in STILL:
        return ""
    cell, subset = made(cells), SUBSETS.get(name, {})
    settings = {n: chosen(c, subset.get(n)) for n, c in cell.controls.items()}
    if math.prod(map(len, settings.values())) > LIMIT:
        raise ValueError(f"{name} has too many settings: choose in SUBSETS, or add it to STILL")
    described, start = {}, {}
    for key, values in settings.items():
        control = cell.controls[key]
        if len(values) > 1:
            texts = [control.text(value) for value in values]
            described[key] = control.describe() | {"texts": texts}
            start[key] = values.index(control.value)
    data = {"name": name, "described": described, "start": start, "partly": bool(subset)}
    return json.dumps(data | drawn(cell, settings, name, folder), ensure_ascii=False)


def digest(cells: list[NotebookNode]) -> str:
    """Return what the pictures depend on, as a short name for a folder."""
    package = Path(nn_tutorial.__file__).parent
    files = sorted(package.rglob("*.py"))
    sources = [f for f in files if f.relative_to(package).parts[0] not in NO_PICTURES]
    content = b"".join(file.read_bytes() for file in [Path(__file__), *sources])
    code = "".join(cell.source for cell in cells if cell.cell_type == "code")
    more = f"{code}{SUBSETS.get(name_of(cells[-1]))}{matplotlib.__version__}"
    return hashlib.sha256(content + more.encode()).hexdigest()[:16]


def kept(cells: list[NotebookNode], folder: Path) -> str:
    """Return the same as `moving`; pictures that were drawn for an earlier build are copied."""
    cache = user_cache_path("nn-tutorial") / "moving" / name_of(cells[-1])
    before = cache / digest(cells)
    if not before.exists():
        shutil.rmtree(cache, ignore_errors=True)
        new = cache / "new"
        new.mkdir(parents=True)
        (new / "cell.json").write_text(moving(cells, new), encoding="utf-8")
        new.rename(before)
    for picture in before.glob("*.webp"):
        shutil.copy(picture, folder)
    return (before / "cell.json").read_text(encoding="utf-8")


def html(cell: NotebookNode, data: str, run: str) -> str:
    """Return what stands in place of an Explore cell's output.

    ``moving.js`` builds the controls: where it does not run, and in print, nothing dead is shown,
    but the words, and the still picture above the cell. Chapter 02's nine weights have too many
    settings to draw, and a network of its own.
    """
    name, words = name_of(cell), escape(stored_words(cell))
    script = '<script type="application/json">{}</script>'
    more = f'<p class="more"><a href="{run}">{{}}: run this chapter</a></p>'
    if name == "nine_weights":
        files = "".join(f'<script src="../_static/{f}.js"></script>' for f in ("network", "play"))
        inside = f'{script.format(data)}<p class="words">{words}</p>'
        return f'<div class="network">{inside}</div>{files}'
    if not data:
        return f'<p class="words">{words}</p>' + more.format("Move it")
    data = script.format(data.replace("<", "\\u003c"))
    rest = "More settings, and your own code"
    if name in SUBSETS:
        rest = "Here the controls stop at a few of their positions. All of them, and your own code"
    return f'<div class="moving">{data}<p class="words">{words}</p></div>' + more.format(rest)
