"""The files a newcomer meets first: two commands, dependencies, a table of chapters."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from run_notebooks import NOTEBOOKS

import nn_tutorial

ROOT = NOTEBOOKS.parent
OPEN = "python -m pip install uv && python -m uv run jupyter lab notebooks/00_start_here.ipynb"
TEST = "python -m pip install uv && python -m uv run pytest"
NOT_OURS = {".git", ".venv", ".hypothesis", ".ipynb_checkpoints", ".ruff_cache", "__pycache__"}
NOT_OURS |= {"screenshots"}
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
    listed = [
        (number, name, int(reading), int(exercises or 0))
        for number, name, reading, exercises in ROW.findall(text_of("README.md"))
    ]
    there = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        minutes = json.loads(path.read_text(encoding="utf-8"))["metadata"]["nn_tutorial"]["minutes"]
        there.append((path.name[:2], path.name, minutes["reading"], minutes["exercises"]))
    assert listed == there
    assert listed


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_to_files_resolve(name):
    targets = re.findall(r"\]\(([^)#\s]+)", text_of(name))
    files = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert files
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_badge_and_link_open_the_first_chapter_on_binder():
    links = re.findall(r"https://mybinder\.org/v2/[^)]+", text_of("README.md"))
    assert len(links) == 2
    assert all(link.endswith("?urlpath=lab/tree/notebooks/00_start_here.ipynb") for link in links)


def test_citation_and_readme_have_the_version_of_the_project():
    citation = yaml.safe_load(text_of("CITATION.cff"))
    version = project()["project"]["version"]
    assert citation["version"] == version
    assert f"*{citation['title']}*, version {version}." in text_of("README.md")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)


def test_the_package_says_the_version_of_the_project():
    assert nn_tutorial.__version__ == project()["project"]["version"]


def test_importing_the_package_does_not_import_what_only_figures_need():
    heavy = ("matplotlib", "IPython", "ipywidgets", "nn_tutorial.exercises")
    assert imported_by("nn_tutorial", heavy) == "[]"


def test_exercises_need_only_numpy():
    assert imported_by("nn_tutorial.exercises", ("matplotlib", "IPython", "ipywidgets")) == "[]"


def imported_by(package, modules):
    code = f"import sys, {package}; print([m for m in {modules} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()


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
