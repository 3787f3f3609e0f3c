"""What a figure shows: its texts, its lines, how light a colour is, and what overlaps."""

import io
import itertools

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_rgb
from PIL import Image


def opened(png):
    return Image.open(io.BytesIO(png))


def texts(fig):
    """All texts that are drawn: ticks outside the limits of their axis are not."""
    ticks = set()
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not (ax.axison and low <= tick.get_loc() <= high):
                    ticks |= {tick.label1, tick.label2}
    found = fig.findobj(mpl.text.Text)
    return [t for t in found if t.get_text().strip() and t.get_visible() and t not in ticks]


def words(fig):
    return [t.get_text() for t in texts(fig)]


def has_line(ax, x, y):
    return any(
        np.shape(line.get_xdata()) == np.shape(x)
        and np.allclose(np.asarray(line.get_xdata(), float), x)
        and np.allclose(np.asarray(line.get_ydata(), float), y)
        for line in ax.lines
    )


def boxes(fig):
    """Where the texts of a figure lie that was drawn before."""
    return [(t.get_text(), t.get_window_extent()) for t in texts(fig)]


def drawn_boxes(fig):
    fig.canvas.draw()
    return boxes(fig)


def overlapping(boxes):
    return [(a, b) for (a, x), (b, y) in itertools.combinations(boxes, 2) if x.overlaps(y)]


def lightness(colour):
    return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114)))
