"""What was measured, as tables, a verdict on each target, and two pictures."""

import datetime
import os
import platform
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

from nn_tutorial.plots import to_png
from nn_tutorial.plots.kit import style
from nn_tutorial.plots.kit.labels import HALO

DOCS = Path(__file__).parents[1] / "docs"

INTRODUCTION = """\
# How fast it is

*Written by `python benchmarks/run.py`; not edited by hand.*

The package is made for teaching. It is written to be read, and then to be fast enough that a
thousand networks train while you watch. This page measures it beside other implementations that do
the same work, all in one run on one machine. Only the ratios mean anything elsewhere.

**How it was measured.** Each contender runs in a process of its own. All are alive and take turns,
so that a disturbance meets all of them. The tables show medians over the rounds, the two times
between which the middle half of the rounds lies, and as the ratio the median of the rounds' ratios.
Before the first round each contender proves that it does the work: from the same start, on the same
data, its weights agree to 1e-6 with those of the textbook version, after 1,000 steps or, with
batches, after two short epochs (scikit-learn, which can't be given our order, in the order of the
file), and its test accuracy is not lower by more than a standard error. What is done once is not
timed: importing, turning the data into the library's own kind of array, compiling. PyTorch's
programs do not read their loss, in their favour.
"""


def group_tables(measured):
    """Return the lines of one table for each group and number of threads."""
    lines = []
    for group, found in measured.values():
        lines += [f"### {group.title}", ""]
        for threads, rows in found.items():
            if len(found) > 1:
                lines += [f"#### {threads} BLAS thread{'s' if threads > 1 else ''}", ""]
            accuracy = any("accuracy" in row.proof for row in rows)
            lines += [
                f"| contender | {group.unit} | middle half | ratio | weights differ by |"
                + (" test accuracy |" if accuracy else ""),
                "| --- | --- | --- | --- | --- |" + (" --- |" if accuracy else ""),
            ]
            lines += [_table_row(row, rows[0], group, accuracy) for row in rows]
            lines += ["", *_faster(rows), ""]
    return lines


def _table_row(row, first, group, accuracy):
    if row.missing:
        return f"| {row.label} | missing: {row.missing} is not installed | | | |" + " |" * accuracy
    low, middle, high = np.percentile(row.seconds, [25, 50, 75]) / group.divisor
    difference = row.proof.get("difference")
    cells = [
        row.label,
        f"{middle:.3g}",
        f"{low:.3g} to {high:.3g}",
        f"{row.times(first):.2f}",
        "" if difference is None else f"{difference:.0e}",
    ]
    if accuracy:
        cells.append(f"{row.proof['accuracy']:.4f}" if "accuracy" in row.proof else "")
    return f"| {' | '.join(cells)} |"


def _faster(rows):
    faster = [row for row in rows[1:] if row.times(rows[0]) < 0.98]
    if not faster:
        return ["Nothing here is faster than this package."]
    lines = ["Faster than this package, and why:", ""]
    for row in faster:
        reason = f": {row.why}" if row.why else ""
        lines.append(f"- {row.label}, {rows[0].times(row):.2f} times{reason}.")
    return lines


# (group, other, how many times faster the package is to be): mostly matrix products.
MANY_PRODUCTS = (
    ("digits", "scikit-learn", 3),
    ("digits", "PyTorch eager", 3),
    ("fashion", "PyTorch eager", 1.3),
    ("fashion", "scikit-learn", 1.8),
)


def _row(measured, group, label):
    return next(row for row in measured[group][1][1] if row.label == label)


def targets(measured, waiting):
    """Return (work, target, reached, whether it holds) for each target; None: not measured."""
    row = partial(_row, measured)

    def compare(work, target, ratio, limit, at_least):
        if np.isnan(ratio):
            return work, target, "not measured", None
        return work, target, f"{ratio:.2f}", bool(ratio >= limit if at_least else ratio <= limit)

    source = [
        ("NumPy tuned by hand for this network", "this package", 1.6, False),
        ("NumPy tuned by hand for this network", "this package, with biases", 1.9, False),
        ("PyTorch eager", "this package", 15, True),
        ("PyTorch eager, with biases", "this package, with biases", 15, True),
        ("scikit-learn, with biases, linear output", "this package, with biases", 4, True),
        ("the source's loop, printing to nowhere", "this package", 15, True),
    ]
    lines = []
    for other, ours, limit, at_least in source:
        ratio = row("source", other).times(row("source", ours))
        words = f"at least {limit} times faster than {other}"
        if not at_least:
            ratio = row("source", ours).times(row("source", other))
            words = f"at most {limit} times {other}"
        lines.append(compare(f"the source's network: {ours}", words, ratio, limit, at_least))
    each = row("ensemble", "this package, one call").median / measured["ensemble"][0].divisor
    work = "256 random starts in one call"
    lines.append((work, "at most 1 µs per network and step", f"{each:.2f}", each <= 1))
    for group, other, limit in MANY_PRODUCTS:
        ratio = row(group, other).times(row(group, "this package"))
        words = f"at least {limit} times faster than {other}"
        lines.append(compare(f"{group}, one BLAS thread", words, ratio, limit, True))
    share = row("fashion", "matrix products only").times(row("fashion", "this package"))
    words = "at least 0.65 of the rate of NumPy's own matrix products"
    lines.append(compare("fashion, one BLAS thread", words, share, 0.65, True))
    for series in waiting["growth"]:
        work, growth = f"growth with {series['name']}", steepest(series)
        words = "time at most linear: 1 or less, 1.1 with noise"
        lines.append(compare(work, words, growth, 1.1, False))
        if series["name"] == "samples":
            sizes, peaks = series["sizes"], series["bytes"]
            each = (peaks[-1] - peaks[0]) / (sizes[-1] - sizes[0])
            words = "no copy of the data: less than its 512 bytes a sample"
            lines.append(("memory for further samples", words, f"{each:.0f}", each < 512))
    ours, numpy = (waiting["imports"][module] for module in ("nn_tutorial", "numpy"))
    ratio = float(np.median(np.divide(ours, numpy)))
    words = "at most 1.3 times `import numpy`"
    lines.append(compare("`import nn_tutorial`", words, ratio, 1.3, False))
    slowest = max(slow for _, slow in waiting["redraws"].values())
    work = "a moved control of an Explore cell"
    lines.append((work, "19 of 20 new pictures in 0.1 s", f"{slowest:.3f} s", slowest < 0.1))
    browser = waiting["browser"]
    reached = browser if isinstance(browser, str) else f"{browser['seconds']:.3f} s"
    holds = None if isinstance(browser, str) else browser["seconds"] < 0.2
    work = "1,000 steps of the source's network in the browser"
    lines.append((work, "under 0.2 s", reached, holds))
    return lines


def steepest(series):
    """Return the slope of log time over log size between the two largest sizes: 1 is linear."""
    sizes = series["weights"] if series["name"] in ("width", "depth") else series["sizes"]
    seconds = series["seconds"]
    return float(np.log(seconds[-1] / seconds[-2]) / np.log(sizes[-1] / sizes[-2]))


def verdicts(measured, waiting):
    """Return the lines of the table of targets."""
    words = {True: "yes", False: "**no**", None: "–"}
    lines = ["## Targets", "", "| work | target | reached | holds |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {work} | {target} | {reached} | {words[holds]} |"
        for work, target, reached, holds in targets(measured, waiting)
    ]
    return [*lines, *_out_of_reach(measured), ""]


def _out_of_reach(measured):
    """Return a line for each target that not even NumPy's matrix products alone would reach."""
    lines = []
    for group, other, limit in MANY_PRODUCTS:
        products = _row(measured, group, "matrix products only")
        ratio = _row(measured, group, other).times(products)
        if ratio < limit:
            lines += [
                "",
                f"{group}, {limit} times faster than {other}: here NumPy's matrix products alone, "
                f"which learn nothing, are {ratio:.2f} times faster. No network that computes with "
                "them can be faster than they are.",
            ]
    return lines


def growth_table(growth):
    """Return the lines of the table of growth."""
    lines = [
        "## Growth",
        "",
        "![How time grows with samples, epochs, width, depth and the number of networks, beside a "
        "straight line for linear growth.](performance-growth.png)",
        "",
        "64-64-10 with softmax, 4,000 samples in batches of 100, one epoch, one BLAS thread; each "
        "row changes one of these. The ensemble is 2-3-1, three students, 50 steps. The memory is "
        "all that `train` allocates beyond the data and the network, at its peak: the buffers of "
        "one batch (at least of 256 samples, for measuring), the parameters and their gradients, "
        "and eight bytes a sample for the order.",
        "",
        "| what | sizes | seconds | peak memory |",
        "| --- | --- | --- | --- |",
    ]
    for series in growth:
        cells = (
            series["name"],
            ", ".join(f"{size:,}" for size in series["sizes"]),
            ", ".join(f"{seconds:.3g}" for seconds in series["seconds"]),
            ", ".join(f"{peak / 1e6:.2g} MB" for peak in series["bytes"]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def waiting_tables(waiting):
    """Return the lines about what a reader waits for."""
    lines = ["## Waiting", "", "| import | seconds |", "| --- | --- |"]
    lines += [
        f"| `import {name}` | {np.median(seconds):.3f} |"
        for name, seconds in waiting["imports"].items()
    ]
    times = waiting["notebooks"]
    slow = sorted(times, key=lambda name: -times[name][1])[:5]
    lines += [
        "",
        f"The slowest five notebooks: {', '.join(slow)}. Start-up is the time until the kernel has "
        "run the first cell, with its imports.",
        "",
        "| notebook | start-up, s | to the end, s |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {name} | {start:.1f} | {end:.1f} |" for name, (start, end) in times.items()]
    lines += ["", f"All tests take {waiting['tests']:.0f} s (`pytest --durations=20` says which)."]
    redraws = waiting["redraws"]
    lines += [
        "",
        "From a moved control of an Explore cell to its new picture, in the kernel:",
        "",
        "| notebook | median, ms | 19 of 20 below, ms |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {name} | {1e3 * a:.0f} | {1e3 * b:.0f} |" for name, (a, b) in redraws.items()]
    parts = waiting["first cell"]
    lines += [
        "",
        "From the README's first command to the first cell, in a new copy of the project, with uv "
        f"installed and the packages already downloaded: {sum(parts.values()):.0f} s ("
        + ", ".join(f"{part} {seconds:.1f} s" for part, seconds in parts.items())
        + ").",
    ]
    browser = waiting["browser"]
    if isinstance(browser, str):
        lines += ["", f"In the browser nothing was measured: {browser}."]
    else:
        lines += [
            "",
            f"In the browser (Chromium {browser['Chromium']}, NumPy {browser['numpy']} in Pyodide) "
            f"1,000 steps of the source's network take {browser['seconds']:.3f} s.",
        ]
    return [*lines, ""]


def machine(measured):
    """Return the line that says where and when this was measured."""
    versions = {"Python": platform.python_version(), "matplotlib": version("matplotlib")}
    for _, found in measured.values():
        for rows in found.values():
            for row in rows:
                versions |= row.proof.get("versions", {})
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"**Where and when.** {_processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"{named}; {datetime.date.today().isoformat()}. Side by side, one BLAS thread unless said "
        "otherwise.\n"
    )


def _processor():
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return platform.processor() or platform.machine()


@style.styled
def ratios_picture(measured):
    """Draw each contender's time as a multiple of this package's, a panel a group."""
    sizes = [len(found[1]) for _, found in measured.values()]
    fig = style.new_figure(8.0, 0.3 * sum(sizes) + 2.6)
    axes = fig.subplots(len(measured), 1, height_ratios=sizes, sharex=True)
    for ax, (group, found) in zip(axes, measured.values(), strict=True):
        rows = [row for row in found[1] if not row.missing]
        ratios = [row.times(rows[0]) for row in rows]
        ours = ["this package" in row.label for row in rows]
        places = np.arange(len(rows))
        ax.axvline(1, color=style.INK, linewidth=0.8)
        for place, ratio, own in zip(places, ratios, ours, strict=True):
            colour, marker = (style.VERMILLION, "s") if own else (style.BLUE, "o")
            ax.plot([1, ratio], [place, place], "-", color=colour, linewidth=1.5)
            ax.plot(ratio, place, marker, color=colour)
            ax.annotate(
                f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}", (ratio, place),
                xytext=(7 if ratio >= 1 else -7, 0), textcoords="offset points", va="center",
                ha="left" if ratio >= 1 else "right", fontsize=9, path_effects=HALO,
            )  # fmt: skip
        ax.set_xscale("log")
        ax.set(ylim=(len(rows) - 0.5, -0.5), xlim=(0.03, 80))
        ax.set_yticks(places, [row.label for row in rows])
        ax.set_title(group.title.split(",")[0], loc="left", fontsize=10)
        ax.grid(visible=False, axis="y")
    ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]
    axes[-1].set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes[-1].minorticks_off()
    axes[-1].set_xlabel("time, as a multiple of this package's (further left is faster)")
    return fig


@style.styled
def growth_picture(growth):
    """Draw time against size, both relative to the smallest, beside linear growth."""
    fig = style.new_figure(6.0, 4.2)
    ax = fig.add_subplot()
    largest = max(series["weights"][-1] / series["weights"][0] for series in growth)
    ax.plot([1, largest], [1, largest], color=style.GREY, linewidth=1)
    ax.annotate(
        "linear", (largest, largest), xytext=(-6, -2), textcoords="offset points", ha="right"
    )
    for series, colour, line, marker in zip(
        growth, style.COLOURS, style.LINE_STYLES, style.MARKERS, strict=True
    ):
        name = series["name"]
        sizes = np.array(series["weights"] if name in ("width", "depth") else series["sizes"])
        seconds = np.array(series["seconds"])
        label = f"weights, by {name}" if name in ("width", "depth") else name
        label = "networks of an ensemble" if name == "ensemble" else label
        ax.plot(
            sizes / sizes[0], seconds / seconds[0], color=colour, linestyle=line, marker=marker,
            label=label,
        )  # fmt: skip
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set(xlabel="size, relative to the smallest", ylabel="time, relative to the smallest's")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.legend()
    return fig


def write(measured, waiting):
    """Write docs/performance.md and its two pictures."""
    (DOCS / "performance-ratios.png").write_bytes(to_png(ratios_picture(measured)))
    (DOCS / "performance-growth.png").write_bytes(to_png(growth_picture(waiting["growth"])))
    lines = [
        INTRODUCTION,
        machine(measured),
        *verdicts(measured, waiting),
        "## Side by side",
        "",
        "![The time of each contender as a multiple of this package's, on a logarithmic axis; the "
        "tables below hold the numbers.](performance-ratios.png)",
        "",
        *group_tables(measured),
        *growth_table(waiting["growth"]),
        *waiting_tables(waiting),
    ]
    text = "\n".join(lines).replace("\n\n\n", "\n\n")
    (DOCS / "performance.md").write_text(text.rstrip("\n") + "\n", encoding="utf-8")
