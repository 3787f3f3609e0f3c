"""The files a newcomer meets first: two commands, dependencies, a table of chapters."""

import ast
import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from base64 import b64encode
from pathlib import Path

import pytest
import readme_picture
import yaml
from PIL import Image
from run_notebooks import NOTEBOOKS, looks_equal

import nn_tutorial

ROOT = NOTEBOOKS.parent
OPEN = "python -m pip install uv && python -m uv run jupyter lab notebooks/00_start_here.ipynb"
TEST = "python -m pip install uv && python -m uv run pytest"
NOT_OURS = {".git", ".venv", ".hypothesis", ".ipynb_checkpoints", ".ruff_cache", "__pycache__"}
NOT_OURS |= {"screenshots"}
TOOLS = [
    path
    for folder in ("benchmarks", "tests", "tests/reliability", "tools", "tools/website")
    for path in sorted((ROOT / folder).glob("*.py"))
    if "\n    parser = argparse.ArgumentParser(" in path.read_text(encoding="utf-8")
]
ROW = re.compile(r"^\| \[(\d\d) .+?\]\(notebooks/(\S+)\) \| .+\? \| (\d+)(?: \+ (\d+))? \|$", re.M)


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def project():
    return tomllib.loads(text_of("pyproject.toml"))


def lower_bounds(requirements):
    """Return {"numpy": "2.0", …} of ["numpy>=2.0", …]."""
    split = (re.fullmatch(r"([\w-]+)>=([\d.]+)", requirement) for requirement in requirements)
    return {match[1]: match[2] for match in split if match}


def test_environment_and_project_have_the_same_lower_bounds():
    config = project()
    of_project = lower_bounds(config["project"]["dependencies"])
    of_project["jupyterlab"] = lower_bounds(config["dependency-groups"]["dev"])["jupyterlab"]
    assert config["project"]["optional-dependencies"] == {
        "lab": [f"jupyterlab>={of_project['jupyterlab']}"]
    }
    dependencies = yaml.safe_load(text_of("environment.yml"))["dependencies"]
    # matplotlib without a window system is matplotlib-base there.
    of_environment = lower_bounds(d.replace("matplotlib-base", "matplotlib") for d in dependencies)
    assert of_environment == of_project
    assert len(of_project) == len(config["project"]["dependencies"]) + 1
    assert sorted(set(dependencies) - {f"{n}>={v}" for n, v in of_environment.items()}) == [
        f"matplotlib-base>={of_project['matplotlib']}",
        "pip",
        "python=3.12",
    ]


def test_binder_installs_the_package_after_the_environment():
    lines = text_of("postBuild").splitlines()
    assert lines[0].startswith("#!")
    assert "pip install --no-deps -e ." in lines
    assert os.access(ROOT / "postBuild", os.X_OK)
    assert not (ROOT / "binder").exists()
    assert not (ROOT / ".binder").exists()


@pytest.mark.parametrize("command", [OPEN, TEST])
def test_readme_gives_the_command_in_a_block_of_its_own(command):
    assert f"\n```\n{command}\n```\n" in text_of("README.md")


def test_ci_runs_the_test_command_of_the_readme():
    assert text_of(".ci/run").splitlines()[-1] == TEST
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_readme_lists_each_notebook_with_its_minutes():
    rows = ROW.findall(text_of("README.md"))
    listed = {name: (number, int(n), int(m or 0)) for number, name, n, m in rows}
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in paths:
        assert path.name in listed, f"README.md's table has no row for {path.stem}"
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("nn_tutorial", {})
        minutes = about.get("minutes", {})
        there = path.name[:2], minutes.get("reading"), minutes.get("exercises")
        message = (
            f"README.md's row for {path.stem} and the notebook's metadata differ in number, minutes"
        )
        assert listed[path.name] == there, message
    assert [name for _, name, *_ in rows] == [path.name for path in paths], "README.md's table"


def test_readme_counts_the_chapters_with_sliders():
    (count,) = re.findall(r"(\d+) chapters have a cell with sliders", text_of("README.md"))
    notebooks = [json.loads(p.read_text(encoding="utf-8")) for p in NOTEBOOKS.glob("*.ipynb")]
    tags = [{t for c in nb["cells"] for t in c["metadata"].get("tags", [])} for nb in notebooks]
    assert int(count) == sum("explore" in of_chapter for of_chapter in tags)


def test_the_first_chapter_lists_the_others_as_the_readme_does():
    (first,) = NOTEBOOKS.glob("00_*.ipynb")
    cells = json.loads(first.read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    rows = ROW.findall(re.sub(r"\]\((?=\d\d_)", "](notebooks/", text))
    assert rows == ROW.findall(text_of("README.md"))[1:]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_to_files_resolve(name):
    targets = re.findall(r"\]\(([^)#\s]+)", text_of(name))
    files = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert files
    assert [file for file in files if not (ROOT / file).exists()] == [], f"links of {name}"


def test_the_picture_that_moves_and_its_words_are_what_the_tool_draws(monkeypatch, capsys):
    written = {}
    monkeypatch.setattr(Path, "write_bytes", lambda *that: written.update([that]))
    runpy.run_path(readme_picture.__file__, run_name="__main__")
    assert f"![{capsys.readouterr().out.strip()}](docs/training.png)" in text_of("README.md")
    stored = ROOT / "docs" / "training.png"
    assert written.keys() == {stored}
    drawn, there = (b64encode(png).decode() for png in (written[stored], stored.read_bytes()))
    assert looks_equal(drawn, there)
    with Image.open(stored) as picture:
        assert picture.n_frames == len(readme_picture.STEPS)
    assert stored.stat().st_size < 200_000


@pytest.mark.parametrize("tool", TOOLS, ids=lambda path: path.stem)
def test_a_tool_says_what_it_does_and_what_each_option_is(tool, monkeypatch):
    if tool.stem == "share_the_work":
        pytest.importorskip("dask", reason="Dask is not installed")
    asked = []

    def parse_args(parser):
        asked.append(parser)
        raise SystemExit

    monkeypatch.setattr(ArgumentParser, "parse_args", parse_args)
    with pytest.raises(SystemExit):
        runpy.run_path(str(tool), run_name="__main__")
    (parser,) = asked
    assert parser.description == ast.get_docstring(ast.parse(text_of(tool))).splitlines()[0]
    assert [action.dest for action in parser._actions if not action.help] == []


def test_badge_and_link_open_the_first_chapter_on_binder():
    readme = text_of("README.md")
    (link,) = re.findall(r"https://mybinder\.org/v2/\S+", readme)
    assert link.endswith("?urlpath=lab/tree/notebooks/00_start_here.ipynb")
    assert f"\n[binder]: {link}\n" in readme
    assert len(re.findall(r"\]\[binder\]|(?<!\])\[Binder\](?!:)", readme)) == 2


def test_citation_and_readme_have_the_version_of_the_project():
    citation = yaml.safe_load(text_of("CITATION.cff"))
    version = nn_tutorial.__version__
    assert citation["version"] == version
    assert f"*{citation['title']}*, version {version}." in text_of("README.md")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)


FORMS = {
    "errata": ["chapter", "says", "right", "known"],
    "observation": ["chapter", "learner", "minutes", "stops", "afterwards"],
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_one_that_github_shows(name):
    form = yaml.safe_load(text_of(f".github/ISSUE_TEMPLATE/{name}.yml"))
    assert (
        {"name", "description", "body"}
        <= set(form)
        <= {"title", "labels", "name", "description", "body"}
    )
    questions = [element for element in form["body"] if element["type"] != "markdown"]
    assert [question["id"] for question in questions] == FORMS[name]
    for question in questions:
        assert question["type"] in {"input", "textarea"}
        assert question["attributes"]["label"].endswith("?")
    for element in form["body"]:
        assert element["type"] != "markdown" or element["attributes"]["value"]


def test_the_project_takes_its_version_from_the_package():
    assert project()["project"]["dynamic"] == ["version", "readme"]
    assert "version" not in project()["project"]
    assert project()["tool"]["hatch"]["version"]["path"] == "nn_tutorial/__init__.py"
    assert f'\n__version__ = "{nn_tutorial.__version__}"\n' in text_of("nn_tutorial/__init__.py")


def test_importing_the_package_does_not_import_what_only_figures_need():
    heavy = ("matplotlib", "IPython", "ipywidgets", "anywidget", "nn_tutorial.exercises")
    assert imported_by("nn_tutorial", heavy) == "[]"


def test_importing_the_package_leaves_for_later_what_only_files_and_random_starts_need():
    seldom = ("zipfile", "numpy.random")
    assert imported_by("nn_tutorial", seldom) == imported_by("numpy", seldom)


def test_exercises_need_only_numpy():
    heavy = ("matplotlib", "IPython", "ipywidgets", "anywidget")
    assert imported_by("nn_tutorial.exercises", heavy) == "[]"


@pytest.mark.parametrize("variable", ["MPLCONFIGDIR", "HOME"])
def test_importing_the_figures_says_nothing_where_matplotlib_can_write_no_folder(variable):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MPL", "XDG"))}
    environment |= {variable: os.path.join(os.devnull, "nowhere")}
    done = run_code("import nn_tutorial.plots", env=environment)
    assert (done.stdout, done.stderr) == ("", "")


def test_importing_the_figures_leaves_what_matplotlib_says_about_the_readers_settings(tmp_path):
    (tmp_path / "matplotlibrc").write_text("nonsense")
    done = run_code("import nn_tutorial.plots", env=os.environ | {"MPLCONFIGDIR": str(tmp_path)})
    assert "Missing colon" in done.stderr


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name[:2])
def test_no_notebook_imports_matplotlib_before_the_package_does(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert not re.search(r"^ *(import|from) matplotlib", code, re.M)


def run_code(code, **options):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)


def imported_by(package, modules):
    code = f"import sys, {package}; print([m for m in {modules} if m in sys.modules])"
    return run_code(code).stdout.strip()


def test_no_file_names_a_registry():
    registry = re.compile(r"(pypi|npmjs|deb\.debian|crates)\.(org|com|io)|python[h]osted")
    named = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for file in (os.path.join(folder, name) for name in files if name != "uv.lock"):
            with open(file, encoding="utf-8", errors="ignore") as stream:
                named += [file] if registry.search(stream.read()) else []
    assert named == []


def test_no_module_has_the_name_of_one_in_the_standard_library():
    folders = ("nn_tutorial", "tests", "tools", "benchmarks")
    modules = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len({path.relative_to(ROOT).parts[0] for path in modules}) == len(folders)
    packages = {path.parent for path in modules}
    assert [p for p in (*modules, *packages) if p.stem in sys.stdlib_module_names] == []
