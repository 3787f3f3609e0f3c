"""What is published is complete and of one version, and the wheel alone opens the notebooks."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest
import release_check
from release_check import ROOT, about, check, differences, files_of, in_wheel

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHANGED = "01_scale_the_data.ipynb"
BESIDE = "01_scale_the_data-{}.ipynb"
PAGE = re.compile(r"http://127\.0\.0\.1:\d+/lab/tree/\S*")
VERSION = release_check.VERSION.search((ROOT / "nn_tutorial/__init__.py").read_text("utf-8"))[1]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Return a copy of the working tree, as a clone of it would be."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    names = [Path(line).name for line in ignored]
    tree = tmp_path_factory.mktemp("release") / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", *names))
    return tree


@pytest.fixture(scope="module")
def built(tree, tmp_path_factory):
    """Return the wheel, and what release_check.py says about it and the source archive."""
    out = tmp_path_factory.mktemp("built")
    said = check(tree, out)
    return next(out.glob("*.whl")), said


def test_wheel_and_source_archive_are_complete_and_all_files_say_one_version(built):
    assert built[1] == []


def test_a_wheel_without_the_notebooks_is_noticed(tree, tmp_path):
    broken = shutil.copytree(tree, tmp_path / "tree")
    project = (broken / "pyproject.toml").read_text(encoding="utf-8")
    without = project.replace('["nn_tutorial", "notebooks"]', '["nn_tutorial"]')
    assert without != project
    (broken / "pyproject.toml").write_text(without, encoding="utf-8")
    assert check(broken, tmp_path / "out") == [
        f"the wheel lacks nn_tutorial/notebooks/{path.name}" for path in NOTEBOOKS
    ]


def test_each_kind_of_difference_is_named():
    there, wanted = {"a": b"1", "b": b"1", "c": b"1"}, {"b": b"1", "c": b"2", "d": b"1"}
    assert differences("it", there, wanted) == ["it lacks d", "it has a, too", "it has another c"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("CITATION.cff", f"\nversion: {VERSION}", "\nversion: 9.9.9"),
        ("README.md", f"version {VERSION}.", "version 9.9.9."),
        ("CHANGELOG.md", f"\n## {VERSION}", "\n## 9.9.9"),
        ("nn_tutorial/__init__.py", f'"{VERSION}"', '"9.9.9"'),
    ],
)
def test_a_file_that_says_another_version_is_named(built, tree, name, old, new):
    files = files_of(tree)
    changed = files[name].replace(old.encode(), new.encode())
    assert changed != files[name]
    metadata = in_wheel(built[0])[1]
    (said,) = about(metadata, files | {name: changed})
    assert said.endswith(f" says 9.9.9, not {VERSION}")


def test_bad_metadata_are_named(built, tree):
    metadata = in_wheel(built[0])[1]
    without_name = re.sub(rb"^Name: .*\n", b"", metadata, flags=re.M)
    assert about(without_name, files_of(tree)) != []
    assert about(metadata.partition(b"\n\n")[0] + b"\n\n", files_of(tree)) == [
        "metadata: no README"
    ]
    relative = metadata + b"[here](docs/teaching.md) and [there](#set-up)\n"
    assert about(relative, files_of(tree)) == [
        "metadata: on PyPI the link to docs/teaching.md leads nowhere"
    ]


def test_what_pypi_shows_is_the_readme_with_addresses_of_files_that_exist(built, tree):
    shown = in_wheel(built[0])[1].decode().partition("\n\n")[2]
    readme = (tree / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"\]\(https://github\.com/nn-tutorial/nn-tutorial/(\w+)/HEAD/(\S+)\)", shown)
    assert ("raw", "docs/training.png") in found
    assert {path for _, path in found} == set(re.findall(r"\]\((?!https?:|#)(\S+)\)", readme))
    assert [path for _, path in found if not (tree / path).exists()] == []
    back = re.sub(r"https://github\.com/nn-tutorial/nn-tutorial/\w+/HEAD/", "", shown)
    assert back.strip() == readme.strip()


@pytest.fixture(scope="module")
def reader(built, tmp_path_factory):
    """Return a folder, and what runs the wheel's command in it, in an environment without our tree.

    What the wheel depends on is read from the environment of the tests: nothing is downloaded.
    """
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        pytest.skip("uv, which installs the wheel, is not on the path")
    home = tmp_path_factory.mktemp("reader")
    env = {"base": str(home / "env")}
    venv.create(home / "env", symlinks=os.name != "nt")
    install = [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", env["base"]]
    subprocess.run([*install, built[0]], check=True)
    libraries = Path(sysconfig.get_path("purelib", "venv", env))
    (libraries / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    shared = Path(sys.prefix, "share", "jupyter")
    folders = {"HOME": home, "JUPYTERLAB_DIR": shared / "lab", "JUPYTER_PATH": shared}
    environment = os.environ | {name: str(folder) for name, folder in folders.items()}

    def run(*arguments):
        return subprocess.Popen(
            [Path(sysconfig.get_path("scripts", "venv", env), "nn-tutorial"), *arguments],
            cwd=home, env=environment, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    return home, run


def opened(process):
    """Return what the command prints until it names a page, and the notebook that this page shows.

    JupyterLab names the page a moment before it serves it.
    """
    until, page = "", None
    while not page:
        line = process.stdout.readline()
        assert line, f"it ended: {until}"
        until, page = until + line, PAGE.search(line)
    for _ in range(300):
        with contextlib.suppress(urllib.error.URLError):
            asked = page[0].replace("/lab/tree/", "/api/contents/")
            return until, json.load(urllib.request.urlopen(asked, timeout=60))
        time.sleep(0.2)
    raise AssertionError(f"{page[0]} does not open")


def folder_of(home):
    return {path.name: path.read_bytes() for path in (home / "nn-tutorial").iterdir()}


def test_the_wheel_brings_the_notebooks_once_opens_them_and_keeps_what_was_changed(reader):
    home, run = reader
    with run("--no-browser", "--allow-root", "--port=0") as process:
        try:
            said, shown = opened(process)
        finally:
            process.terminate()
    assert said.startswith(f"{len(NOTEBOOKS)} notebooks copied into {home / 'nn-tutorial'}\n")
    assert (shown["name"], shown["type"]) == ("00_start_here.ipynb", "notebook")
    originals = {path.name: path.read_bytes() for path in NOTEBOOKS}
    assert folder_of(home) == originals

    mine = home / "nn-tutorial" / CHANGED
    notebook = json.loads(mine.read_bytes())
    notebook["cells"][-1]["source"] = ["my note"]
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    changed = originals | {CHANGED: mine.read_bytes()}
    said = run("--show-config").communicate(timeout=60)[0]  # JupyterLab ends after this
    assert said.startswith(f"The notebooks in {home / 'nn-tutorial'} are kept as they are.\n")
    assert folder_of(home) == changed

    said = run("--update", "--show-config").communicate(timeout=60)[0]
    beside = BESIDE.format(VERSION)
    assert said.startswith(f"Changed, put beside yours:\n  {beside}\n")
    assert folder_of(home) == changed | {beside: originals[CHANGED]}
