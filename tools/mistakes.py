"""Write docs/mistakes, the teacher's list of known mistakes, from the exercises' data.

uv run python tools/mistakes.py
"""

from pathlib import Path

import nbformat
from run_notebooks import NOTEBOOKS

from nn_tutorial.exercises import EXERCISES, Exercise
from nn_tutorial.exercises.kinds import KINDS, SHAPE_KINDS

FOLDER = NOTEBOOKS.parent / "docs" / "mistakes"
COMMAND = "uv run python tools/mistakes.py"

OPENING = """# Known mistakes

What the exercises recognise: {exercises} exercises with {mistakes} mistakes. The reader sees the
name of the mistake, its explanation, and the section to read again. Where an answer has several
parts, each part may make a mistake of its own. A wrong answer that is none of these is compared
with the kinds below; if it is of no kind either, the reader sees the smallest case in which it
differs, what is right in it, and where the idea is taught.

The checks are formative: they help somebody who wants to learn, and anyone who wants to cheat can.

The files in this folder are made from the exercises' data by `python tools/mistakes.py`.

| chapter | exercises | mistakes |
| --- | --- | --- |
"""

KINDS_TITLE = """
## Kinds

What any exercise can get: the right numbers, or shapes, with one thing done to them.

"""


def notebook_of(chapter: int) -> Path:
    """Return the path of a chapter's notebook.

    Raises
    ------
    FileNotFoundError
        If there is none, or more than one.
    """
    paths = sorted(NOTEBOOKS.glob(f"{chapter:02}_*.ipynb"))
    if len(paths) != 1:
        found = " and ".join(path.name for path in paths) or "none"
        raise FileNotFoundError(
            f"exercises/chapters/chapter_{chapter:02}.py needs one notebook "
            f"notebooks/{chapter:02}_….ipynb; there is {found}"
        )
    return paths[0]


def pages() -> dict[str, str]:
    """Return the text of each file of the folder, by its name."""
    chapters: dict[int, list[Exercise]] = {}
    for exercise in EXERCISES.values():
        chapters.setdefault(exercise.chapter, []).append(exercise)
    files, rows, total = {}, [], 0
    for chapter, exercises in sorted(chapters.items()):
        path = notebook_of(chapter)
        title = nbformat.read(path, as_version=4).cells[0].source.split("\n")[0].lstrip("# ")
        name = f"{path.stem}.md"
        files[name] = page(f"{chapter:02} [{title}](../../notebooks/{path.name})", exercises)
        n_mistakes = sum(len(exercise.mistakes) for exercise in exercises)
        rows.append(f"| {chapter:02} [{title}]({name}) | {len(exercises)} | {n_mistakes} |\n")
        total += n_mistakes
    opening = OPENING.format(exercises=len(EXERCISES), mistakes=total)
    kinds = [f"- **{kind.name}.** {kind.explanation}\n" for kind in (*KINDS, *SHAPE_KINDS)]
    return {"README.md": opening + "".join(rows) + KINDS_TITLE + "".join(kinds)} | files


def page(title: str, exercises: list[Exercise]) -> str:
    """Return the text of one chapter's file."""
    lines = [f"# {title}\n"]
    for exercise in exercises:
        lines += [f"## {exercise.name}\n", f"{exercise.question}\n"]
        lines += [f"- {letter}: {text}" for letter, text in (exercise.choices or {}).items()]
        lines += [""] if exercise.choices else []
        reasons = [f"- {number}: {text}" for number, text in (exercise.reasons or {}).items()]
        lines += ["Why?\n", *reasons, ""] if reasons else []
        lines += ["```", *exercise.lines, "```\n"] if exercise.lines else []
        lines += [
            f"- **{name}.** {mistake.explanation} Read again: “{mistake.section}”."
            for name, mistake in exercise.mistakes.items()
        ]
        lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def write(folder: Path) -> None:
    """Write all files into the folder, and remove those of chapters that are no longer there."""
    files = pages()
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(FOLDER)
