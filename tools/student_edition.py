"""Write what students get: notebooks without worked answers, the package, and how to start.

uv run python tools/student_edition.py OUT
uv run python tools/student_edition.py OUT --chapters 01-06
uv run python tools/student_edition.py --nbgrader COURSE
"""

import argparse
import re
from pathlib import Path

import nbformat
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from run_notebooks import NOTEBOOKS, canonical, to_text
from teaching.handout import (
    NBGRADER,
    build_wheel,
    first_cell,
    start_page,
    wheel_name,
    without_dead_links,
)

from nn_tutorial import MaxScaler, exam_scores
from nn_tutorial.data import made_up_weights, recovered_start
from nn_tutorial.exercises.names import PLACEHOLDER

CONFIG = "nbgrader_config.py"
NEW_STUDENT = [4.0, 8.0]
# Imported afresh, since an answer cell may have given the name to something else. nbgrader takes
# the value of a cell's last line for points; a check that raises would stop the students' Run All.
GRADED = """from nn_tutorial.exercises import check, graded

feedback = graded(lambda: {call}))
display(feedback)
1 * feedback.passed  # the point"""


def for_students(notebook: NotebookNode, chapters: set[int] | None = None) -> NotebookNode:
    """Return the notebook without ``solution`` cells, and without what answers exercises and bets.

    The outputs of cells tagged ``exercise`` or ``bet`` are removed; all others stay, and so do the
    pictures in them. The student's name is still to be written. Links to chapters other than these
    become plain text.
    """
    keep = TagRemovePreprocessor(
        remove_cell_tags={"solution"}, remove_all_outputs_tags={"exercise", "bet"}
    )
    kept, _ = keep.preprocess(canonical(notebook), {})
    for cell in kept.cells:
        if cell.cell_type == "markdown" and chapters is not None:
            cell.source = without_dead_links(cell.source, chapters)
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = f'student = "{PLACEHOLDER}"'
    return canonical(kept)


def gradable(notebook: NotebookNode) -> NotebookNode:
    """Mark each check as a test of one point, so that nbgrader grades this very file.

    The answer cells need no mark of their own: nbgrader keeps what students write in them, and puts
    its own copy of the tests in place of theirs. JupyterLab shows nothing of the marks.
    """
    for cell in notebook.cells:
        checked = re.match(r'check\("([\w-]+)"', cell.source)
        if cell.cell_type == "code" and checked:
            cell.metadata["nbgrader"] = {
                "grade_id": checked[1],
                "grade": True,
                "points": 1,
                "solution": False,
                "locked": True,
                "schema_version": 3,
            }
    return notebook


def beginning_with(cell: NotebookNode, notebook: NotebookNode) -> NotebookNode:
    """Put a cell in front of the first code cell, and return the notebook."""
    place = next(i for i, other in enumerate(notebook.cells) if other.cell_type == "code")
    notebook.cells.insert(place, cell)
    return canonical(notebook)


def for_nbgrader(notebook: NotebookNode) -> NotebookNode:
    """Return a student's notebook as an nbgrader assignment: each check gives a point."""
    assignment = gradable(for_students(notebook))
    for cell in assignment.cells:
        if "nbgrader" in cell.metadata:
            call = cell.source.rstrip().removesuffix(")").rstrip(", \n")
            cell.source = GRADED.format(call=call)
    return assignment


def table(heads: list[str], rows: list[list]) -> str:
    """Return a Markdown table; floats get four decimals where they need them."""
    cells = [
        [c if isinstance(c, str) else f"{c:.4f}".rstrip("0").rstrip(".") for c in row]
        for row in rows
    ]
    lines = [heads, ["---"] * len(heads), *cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def weights(W1, W2) -> str:
    """Return a table of the nine weights: W1 (2, 3) and W2 (3, 1)."""
    return table(
        ["weight for", "hidden neuron 1", "hidden neuron 2", "hidden neuron 3"],
        [["hours studied", *W1[0]], ["hours slept", *W1[1]], ["on to the output", *W2[:, 0]]],
    )


def data_sheet() -> str:
    """Return the sheet: three students, the two sets of weights, and a new student."""
    X, y = exam_scores()
    scaler = MaxScaler().fit(X)
    hours = ["hours studied", "hours slept", "scaled", "scaled"]
    students = [[*raw, *scaled] for raw, scaled in zip(X, scaler.transform(X), strict=True)]
    points = [[score, score / 100] for (score,) in y]
    new = [*NEW_STUDENT, *scaler.transform([NEW_STUDENT])[0]]
    return "\n".join(
        [
            "# Data sheet\n",
            "## Three students\n",
            table(
                ["", *hours, "points", "divided by 100"],
                [
                    [name, *student, *score]
                    for name, student, score in zip(
                        ["first", "second", "third"], students, points, strict=True
                    )
                ],
            ),
            f"Hours are divided by the largest of their column: {scaler.maximum[0]:g} and "
            f"{scaler.maximum[1]:g}.\n",
            "## A new student\n",
            table(["", *hours], [["newcomer", *new]]),
            "## Weights made up by hand (from chapter 02)\n",
            weights(*made_up_weights()),
            "## Weights at the start of training (from chapter 08)\n",
            weights(*recovered_start()),
        ]
    )


def objection(targets: list[Path], overwrite: bool) -> str:
    """Return why these files must not be written, or nothing."""
    there = [path for path in targets if path.exists()]
    if any(path.resolve().parent == NOTEBOOKS for path in targets):
        return "these are the notebooks themselves: name another folder"
    if there and not overwrite:
        others = f" and {len(there) - 1} more" * (len(there) > 1)
        return (
            f"{there[0]}{others} would be overwritten, with whatever was changed there: "
            "name another folder, or add --overwrite"
        )
    return ""


def chosen(text: str) -> list[Path]:
    """Return the notebooks of a choice such as 01-06 or 00,03,13-14.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is no choice, or a chapter doesn't exist.
    """
    paths = {int(path.name[:2]): path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    numbers = set()
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d+)(?:\s*-\s*(\d+))?\s*", part)
        if not found:
            raise argparse.ArgumentTypeError(f"{text!r} is no choice such as 01-06 or 00,03")
        numbers |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
    if not numbers or numbers - set(paths):
        there = f"{min(paths):02} to {max(paths):02}"
        raise argparse.ArgumentTypeError(f"{text!r} names no chapters that exist: {there} do")
    return [paths[number] for number in sorted(numbers)]


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="the folder; it is made, with those above it"
    )
    parser.add_argument(
        "--chapters", type=chosen, metavar="01-06", default=None, help="all if not given"
    )
    parser.add_argument(
        "--nbgrader",
        action="store_true",
        help="write assignments of an nbgrader course, OUT/source/NAME/NAME.ipynb",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there already"
    )
    return parser


def main() -> None:
    """Write everything into the folder named on the command line."""
    parser = arguments()
    given = parser.parse_args()
    masters, wheel = given.chapters or sorted(NOTEBOOKS.glob("*.ipynb")), wheel_name()
    folder = "source/{}" if given.nbgrader else ""
    targets = [given.out / folder.format(path.stem) / path.name for path in masters]
    sheet, start, config = (given.out / name for name in ("data_sheet.md", "START.md", CONFIG))
    others = [sheet, start, given.out / wheel] + [config] * given.nbgrader
    if objected := objection([*others, *targets], given.overwrite):
        parser.error(objected)
    chapters, titles = {int(path.name[:2]) for path in masters}, []
    for path, target in zip(masters, targets, strict=True):
        notebook = nbformat.read(path, as_version=4)
        titles.append(notebook.cells[0].source.split("\n")[0].lstrip("# "))
        made = beginning_with(first_cell(wheel), for_students(notebook, chapters))
        made = for_nbgrader(made) if given.nbgrader else gradable(made)
        write(target, to_text(made))
    write(sheet, data_sheet())
    write(start, start_page(masters, titles, wheel))
    if given.nbgrader:
        write(config, NBGRADER)
    build_wheel(given.out)
    print(f"{len(masters)} chapters, and how to start, in {given.out}")


def write(path: Path, text: str) -> None:
    """Write a text file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
