"""What a class got right and wrong: one page to print, and a table for a spreadsheet."""

import csv
import html
import io
import re
from collections import Counter, defaultdict

from nn_tutorial.exercises import EXERCISES
from nn_tutorial.exercises.names import PLACEHOLDER, as_picked
from teaching.chapters import Chapter, chapter, label, place_of
from teaching.page import formatted, page, table
from teaching.submissions import Submission

SIGNS = {"right": "✓", "not started": "–", "missing": "gone", "no name": "no name"}
LEGEND = {
    "✓": "right",
    "–": "not started: the `...` is still there, or nothing was graded",
    "a mistake's name": "wrong, and recognised; docs/mistakes explains it",
    "wrong, not recognised": "wrong, and no mistake that we know",
    "error": "the answer cell stops with an error, so there is no answer",
    "gone": "the answer's name is nowhere given a value: the cell was deleted or changed",
    "no name": "answered with “your name” for a name: write the student's own into the notebook, "
    "and run this report again",
}
TEACH, AT_LEAST = 5, 2  # what one person did once is nothing for the whole class
IN_CSV = {
    "right": "right",
    "not started": "not started",
    "missing": "gone: the answer has no value",
    "no name": "answered without a name",
}
STYLE = """
td.right { background: #d9f0e0; text-align: center; }
td.wrong { background: #fbe3d2; font-size: 9.5pt; }
th code { font-size: 9pt; }
@media screen { body { padding: 8mm; } }
td.count { white-space: nowrap; }
td.open { color: #666; text-align: center; }
ol li { margin-bottom: 0.6em; }
"""


def chapters_of(submissions: list[Submission]) -> list[Chapter]:
    """Return the chapters that were handed in."""
    return [chapter(n) for n in sorted({one.chapter for one in submissions if one.chapter})]


def counted(submissions: list[Submission]) -> Counter:
    """Return how many made each mistake, by (exercise, mistake)."""
    return Counter(
        (name, result["mistake"])
        for one in submissions
        for name, result in one.results.items()
        if name in EXERCISES and result["state"] in ("wrong", "error") and result["mistake"]
    )


def explained(submissions: list[Submission], name: str, mistake: str) -> tuple[str, str]:
    """Return the explanation of a mistake and where to read again, as a student saw them."""
    known = EXERCISES[name].mistakes.get(mistake)
    if known:
        return known.explanation, f"Read again: “{known.section}”."
    results = (one.results.get(name, {}) for one in submissions)
    result = next(result for result in results if result.get("mistake") == mistake)
    return str(result["explanation"]), str(result["read"])


def copies(submissions: list[Submission]) -> list[str]:
    """Return a sentence for each name that was handed in twice, and for each answer to own numbers.

    The right answer of two who happen to have the same numbers is no copy.
    """
    by_name, by_answer, by_those = (defaultdict(list) for _ in range(3))
    for place, one in enumerate(submissions):
        if one.student.strip():
            by_name[one.chapter, as_picked(one.student)].append(one)
        for name, result in one.results.items():
            if name in EXERCISES and result["state"] in ("right", "wrong") and result.get("answer"):
                by_answer[name, result["answer"]].append(place)
    for (name, _), places in by_answer.items():
        students = [submissions[place].student for place in places]
        if len(places) > 1 and not _by_chance(EXERCISES[name], students):
            by_those[tuple(places)].append(name)
    sentences = []
    for (_, name), those in by_name.items():
        if len(those) > 1:
            sentences.append(f"The name “{name}” stands in {_listed(those)}.")
    for places, names in by_those.items():
        which = ", ".join(label(EXERCISES[name]) for name in names)
        those = _listed([submissions[place] for place in places])
        sentences.append(f"The same numbers were answered ({which}) in {those}.")
    return sentences


def _by_chance(exercise, students):
    """Return whether different names picked the same numbers, so that answers may be equal."""
    if len({as_picked(student) for student in students}) < 2 or not all(map(str.strip, students)):
        return False
    return len({repr(exercise.cases(student=student)) for student in students}) == 1


def _listed(submissions):
    return " and ".join(f"{one.who} ({one.path.name})" for one in submissions)


def to_csv(submissions: list[Submission]) -> str:
    """Return a row for each submission; for each exercise "right", or what else it is."""
    names = [name for each in chapters_of(submissions) for name in each.calls]
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    heads = ["handed in by", "name in the notebook", "file", "chapter", "right", "of", "problem"]
    write(heads + [label(EXERCISES[name]) for name in names])
    for one in submissions:
        n_exercises = len(chapter(one.chapter).calls) if one.chapter else ""
        told = [one.who, one.student, one.path.name, one.chapter or "", one.n_right, n_exercises]
        results = [_in_words(one.results.get(name)) for name in names]
        write([_harmless(cell) for cell in [*told, one.problem, *results]])
    return out.getvalue()


def _in_words(result):
    if result is None:
        return ""
    if result["state"] == "error":
        return " ".join(filter(None, [f"error: {result['error']}", _guess(result)]))
    if result["state"] == "wrong":
        return result["mistake"] or "wrong, not recognised"
    return IN_CSV[result["state"]]


def _guess(result):
    return f"({result['mistake']}?)" if result["mistake"] else ""


def _harmless(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    text = " ".join(str(cell).split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def to_html(submissions: list[Submission]) -> str:
    """Return the page: what to teach, who solved what, the mistakes, and what to look at."""
    graded = [one for one in submissions if one.results]
    parts = [
        f"<h1>Class report</h1>\n<p>{len(submissions)} files were handed in; "
        f"{len(graded)} could be graded.</p>",
        _to_teach(submissions),
        _to_look_at(submissions),
        *(_who_solved_what(each, submissions) for each in chapters_of(submissions)),
        "<h2>What stands in the tables</h2>"
        + table([], [[s, formatted(m)] for s, m in LEGEND.items()]),
    ]
    return page("Class report", "\n".join(parts), STYLE, landscape=True)


def _to_teach(submissions):
    graded = Counter(one.chapter for one in submissions if one.results)
    items = []
    common = [pair for pair in counted(submissions).most_common(TEACH) if pair[1] >= AT_LEAST]
    for (name, mistake), count in common:
        number = EXERCISES[name].chapter
        why, where = explained(submissions, name, mistake)
        items.append(
            f"<li><strong>{formatted(mistake)}</strong>: {count} of {graded[number]} in "
            f"{label(EXERCISES[name])}.<br>{formatted(why)} "
            f"<em>{formatted(where)}</em></li>"
        )
    listed = (
        f"<ol>{''.join(items)}</ol>"
        if items
        else ("<p>No recognised mistake was made by two or more. Single ones stand below.</p>")
    )
    return f"<h2>Teach these tomorrow</h2>\n{listed}"


def _who_solved_what(each, submissions):
    those = [one for one in submissions if one.chapter == each.number]
    rows = [
        [html.escape(one.who), html.escape(one.student)]
        + [(f"{one.n_right} of {len(each.calls)}", "count")]
        + [_cell(one.results.get(name)) for name in each.calls]
        for one in sorted(those, key=_naturally)
    ]
    heads = [
        "handed in by",
        "name in the notebook",
        "right",
        *(f"{place_of(e)} <code>{e.name}</code>" for e in each.exercises),
    ]
    results = [pair for one in those for pair in one.results.items()]
    right = Counter(name for name, result in results if result["state"] == "right")
    total = ["all", "", ""] + [f"{right[name]} right" for name in each.calls]
    made = [
        f"<li>{label(EXERCISES[name])}: " + ", ".join(f"{formatted(m)} ({n})" for m, n in some)
        for name in each.calls
        if (some := [(m, n) for (e, m), n in counted(those).most_common() if e == name])
    ]
    return (
        f"<h2>Chapter {each.number:02}: {html.escape(each.title)}</h2>\n"
        f"{table(heads, [*rows, total])}\n<h3>All mistakes of this chapter</h3>\n"
        f"<ul>{''.join(made)}</ul>"
    )


def _naturally(one):
    """Return what to sort by: 2 stands before 10."""
    return [(int(part), "") if part.isdigit() else (0, part.casefold())
            for part in re.split(r"(\d+)", one.who)]  # fmt: skip


def _cell(result):
    if result is None:
        return ("–", "open")
    if result["state"] == "wrong":
        return (formatted(result["mistake"] or "wrong, not recognised"), "wrong")
    if result["state"] == "error":
        words = f"error: {result['error']}"
        return (f"{formatted(words)} <strong>{formatted(_guess(result))}</strong>", "wrong")
    return (SIGNS[result["state"]], "right" if result["state"] == "right" else "open")


def _to_look_at(submissions):
    problems = [f"{one.who} ({one.path.name}): {one.problem}" for one in submissions if one.problem]
    nameless = [
        one.who
        for one in submissions
        if one.results and (not one.student.strip() or as_picked(one.student) == PLACEHOLDER)
    ]
    lines = problems + copies(submissions)
    if nameless:
        lines.append(
            f"No name in the notebook: {', '.join(nameless)}. Exercises with own numbers can't be "
            "graded. Write the name into the notebook, and run the report again."
        )
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"<h2>To look at</h2>\n<ul>{items or '<li>Nothing.</li>'}</ul>"
