"""Showing a figure or an animation: one PNG, with its facts in words."""

import base64
import subprocess
import sys
from functools import cache

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from drawn import opened
from figures import boundary
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure
from nbconvert import HTMLExporter
from run_notebooks import NOTEBOOKS

from nn_tutorial import plots
from nn_tutorial.plots.kit.png import to_animated_png


@pytest.fixture(scope="module")
def shell():
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@pytest.mark.usefixtures("shell")
def test_show_publishes_one_png_with_its_words_and_prints_them():
    fig = plots.activations()
    expected = plots.to_png(fig)
    with capture_output() as captured:
        plots.show(fig, alt="Three curves.")
    assert captured.stdout == "Three curves.\n"
    (output,) = captured.outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.data["text/plain"] == "Three curves."
    assert base64.b64decode(output.data["image/png"]) == expected
    assert output.metadata == {"image/png": {"alt": "Three curves."}}


@pytest.mark.usefixtures("shell")
def test_show_takes_the_figures_own_words_and_appends_nothing_to_others():
    fig = plots.loss_curves([0.5, 0.2])
    assert "0.2" in fig.alt
    for given, shown in ((None, fig.alt), ("Two losses.", "Two losses.")):
        with capture_output() as captured:
            plots.show(fig, given)
        assert captured.stdout == f"{shown}\n"
        assert captured.outputs[0].metadata == {"image/png": {"alt": shown}}


def test_show_closes_a_figure_of_pyplot():
    code = (
        "import matplotlib; matplotlib.use('agg')\n"
        "import matplotlib.pyplot as plt\n"
        "from nn_tutorial import plots\n"
        "plots.show(plt.figure(), alt='Nothing.')\n"
        "print(plt.get_fignums())"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip().endswith("[]"), result.stderr


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_show_refuses_a_figure_without_words(alt):
    with capture_output() as captured, pytest.raises(ValueError, match="alt"):
        plots.show(plots.activations(), alt=alt)
    assert captured.outputs == []


@cache
def animation(n):
    with capture_output() as captured:
        plots.show_animation(
            [plots.sigmoid_with_tangent(z) for z in np.linspace(-4, 4, n)], "It rolls.", 80
        )
    (output,) = captured.outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.metadata == {"image/png": {"alt": "It rolls."}}
    assert captured.stdout == "It rolls.\n"
    return base64.b64decode(output.data["image/png"])


@pytest.mark.usefixtures("shell")
def test_an_animation_has_all_frames_loops_for_ever_and_rests_at_the_end():
    picture = opened(animation(5))
    assert picture.n_frames == 5
    assert picture.is_animated
    assert picture.info["loop"] == 0
    durations = []
    for k in range(5):
        picture.seek(k)
        durations.append(picture.info["duration"])
    assert durations == [80, 80, 80, 80, 2000]


@pytest.mark.usefixtures("shell")
def test_an_animations_last_frame_is_the_last_figure():
    picture = opened(animation(5))
    picture.seek(4)
    last = opened(plots.to_png(plots.sigmoid_with_tangent(4.0)))
    difference = np.abs(
        np.asarray(picture.convert("RGB"), int) - np.asarray(last.convert("RGB"), int)
    )
    assert difference.mean() < 0.5


@pytest.mark.usefixtures("shell")
def test_sixty_frames_stay_below_the_size_that_a_notebook_allows():
    assert len(animation(60)) < 300_000


def test_sixty_frames_of_a_boundary_stay_below_the_size_that_a_notebook_allows():
    frames = [boundary(scale) for scale in np.linspace(0.01, 1, 60)]
    assert {len(frame.axes) for frame in frames} == {2}
    animation = to_animated_png(frames, [80] * 60)
    assert opened(animation).n_frames == 60
    assert len(animation) < 300_000


@pytest.mark.parametrize("n", [0, 61])
def test_an_animation_refuses_no_frames_and_more_than_sixty(n):
    with pytest.raises(ValueError, match=str(n)):
        plots.show_animation([Figure()] * n, "words")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_stored_picture_has_its_words_as_alternative_text(path):
    outputs = [
        output
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    for output in outputs:
        assert output.metadata["image/png"]["alt"] == output.data["text/plain"] != ""


def test_pictures_exported_to_html_say_what_they_show():
    notebook = nbformat.read(NOTEBOOKS / "03_bend_it_with_the_sigmoid.ipynb", as_version=4)
    words = [
        output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(words) >= 3
    # nbconvert's older template reads the metadata; its newer one, so far, does not.
    html, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    found = [tag["alt"] for tag in BeautifulSoup(html, "html.parser").select("img")]
    assert found == words
