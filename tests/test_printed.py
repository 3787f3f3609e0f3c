"""What teachers print and hand out, against the pages that somebody has looked at.

Whoever changes such a page on purpose opens the new file, which the failing test names, and stores
it in the place of the old one.
"""

from pathlib import Path

import answer_key
import pytest
import worksheets
from exam import data_page, key_page, questions_page
from run_notebooks import NOTEBOOKS
from teaching.class_list import class_list
from teaching.handout import start_page
from teaching.moodle import to_xml
from teaching.questions import exam
from teaching.report import to_csv, to_html
from teaching.submissions import Submission

LOOKED_AT = Path(__file__).parent / "data" / "printed"
NAMES = ["Ada Lovelace", "王芳"]
RIGHT = {"state": "right"}
SLIP = {"state": "wrong", "mistake": "the newcomers' own column maxima"}


def questions():
    return exam({1, 2, 6}, 3, 5)


def exercises():
    return answer_key.of_all({6})


def submissions():
    """Return what three students handed in of chapter 01, graded, and a file of another kind."""
    made = [Submission(Path(f"{who}.ipynb"), who, chapter=1, student=who) for who in "ABC"]
    empty = {"mistake": "", "explanation": "", "read": ""}
    told = {"say-the-shape": RIGHT, "scale-newcomers": SLIP}
    for one in made:
        one.results |= {name: {"exercise": name} | empty | result for name, result in told.items()}
    made[2].student = "your name"
    made[2].results["undo-the-scaling"] = {"state": "no name"}
    broken = Submission(Path("D.pdf"), "D")
    broken.problem = "no notebook, but .pdf"
    return [*made, broken]


PRINTED = {
    "worksheets.html": lambda: worksheets.sheets([], "nothing"),
    "exam.html": lambda: questions_page(questions(), 3),
    "exam-data.html": data_page,
    "exam-key.html": lambda: key_page(questions(), 3),
    "exam.xml": lambda: to_xml(questions(), "nn-tutorial exam 3"),
    "key.html": lambda: answer_key.to_html(NAMES[:1], exercises()),
    "key.csv": lambda: answer_key.to_csv(NAMES, exercises()),
    "class-list.html": lambda: class_list(NAMES, exercises()),
    "report.html": lambda: to_html(submissions()),
    "report.csv": lambda: to_csv(submissions()),
    "START.md": lambda: start_page(
        sorted(NOTEBOOKS.glob("0[01]_*.ipynb")), ["Start here", "Scale the data"], "it.whl"
    ),
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_is_what_was_looked_at(name, tmp_path):
    new = tmp_path / name
    new.write_text(PRINTED[name](), encoding="utf-8", newline="\n")
    assert new.read_bytes() == (LOOKED_AT / name).read_bytes(), f"{new} is not {LOOKED_AT / name}"


def test_no_other_page_is_stored():
    assert {path.name for path in LOOKED_AT.iterdir()} == PRINTED.keys()
