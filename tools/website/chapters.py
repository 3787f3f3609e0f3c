"""From a committed notebook to the page of a chapter: what a reader without a kernel needs."""

import base64
import io
import re
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from PIL import Image

from . import moving

RUN = "../lite/lab/index.html?path="  # from a chapter's page
HEADINGS = re.compile(r"^\|.*\|(?= *\n\|[ :]*---)", re.M)
BETS, ANSWERS = "Bet first, then open the answer", "A worked answer"
UNANSWERED = "<strong>Your turn.</strong>"


def figure(png: str, words: str, name: str, folder: Path) -> str:
    """Store a picture and return the HTML that shows it, its facts as alternative text and caption.

    The caption repeats the alternative text, so a screen reader is spared it.
    """
    content = base64.b64decode(png)
    (folder / name).write_bytes(content)
    with Image.open(io.BytesIO(content)) as image:
        width, height = image.size
    return (
        f'<figure class="drawn"><img src="../figures/{name}" alt="{escape(words)}" width="{width}" '
        f'height="{height}" loading="lazy" decoding="async">'
        f'<figcaption aria-hidden="true">{escape(words)}</figcaption></figure>'
    )


def with_figures(outputs: list[NotebookNode], stem: str, folder: Path) -> list[NotebookNode]:
    """Return the outputs with each picture and the words printed beside it as one figure."""
    captions = [o.data["text/plain"] for o in outputs if "image/png" in o.get("data", {})]
    shown = []
    for output in outputs:
        data = output.get("data", {})
        if "image/png" in data:
            name = f"{stem}-{len(list(folder.glob(f'{stem}-*.png')))}.png"
            html = figure(data["image/png"], data["text/plain"], name, folder)
            shown.append(new_output("display_data", {"text/html": html}))
        elif output.output_type == "stream":
            rest = output.text
            for words in captions:  # a stored stream may stand above its picture
                rest = rest.replace(f"{words}\n", "")
            if rest:
                shown.append(new_output("stream", name=output.name, text=rest))
        elif data:
            shown.append(output)
    return shown


def named(headings: re.Match) -> str:
    """Return a table's first line with words in its empty cells: screen readers read one each."""
    cells = headings[0].split("|")[1:-1]
    hidden = ' <span class="visually-hidden">column {}</span> '
    filled = [cell if cell.strip() else hidden.format(k) for k, cell in enumerate(cells, start=1)]
    return f"|{'|'.join(filled)}|"


def opening(source: str, notebook: NotebookNode, name: str, addresses: dict[str, str]) -> str:
    """Return the first cell with the ways to run the chapter, and its facts in a box."""
    head, facts = source.split("**You will be able to**", 1)
    minutes = notebook.metadata.nn_tutorial.minutes
    time = f"{minutes.reading} min to read"
    if minutes.exercises:
        time += f" + {minutes.exercises} min of exercises"
    facts = re.sub(r"\n\*\*Time:\*\*.*", "", facts, flags=re.S)
    return f"""{head}
<div class="ways">
<a class="way first" href="{RUN}{name}">Run this chapter</a>
<a class="way" href="{addresses["binder"]}{name}">on Binder</a>
<a class="way" href="../download/{name}" download>Download</a>
<span class="minutes">{time}</span>
</div>

<div class="facts">

**You will be able to**{facts}
</div>
"""


def folded(cell: NotebookNode, prompt: str, part: str) -> None:
    """Close a part of the cell behind a prompt, as myst-nb does: ``hide-cell``, ``hide-output``."""
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), part]
    cell.metadata["mystnb"] = {"code_prompt_show": prompt, "code_prompt_hide": prompt}


def page(path: Path, figures: Path, moved: dict, addresses: dict[str, str]) -> NotebookNode:
    """Return the notebook as the page of a chapter.

    Parameters
    ----------
    path : Path
        The committed notebook. It is not run.
    figures : Path
        A folder for its pictures.
    moved : dict of str to str
        The data of its Explore cells, by their names.
    addresses : dict of str to str
        ``binder``, to which the notebook's name is added.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = opening(notebook.cells[0].source, notebook, path.name, addresses)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            cell.source = HEADINGS.sub(named, cell.source)
            continue
        tags = cell.metadata.get("tags", [])
        cell.outputs = with_figures(cell.outputs, path.stem[:2], figures)
        if moving.is_explore(cell):
            html = moving.html(cell, moved[moving.name_of(cell)], RUN + path.name)
            cell.outputs = [new_output("display_data", {"text/html": html})]
        elif "bet" in tags:
            folded(cell, BETS, "hide-output")
        elif "solution" in tags:
            folded(cell, ANSWERS, "hide-cell")
        elif any(UNANSWERED in o.get("data", {}).get("text/html", "") for o in cell.outputs):
            # It repeats the question that stands above it.
            cell.outputs = [new_output("display_data", {"text/html": invitation(path.name)})]
    return notebook


def invitation(name: str) -> str:
    """Return what stands in place of the checker's invitation, which needs a kernel."""
    return (
        f'<p class="invitation">Your answer is checked when you '
        f'<a href="{RUN}{name}">run this chapter</a>.</p>'
    )


def notation(start: NotebookNode) -> str:
    """Return chapter 00's table of symbols as a page of its own."""
    (cell,) = (c.source for c in start.cells if c.source.startswith("## Notation"))
    text = re.sub(r"</?details>|<summary>.*</summary>|^## Notation", "", cell)
    return f"# Notation\n{text}"
