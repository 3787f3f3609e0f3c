"""Write worksheets to print: one step of learning on both sides of a sheet, as HTML and as PDF.

uv run python tools/worksheets.py OUT
uv run python tools/worksheets.py OUT --names NAMES.txt

Without names there are three sheets: an empty one, into which everybody writes their own numbers,
and two for the chapter's student, half filled. With names, one in each line of the file, everybody
gets a sheet with the numbers that the notebook gives to that name.
"""

import argparse
from pathlib import Path

from teaching.page import page
from teaching.printing import names_in, objection, write_page
from teaching.sheet import CHAPTERS_STUDENT, FILLS, STYLE, front_and_back, numbers_of


def sheets(names: list[str], fill: str) -> str:
    """Return the page with all sheets."""
    if names:
        made = [front_and_back(numbers_of(name), name, fill) for name in names]
    else:
        made = [front_and_back(None)]
        made += [front_and_back(CHAPTERS_STUDENT, "", half) for half in ("forward", "neuron-1")]
    return page("Worksheets", "".join(made), STYLE)


def main() -> None:
    """Write the worksheets into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder")
    parser.add_argument("--names", type=Path, metavar="NAMES.txt", help="a name in each line")
    said = "; ".join(f"{fill}: {what}" for fill, what in FILLS.items())
    parser.add_argument("--fill", choices=FILLS, default="nothing", help=f"with names. {said}")
    parser.add_argument("--overwrite", action="store_true", help="replace what is there already")
    given = parser.parse_args()
    target = given.out / "worksheets.html"
    if objected := objection([target, target.with_suffix(".pdf")], given.overwrite):
        parser.error(objected)
    try:
        names = names_in(given.names) if given.names else []
    except (OSError, ValueError) as problem:
        parser.error(str(problem))
    write_page(target, sheets(names, given.fill))


if __name__ == "__main__":
    main()
