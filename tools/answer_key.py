"""Write the answers of everybody's own numbers, with every line of the worksheet.

uv run python tools/answer_key.py NAMES.txt

NAMES.txt has a name in each line, written as in the notebooks. Beside it come
NAMES-class-list.html, with a line for each student, NAMES-key.html, with everybody's filled
worksheet, the PDFs of both, and NAMES-key.csv, with a row for each student and exercise.
"""

import argparse
import csv
import html
import io
from pathlib import Path

from student_edition import chosen
from teaching.chapters import chapter, label, place_of, with_exercises
from teaching.class_list import class_list
from teaching.page import page, table
from teaching.printing import names_in, objection, write_page
from teaching.questions import given_in_words, in_words
from teaching.sheet import STYLE, front_and_back, lines, numbers_of, shown

from nn_tutorial.exercises import Exercise

ON_THE_SHEET = {
    "your-own-forward-pass",
    "blame-of-the-output",
    "blame-of-the-hidden-layer",
    "one-update",
}


def of_all(chapters: set[int]) -> list[Exercise]:
    """Return every exercise of these chapters, in the order of the notebooks."""
    return [e for number in sorted(chapters) if number for e in chapter(number).exercises]


def answer(exercise: Exercise, name: str) -> str:
    """Return the right answer to this person's numbers, as text; of a function, where it stands."""
    if exercise.kind == "function":
        where = f"notebooks/{chapter(exercise.chapter).stem}.ipynb, below the exercise"
        return f"a function: see the worked answer in {where}"
    (numbers,) = exercise.cases(student=name)
    return in_words(exercise, exercise.solution(*numbers))


def sheet_columns(name: str) -> dict[str, str]:
    """Return every number of the filled worksheet, by a column's name."""
    made = {}
    for line in lines(numbers_of(name)):
        several = len(line.values) > 1
        for count, value in enumerate(line.values, start=1):
            made[f"{line.key}, neuron {count}" if several else line.key] = shown(value)
    return made


def to_csv(names: list[str], exercises: list[Exercise]) -> str:
    """Return a row for each student and exercise."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    columns = list(sheet_columns(names[0]))
    write(["student", "chapter", "exercise", "given", "answer", *columns])
    for name in names:
        on_sheet = sheet_columns(name)
        for exercise in exercises:
            more = on_sheet.values() if exercise.name in ON_THE_SHEET else [""] * len(columns)
            told = [f"{exercise.chapter:02}", label(exercise), _given(exercise, name)]
            row = [name, *told, answer(exercise, name), *more]
            write([cell.replace("−", "-") for cell in row])
    return out.getvalue()


def _given(exercise, name):
    return given_in_words(exercise, name) if exercise.menus else ""


def to_html(names: list[str], exercises: list[Exercise]) -> str:
    """Return for each student the answers, and the worksheet filled in."""
    same = [
        [f"{place_of(e)} <code>{e.name}</code>", html.escape(answer(e, names[0]))]
        for e in exercises
        if not e.menus
    ]
    parts = [
        f"<section><h1>Key: the same for all</h1>{table(['exercise', 'answer'], same)}</section>"
    ]
    parts = parts if same else []
    for name in names:
        rows = [
            [f"{place_of(e)} <code>{e.name}</code>", _given(e, name), answer(e, name)]
            for e in exercises
            if e.menus
        ]
        parts.append(
            f"<section><h1>Key: {html.escape(name)}</h1>"
            f"{table(['exercise', 'given', 'answer'], rows)}</section>\n"
        )
        parts.append(front_and_back(numbers_of(name), name, "all"))
    style = STYLE.replace("td { width: 31mm; }", "") + "section:first-child td { height: auto; }"
    return page("Answer key", "".join(parts), style)


def main() -> None:
    """Write the key for the names in the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path, metavar="NAMES.txt", help="a name in each line")
    numbers = [each.number for each in with_exercises()]
    every = f"{min(numbers):02}-{max(numbers):02}"
    parser.add_argument(
        "--chapters", type=chosen, metavar="01-06", default=every, help=f"{every} if not given"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace what is there already")
    given = parser.parse_args()
    target = given.names.with_name(f"{given.names.stem}-key.html")
    table_ = target.with_suffix(".csv")
    list_ = target.with_name(f"{given.names.stem}-class-list.html")
    pages = [list_, target]
    targets = [*pages, table_, *(one.with_suffix(".pdf") for one in pages)]
    if objected := objection(targets, given.overwrite):
        parser.error(objected)
    try:
        names = names_in(given.names)
    except (OSError, ValueError) as problem:
        parser.error(str(problem))
    exercises = of_all({int(path.name[:2]) for path in given.chapters})
    table_.write_text(to_csv(names, exercises), encoding="utf-8-sig", newline="\n")
    print(table_)
    write_page(list_, class_list(names, exercises))
    write_page(target, to_html(names, exercises))


if __name__ == "__main__":
    main()
