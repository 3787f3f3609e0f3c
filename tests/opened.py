"""What of the chapters a browser has to show.

Two are opened and run whole, as a reader does: the first, where a newcomer begins, and that of the
digits. Of the others those cells are run that take a browser, Explore cells and pictures that move,
and what they use. The rest is run by nbval, and in a browser by the tests of the browser edition.
"""

import ast
import base64
import functools
import io

import nbformat
from PIL import Image
from run_notebooks import NOTEBOOKS

WHOLE = ("00", "13")


def _explored(cell):
    return "explore" in cell.metadata.get("tags", [])


def _moving(cell):
    """Return the places of the moving pictures among those that a cell shows."""
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    pictures = [base64.b64decode(each["image/png"]) for each in data if "image/png" in each]
    opened = enumerate(map(Image.open, map(io.BytesIO, pictures)))
    return [place for place, picture in opened if getattr(picture, "is_animated", False)]


def explore_cells(notebook):
    """Return the numbers of the cells that are tagged ``explore``."""
    return [i for i, cell in enumerate(notebook.cells) if _explored(cell)]


def animations(notebook):
    """Return (number of the cell, place among its pictures) of each picture that moves."""
    return [(i, place) for i, cell in enumerate(notebook.cells) for place in _moving(cell)]


def _names(source):
    """Return the names that a cell sets, itself or in part, and those that it uses."""
    nodes = list(ast.walk(ast.parse(source)))
    imported = [alias for node in nodes for alias in getattr(node, "names", [])]
    names = {(alias.asname or alias.name).partition(".")[0] for alias in imported}
    names |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    used = set()
    for node in nodes:
        place = node
        while isinstance(place, ast.Attribute | ast.Subscript):
            place = place.value
        if isinstance(place, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else names).add(place.id)
    return names, used


def with_what_they_use(notebook, places):
    """Return the numbers of these cells, and of the code cells before that set what they use."""
    needed, wanted = set(places), set()
    for i, cell in reversed(list(enumerate(notebook.cells))):
        names, used = _names(cell.source) if cell.cell_type == "code" else (set(), set())
        if i in needed or names & wanted:
            needed.add(i)
            wanted |= used
    return sorted(needed)


@functools.cache
def for_a_browser():
    """Return {path: what is opened of a chapter}, without the chapters that take no browser."""
    chapters = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        places = explore_cells(notebook) + [i for i, _ in animations(notebook)]
        if not path.name.startswith(WHOLE):
            places = with_what_they_use(notebook, places)
            notebook.cells = [notebook.cells[i] for i in places]
        if notebook.cells:
            chapters[path] = notebook
    return chapters


def without_outputs(notebook):
    """Take the outputs away: what is there later was made there."""
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs, cell.execution_count = [], None
    return notebook
