"""``nn-tutorial``: it brings notebooks and never writes over one."""

import importlib.util
import json
import os
import shutil

import pytest

from nn_tutorial import start

FIRST = start.FIRST


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder that the command makes in an empty one; JupyterLab is not installed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    return tmp_path / "nn-tutorial"


@pytest.fixture
def answered(folder):
    """Return the path of a notebook with an answer in it, beside the others."""
    start.bring(folder)
    path = folder / FIRST
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = ["mine"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_without_jupyterlab_the_notebooks_come_all_the_same_and_it_says_what_is_missing(
    folder, capsys
):
    assert start.main([]) == 1
    assert {path.name for path in folder.iterdir()} == {path.name for path in start.shipped()}
    said = capsys.readouterr()
    assert said.out == f"{len(start.shipped())} notebooks copied into {folder}\n"
    assert said.err == (
        "JupyterLab is not installed here. Open the notebooks with another program, or\n"
        "install the package with it: nn-tutorial[lab]\n"
    )


@pytest.mark.parametrize("update", [False, True])
def test_a_changed_notebook_keeps_its_bytes(answered, update):
    before = answered.read_bytes()
    assert start.bring(answered.parent, update)[0] == []
    assert answered.read_bytes() == before


def test_an_update_puts_the_published_one_beside_once_and_keeps_what_is_there(answered):
    beside = answered.with_name(f"{answered.stem}-{start.__version__}.ipynb")
    assert start.bring(answered.parent, update=True) == ([], [beside.name], [FIRST])
    beside.write_text("written into this one, too", encoding="utf-8")
    assert start.bring(answered.parent, update=True) == ([], [], [FIRST])
    assert beside.read_text(encoding="utf-8") == "written into this one, too"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            [],
            "The notebooks in {folder} are kept as they are.\n"
            "Not as in version {version}, because you worked in them or they are older: 1.\n"
            "To have the published ones beside them: nn-tutorial --update",
        ),
        (["--update"], "Changed, put beside yours:\n  00_start_here-{version}.ipynb"),
    ],
)
def test_it_says_what_became_of_the_notebooks(answered, capsys, options, said):
    start.main(options)
    expected = said.format(folder=answered.parent, version=start.__version__)
    assert capsys.readouterr().out == expected + "\n"
    assert start.main(["--update"]) == 1
    start.main(["--update"])
    assert capsys.readouterr().out.endswith("Nothing has changed.\n")


def test_help_and_version_copy_nothing(folder, capsys):
    for option in ("--help", "--version"):
        with pytest.raises(SystemExit):
            start.main([option])
    said = capsys.readouterr().out
    assert said.startswith("usage: nn-tutorial [-h] [--version] [--update]")
    assert "No file of yours is overwritten." in said
    assert said.endswith(f"{start.__version__}\n")
    assert not folder.exists()


def test_a_deleted_notebook_comes_back(answered):
    answered.unlink()
    assert start.bring(answered.parent) == ([FIRST], [], [])


def test_a_notebook_that_was_only_run_or_has_other_line_ends_is_no_changed_one(folder):
    start.bring(folder)
    first, second = sorted(folder.iterdir())[:2]
    run = json.loads(first.read_text(encoding="utf-8"))
    for cell in run["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": 99}
    first.write_text(json.dumps(run), encoding="utf-8")
    second.write_bytes(second.read_bytes().replace(b"\n", b"\r\n"))
    assert start.bring(folder, update=True) == ([], [], [])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": [{}]}', "\xff"])
def test_what_is_no_notebook_counts_as_changed_and_is_kept(folder, text):
    start.bring(folder)
    (folder / FIRST).write_bytes(text.encode("latin-1"))
    assert len(start.bring(folder, update=True)[1]) == 1
    assert (folder / FIRST).read_bytes() == text.encode("latin-1")


def test_a_copy_that_broke_off_leaves_no_half_notebook(folder, monkeypatch):
    monkeypatch.setattr("pathlib.Path.rename", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        start.bring(folder)
    monkeypatch.undo()
    assert not list(folder.glob("*.ipynb"))
    assert len(start.bring(folder)[0]) == len(start.shipped())
    assert not list(folder.glob("*.part"))


def test_a_file_in_the_way_is_named_and_kept(folder, capsys):
    folder.write_text("a file", encoding="utf-8")
    assert start.main([]) == 1
    assert "The notebooks can't be copied: " in capsys.readouterr().err
    assert folder.read_text(encoding="utf-8") == "a file"


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_that_leads_nowhere_is_not_replaced(folder):
    folder.mkdir()
    (folder / FIRST).symlink_to(folder / "gone" / FIRST)
    assert FIRST not in start.bring(folder)[0]
    assert (folder / FIRST).is_symlink()
    shutil.rmtree(folder)


def test_other_options_go_to_jupyterlab(folder, monkeypatch, capsys):
    monkeypatch.undo()
    labapp = pytest.importorskip("jupyterlab.labapp", reason="JupyterLab is not installed")
    monkeypatch.chdir(folder.parent)
    asked = []
    monkeypatch.setattr(labapp.LabApp, "launch_instance", asked.extend)
    assert start.main(["--no-browser", "--port=1"]) == 0
    assert asked == [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        "--no-browser",
        "--port=1",
    ]
    assert capsys.readouterr().out.endswith(
        "JupyterLab opens in your browser. Ctrl-C here ends it.\n"
    )
