"""The page ``docs/reliability.md``, and its blocks that scripts write; the rest is by hand."""

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"


def block(name: str) -> str:
    """Return what stands in one of the page's blocks."""
    _, begin, rest = PAGE.read_text(encoding="utf-8").partition(f"<!-- made: {name} -->\n")
    inside, end, _ = rest.partition(f"<!-- end: {name} -->")
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has no block {name}")
    return inside


def write_block(name: str, text: str) -> None:
    """Put the text in the place of what stands in a block."""
    old, begin, end = block(name), f"<!-- made: {name} -->\n", f"<!-- end: {name} -->"
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page.replace(begin + old + end, begin + text + end), encoding="utf-8")
