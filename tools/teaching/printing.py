"""Make a PDF of a page: a browser prints it, since every teacher's computer has one."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
NO_BROWSER = (
    "no PDF: neither Chromium nor Chrome nor Edge was found. Open the page in any browser and "
    "print it, on both sides."
)
SECONDS = 120


def browser() -> str | None:
    """Return the path of a browser that prints, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def write_page(path: Path, text: str) -> None:
    """Write a page, and a PDF of it beside it where there is a browser; say what was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(path)
    program = browser()
    if program is None:
        print(NO_BROWSER, file=sys.stderr)
        return
    pdf = path.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        flags = ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # as root, in a container, Chromium starts only without
        done = subprocess.run(
            [program, *flags, f"--user-data-dir={profile}", f"--print-to-pdf={pdf.resolve()}",
             path.resolve().as_uri()],
            capture_output=True, timeout=SECONDS,
        )  # fmt: skip
    if done.returncode or not pdf.exists():
        print(f"no PDF: {program} did not print. Print the page yourself.", file=sys.stderr)
    else:
        print(pdf)


def objection(paths: list[Path], overwrite: bool) -> str:
    """Return why these files must not be written, or nothing."""
    there = [path for path in paths if path.exists()]
    if there and not overwrite:
        return f"{there[0]} is there already: name another folder, or add --overwrite"
    return ""


def names_in(path: Path) -> list[str]:
    """Return the names in a file, one in each line; empty lines don't count.

    Raises
    ------
    ValueError
        If there is none, or one stands there twice: it would get the same numbers. Also if the
        file is not in UTF-8.
    """
    from nn_tutorial.exercises.names import as_picked

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not in UTF-8: save it anew as UTF-8 (“Save as”, encoding "
                         "UTF-8), or accents are lost and numbers change") from None  # fmt: skip
    names = [line.strip() for line in text.splitlines()]
    names = [name for name in names if name]
    if not names:
        raise ValueError(f"{path} holds no names")
    seen = set()
    for name in names:
        if as_picked(name) in seen:
            raise ValueError(f"{name!r} stands in {path} twice, and would get the same numbers")
        seen.add(as_picked(name))
    return names
