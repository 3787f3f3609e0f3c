"""Every figure: labelled, opaque, small, the same every time, and without overlaps."""

import re
import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from drawn import boxes, opened, overlapping, texts, words
from figures import (
    DRAWINGS,
    FIGURES,
    LOSS,
    NAMED_ROWS,
    NAMES,
    PICTURES,
    SCALES,
    SHARED_X,
    SHARED_Y,
    X,
    drawn,
    figure,
    png,
)
from matplotlib.figure import Figure

from nn_tutorial import plots


@pytest.fixture(params=FIGURES)
def name(request):
    return request.param


def test_a_list_of_public_names_is_complete():
    shown = {"drawn_again", "show", "show_animation", "to_png", "to_quick_png"}
    assert set(FIGURES) | shown == set(plots.__all__)
    assert all(callable(getattr(plots, public)) for public in plots.__all__)


def test_every_function_returns_a_figure_of_at_most_six_by_four_inches(name):
    fig = figure(name)
    assert isinstance(fig, Figure)
    width, height = fig.get_size_inches()
    assert width <= 6
    assert height <= 4


def test_every_axis_is_labelled(name):
    fig = figure(name)
    if name in DRAWINGS:
        assert not any(ax.axison for ax in fig.axes)
        return
    assert [not ax.axison for ax in fig.axes] == [
        name in PICTURES and k == 0 for k in range(len(fig.axes))
    ]
    *plain, last = (ax for ax in fig.axes if ax.axison)
    if name in SCALES:
        assert (last.get_label(), bool(last.get_ylabel())) == ("<colorbar>", True)
    else:
        plain.append(last)
    assert (name in SHARED_X) == bool(fig.get_supxlabel())
    assert (name in SHARED_Y) == bool(fig.get_supylabel())
    if name not in SHARED_X:
        assert all(ax.get_xlabel() for ax in plain)
    # A panel may share its left neighbour's label.
    if plain and name not in SHARED_Y | NAMED_ROWS:
        assert plain[0].get_ylabel()
    if name in NAMED_ROWS:
        assert all(label.get_text() for label in plain[0].get_yticklabels())


def test_every_background_is_opaque_white(name):
    picture = opened(png(name))
    assert "transparency" not in picture.info
    pixels = np.asarray(picture.convert("RGBA"))
    assert np.all(pixels[..., 3] == 255)
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        assert np.mean(np.all(edge == 255, axis=-1)) > 0.9


def test_every_png_is_small(name):
    assert len(png(name)) < 50_000


def test_rendering_twice_gives_identical_bytes(name):
    assert plots.to_png(figure(name)) == png(name)


def test_a_readers_own_settings_change_nothing_and_are_kept(name):
    expected = png(name)
    with mpl.rc_context({"font.size": 25, "figure.facecolor": "black", "axes.linewidth": 9}):
        assert plots.to_png(FIGURES[name]()) == expected
        assert mpl.rcParams["font.size"] == 25


def test_no_figure_warns(name):
    kinds = UserWarning, RuntimeWarning  # matplotlib's, about what it cannot draw; and NumPy's
    _, _, warned, _ = drawn(name)
    assert [w for w in warned if issubclass(w.category, kinds)] == []


def test_no_text_is_cut_off_at_the_border(name):
    fig = figure(name)
    width, height = fig.get_size_inches() * fig.dpi
    for text, box in boxes(fig):
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text


def test_no_text_overlaps_another(name):
    fig = figure(name)
    # The bounding box of slanted text, a contour's label, is larger than the text.
    upright = [t for t in texts(fig) if t.get_rotation() % 90 == 0]
    assert overlapping([(t.get_text(), t.get_window_extent()) for t in upright]) == []


def test_no_text_is_smaller_than_seven_points(name):
    assert min(text.get_fontsize() for text in texts(figure(name))) >= 7


def test_no_logarithmic_axis_writes_as_matplotlib_does(name):
    fig = figure(name)
    assert [text for text in words(fig) if re.search(r"\$|\de[-+]?\d", text)] == []


def test_what_stands_on_an_edge_is_drawn_whole():
    (star,) = (line for line in figure("score_surface").axes[0].lines if line.get_marker() == "*")
    few = plots.predictions_over_time(np.array([1, 10]), np.array([[3.0], [4.0]])).axes[0].lines[0]
    point = plots.sigmoid_with_tangent(8.0).axes[0].lines[-1]
    assert not any(line.get_clip_on() for line in (star, few, point))


def test_limits_are_kept():
    assert plots.train_validation(LOSS, LOSS, limits=(1e-6, 10)).axes[0].get_ylim() == (1e-6, 10)
    spread = plots.spread_through_layers({"s": LOSS[:5]}, limits=(1e-3, 1e3))
    assert spread.axes[0].get_ylim() == (1e-3, 1e3)
    before = plots.scaling(X, X / X.max(axis=0), NAMES, limits=(6, 12)).axes[0]
    assert (before.get_xlim(), before.get_ylim()) == ((0, 6), (0, 12))


def test_importing_the_plots_loads_neither_pyplot_nor_ipython():
    code = (
        "import sys, nn_tutorial.plots; "
        "print([m for m in ('matplotlib.pyplot', 'IPython') if m in sys.modules])"
    )
    # The oldest matplotlib uses what its newest companions deprecate.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", code]
    result = subprocess.run(command, capture_output=True, text=True)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
