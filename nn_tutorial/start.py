"""``nn-tutorial``: copy the notebooks into a folder of the reader's, and open JupyterLab there.

The installed package carries the notebooks as they are published. The copies are the reader's: no
file that exists is ever written.
"""

import argparse
import importlib.util
import json
import sys
from importlib import resources
from pathlib import Path

from nn_tutorial import __version__

FOLDER = Path("nn-tutorial")
FIRST = "00_start_here.ipynb"


def shipped() -> list[Path]:
    """Return the published notebooks: those in the package, or, in a clone, those beside it."""
    package = Path(str(resources.files("nn_tutorial")))
    found = sorted((package / "notebooks").glob("*.ipynb"))
    return found or sorted((package.parent / "notebooks").glob("*.ipynb"))


def sources(path: Path) -> list[str] | None:
    """Return the texts of a notebook's cells, without outputs; None where there is none."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def copy(original: Path, target: Path) -> bool:
    """Copy a file, whole or not at all; return False and write nothing where the target exists."""
    if target.exists() or target.is_symlink():
        return False
    part = target.with_name(f"{target.name}.part")
    part.write_bytes(original.read_bytes())
    part.rename(target)
    return True


def bring(folder: Path, update: bool = False) -> tuple[list[str], list[str], list[str]]:
    """Copy the notebooks that ``folder`` lacks.

    With ``update``, a notebook whose cells differ from those in the folder is put beside the old
    one, under a name with the version: ``01_scale_the_data-0.1.0.ipynb``. What differs in outputs
    only, because it was run, is no difference.

    Returns
    -------
    tuple of list of str
        The names of those copied, of those put beside others, and of those in the folder that
        differ.

    Raises
    ------
    OSError
        If the folder or a file can't be read or written.
    """
    folder.mkdir(exist_ok=True)
    new, beside, other = [], [], []
    for original in shipped():
        target = folder / original.name
        if copy(original, target):
            new.append(target.name)
        elif sources(target) != sources(original):
            other.append(target.name)
            published = target.with_name(f"{target.stem}-{__version__}.ipynb")
            if update and copy(original, published):
                beside.append(published.name)
    return new, beside, other


def said(new: list[str], beside: list[str], other: list[str], update: bool) -> str:
    """Return what the reader is told about the files."""
    lines = [f"{len(new)} notebooks copied into {FOLDER.resolve()}"] if new else []
    if beside:
        lines += ["Changed, put beside yours:", *(f"  {name}" for name in beside)]
    if not lines:
        kept = f"The notebooks in {FOLDER.resolve()} are kept as they are."
        lines = ["Nothing has changed." if update else kept]
    if other and not update:
        lines += [
            f"Not as in version {__version__}, because you worked in them or they are older: "
            f"{len(other)}.",
            "To have the published ones beside them: nn-tutorial --update",
        ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Copy, tell, and open JupyterLab; return 1 where something is in the way."""
    parser = argparse.ArgumentParser(
        prog="nn-tutorial",
        description=f"Copy the notebooks into ./{FOLDER} and open JupyterLab there.",
        epilog="No file of yours is overwritten. Others, such as --no-browser, go to JupyterLab.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--update",
        action="store_true",
        help="put each notebook that differs from yours beside it, under a name with the version",
    )
    given, for_lab = parser.parse_known_args(arguments)
    try:
        print(said(*bring(FOLDER, given.update), given.update), flush=True)
    except OSError as error:
        print(f"The notebooks can't be copied: {error}", file=sys.stderr)
        return 1
    if importlib.util.find_spec("jupyterlab") is None:
        print(
            "JupyterLab is not installed here. Open the notebooks with another program, or\n"
            "install the package with it: nn-tutorial[lab]",
            file=sys.stderr,
        )
        return 1
    from jupyterlab.labapp import LabApp  # takes a second, and not everybody has it

    print("JupyterLab opens in your browser. Ctrl-C here ends it.", flush=True)
    where = [f"--ServerApp.root_dir={FOLDER.resolve()}", f"--LabApp.default_url=/lab/tree/{FIRST}"]
    LabApp.launch_instance([*where, *for_lab])
    return 0


if __name__ == "__main__":
    sys.exit(main())
