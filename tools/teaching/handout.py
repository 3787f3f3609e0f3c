"""What goes to students beside the notebooks: how to start, the package, and the first cell."""

import re
import tomllib
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from run_notebooks import NOTEBOOKS

from nn_tutorial.exercises.names import PLACEHOLDER

ROOT = NOTEBOOKS.parent
LINK = re.compile(r"\[([^\]]+)\]\((\d\d)_\w+\.ipynb[^)]*\)")
# An exception that says one sentence: a traceback is no place for a beginner to find it.
FIRST_CELL = """from importlib.util import find_spec


class Missing(Exception):
    def _render_traceback_(self):
        return [str(self)]


if find_spec("nn_tutorial") is None:
    raise Missing(
        "The package nn_tutorial is not installed here: run %pip install {wheel} in a cell of "
        "its own above this one, with that file beside this notebook, and then run this cell again."
    )"""

START = """# Start

You need Python 3.11 or newer, and this folder. Open a terminal in the folder.

1. Install JupyterLab and the package that the notebooks stand on:

   ```
   python -m pip install jupyterlab {wheel}
   ```

   Without a network, from a folder `wheels` that your teacher has put beside this file:

   ```
   python -m pip install --no-index --find-links wheels jupyterlab {wheel}
   ```

   Then look whether it is there. If this prints OK, you are ready:

   ```
   python -c "import jupyterlab, nn_tutorial; print('OK')"
   ```

2. Start JupyterLab in this folder:

   ```
   python -m jupyter lab
   ```

   Open the chapter of your lesson in its list of files, with a double click. This folder has:

{chapters}

3. Run the cells from top to bottom, with Shift and Enter. Where a cell asks you to bet, bet first.
4. Near the top, in 01 and 02 under the heading *Exercises*, stands `student = "{placeholder}"`.
   Write your own name there, in every notebook the same way, accents too: it decides your numbers.
5. Answer with numbers that have a point, `0.5` and not `0,5`, and with letters in quotation marks,
   `"c"` and not `c`.

Some exercises are done on paper. Carry as many decimals on the way as they ask for, and round only
the answer. `data_sheet.md` has the data.

## Hand in

Save the notebook (*File*, *Save Notebook*), and hand in the file itself, `.ipynb`, under its own
name, where your teacher tells you to. Not a PDF, not a ZIP file, not a picture. On a stick, put it
into a folder that has your name, or it replaces the file of somebody else.

Before that, run everything once more (*Run*, *Restart Kernel and Run All Cells*). An exercise that
is not begun, where the `...` still stands, is no obstacle. A cell that stops with an error is one:
what stands below it is not run. Mend it, or write `...` in place of your answer. You may hand in a
notebook in which not everything is done.

## When something goes wrong

- **`python` is not found.** Write `python3` (Linux, macOS) or `py` (Windows).
- **pip refuses: "externally managed environment".** Make an environment first, and activate it:

  ```
  python3 -m venv nn-venv
  . nn-venv/bin/activate
  ```

  On Windows, where you need one: `py -m venv nn-venv`, then `nn-venv\\Scripts\\activate`.

- **The first cell says that the package is not installed.** JupyterLab runs in another Python than
  the one of step 1. Do what the cell says.
- **`NameError: name 'c' is not defined`.** A letter is written in quotation marks: `"c"`.
- **`SyntaxError: leading zeros in decimal integer literals are not permitted`**, or a check that
  speaks of decimal commas. Write `0.0406`, with a point, not `0,0406`.
- **You want the original back.** Take the notebook out of the folder that you were given once more.
"""

NBGRADER = r"""# What nbgrader needs to know of this course. Start it in this folder.

from nbgrader import preprocessors

c = get_config()
c.CourseDirectory.course_id = "nn_tutorial"

# Answer cells hold no solutions, so there is nothing to clear; and the chapters' pictures stay in
# what students get. (What they hand in is cleared before it is graded.)
c.GenerateAssignment.preprocessors = [
    preprocessors.LockCells,
    preprocessors.ComputeChecksums,
    preprocessors.SaveCells,
    preprocessors.CheckCellMetadata,
]

# The files in the ZIP file of Moodle's "Download all submissions", in a folder for each student or
# all in one: "Ada Lovelace_1234_assignsubmission_file_/06_send_the_error_back.ipynb".
c.FileNameCollectorPlugin.named_regexp = (
    r".*?(?P<student_id>[^/\\]+)_\d+_assignsubmission_file_[/\\]?(?P<file_id>[^/\\]+)\.ipynb$"
)

# A notebook may take its time, and one that never ends must not hold up the others.
c.Execute.timeout = 60  # seconds for a cell
"""


def build_wheel(folder: Path) -> Path:
    """Build the package into the folder, without the network; return the file.

    The published wheel carries the notebooks with their worked answers; this one doesn't.
    """
    from hatchling.builders.wheel import WheelBuilder  # only where a wheel is wanted

    project = _project()
    project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"] = ["nn_tutorial"]
    folder.mkdir(parents=True, exist_ok=True)
    (built,) = WheelBuilder(str(ROOT), config=project).build(
        directory=str(folder), versions=["standard"]
    )
    return Path(built)


def wheel_name() -> str:
    """Return the name of the package's wheel."""
    from hatchling.metadata.core import ProjectMetadata
    from hatchling.plugin.manager import PluginManager

    metadata = ProjectMetadata(str(ROOT), PluginManager(), _project())
    return f"{metadata.name.replace('-', '_')}-{metadata.version}-py3-none-any.whl"


def _project() -> dict:
    """Return what pyproject.toml says, without the README, which is read from where one stands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project["project"]["dynamic"].remove("readme")
    del project["tool"]["hatch"]["metadata"]
    return project


def start_page(paths: list[Path], titles: list[str], wheel: str) -> str:
    """Return START.md for these notebooks."""
    listed = [
        f"   - [{path.stem[:2]} {title}]({path.name})"
        for path, title in zip(paths, titles, strict=True)
    ]
    return START.format(wheel=wheel, placeholder=PLACEHOLDER, chapters="\n".join(listed))


def first_cell(wheel: str) -> NotebookNode:
    """Return the cell that says what to do where the package is missing."""
    return new_code_cell(FIRST_CELL.format(wheel=wheel), id="package-missing")


def without_dead_links(source: str, chapters: set[int]) -> str:
    """Return a Markdown cell in which chapters that are not handed out are named, not linked."""
    return LINK.sub(lambda found: found[0] if int(found[2]) in chapters else found[1], source)
