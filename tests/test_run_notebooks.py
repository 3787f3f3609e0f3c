"""The tool that writes the notebooks: one form, pictures kept, nothing lost when a cell fails."""

import base64
import io
import re
import sys

import nbformat
import pytest
import run_notebooks
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from run_notebooks import WIDGET_VIEW, canonical, keep_equal_pictures, to_text

from nn_tutorial.plots.kit.style import new_figure, styled


def png(*colours, duration=50, level=6):
    frames = [Image.new("RGB", (4, 4), colour) for colour in colours]
    file = io.BytesIO()
    more = {"save_all": True, "append_images": frames[1:], "duration": duration}
    frames[0].save(file, "PNG", compress_level=level, **(more if frames[1:] else {}))
    return base64.b64encode(file.getvalue()).decode()


def showing(picture):
    output = new_output("display_data", data={"image/png": picture, "text/plain": "a picture"})
    return new_notebook(cells=[new_code_cell("show()", id="a-picture", outputs=[output])])


def test_the_canonical_form_keeps_alternative_texts():
    notebook = showing(png("red"))
    notebook.cells[0].outputs[0].metadata = {"image/png": {"alt": "a red square"}}
    (output,) = canonical(notebook).cells[0].outputs
    assert output.metadata == {"image/png": {"alt": "a red square"}}


def test_canonical_form_keeps_meaning_and_drops_circumstance():
    metadata = {
        "tags": ["exercise"],
        "jupyter": {"source_hidden": True, "outputs_hidden": True},
        "execution": {"iopub.execute_input": "now"},
        "collapsed": False,
        "slideshow": {"slide_type": "slide"},
        "mystnb": {"figure": {"caption": "c"}},
    }
    result = new_output("execute_result", data={"text/plain": "1"}, execution_count=7)
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title", metadata={"editable": True}),
            new_code_cell("1", id="kept", metadata=metadata, outputs=[result], execution_count=7),
        ],
        metadata={
            "widgets": {"state": {}},
            "kernelspec": {"name": "other", "display_name": "Other"},
            "language_info": {"name": "python", "version": "3.11.7"},
            "nn_tutorial": {"minutes": {"reading": 5, "exercises": 0}},
        },
    )
    form = canonical(notebook)
    assert form.cells[0].metadata == {}
    cell = form.cells[1]
    assert (cell.id, cell.execution_count, cell.outputs[0].execution_count) == ("kept", 1, 1)
    assert cell.metadata == {
        "tags": ["exercise"],
        "jupyter": {"source_hidden": True},
        "slideshow": {"slide_type": "slide"},
        "mystnb": {"figure": {"caption": "c"}},
    }
    assert form.metadata == {
        "kernelspec": run_notebooks.KERNELSPEC,
        "language_info": {"name": "python", "file_extension": ".py"},
        "nn_tutorial": {"minutes": {"reading": 5, "exercises": 0}},
    }
    assert to_text(canonical(form)) == to_text(form)
    assert notebook.cells[1].execution_count == 7


def jupyter_of(cell):
    return canonical(new_notebook(cells=[cell])).cells[0].metadata.get("jupyter")


@pytest.mark.parametrize("tag", ["bet", "solution"])
def test_the_output_of_a_bet_or_worked_answer_is_closed_and_no_other(tag):
    closed, opened = {"outputs_hidden": True}, {"outputs_hidden": False}
    for before in ({}, opened, closed):
        cell = {"tags": [tag, "other"], "jupyter": before}
        assert jupyter_of(new_code_cell("1", metadata=cell)) == closed
        for tags in ([], ["other"], [f"{tag}s"]):
            cell = new_code_cell("1", metadata={"tags": tags, "jupyter": before})
            assert jupyter_of(cell) is None
    assert jupyter_of(new_markdown_cell("1", metadata={"tags": [tag]})) is None
    both = new_code_cell("1", metadata={"tags": [tag], "jupyter": {"source_hidden": True}})
    assert jupyter_of(both) == closed | {"source_hidden": True}


def test_the_first_part_of_a_bets_output_is_empty_since_jupyterlab_shows_its_first_line():
    printed = new_output("stream", name="stdout", text="the answer\n")
    bet = new_code_cell("1", id="a-bet", metadata={"tags": ["bet"]}, outputs=[printed])
    form = canonical(new_notebook(cells=[bet]))
    assert form.cells[0].outputs == [new_output("display_data"), printed]
    assert to_text(canonical(form)) == to_text(form)
    bet.outputs = []
    assert canonical(new_notebook(cells=[bet])).cells[0].outputs == []


def test_of_a_widget_only_its_words_are_stored():
    view = {"model_id": "f00", "version_major": 2, "version_minor": 0}
    outputs = [
        new_output("display_data", data={WIDGET_VIEW: view, "text/plain": "A slider."}),
        new_output("display_data", data={WIDGET_VIEW: view}),
    ]
    cell = canonical(new_notebook(cells=[new_code_cell("w", outputs=outputs)])).cells[0]
    assert [output.data for output in cell.outputs] == [{"text/plain": "A slider."}]


@pytest.mark.parametrize("colours", [["red"], ["red", "blue", "green"]])
def test_the_stored_picture_stays_when_its_pixels_are_equal(colours):
    stored, new = png(*colours, level=0), png(*colours, level=9)
    assert stored != new
    notebook = showing(new)
    keep_equal_pictures(notebook, showing(stored))
    assert notebook == showing(stored)


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (png("red"), png("#fe0000")),
        (png("red", "blue"), png("red", "green")),
        (png("red", "blue"), png("red", "blue", "red")),
        (png("red", "blue", duration=50), png("red", "blue", duration=60)),
        (png("red"), png("red", "blue")),
    ],
)
def test_a_picture_with_other_pixels_or_durations_replaces_the_stored_one(stored, new):
    notebook = showing(new)
    keep_equal_pictures(notebook, showing(stored))
    assert notebook == showing(new)


@styled
def labelled(label, x=1.0):
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot([0, x, 2], [0, 1, 3])
    axes.text(1, 2, label, size=8)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return Image.open(file).convert("RGB")


def as_text(image):
    image.save(file := io.BytesIO(), "PNG")
    return base64.b64encode(file.getvalue()).decode()


def with_a_pixel(image, colour):
    image = image.copy()
    image.putpixel((300, 30), colour)
    return image


def is_kept(stored, new):
    notebook = showing(as_text(new))
    keep_equal_pictures(notebook, showing(as_text(stored)))
    return notebook == showing(as_text(stored))


def test_the_stored_picture_stays_when_a_pixel_is_rounded_otherwise():
    stored = labelled("0.1")
    assert stored.getpixel((300, 30)) == (255, 255, 255)
    assert is_kept(stored, with_a_pixel(stored, (250, 250, 250)))
    assert is_kept(stored, with_a_pixel(stored, (120, 255, 255)))
    assert not is_kept(stored, with_a_pixel(stored, (100, 255, 255)))


@pytest.mark.parametrize("label", ["0,1", "0.7", "0.l", ""])
def test_a_picture_with_one_other_label_replaces_the_stored_one(label):
    assert not is_kept(labelled("0.1"), labelled(label))


def test_a_picture_with_many_faint_differences_replaces_the_stored_one():
    """A line a tenth of a pixel further, or another shade of white."""
    stored = labelled("0.1")
    assert not is_kept(stored, labelled("0.1", x=1.001))
    assert not is_kept(stored, stored.point(lambda shade: shade - (shade > 250)))


def test_a_failing_cell_is_named_and_the_file_stays(tmp_path, monkeypatch, capsys):
    path = tmp_path / "failing.ipynb"
    cells = [new_markdown_cell("# x"), new_code_cell("1"), new_code_cell("1 / 0", id="culprit")]
    nbformat.write(new_notebook(cells=cells), path)
    before = path.read_bytes()
    monkeypatch.setattr(sys, "argv", ["run_notebooks.py", str(path)])
    assert run_notebooks.main() == 1
    report = capsys.readouterr().err
    assert "cell 3 (id culprit)" in report
    assert "division by zero" in report
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_kernel_that_dies_before_the_first_cell_is_reported(monkeypatch):
    def die(client):
        raise DeadKernelError("Kernel died")

    monkeypatch.setattr(run_notebooks.NotebookClient, "execute", die)
    with pytest.raises(RuntimeError, match="before the first cell: Kernel died"):
        run_notebooks.execute(new_notebook(cells=[new_code_cell("1")]))


def test_an_invalid_notebook_does_not_stop_the_ones_after_it(tmp_path, monkeypatch, capsys):
    invalid, valid = (new_notebook(cells=[new_markdown_cell("# x")]) for _ in range(2))
    invalid.cells[0]["unknown"] = 1
    paths = [tmp_path / "a.ipynb", tmp_path / "b.ipynb"]
    for path, notebook in zip(paths, (invalid, valid), strict=True):
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
    monkeypatch.setattr(run_notebooks, "execute", lambda notebook: None)
    monkeypatch.setattr(sys, "argv", ["run_notebooks.py", *map(str, paths)])
    assert run_notebooks.main() == 1
    report = capsys.readouterr()
    assert "a: left as it was" in report.err
    kilobytes = round(paths[1].stat().st_size / 1000)
    assert re.fullmatch(rf"b: \d+\.\d s, {kilobytes} kB, (written|unchanged)\n", report.out)
