"""A class of 200 hands in: all are in the table, and nobody's result depends on the others."""

import html
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from submitted import HOSTILE, answers_of, handed_in, moodle, with_mistake
from teaching.grading import Limits, grade_all
from teaching.report import to_csv, to_html
from teaching.submissions import find

from nn_tutorial.exercises import EXERCISES

IN_ALL, CHAPTER = 200, 6


def answers(rng):
    """Return some student's answers, and of each exercise what the report should say."""
    made, expected = answers_of(CHAPTER), {}
    for name in list(made):
        fate = rng.choice(["right", "mistake", "not started"], p=[0.6, 0.3, 0.1])
        expected[name] = str(fate)
        if fate == "mistake":
            expected[name] = str(rng.choice(list(EXERCISES[name].mistakes)))
            made[name] = with_mistake(name, expected[name])
        elif fate == "not started":
            del made[name]
    return made, expected


def told(submission):
    """Return what the report says of each exercise."""
    return {name: one["mistake"] or one["state"] for name, one in submission.results.items()}


def run(say):
    """Return rows for the page: what, how many, what happened."""
    rng, expected = np.random.default_rng(0), {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for place, (kind, (make, _)) in enumerate(HOSTILE.items()):
            notebook = handed_in(CHAPTER, f"S. {kind}", answers_of(CHAPTER), whole=True)
            make(moodle(folder, kind, CHAPTER, place), notebook)
        for place in range(len(HOSTILE), IN_ALL):
            who = f"Student {place}"
            made, expected[who] = answers(rng)
            path = moodle(folder, who, CHAPTER, place)
            path.write_text(json.dumps(handed_in(CHAPTER, who, made, whole=True)))
        submissions, start = find(folder), time.monotonic()
        say(f"{len(submissions)} notebooks are written")
        grade_all(
            submissions,
            os.cpu_count(),
            Limits(),
            lambda done, of: done % 20 or say(f"{done} of {of} graded"),
        )
        minutes = (time.monotonic() - start) / 60
        by_who = {one.who: one for one in submissions}
        assert len(by_who) == IN_ALL
        assert to_csv(submissions).count("\n") == IN_ALL + 1
        page = html.unescape(to_html(submissions))
        assert all(f"<td>{who}</td>" in page for who in by_who if by_who[who].chapter)
        for who, results in expected.items():
            assert told(by_who[who]) == results, who
        states = Counter(
            "no notebook" if not by_who[kind].chapter else "graded beside what was left out"
            for kind in HOSTILE
        )
    return [
        ("whole notebooks of chapter 06, with right, wrong and missing answers", len(expected),
         "each exercise of each with the result that it has alone"),
        (f"hostile ones among them: {', '.join(HOSTILE)}", len(HOSTILE),
         "; ".join(f"{n} {state}" for state, n in states.items())),
        (f"submissions a minute, {os.cpu_count()} at once", round(IN_ALL / minutes),
         "with 20 seconds for a cell, 120 for a notebook, and 2 GB"),
    ]  # fmt: skip
