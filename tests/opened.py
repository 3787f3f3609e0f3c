"""What of a chapter a browser has to show.

A chapter is opened and run up to the last cell that takes a browser: an Explore cell, or a picture
that moves. If it has none, it is run whole. What comes behind is run by nbval, and in a browser by
the tests of the browser edition.
"""

import base64
import io

import nbformat
from PIL import Image


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


def for_a_browser(path):
    """Return a chapter up to the last cell that takes a browser, or whole if there is none."""
    notebook = nbformat.read(path, as_version=4)
    places = explore_cells(notebook) + [i for i, _ in animations(notebook)]
    notebook.cells = notebook.cells[: max(places) + 1 if places else None]
    return notebook


def without_outputs(notebook):
    """Take the outputs away: what is there later was made there."""
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs, cell.execution_count = [], None
    return notebook
