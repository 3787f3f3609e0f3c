"""Compile, inside Pyodide, the modules that Python has imported when a first figure is drawn."""

import base64
import importlib
import importlib.util
import json
import pkgutil
import sys
from importlib._bootstrap_external import _code_to_hash_pyc


def import_everything():
    """Do what a reader's first minute does."""
    import pyodide_kernel  # it starts IPython, which runs startup.py

    import nn_tutorial

    pyodide_kernel.ipython_shell.send_comm = lambda *message: None
    for module in pkgutil.walk_packages(nn_tutorial.__path__, "nn_tutorial."):
        importlib.import_module(module.name)
    from nn_tutorial.explore import tangent

    tangent().controls["z"].value = 1.0


def main():
    """Return JSON: {the module's file: its .pyc in base 64}. The source is not looked at again."""
    import_everything()
    compiled = {}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        if file.endswith(".py") and hasattr(module.__loader__, "get_data"):
            source = module.__loader__.get_data(file)
            code = compile(source, file, "exec", dont_inherit=True)
            pyc = _code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False)
            compiled[file] = base64.b64encode(pyc).decode()
    return json.dumps(compiled)
