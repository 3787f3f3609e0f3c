"""The class list: everybody's answers in a line, to go round with in class."""

import html

from nn_tutorial.exercises import Exercise, personal
from teaching.chapters import chapter, place_of
from teaching.page import page, table
from teaching.questions import in_words

STYLE = """
@page { margin: 9mm; }
body { font-size: 8pt; line-height: 1.2; max-width: 279mm; }
section { break-after: page; }
section:last-child { break-after: auto; }
td, th { padding: 0.4mm 1mm; vertical-align: top; }
p { margin: 0 0 2mm; }
"""
SHEET = "one-update"  # its numbers are those of the whole worksheet
WHAT = {
    "your-own-forward-pass": "points",
    "blame-of-the-output": "dz2; dw2",
    "blame-of-the-hidden-layer": "dz1; dW1 studied; dW1 slept",
    "one-update": "new points",
}


def class_list(names: list[str], exercises: list[Exercise]) -> str:
    """Return a page for paper in landscape: for each chapter a line for each student."""
    numbers = dict.fromkeys(exercise.chapter for exercise in exercises)
    made = [_of_chapter(names, [e for e in exercises if e.chapter == one]) for one in numbers]
    return page("Class list", "".join(made), STYLE, landscape=True)


def _of_chapter(names, exercises):
    told = [exercise for exercise in exercises if exercise.kind != "function"]
    own, same = ([e for e in told if bool(e.menus) is own] for own in (True, False))
    title = html.escape(chapter(exercises[0].chapter).title)
    both = [
        f"{place_of(e)} <code>{e.name}</code>: <strong>{html.escape(_answer(e, ''))}</strong>"
        for e in same
    ]
    parts = [f"<h1>Class list: {exercises[0].chapter:02} {title}</h1>"]
    parts += [f"<p>The same for all: {'; '.join(both)}.</p>"] if both else []
    parts += [table(_heads(own), [_row(name, own) for name in names])] if own else []
    return f"<section>{''.join(parts)}</section>\n"


def _heads(exercises):
    sheet = any(exercise.name in WHAT for exercise in exercises)
    first = "student" + "<br>studied, slept, score, rate" * sheet
    return [first] + [
        f"{place_of(e)} <code>{e.name}</code><br>{WHAT.get(e.name, '')}".removesuffix("<br>")
        for e in exercises
    ]


def _row(name, exercises):
    """Return the cells of a student; parts in brackets stand below each other."""
    who = f"<strong>{html.escape(name)}</strong>"
    if any(exercise.name in WHAT for exercise in exercises):
        who += "<br>" + ", ".join(f"{number:g}" for number in personal(SHEET, name).values())
    answers = [html.escape(_answer(exercise, name)) for exercise in exercises]
    return [who, *(answer.replace("), (", ")<br>(") for answer in answers)]


def _answer(exercise, name):
    (numbers,) = exercise.cases(student=name)
    return in_words(exercise, exercise.solution(*numbers))
