"""Write docs/mistakes.md, the teacher's list of known mistakes, from the exercises' data.

uv run python tools/mistakes.py
"""

from pathlib import Path

import nbformat

from nn_tutorial.exercises import EXERCISES

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "mistakes.md"

OPENING = """# Known mistakes

What the exercises recognise, chapter by chapter: {exercises} exercises with {mistakes} mistakes.
The reader sees the name of the mistake, its explanation, and the section to read again. A wrong
answer that is none of these gets the smallest case in which it differs.

This file is made from the exercises' data by `python tools/mistakes.py`.
"""


def as_markdown() -> str:
    """Return the text of the file."""
    mistakes = sum(len(exercise.mistakes) for exercise in EXERCISES.values())
    lines = [OPENING.format(exercises=len(EXERCISES), mistakes=mistakes)]
    chapter = None
    for exercise in EXERCISES.values():
        if exercise.chapter != chapter:
            chapter = exercise.chapter
            (path,) = (ROOT / "notebooks").glob(f"{chapter:02}_*.ipynb")
            title = nbformat.read(path, as_version=4).cells[0].source.split("\n")[0].lstrip("# ")
            lines += [f"## {chapter:02} [{title}](../notebooks/{path.name})\n"]
        lines += [f"### {exercise.name}\n", f"{exercise.question}\n"]
        lines += [f"- {letter}: {text}" for letter, text in (exercise.choices or {}).items()]
        lines += [""] if exercise.choices else []
        lines += [
            f"- **{name}.** {mistake.explanation} Read again: “{mistake.section}”."
            for name, mistake in exercise.mistakes.items()
        ]
        lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    FILE.write_text(as_markdown(), encoding="utf-8", newline="\n")
