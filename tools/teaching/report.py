"""What a class got right and wrong: one page to print, and a table for a spreadsheet."""

import csv
import html
import io
import re
from collections import Counter, defaultdict

from nn_tutorial.exercises import EXERCISES
from nn_tutorial.exercises.names import as_picked
from teaching.chapters import Chapter, chapter
from teaching.page import formatted, page, table
from teaching.submissions import Submission

SIGNS = {"right": "✓", "not started": "–", "missing": "gone", "no name": "no name"}
TEACH = 5
STYLE = """
td.right { background: #d9f0e0; text-align: center; }
td.wrong { background: #fbe3d2; font-size: 8pt; }
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
        if name in EXERCISES and result["state"] == "wrong" and result["mistake"]
    )


def explained(submissions: list[Submission], name: str, mistake: str) -> tuple[str, str]:
    """Return the explanation of a mistake and where to read again, as a student saw them."""
    known = EXERCISES[name].mistakes.get(mistake)
    if known:
        return known.explanation, f"Read again: “{known.section}”."
    for one in submissions:
        result = one.results.get(name, {})
        if result.get("mistake") == mistake:
            return str(result["explanation"]), str(result["read"])
    return "", ""


def copies(submissions: list[Submission]) -> list[str]:
    """Return a sentence for each name, and each set of own numbers, that was handed in twice."""
    by_name, by_answers = defaultdict(list), defaultdict(list)
    for one in submissions:
        if one.student.strip():
            by_name[one.chapter, as_picked(one.student)].append(one)
        answers = [
            (name, result["answer"])
            for name, result in one.results.items()
            if result["state"] in ("right", "wrong") and result.get("answer")
        ]
        if answers:
            by_answers[one.chapter, tuple(answers)].append(one)
    sentences = []
    for (_, name), those in by_name.items():
        if len(those) > 1:
            sentences.append(f"The name “{name}” stands in {_listed(those)}.")
    for (_, answers), those in by_answers.items():
        if len(those) > 1:
            which = ", ".join(name for name, _ in answers)
            sentences.append(f"The same numbers were answered ({which}) in {_listed(those)}.")
    return sentences


def _listed(submissions):
    return " and ".join(f"{one.who} ({one.path.name})" for one in submissions)


def to_csv(submissions: list[Submission]) -> str:
    """Return a row for each submission; for each exercise "right", or what else it is."""
    names = [name for each in chapters_of(submissions) for name in each.calls]
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    heads = ["handed in by", "name in the notebook", "file", "chapter", "right", "of", "problem"]
    write(heads + names)
    for one in submissions:
        n_exercises = len(chapter(one.chapter).calls) if one.chapter else ""
        told = [one.who, one.student, one.path.name, one.chapter or "", one.n_right, n_exercises]
        results = [_in_words(one.results.get(name)) for name in names]
        write([_harmless(cell) for cell in [*told, one.problem, *results]])
    return out.getvalue()


def _in_words(result):
    if result is None:
        return ""
    return result["mistake"] or result["state"]


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
        *(_who_solved_what(each, submissions) for each in chapters_of(submissions)),
        _to_look_at(submissions),
    ]
    return page("Class report", "\n".join(parts), STYLE, landscape=True)


def _to_teach(submissions):
    graded = Counter(one.chapter for one in submissions if one.results)
    items = []
    for (name, mistake), count in counted(submissions).most_common(TEACH):
        number = EXERCISES[name].chapter
        why, where = explained(submissions, name, mistake)
        items.append(
            f"<li><strong>{formatted(mistake)}</strong>: {count} of {graded[number]} in "
            f"<code>{name}</code>, chapter {number:02}.<br>{formatted(why)} "
            f"<em>{formatted(where)}</em></li>"
        )
    listed = f"<ol>{''.join(items)}</ol>" if items else "<p>No mistake was recognised.</p>"
    return f"<h2>Teach these five tomorrow</h2>\n{listed}"


def _who_solved_what(each, submissions):
    those = [one for one in submissions if one.chapter == each.number]
    rows = [
        [html.escape(one.who), (f"{one.n_right} of {len(each.calls)}", "count")]
        + [_cell(one.results.get(name)) for name in each.calls]
        for one in sorted(those, key=_naturally)
    ]
    heads = ["handed in by", "right", *(f"<code>{name}</code>" for name in each.calls)]
    states = {name: Counter() for name in each.calls}
    for one in those:
        for name in each.calls:
            states[name][one.results.get(name, {}).get("state", "not started")] += 1
    total = ["all", ""] + [f"{states[name]['right']} right" for name in each.calls]
    made = [
        f"<li><code>{name}</code>: " + ", ".join(f"{formatted(m)} ({n})" for m, n in some)
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
    return (SIGNS[result["state"]], "right" if result["state"] == "right" else "open")


def _to_look_at(submissions):
    problems = [f"{one.who} ({one.path.name}): {one.problem}" for one in submissions if one.problem]
    nameless = [
        one.who
        for one in submissions
        if any(result["state"] == "no name" for result in one.results.values())
    ]
    lines = problems + copies(submissions)
    if nameless:
        lines.append(f"No name of their own in the notebook: {', '.join(nameless)}.")
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"<h2>To look at</h2>\n<ul>{items or '<li>Nothing.</li>'}</ul>"
