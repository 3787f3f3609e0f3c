"""Pictures that move without a kernel: an Explore cell, drawn for many settings at build time."""

import contextlib
import hashlib
import io
import itertools
import json
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path

import matplotlib
import nbformat
from PIL import Image
from platformdirs import user_cache_path

import nn_tutorial
from nn_tutorial.plots import drawn_again, to_quick_png

LIMIT = 130
# Where the controls have more settings together: those that answer the question above the cell.
SUBSETS = {
    "01": {"studied": range(7), "slept": range(13)},
    "03": {"w1": (1.0, 3.0, 4.0), "w2": (0.3, 1.0, 3.0), "v1": (-4, 0, 4), "v2": (-4, 0, 4)},
    "04": {"student": (0,)},
    "05": {"change": [k / 2 for k in range(-4, 9)]},
    "07": {"points": range(0, 101, 4)},
    "08": {"step": (0, 1, 2, 3, 5, 10, 20, 30, 50, 100)},
    "09": {"a": range(9), "b": range(13)},
    "11": {"n_hidden": (1, 2, 3), "activation": ("sigmoid",), "seed": range(40)},
    "13": {"image": (0, 1, 2, 3, 4, 244), "epoch": (*range(11), 15, 20, 30, 50, 100)},
}


@dataclass
class Choice:
    """What a control can be set to here: texts and values, and where it stands at the start."""

    name: str
    label: str
    values: list
    texts: list[str]
    start: int


def cell_of(path: Path):
    """Return the chapter's Explore cell, made by the chapter's own code; nothing is shown.

    Raises
    ------
    AssertionError
        If its words at the start are not those that are stored.
    """
    notebook, space = nbformat.read(path, as_version=4), {}
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        if "explore" in cell.metadata.get("tags", []):
            *body, last = cell.source.split("\n\n\n")
            exec("\n\n".join(body), space)
            made = eval(last, space)
            stored = cell.outputs[-1].data["text/plain"]
            assert stored.endswith(made.words), f"{path.name}: {made.words} is not {stored}"
            return made
        with contextlib.redirect_stdout(io.StringIO()):
            exec(cell.source, space)
        space.update({name: _nothing for name in ("show", "show_animation", "check")})
    return None


def _nothing(*arguments, **named) -> None:
    pass


def choice(name: str, control, subset) -> Choice:
    """Return the settings of one control, or those of them that are in the subset."""
    if hasattr(control, "options"):
        pairs = [o if isinstance(o, tuple) else (str(o), o) for o in control.options]
    elif hasattr(control, "step"):
        n_steps = round((control.max - control.min) / control.step)
        values = [round(control.min + k * control.step, 6) for k in range(n_steps + 1)]
        written = "{:.1f}" if isinstance(control.step, float) else "{}"
        pairs = [(written.format(value), value) for value in values]
    if subset is not None:
        pairs = [(text, value) for text, value in pairs if value in subset]
    texts, values = zip(*pairs, strict=True)
    start = values.index(control.value) if control.value in values else 0
    return Choice(name, control.description, list(values), list(texts), start)


def number_of_settings(choices: list[Choice]) -> int:
    """Return how many settings they have together."""
    n = 1
    for one in choices:
        n *= len(one.values)
    return n


def drawn(cell, choices: list[Choice], stem: str, folder: Path) -> tuple[list[int], list[str]]:
    """Draw each setting; store the pictures, each once, and return their numbers, and the words."""
    seen, pictures, words = {}, [], []
    for values in itertools.product(*(one.values for one in choices)):
        settings = dict(zip((one.name for one in choices), values, strict=True))
        with drawn_again(cell.figure):
            words.append(cell.draw(**settings)[1])
        png = to_quick_png(cell.figure)
        if png not in seen:
            seen[png] = len(seen)
            with Image.open(io.BytesIO(png)) as image:
                target = folder / f"{stem}-{seen[png]}.webp"
                image.convert("RGB").save(target, lossless=True, quality=50, method=2)
        pictures.append(seen[png])
    return pictures, words


def still(words: str, name: str) -> str:
    """Return what stands there where nothing can be moved: the words, and the way to the kernel."""
    return (
        f'<p class="words">{escape(words)}</p>'
        f'<p class="more"><a href="../lite/lab/index.html?path={name}">Move it: run this chapter'
        f"</a></p>"
    )


def moving(path: Path, folder: Path) -> str:
    """Return HTML for the chapter's Explore cell; its pictures go into the folder.

    ``moving.js`` builds the controls, so that nothing dead is shown where it does not run.
    """
    cell, stem = cell_of(path), path.stem[:2]
    if cell is None:
        return ""
    subset = SUBSETS.get(stem, {})
    try:
        choices = [choice(n, c, subset.get(n)) for n, c in cell.controls.items()]
    except UnboundLocalError:
        choices = []
    if not choices or number_of_settings(choices) > LIMIT:
        return f'<div class="moving">{still(cell.words, path.name)}</div>'
    pictures, words = drawn(cell, choices, stem, folder)
    with Image.open(folder / f"{stem}-0.webp") as image:
        size = image.size
    data = {
        "pictures": f"../moving/{stem}-",
        "size": size,
        "controls": [
            {"label": one.label, "texts": one.texts, "start": one.start} for one in choices
        ],
        "shown": pictures,
        "words": words,
        "partly": bool(subset),
    }
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<div class="moving"><script type="application/json">{written}</script>'
        f"{still(cell.words, path.name)}</div>"
    )


def digest(path: Path) -> str:
    """Return what the chapter's pictures depend on, as a short name for a folder."""
    sources = sorted(Path(nn_tutorial.__file__).parent.rglob("*.py"))
    content = b"".join(file.read_bytes() for file in (*sources, path, Path(__file__)))
    return hashlib.sha256(content + matplotlib.__version__.encode()).hexdigest()[:16]


def kept(path: Path, folder: Path) -> str:
    """Return the same as `moving`; pictures that were drawn for an earlier build are copied."""
    cache = user_cache_path("nn-tutorial") / "moving" / path.stem
    drawn_before = cache / digest(path)
    if not drawn_before.exists():
        shutil.rmtree(cache, ignore_errors=True)
        new = cache / "new"
        new.mkdir(parents=True)
        (new / "cell.html").write_text(moving(path, new), encoding="utf-8")
        new.rename(drawn_before)
    for picture in drawn_before.glob("*.webp"):
        shutil.copy(picture, folder)
    return (drawn_before / "cell.html").read_text(encoding="utf-8")
