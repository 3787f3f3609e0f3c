"""The ways in and the workflows, which run elsewhere: their files, read here."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig

import nbformat
import pytest
import yaml
from run_notebooks import NOTEBOOKS, canonical, to_text

ROOT = NOTEBOOKS.parent
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
FLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
# What PowerShell would not understand, or understand otherwise, on the system of the Windows job.
BASH = re.compile(r"\$[\w({]|[;|<>`\\*~]|\b(bash|sh|export|source|set|rm|cp|mkdir|\w+=\S*)\b(?!-)")
WITH_VALUE = re.compile(r" --(group|with|extra|python) \S+")


def read(flow):
    """Return the workflow; YAML takes its key ``on`` for true."""
    content = yaml.safe_load(flow.read_text(encoding="utf-8"))
    return content | {"on": content[True]}


def jobs():
    return [(flow, name, job) for flow in FLOWS for name, job in read(flow)["jobs"].items()]


def job_of(name):
    return read(ROOT / ".github" / "workflows" / "tests.yml")["jobs"][name]


def commands(job):
    runs = [step["run"] for step in job["steps"] if "run" in step]
    return [line for run in runs for line in run.splitlines() if line.strip()]


def unknown(command):
    """Return the words of a command that stand for nothing which the repository has."""
    words = shlex.split(WITH_VALUE.sub("", command))
    match words:
        case ["python", "-m", "pip", "install", "uv"]:
            return []
        case ["python", "-m", "uv", "run", *rest]:
            return unknown_program(rest)
        case ["python", "-m", "uv", "sync" | "export", *_]:
            return []
        case ["python", "-m", "uv", "pip", "install", *_]:
            return []
        case ["python", "-m", "uv", "tool", "run", "pip-audit", *_]:
            return []
        case ["python", file, *_] | [file]:
            return [] if (ROOT / file).is_file() else [file]
    return words


def unknown_program(words):
    """Return what `uv run` would not find: a program of the environment, or a file."""
    program, *rest = [word for word in words if not word.startswith("-")]
    if program == "python":
        return [] if (ROOT / rest[0]).is_file() else rest[:1]
    return [] if shutil.which(program, path=sysconfig.get_path("scripts")) else [program]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_a_workflow_pins_its_actions_by_hash_and_may_only_read(flow):
    content = read(flow)
    assert content["permissions"] == {"contents": "read"}
    for name, job in content["jobs"].items():
        assert job.get("timeout-minutes", 0) <= 60, name
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert "uses" not in step or PINNED.fullmatch(step["uses"]), step
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_a_job_that_writes_is_no_job_of_the_tests():
    writing = [name for flow, name, job in jobs() if "permissions" in job and flow.stem == "tests"]
    assert writing == []


@pytest.mark.parametrize(
    ("command", "name"),
    [(command, f"{flow.stem}-{name}") for flow, name, job in jobs() for command in commands(job)],
)
def test_each_command_of_a_workflow_exists(command, name):
    assert unknown(command) == [], f"{name}: {command}"


@pytest.mark.parametrize(
    "command",
    [".ci/walk", "python tools/gone.py", "python -m pep", "python -m uv ruin pytest",
     "python -m uv run pytset", "python -m uv run --group site python tools/gone.py", "make test"],
)  # fmt: skip
def test_a_command_that_does_not_exist_is_noticed(command):
    assert unknown(command)


def test_the_windows_job_runs_the_readmes_tests_and_contains_no_bash():
    job = job_of("windows")
    assert job["runs-on"] == "windows-latest"
    assert "shell" not in json.dumps(job)
    assert [command for command in commands(job) if BASH.search(command)] == []
    assert commands(job)[0] == "python -m pip install uv"
    assert commands(job)[-1] == "python -m uv run pytest"


@pytest.mark.parametrize(
    "command", ["export A=1", "A=1 pytest", "ls $HOME", "a; b", "a | b", "rm -rf b", "bash .ci/run"]
)
def test_bash_is_noticed(command):
    assert BASH.search(command)


def test_the_workflow_covers_the_systems_and_the_oldest_python():
    unix, windows = job_of("unix"), job_of("windows")
    assert commands(unix) == [".ci/run"]
    assert unix["strategy"]["matrix"]["os"] == ["ubuntu-latest", "macos-latest"]
    oldest = re.search(r'requires-python = ">=(.+)"', (ROOT / "pyproject.toml").read_text())[1]
    for job in (unix, windows):
        versions = job["strategy"]["matrix"]["python"]
        assert versions[0] == oldest
        assert all(isinstance(version, str) for version in versions)  # 3.10 would be 3.1
    assert read(ROOT / ".github/workflows/tests.yml")["on"]["schedule"]


def test_the_weekly_job_asks_for_releases_to_come_of_what_the_package_needs():
    (upgrade,) = [c for c in commands(job_of("next-releases")) if "--upgrade" in c]
    assert re.findall(r'"(\w+)>=[\d.]+rc\d"', upgrade) == ["numpy", "matplotlib"]
    assert "--no-sync pytest" in commands(job_of("next-releases"))[-1]


def test_the_container_installs_as_the_readme_does_and_opens_the_first_chapter():
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert set(container) == {"name", "image", "postCreateCommand", "customizations"}
    assert re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:3\.\d+", container["image"])
    for command in container["postCreateCommand"].split(" && "):
        assert unknown(command) == []
    (opened,) = container["customizations"]["codespaces"]["openFiles"]
    assert (ROOT / opened).is_file()
    interpreter = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert interpreter == "${containerWorkspaceFolder}/.venv/bin/python"


def test_binder_would_build_the_environment_and_then_install_the_package():
    pytest.importorskip(
        "repo2docker", reason="jupyter-repo2docker is not installed; .ci/run installs it"
    )
    command = [sys.executable, "-m", "repo2docker", "--no-build", str(ROOT)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert "Building conda environment for python=3.12" in said
    assert re.search(r'env update .* --file "environment\.yml"', said)
    assert re.search(r"^RUN \./postBuild$", said, re.M)
    assert "requirements.txt" not in said


def test_each_text_file_has_its_line_ends_set():
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in attributes
    assert {"*.npz binary", "*.png binary"} <= set(attributes)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_with_the_line_ends_of_windows_is_the_same_notebook(path, tmp_path):
    text = path.read_bytes()
    assert b"\r" not in text
    copy = tmp_path / path.name
    copy.write_bytes(text.replace(b"\n", b"\r\n"))
    notebook = nbformat.read(copy, as_version=4)
    assert notebook == nbformat.read(path, as_version=4)
    assert to_text(canonical(notebook)) == to_text(canonical(nbformat.read(path, as_version=4)))
