"""Write an exam of ten questions for paper, its key, and the same questions for Moodle.

uv run python tools/exam.py OUT
uv run python tools/exam.py OUT --chapters 01-06 --seed 2

Another seed makes another exam: other questions, other numbers. The wrong answers to choose from
are what known mistakes give; the key, and Moodle's feedback, explain each.
"""

import argparse
from pathlib import Path

from student_edition import chosen
from teaching.moodle import to_xml
from teaching.page import formatted, page, table
from teaching.printing import objection, write_page
from teaching.questions import Question, exam

from nn_tutorial import exam_scores
from nn_tutorial.data import made_up_weights

STYLE = """
.question { break-inside: avoid; margin-bottom: 6mm; }
.question p { margin: 1mm 0; }
ol.choices { list-style: lower-alpha; margin: 1mm 0 0; }
ol.choices li { margin: 1mm 0; }
.line { border-bottom: 0.3mm solid #000; display: inline-block; min-width: 70mm; }
.right { font-weight: bold; }
.data { break-before: page; }
"""


def data_page() -> str:
    """Return the data sheet that belongs to the exam."""
    X, y = exam_scores()
    W1, W2 = made_up_weights()
    students = [[*map("{:g}".format, [*hours, *score])] for hours, score in zip(X, y, strict=True)]
    weights = [
        ["hours studied", *map("{:g}".format, W1[0])],
        ["hours slept", *map("{:g}".format, W1[1])],
        ["on to the output", *map("{:g}".format, W2[:, 0])],
    ]
    heads = ["weight for", "hidden neuron 1", "hidden neuron 2", "hidden neuron 3"]
    return (
        '<div class="data"><h1>Data sheet</h1><h2>The three students</h2>'
        + table(["hours studied", "hours slept", "points"], students)
        + "<p>Hours are divided by 3 and 9, points by 100.</p><h2>The network's weights</h2>"
        + table(heads, weights)
        + "<p>Every neuron adds up and bends with the sigmoid, 1 ÷ (1 + e<sup>−z</sup>). There are "
        "no biases. The loss is the mean of the squared errors; the rate of the chapters is 1.5."
        "</p></div>"
    )


def questions_page(questions: list[Question], seed: int) -> str:
    """Return the exam."""
    parts = [
        f"<h1>Exam {seed}</h1><p>Name: <span class='line'></span></p><p>Choose one answer to each "
        "question. “Your numbers” are those after <em>Given</em>. The data sheet is the last page. "
        "Carry six decimals on the way.</p>"
    ]
    for count, one in enumerate(questions, start=1):
        choices = "".join(f"<li>{formatted(choice.text)}</li>" for choice in one.choices)
        parts.append(_question(count, one, f'<ol class="choices">{choices}</ol>'))
    return page(f"Exam {seed}", "\n".join(parts) + data_page(), STYLE)


def _question(count, one, below):
    given = f"<p>Given: {formatted(one.given)}</p>" if one.given else ""
    text = f"<p><strong>{count}.</strong> {formatted(one.text)}</p>{given}"
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
        below = f"<p>Chapter {one.exercise.chapter:02}, <code>{one.exercise.name}</code></p>"
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
    targets = [sheet, sheet.with_suffix(".pdf"), key, key.with_suffix(".pdf"), xml]
    if objected := objection(targets, given.overwrite):
        parser.error(objected)
    chapters = {int(path.name[:2]) for path in given.chapters}
    try:
        questions = exam(chapters, given.seed, given.questions)
    except ValueError as problem:
        parser.error(str(problem))
    write_page(sheet, questions_page(questions, given.seed))
    write_page(key, key_page(questions, given.seed))
    xml.write_text(to_xml(questions, f"nn-tutorial exam {given.seed}"), "utf-8", newline="\n")
    print(xml)


if __name__ == "__main__":
    main()
