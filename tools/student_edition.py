"""Write the notebooks without the worked answers, and a sheet with the series' data to print.

uv run python tools/student_edition.py OUT
uv run python tools/student_edition.py --nbgrader COURSE
"""

import argparse
import re
from pathlib import Path

import nbformat
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from run_notebooks import NOTEBOOKS, canonical, to_text

from nn_tutorial import MaxScaler, exam_scores
from nn_tutorial.data import made_up_weights, recovered_start

NEW_STUDENT = [4.0, 8.0]
# Imported afresh, since an answer cell may have given the name to something else. Displayed, since
# nbgrader takes the value of a cell's last line for points, and warns where it is no number.
GRADED = """from nn_tutorial.exercises import check

display({call}, strict=True))"""


def for_students(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without ``solution`` cells, and without what answers exercises and bets.

    The outputs of cells tagged ``exercise`` or ``bet`` are removed; all others stay, and so do the
    pictures in them.
    """
    keep = TagRemovePreprocessor(
        remove_cell_tags={"solution"}, remove_all_outputs_tags={"exercise", "bet"}
    )
    kept, _ = keep.preprocess(canonical(notebook), {})
    return canonical(kept)


def for_nbgrader(notebook: NotebookNode) -> NotebookNode:
    """Return the student's notebook as an nbgrader assignment: each check is a test of one point.

    The answer cells need no mark of their own: nbgrader keeps what students write in them, and puts
    its own copy of the tests in place of theirs.
    """
    assignment = for_students(notebook)
    for cell in assignment.cells:
        checked = re.match(r'check\("([\w-]+)"', cell.source)
        if cell.cell_type == "code" and checked:
            call = cell.source.rstrip().removesuffix(")").rstrip(", \n")
            cell.source = GRADED.format(call=call)
            cell.metadata["nbgrader"] = {
                "grade_id": checked[1],
                "grade": True,
                "points": 1,
                "solution": False,
                "locked": True,
                "schema_version": 3,
            }
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


def main() -> None:
    """Write everything into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="the folder; it is made, with those above it"
    )
    parser.add_argument(
        "--nbgrader",
        action="store_true",
        help="write assignments of an nbgrader course, OUT/source/NAME/NAME.ipynb",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there already"
    )
    arguments = parser.parse_args()
    sheet, masters = arguments.out / "data_sheet.md", sorted(NOTEBOOKS.glob("*.ipynb"))
    folder = "source/{}" if arguments.nbgrader else ""
    targets = [arguments.out / folder.format(path.stem) / path.name for path in masters]
    if objected := objection([sheet, *targets], arguments.overwrite):
        parser.error(objected)
    for path, target in zip(masters, targets, strict=True):
        notebook = nbformat.read(path, as_version=4)
        if arguments.nbgrader:
            write(target, nbformat.writes(for_nbgrader(notebook)))
        else:
            write(target, to_text(for_students(notebook)))
    write(sheet, data_sheet())


def write(path: Path, text: str) -> None:
    """Write a text file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
