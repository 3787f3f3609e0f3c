"""The readable book: sources are laid in a temporary folder, and Sphinx makes pages of them."""

import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat

import nn_tutorial
from nn_tutorial.exercises import EXERCISES

from . import chapters, moving, slim

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Where a heading stands in the sidebar.
PARTS = {
    "00": "Part I: three students",
    "11": "Part II: any network",
    "17": "Part III: out into the world",
}


def slug(title: str) -> str:
    """Return the anchor of a heading, as JupyterLab writes it."""
    return title.replace(" ", "-")


def addresses() -> dict[str, str]:
    """Return where the site and Binder are; the README's links are the one place to change them."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = dict(re.findall(r"^\[(\w+)\]: (\S+)$", readme, re.M))
    return {"site": found["website"], "binder": found["binder"].removesuffix("00_start_here.ipynb")}


def questions() -> dict[str, str]:
    """Return each chapter's question, from the README's table."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| \[.*\]\(notebooks/(\w+)\.ipynb\) \| (.*?) \|", readme, re.M))


def title(path: Path) -> str:
    """Return the chapter's number and title."""
    first = nbformat.read(path, as_version=4).cells[0].source
    return f"{path.stem[:2]} {first.splitlines()[0].removeprefix('# ')}"


def contents() -> str:
    """Return the chapters' tables of contents for the sidebar."""
    lines = []
    for path in NOTEBOOKS:
        if part := PARTS.get(path.stem[:2]):
            lines += [*("```",) * bool(lines), "", "```{toctree}", ":hidden:", f":caption: {part}"]
            lines.append("")
        lines.append(f"{title(path)} <notebooks/{path.stem}>")
    return "\n".join([*lines, "```"])


def list_of_chapters() -> str:
    """Return the landing page's list: number, title, question, minutes."""
    asked, items = questions(), []
    for path in NOTEBOOKS:
        number, name = title(path).split(" ", 1)
        minutes = nbformat.read(path, as_version=4).metadata.nn_tutorial.minutes
        total = minutes.reading + minutes.exercises
        items.append(
            f'<li><span class="number">{number}</span> '
            f'<a href="notebooks/{path.stem}.html">{name}</a> '
            f'<span class="question">{asked[path.stem]}</span> '
            f'<span class="minutes">{total} min</span></li>'
        )
    return '<ol class="chapters">\n' + "\n".join(items) + "\n</ol>"


def all_moving(folder: Path) -> dict[str, str]:
    """Draw all Explore cells, several at once, and say how far it is; return their data by name."""
    tasks, data = {}, {}
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        for number, cell in enumerate(cells):
            if moving.is_explore(cell):
                tasks[moving.name_of(cell)] = cells[: number + 1]
    with ProcessPoolExecutor() as workers:
        results = workers.map(moving.kept, tasks.values(), itertools.repeat(folder))
        for name, result in zip(tasks, results, strict=True):
            data[name] = result
            print(f"{name}: {len(list(folder.glob(f'{name}-*.webp')))} pictures", flush=True)
    return data


def lay(source: Path, extra: Path) -> None:
    """Lay Sphinx's sources, and beside them the files that are served as they are."""
    figures, pictures, download = (extra / n for n in ("figures", "moving", "download"))
    for folder in (figures, pictures, download, source / "notebooks"):
        folder.mkdir(parents=True)
    where, moved = addresses(), all_moving(pictures)
    for path in NOTEBOOKS:
        made = chapters.page(path, figures, moved, where)
        nbformat.write(made, source / "notebooks" / path.name)
        shutil.copy(path, download)
    ours = shutil.ignore_patterns("_static", "_templates", "conf.py", "index.md", "__pycache__")
    shutil.copytree(ROOT / "docs", source / "docs", ignore=ours)
    with (source / "docs/mistakes/README.md").open("a", encoding="utf-8") as readme:
        readme.write("\n```{toctree}\n:hidden:\n:glob:\n\n[0-9]*\n```\n")
    start = nbformat.read(NOTEBOOKS[0], as_version=4)
    (source / "docs/notation.md").write_text(chapters.notation(start), encoding="utf-8")
    (source / "docs/set_up.md").write_text(set_up(), encoding="utf-8")
    teaching = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")
    (source / "docs/teaching.md").write_text(out_of_docs(teaching), encoding="utf-8")
    checked = (ROOT / "docs/checked.md").read_text(encoding="utf-8")
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = {f"docs/{file.stem}" for file in (source / "docs").glob("*.md")}
    lines = [line for line in index.splitlines() if _is_there(line, pages)]
    index = "\n".join(lines).replace("<!-- contents -->", contents())
    index = index.replace("<!-- chapters -->", list_of_chapters())
    index = index.replace("{binder}", where["binder"]).replace("{network}", moving.network())
    for name, number in counts().items():
        index, checked = (t.replace(f"{{{name}}}", f"{number:,}") for t in (index, checked))
    (source / "docs/checked.md").write_text(checked, encoding="utf-8")
    (source / "index.md").write_text(index, encoding="utf-8")


def out_of_docs(page: str) -> str:
    """Let a page's links out of ``docs/`` lead to the site's pages, or to the repository."""
    repository = re.search(r"/gh/(\S+?)/HEAD", addresses()["binder"])[1]
    page = page.replace("](../README.md#set-up)", "](set_up.md)")
    return page.replace("](../", f"](https://github.com/{repository}/blob/HEAD/")


def _is_there(line: str, pages: set[str]) -> bool:
    named = re.fullmatch(r"[\w ]+ <(docs/\w+)>", line)
    return named is None or named[1] in pages


def counts() -> dict[str, int]:
    """Return what the pages say about the series in numbers."""
    cells = [c for path in NOTEBOOKS for c in nbformat.read(path, as_version=4).cells]
    outputs = [o for cell in cells for o in cell.get("outputs", ())]
    tests = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "tests").rglob("test_*.py"))
    return {
        "notebooks": len(NOTEBOOKS),
        "outputs": sum(o.get("data") != {} for o in outputs),
        "figures": sum("image/png" in o.get("data", {}) for o in outputs),
        "exercises": len(EXERCISES),
        "mistakes": sum(len(exercise.mistakes) for exercise in EXERCISES.values()),
        "tests": len(re.findall(r"^def test_", tests, re.M)),
    }


def set_up() -> str:
    """Return the README's part about setting up, as a page."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    part = re.search(r"^## (Set up\n.*?)(?=^## )", readme, re.M | re.S)[1]
    links = "\n".join(re.findall(r"^\[\w+\]: .*$", readme, re.M))
    return f"# {part}\n{links}\n"


def version() -> str:
    """Return the package's version."""
    return nn_tutorial.__version__


def build(out: Path) -> None:
    """Build the book into a folder; pages of an earlier build are replaced.

    Raises
    ------
    SystemExit
        If Sphinx warns.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        source, extra, pages = (Path(scratch) / name for name in ("source", "extra", "pages"))
        source.mkdir()
        lay(source, extra)
        command = [
            sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "-j", "auto",
            "-c", str(ROOT / "docs"), "-d", str(Path(scratch) / "doctrees"),
            "-D", f"html_extra_path={extra}", "-D", f"version={version()}",
            "-D", f"html_baseurl={addresses()['site']}", str(source), str(pages),
        ]  # fmt: skip
        print("Sphinx writes the pages", flush=True)
        if subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "0"}).returncode:
            raise SystemExit("Sphinx warned: nothing was changed in the folder")
        slim.slim(pages)
        for old in out.iterdir():
            if old.name != "lite":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copytree(pages, out, dirs_exist_ok=True)
        (out / ".nojekyll").touch()  # Pages would leave out folders that begin with "_"
