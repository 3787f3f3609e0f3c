"""Write an exam of ten questions for paper, its data sheet, its key, and the same for Moodle.

uv run python tools/exam.py OUT
uv run python tools/exam.py OUT --chapters 01-06 --seed 2

Another seed makes another exam: other questions, other numbers. The wrong answers to choose from
are what known mistakes give; the key, and Moodle's feedback, explain each.
"""

import argparse
from pathlib import Path

from student_edition import chosen
from teaching.chapters import label
from teaching.moodle import to_xml
from teaching.page import formatted, page, table
from teaching.printing import objection, write_page
from teaching.questions import Question, exam
from teaching.wording import minutes, students_table, weights_table

STYLE = """
.question { break-inside: avoid; margin-bottom: 6mm; }
.question p { margin: 1mm 0; }
ol.choices { list-style: lower-alpha; margin: 1mm 0 0; }
ol.choices li { margin: 1mm 0; }
.line { border-bottom: 0.3mm solid #000; display: inline-block; min-width: 70mm; }
.right { font-weight: bold; }
"""


def data_page() -> str:
    """Return the data sheet: a page of its own, so that it lies beside the questions."""
    head = "<h1>Data sheet</h1><p>For the exam, beside the questions.</p>"
    return page("Data sheet", head + students_table() + weights_table())


def questions_page(questions: list[Question], seed: int) -> str:
    """Return the exam."""
    total = sum(minutes(one.exercise) for one in questions)
    total += -total % 5  # a round number
    parts = [
        f"<h1>Exam {seed}</h1><p>Name: <span class='line'></span></p><p>{len(questions)} questions "
        f"of 1 point each; {total} minutes. Choose one answer to each question. The network and "
        "the three students are on the data sheet. A calculator with a key for e<sup>x</sup> is "
        "needed. Carry six decimals on the way.</p>"
    ]
    for count, one in enumerate(questions, start=1):
        choices = "".join(f"<li>{formatted(choice.text)}</li>" for choice in one.choices)
        parts.append(_question(count, one, f'<ol class="choices">{choices}</ol>'))
    return page(f"Exam {seed}", "\n".join(parts), STYLE)


def _question(count, one, below):
    given = f"<p>Given: {formatted(one.given)}</p>" if one.given else ""
    heading = f"<strong>{count}.</strong> <small>[1 point]</small>"
    text = f"<p>{heading} {formatted(one.text)}</p>{given}"
    return f'<div class="question">{text}{below}</div>'


def key_page(questions: list[Question], seed: int) -> str:
    """Return the key: for each question the right letter, and what is behind the wrong ones."""
    letters = [
        "abcdefgh"[[choice.right for choice in one.choices].index(True)] for one in questions
    ]
    parts = [
        f"<h1>Key to exam {seed}</h1>",
        table([str(count) for count in range(1, len(questions) + 1)], [letters]),
    ]
    for count, one in enumerate(questions, start=1):
        choices = "".join(
            f'<li class="right">{formatted(choice.text)}</li>'
            if choice.right
            else f"<li>{formatted(choice.text)} <em>{formatted(choice.mistake)}.</em> "
            f"{formatted(choice.why)}</li>"
            for choice in one.choices
        )
        told = f"{label(one.exercise)}, about {minutes(one.exercise)} minutes"
        below = f"<p>Exercise {told}</p>"
        parts.append(_question(count, one, f'{below}<ol class="choices">{choices}</ol>'))
    return page(f"Key to exam {seed}", "\n".join(parts), STYLE)


def main() -> None:
    """Write the exam into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder")
    parser.add_argument(
        "--chapters", type=chosen, metavar="01-06", default="01-06", help="01-06 if not given"
    )
    parser.add_argument("--seed", type=int, default=1, help="which exam (%(default)s)")
    parser.add_argument("--questions", type=int, default=10, help="how many (%(default)s)")
    parser.add_argument("--overwrite", action="store_true", help="replace what is there already")
    given = parser.parse_args()
    stem = given.out / f"exam-{given.seed}"
    sheet, key, xml = (stem.with_name(stem.name + end) for end in (".html", "-key.html", ".xml"))
    data = stem.with_name(stem.name + "-data.html")
    pages = [sheet, data, key]
    targets = [*pages, *(one.with_suffix(".pdf") for one in pages), xml]
    if objected := objection(targets, given.overwrite):
        parser.error(objected)
    chapters = {int(path.name[:2]) for path in given.chapters}
    try:
        questions = exam(chapters, given.seed, given.questions)
    except ValueError as problem:
        parser.error(str(problem))
    write_page(sheet, questions_page(questions, given.seed))
    write_page(data, data_page())
    write_page(key, key_page(questions, given.seed))
    xml.write_text(to_xml(questions, f"nn-tutorial exam {given.seed}"), "utf-8", newline="\n")
    print(xml)


if __name__ == "__main__":
    main()
