"""The functions that a notebook writes, for a test or a benchmark to call."""

import ast

import nbformat
import numpy as np
from run_notebooks import NOTEBOOKS


def functions_of(name: str) -> dict:
    """Return the functions that the notebook ``name`` defines, by their names.

    Only its imports and its functions are executed, so a function sees what the notebook imports,
    NumPy as ``np``, and its other functions. Of two with one name the later counts, as in the
    notebook. Answer cells, tagged ``exercise``, are left out: they belong to the reader.
    """
    return functions_in(nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4))


def functions_in(notebook: nbformat.NotebookNode) -> dict:
    """Return the functions that a notebook defines; see ``functions_of``."""
    namespace = {"np": np}
    names = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and "exercise" not in cell.metadata.get("tags", []):
            body = ast.parse(cell.source).body
            kept = [
                node
                for node in body
                if isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom)
            ]
            exec(compile(ast.Module(kept, []), f"cell {cell.id}", "exec"), namespace)
            names += [node.name for node in kept if isinstance(node, ast.FunctionDef)]
    return {name: namespace[name] for name in names}
