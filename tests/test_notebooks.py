"""The form of the notebooks: what every chapter has, and what none may have."""

import ast
import base64
import functools
import io
import re
import shutil
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest
from PIL import Image
from run_notebooks import NOTEBOOKS, canonical, to_text

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
FENCE = re.compile(r"^[ >]*(`{3,}|~{3,}).*?(?:^[ >]*\1|\Z)", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$", re.MULTILINE)
LINK = re.compile(r"\]\(<?([^)\s>]+)")


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@functools.cache
def read(path):
    return nbformat.read(path, as_version=4)


def cells_of(path, cell_type):
    return [cell for cell in read(path).cells if cell.cell_type == cell_type]


def markdown_of(path):
    return [FENCE.sub("", cell.source) for cell in cells_of(path, "markdown")]


def pictures_of(cell):
    return [o.data for o in cell.outputs if "image/png" in o.get("data", {})]


def anchors_of(path):
    """Return the headings as fragments, in lower case and without punctuation."""
    titles = [title for text in markdown_of(path) for _, title in HEADING.findall(text)]
    return {as_anchor(title) for title in titles}


def as_anchor(text):
    return re.sub(r"[^\w-]", "", text.lower().replace(" ", "-"))


def at(path, cell, words):
    """Return what a reader of a failed test needs: the file, the cell, and what is wrong there."""
    return f"notebooks/{path.name}, cell {cell.id}: {words}\n{cell.source}"


def run_it(path):
    return f"run: uv run python tools/run_notebooks.py notebooks/{path.name}"


def test_there_are_notebooks():
    assert PATHS


def test_notebooks_are_numbered_without_a_gap():
    numbers = [path.name[:3] for path in PATHS]
    assert numbers == [f"{i:02}_" for i in range(len(PATHS))], "a number is missing, or used twice"


def test_a_notebook_is_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert text == to_text(canonical(nbformat.reads(text, as_version=4))), run_it(path)


def test_every_code_cell_was_run_in_order(path):
    code_cells = cells_of(path, "code")
    for count, cell in enumerate(code_cells, start=1):
        assert cell.source.strip(), at(path, cell, "is empty")
        assert cell.execution_count == count, at(path, cell, f"was not run; {run_it(path)}")


def test_a_stored_run_has_no_error_and_no_warning(path):
    for cell in cells_of(path, "code"):
        bad = [o for o in cell.outputs if o.output_type == "error" or o.get("name") == "stderr"]
        assert bad == [], at(path, cell, "has an error or a warning")


def test_no_cell_is_exempt_from_comparison(path):
    for cell in cells_of(path, "code"):
        words = " ".join([cell.source, *cell.metadata.get("tags", [])])
        found = re.search("nbval|pytest_validate|raises-exception", words, re.IGNORECASE)
        assert not found, at(path, cell, "is exempt from comparison")


def test_a_notebook_run_twice_has_the_same_bytes(tmp_path):
    smallest = min(PATHS, key=lambda path: len(cells_of(path, "code")))
    copy = tmp_path / smallest.name
    shutil.copyfile(smallest, copy)  # without the mode: a checkout may be read-only
    for cell in (notebook := nbformat.read(copy, as_version=4)).cells:
        if cell.cell_type == "code":
            cell.outputs = []
    nbformat.write(notebook, copy)

    def run():
        command = [sys.executable, NOTEBOOKS.parent / "tools" / "run_notebooks.py", copy]
        report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return report.split()[-1], copy.read_bytes()

    first, second = run(), run()
    assert first[0] == "written"
    assert second == ("unchanged", first[1])
    assert any(cell.get("outputs") for cell in nbformat.read(copy, as_version=4).cells)


def test_a_notebook_is_light(path):
    pngs = [data["image/png"] for cell in cells_of(path, "code") for data in pictures_of(cell)]
    pictures = [Image.open(io.BytesIO(base64.b64decode(png))) for png in pngs]
    animated = any(getattr(picture, "is_animated", False) for picture in pictures)
    limit = 600_000 if animated else 300_000
    assert path.stat().st_size < limit, f"notebooks/{path.name} has {limit:,} bytes or more"


def test_a_code_cell_is_short_and_plain_python(path):
    for cell in cells_of(path, "code"):
        try:
            ast.parse(cell.source)  # a magic, `!` or `?` is no Python
        except SyntaxError as error:
            pytest.fail(at(path, cell, f"is not plain Python: {error}"))
        n_lines = sum(bool(line.strip()) for line in cell.source.splitlines())
        assert "get_ipython" not in cell.source, at(path, cell, "calls get_ipython")
        assert not cell.source.rstrip().endswith(";"), at(path, cell, "ends with a semicolon")
        assert n_lines <= 20, at(path, cell, f"has {n_lines} lines, and 20 are the limit")


def test_imports_stand_in_the_first_code_cell(path):
    for cell in cells_of(path, "code")[1:]:
        nodes = ast.walk(ast.parse(cell.source))
        imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        assert imports == [], at(path, cell, "has an import; these go to the first code cell")


def test_the_only_title_opens_the_notebook(path):
    first = read(path).cells[0]
    assert first.source.startswith("# "), at(
        path, first, 'the first cell begins with "# ", a title'
    )
    text = "\n\n".join(markdown_of(path))
    titles = [title for level, title in HEADING.findall(text) if level == "#"]
    assert len(titles) == 1, f"notebooks/{path.name} has more than one title"
    underlined = re.search(r"<h1|^\S.*\n=+ *$", text, re.IGNORECASE | re.MULTILINE)
    assert not underlined, f"notebooks/{path.name} has a title that is not written as `# …`"


def test_each_picture_has_its_facts_in_words_also_as_a_caption(path):
    for cell in cells_of(path, "code"):
        printed = "".join(o.text for o in cell.outputs if o.get("name") == "stdout")
        for data in pictures_of(cell):
            words = data.get("text/plain", "").strip()
            in_words = words and not words.startswith("<") and words in printed
            assert in_words, at(path, cell, 'shows a picture without words: show(fig, alt="…")')


def test_above_a_picture_to_move_stands_a_still_one(path):
    cells = read(path).cells
    for i, cell in enumerate(cells):
        if "explore" in cell.metadata.get("tags", []):
            above = [o for c in cells[max(i - 6, 0) : i] for o in c.get("outputs", [])]
            still = any("image/png" in output.get("data", {}) for output in above)
            assert still, at(path, cell, "has no still picture in the six cells above it")


def test_objectives_and_minutes_are_in_the_metadata(path):
    about = read(path).metadata.get("nn_tutorial", {})
    objectives, minutes = about.get("objectives", []), about.get("minutes", {})
    lacks = f'notebooks/{path.name} lacks in its metadata "nn_tutorial"'
    assert 2 <= len(objectives) <= 4, f'{lacks}: 2 to 4 "objectives"'
    assert all(isinstance(o, str) and o for o in objectives), f"{lacks}: objectives in words"
    assert set(minutes) == {"reading", "exercises"}, f'{lacks}: "minutes", reading and exercises'
    assert all(isinstance(n, int) for n in minutes.values()), f"{lacks}: whole minutes"
    assert minutes.reading > 0, f"{lacks}: minutes for reading"
    assert minutes.exercises >= 0, f"{lacks}: minutes for the exercises"


def test_the_question_of_a_chapter_is_the_same_wherever_it_is_listed(path):
    """In the chapter itself, in the README, and in the first chapter's list of all others."""
    (question,) = re.findall(r"^\*(.+\?)\*$", read(path).cells[0].source, re.MULTILINE)
    readme = (NOTEBOOKS.parent / "README.md").read_text(encoding="utf-8")
    first = "" if path == PATHS[0] else "\n".join(markdown_of(PATHS[0]))
    for name, text in (("README.md", readme), (f"notebooks/{PATHS[0].name}", first)):
        row = re.search(rf"^\| \[.*?{re.escape(path.name)}\) \| (.+?) \|", text, re.MULTILINE)
        if text:
            assert row, f"{name}'s table has no row for {path.stem}"
            assert row[1] == question, f"{name} asks another question than {path.stem}"


@pytest.mark.parametrize(("path", "following"), list(pairwise(PATHS)), ids=lambda path: path.stem)
def test_each_chapter_leads_to_the_next(path, following):
    last = read(path).cells[-1].source
    assert f"]({following.name})" in last, f"notebooks/{path.name}'s last cell: {following.name}?"


def test_links_to_files_and_headings_resolve(path):
    for target in LINK.findall("\n\n".join(markdown_of(path))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = path.parent / name if name else path
        leads_nowhere = f"notebooks/{path.name}: the link to {target} leads nowhere"
        assert file.exists(), leads_nowhere
        assert not fragment or as_anchor(fragment) in anchors_of(file), leads_nowhere
