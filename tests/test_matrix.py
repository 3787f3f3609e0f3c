"""The matrix of machines, in its shortest form, and that it can fail."""

import copy
import platform

import matrix
import matrix_rows
import nbformat
import pytest
from matrix_rows import PARTS, ROWS, kernel, nudged, settings, together
from nbformat.v4 import new_code_cell, new_notebook, new_output
from page import block

CHAPTERS = sorted((matrix.ROOT / "notebooks").glob("0[256]_*.ipynb"))
OF_SETTINGS = [row for row in PARTS if row.launch == kernel("Nehalem", 1).launch]
SETTINGS = (together(*OF_SETTINGS[2:6]), together(*OF_SETTINGS[6:]))


def tried(row, chapters, folder):
    """Return the result; a machine without the locales, or with another processor, is none."""
    result = matrix.try_row(row, chapters, folder)
    if result.says.startswith(("not here", "no effect: its kernel says OpenBLAS")):
        pytest.skip(f"{row.name}: {result.says}")
    assert result.cells, result.says
    return result


@pytest.mark.skipif(platform.system() != "Linux", reason="the rows are made for Linux")
@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_a_strangers_settings_change_no_output(row, tmp_path, capsys):
    result = tried(row, CHAPTERS[:2], tmp_path)
    assert (result.different, result.repainted) == ((), 0), capsys.readouterr().out


@pytest.mark.skipif(platform.system() != "Linux", reason="the rows are made for Linux")
def test_a_processor_without_avx_changes_no_output(tmp_path, capsys):
    result = tried(kernel("Nehalem", 1), CHAPTERS[-1:], tmp_path)
    assert (result.different, result.repainted) == ((), 0), capsys.readouterr().out


def test_the_table_has_every_row_of_the_matrix_and_no_other():
    names = [line.split(" | ")[0][2:] for line in block("matrix").splitlines()[2:]]
    assert names == [row.name for row in ROWS], "run: uv run python tests/matrix.py --rows …"


def one_cell(path, source, *outputs):
    cell = new_code_cell(source, id="the-cell", outputs=list(outputs))
    nbformat.write(new_notebook(cells=[cell]), path / "01_one.ipynb")
    return [path / "01_one.ipynb"]


def printed(text):
    return new_output("stream", name="stdout", text=text)


def test_a_machine_that_prints_otherwise_is_reported_by_cell(tmp_path, capsys, monkeypatch):
    """Also one that warns, and one whose cells raise; the next cells run all the same."""
    source = "import numpy as np\nprint(np.median([[1 / 3]], axis=0))"
    paths = one_cell(tmp_path, source, printed("[0.33333333]\n"))
    proof = ("print('here')", "here")
    short = "import numpy as np; np.set_printoptions(precision=2)"
    for i, startup in enumerate(("", short, "import numpy as np; del np.median")):
        result = matrix.try_row(settings("m", proof, startup), paths, tmp_path / str(i))
        assert result.different == (("01 the-cell",) if startup else ()), startup
    said = capsys.readouterr().out
    assert "cell the-cell\n      -[0.33333333]\n      +[0.33]\n" in said
    assert "has no attribute 'median'" in said
    assert "1 of 1" in result.as_row("m")
    monkeypatch.setattr(matrix, "ROWS", [settings("m", proof, short)])
    monkeypatch.setattr("sys.argv", ["matrix.py", "--chapters", "00"])
    monkeypatch.setattr(matrix, "try_row", lambda *_: result)
    assert matrix.main() == 1


def test_a_kernel_that_dies_is_a_difference(tmp_path):
    paths = one_cell(tmp_path, "import os\nos._exit(1)")
    result = matrix.try_row(settings("m", ("print('here')", "here")), paths, tmp_path / "m")
    assert result.different == ("01 where it stopped",)


def test_a_row_without_effect_says_so_and_is_not_run(tmp_path):
    row = settings("m", ("print('the same as ever')", "another"))
    result = matrix.try_row(row, CHAPTERS, tmp_path)
    assert result == matrix.Result("no effect: its kernel says the same as ever")
    assert result.as_row("m").endswith("| not run |\n")
    lacks = row._replace(setup=("echo there is none >&2; false",))
    result = matrix.try_row(lacks, CHAPTERS, tmp_path / "lacks")
    assert result.says == "not here: `echo` failed: there is none"


DATA = {"text/plain": "words", "text/html": "<b>", "image/png": "cG5n"}


@pytest.mark.parametrize(
    "change",
    [
        lambda outputs: outputs.pop(),
        lambda outputs: outputs.reverse(),
        lambda outputs: outputs[0].update(text="0.5 \n"),
        lambda outputs: outputs[0].update(name="stderr"),
        lambda outputs: outputs[1].data.update({"text/plain": "word"}),
        lambda outputs: outputs[1].data.update({"text/html": "<i>"}),
        lambda outputs: outputs[1].data.pop("image/png"),
        lambda outputs: outputs[1].metadata.update({"image/png": {"alt": "w"}}),
    ],
)
def test_every_part_of_an_output_is_compared(change):
    stored = new_notebook(
        cells=[
            new_code_cell("same", id="same", outputs=[printed("1\n")]),
            new_code_cell(
                "changed",
                id="changed",
                outputs=[printed("0.5\n"), new_output("display_data", data=DATA)],
            ),
        ]
    )
    new = copy.deepcopy(stored)
    new.cells[1].outputs[1].data["image/png"] = "b3RoZXI="
    assert matrix.differences(stored, new) == {}
    change(new.cells[1].outputs)
    found = matrix.differences(stored, new)
    assert list(found) == ["changed"]
    assert all(found["changed"])


def test_a_number_near_a_rounding_edge_is_found_by_a_nudge(tmp_path):
    source = """import numpy as np
half, sure = 0.25, 0.27
typed, drawn = np.array([0.25, 0.27]), np.random.default_rng(0).normal()
print({what})"""
    for i, (what, stored, found) in enumerate(
        [
            ('f"{half:.1f}"', "0.2", True),
            ('f"{typed[0]:.1f}"', "0.2", True),
            ('f"{drawn:.14f}"', f"{0.12573022105460:.14f}", True),
            ('f"{sure:.1f} {typed[1]:.1f} {drawn:.6f}"', "0.3 0.3 0.125730", False),
        ]
    ):
        (folder := tmp_path / str(i)).mkdir()
        paths = one_cell(folder, source.replace("{what}", what), printed(f"{stored}\n"))
        result = matrix.try_row(nudged(1e-12), paths, folder / "machine")
        assert bool(result.different) is found, what


def test_rows_together_keep_what_each_of_them_sets():
    one = settings("a", ("print('a')", "a"), "x = 1", A="1")
    two = settings("b", ("print('b')", "b"), "y = 2", B="2")._replace(setup=("true",))
    both = together(one, two)
    assert dict(both.environment) == {"A": "1", "B": "2"}
    assert both.files[matrix_rows.STARTUP].split() == ["x", "=", "1", "y", "=", "2"]
    assert (both.setup, both.proof[1]) == (("true",), "a; b")
