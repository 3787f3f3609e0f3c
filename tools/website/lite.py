"""Write the browser edition: JupyterLab with all chapters, run by Python in the reader's browser.

uv run python tools/website/lite.py OUT --pyodide FOLDER

OUT is made. Any server of files can hand it out; `OUT/lab/index.html?path=01_scale_the_data.ipynb`
opens a chapter. Without ``--pyodide`` the files of Pyodide are fetched from its public address
while this runs. A reader's browser asks no other server, either way.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # when it is run as a script
from website import python_folder
from website.python_folder import BROWSER, ROOT

EXTENSION = "nn-tutorial"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
SETTINGS = {
    # All cells are in the page from the start, so that the browser's search finds their words.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # light or dark
    # Saved often: a phone closes a page without a question, and the page is all there is.
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 5},
}
JUPYTERLITE = (
    "jupyter", "lite", "build", "--apps=lab", "--no-sourcemaps", "--no-unused-shared-packages",
)  # fmt: skip


def build(out: Path, pyodide: Path | None = None) -> None:
    """Write the browser edition into the folder ``out``.

    Parameters
    ----------
    out : Path
        Is made; an older build in it goes.
    pyodide : Path, optional
        A folder with the files of Pyodide 0.27.7; without it they are fetched.

    Raises
    ------
    ValueError
        If ``out`` holds something else, or a file of Pyodide's is not its own.
    subprocess.CalledProcessError
        If JupyterLite cannot be installed, or does not build.
    """
    if (out / "jupyter-lite.json").exists():
        shutil.rmtree(out)  # an older build
    if out.exists() and any(out.iterdir()):
        raise ValueError(f"{out} holds something else: name another folder")
    print("JupyterLite: its application and the chapters …", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        write_sources(Path(scratch))
        inside = ("run", "--isolated", "--quiet", "--only-group=lite", f"--project={ROOT}")
        command = [*python_folder.uv(), *inside, *JUPYTERLITE, f"--output-dir={out.resolve()}"]
        done = subprocess.run(command, cwd=scratch, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], file=sys.stderr)
        done.check_returncode()
    print("Python: its packages, compiled under Node …", flush=True)
    wheels = out / "extensions" / KERNEL / "static" / "pypi"
    python_folder.write(out / "static" / "pyodide", pyodide, wheels)
    shutil.copytree(BROWSER / "extension", out / "extensions" / EXTENSION / "static")
    configure(out / "jupyter-lite.json")


def write_sources(folder: Path) -> None:
    """Write what JupyterLite makes its folder of: settings, and the notebooks as it reads them."""
    (folder / "overrides.json").write_text(json.dumps(SETTINGS))
    (folder / "files").mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)  # joins lines, where JupyterLite puts commas
        notebook.metadata["kernelspec"] = {
            "name": "python",
            "display_name": "Python (Pyodide)",
            "language": "python",
        }
        (folder / "files" / path.name).write_text(json.dumps(notebook), encoding="utf-8")


def configure(path: Path) -> None:
    """Say in JupyterLite's file where Python is, what it loads, and that our extension is there."""
    lite = json.loads(path.read_text(encoding="utf-8"))
    data = lite["jupyter-config-data"]
    data["appName"] = "A neural network you can check by hand"
    data["federated_extensions"].append(
        {"name": EXTENSION, "load": "static/remote.js", "extension": "./extension"}
    )
    # Ours stands in for it: see the extension.
    data["disabledExtensions"] = ["@jupyterlab/notebook-extension:cell-executor"]
    data["faviconUrl"] = "./icon-120x120.png"  # the other one has 320 kB
    kernel = data.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL}:kernel", {})
    kernel["pyodideUrl"] = "./static/pyodide/pyodide.js"
    kernel["disablePyPIFallback"] = True
    kernel["loadPyodideOptions"] = python_folder.OPTIONS
    path.write_text(json.dumps(lite, indent=1), encoding="utf-8")


def main() -> None:
    """Build into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder; an old build in it goes")
    parser.add_argument("--pyodide", type=Path, help="a folder with the files of Pyodide 0.27.7")
    arguments = parser.parse_args()
    try:
        build(arguments.out, arguments.pyodide)
    except (ValueError, OSError, subprocess.CalledProcessError) as problem:
        sys.exit(f"{problem}")


if __name__ == "__main__":
    main()
