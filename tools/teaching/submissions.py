"""Find what was handed in, and by whom, in Moodle's and nbgrader's folders and file names."""

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

# Moodle's "Download all submissions": a folder or the beginning of a file's name.
MOODLE = re.compile(r"^(?P<who>.+?)_\d+_assignsubmission_file_?(?P<rest>.*)$")
TOO_LARGE = 50_000_000  # bytes


@dataclass
class Submission:
    """One file that was handed in, and what became of it.

    ``who`` comes from the folder or the file's name, ``student`` from the notebook; ``problem``
    says why there are no results, or not all of them; ``results`` has a dict for each exercise.
    """

    path: Path
    who: str
    problem: str = ""
    chapter: int | None = None
    student: str = ""
    results: dict[str, dict] = field(default_factory=dict)

    @property
    def n_right(self) -> int:
        """How many answers are right."""
        return sum(result["state"] == "right" for result in self.results.values())


def who_of(path: Path, folder: Path) -> str:
    """Return who handed in a file: by Moodle's pattern, the first folder's name, or the file's."""
    first = path.relative_to(folder).parts[0]
    moodle = MOODLE.match(first)
    return moodle["who"] if moodle else Path(first).stem if path.parent == folder else first


def find(folder: Path) -> list[Submission]:
    """Return every notebook below the folder, and for whoever handed in none, another file."""
    notebooks, others = [], {}
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(where) / name
            one = Submission(path, who_of(path, folder))
            if path.suffix == ".ipynb":
                one.problem = objection(path)
                notebooks.append(one)
            else:
                one.problem = f"no notebook, but {path.suffix or 'another file'}"
                others.setdefault(one.who, one)
    there = {one.who for one in notebooks}
    return notebooks + [one for who, one in others.items() if who not in there]


def objection(path: Path) -> str:
    """Return why a file is not even opened, or nothing."""
    try:
        status = path.stat()
    except OSError as error:
        return f"cannot be read: {type(error).__name__}"
    if not stat.S_ISREG(status.st_mode):
        return "no ordinary file"
    if status.st_size > TOO_LARGE:
        return f"larger than {TOO_LARGE // 1_000_000} MB"
    return "" if status.st_size else "an empty file"
