"""The worksheet of one step of learning: its lines, empty, half filled or full, on two pages."""

import html
from dataclasses import dataclass

import numpy as np

from nn_tutorial.exercises import EXERCISES, personal
from nn_tutorial.exercises.chapters.chapter_06 import W1, W2, sheet, sigmoid
from teaching.page import table

STEP = "one-update"  # the exercise whose numbers are those of the whole sheet
CHAPTERS_STUDENT = {"studied": 2, "slept": 9, "score": 92, "learning_rate": 1.5}
FILLS = {
    "nothing": "every field is empty",
    "forward": "the forward pass is filled in",
    "neuron-1": "neuron 1 is filled in",
    "all": "everything is filled in: the key",
}
VERSIONS = {"nothing": "empty", "forward": "forward filled", "neuron-1": "neuron 1 filled",
            "all": "the key"}  # fmt: skip
DECIMALS = EXERCISES[STEP].carry
WORD = {6: "six"}[DECIMALS]
STYLE = """
section { break-after: page; }
section:last-child { break-after: auto; }
td, th { height: 9.2mm; padding: 0 1.5mm; }
td { width: 31mm; }
td.what { width: 50mm; font-size: 9.5pt; }
.back td, .back th { height: 7.4mm; padding: 0 1mm; line-height: 1.15; }
.back h2 { margin: 2.5mm 0 1mm; }
.back table { margin-bottom: 1.5mm; }
.copied td { width: 16%; }
.copied .value { font-size: 9pt; }
.line { border-bottom: 0.3mm solid #000; display: inline-block; min-width: 60mm; }
.given { font-size: 11pt; margin: 2mm 0; }
.value { font-family: "DejaVu Sans Mono", Consolas, monospace; }
.small { font-size: 9pt; margin: 1mm 0; }
"""


@dataclass(frozen=True)
class Line:
    """A line of the sheet: a name for spreadsheets, what it is, one value or three, its part."""

    key: str
    what: str
    values: tuple[float, ...]
    part: str


def lines(numbers: dict[str, float]) -> list[Line]:
    """Return every line of the worksheet, for hours, a score and a rate."""
    studied, slept, score, rate = (numbers[key] for key in CHAPTERS_STUDENT)
    s = sheet(studied, slept, score)
    new_W1, new_w2 = W1 - rate * s.dW1, W2 - rate * s.dw2
    new_a1 = sigmoid(s.x @ new_W1)
    new_a2 = sigmoid(new_a1 @ new_w2)
    made = [
        ("x studied", "studied ÷ 3", s.x[0], "given"),
        ("x slept", "slept ÷ 9", s.x[1], "given"),
        ("target", "score ÷ 100", s.y, "given"),
        ("studied x weight", "studied × weight", s.x[0] * W1[0], "forward"),
        ("slept x weight", "slept × weight", s.x[1] * W1[1], "forward"),
        ("z1", "sum z1", s.z1, "forward"),
        ("exp(-z1)", "e<sup>−z1</sup>", np.exp(-s.z1), "forward"),
        ("a1", "a1 = 1 ÷ (1 + e<sup>−z1</sup>)", s.a1, "forward"),
        ("a1 x output weight", "a1 × output weight", s.a1 * W2, "forward"),
        ("z2", "z2, sum of the last row", s.z2, "output"),
        ("exp(-z2)", "e<sup>−z2</sup>", np.exp(-s.z2), "output"),
        ("a2", "a2 = 1 ÷ (1 + e<sup>−z2</sup>)", s.a2, "output"),
        ("points", "points = 100 × a2", 100 * s.a2, "output"),
        ("error", "error = a2 − target", s.a2 - s.y, "error"),
        ("slope of the output", "slope = a2 × (1 − a2)", s.a2 * (1 - s.a2), "error"),
        ("dz2", "dz2 = 2 × error × slope", s.dz2, "error"),
        ("dw2", "dw2 = dz2 × a1", s.dw2, "backward"),
        ("da1", "da1 = dz2 × output weight", s.da1, "backward"),
        ("slope", "slope = a1 × (1 − a1)", s.a1 * (1 - s.a1), "backward"),
        ("dz1", "dz1 = da1 × slope", s.dz1, "backward"),
        ("dW1 studied", "dW1, studied = dz1 × (studied ÷ 3)", s.dW1[0], "backward"),
        ("dW1 slept", "dW1, slept = dz1 × (slept ÷ 9)", s.dW1[1], "backward"),
        ("new w2", "output weight − rate × dw2", new_w2, "update"),
        ("new W1 studied", "from studied − rate × dW1", new_W1[0], "update"),
        ("new W1 slept", "from slept − rate × dW1", new_W1[1], "update"),
        ("new z1", "new sum z1", s.x @ new_W1, "after"),
        ("new a1", "new a1", new_a1, "after"),
        ("new z2", "new z2", new_a1 @ new_w2, "result"),
        ("new points", "new points", 100 * new_a2, "result"),
    ]
    return [Line(key, what, tuple(np.ravel(value)), part) for key, what, value, part in made]


def shown(value: float) -> str:
    """Return a number as on the sheet, with six decimals."""
    return f"{value:.{DECIMALS}f}".replace("-", "−")


def numbers_of(student: str) -> dict[str, float]:
    """Return the hours, the score and the rate that this name picks."""
    return personal(STEP, student)


def front_and_back(numbers: dict[str, float] | None, name: str = "", fill: str = "nothing") -> str:
    """Return two pages of a worksheet; without numbers, these are left open, too."""
    made = lines(numbers or CHAPTERS_STUDENT)

    def part(*names):
        return _rows([line for line in made if line.part in names], fill)

    version = f"This sheet: <strong>{VERSIONS[fill]}</strong>. "
    heads = ["", "neuron 1", "neuron 2", "neuron 3"]
    parts = [
        _title("front: forward and error", name),
        f'<p class="given">{_given(numbers)}</p>',
        f'<p class="small">{version}Carry {WORD} decimals on the way, and round only what you hand '
        "in.</p>",
        _weights(),
        table([], part("given")),
        "<h2>Forward</h2>",
        table(heads, part("forward")),
        "<h2>Output and error</h2>",
        table([], part("output", "error")),
    ]
    back = [
        _title("back: backward and update", name),
        f'<p class="given">{_given(numbers)}</p>',
        f'<p class="small">{version}Carry {WORD} decimals on the way.</p>',
        _weights(),
        "<h2>Copied from the front</h2>",
        f'<div class="copied">{_copied(made, fill)}</div>',
        "<h2>Backward</h2>",
        table(heads, part("backward")),
        "<h2>Update, with your rate</h2>",
        table(heads, part("update")),
        "<h2>Forward once more, with the new weights</h2>",
        table(heads, part("after")),
        table([], part("result")),
        '<p class="small">In chapter 06, exercise 2 asks for dz2 and dw2, exercise 3 for dz1 and '
        "both rows of dW1, exercise 4 for the new points. In chapter 02, exercise 3 asks for the "
        "points on the front.</p>",
    ]
    sides = (("front", parts), ("back", back))
    return "".join(
        f'<section class="{side}">\n{"".join(page)}\n</section>\n' for side, page in sides
    )


def _title(side, name):
    written = html.escape(name) if name else '<span class="line"></span>'
    exactly = " <small>(write it exactly so in the notebook)</small>" if name else ""
    return (
        f"<h1>One step of learning, {side}</h1>\n<p>Name: <strong>{written}</strong>{exactly}</p>"
    )


def _given(numbers):
    words = {"studied": "hours studied", "slept": "hours slept", "score": "points",
             "learning_rate": "rate"}  # fmt: skip
    return " &nbsp; ".join(
        f"{word}: <strong>{numbers[key]:g}</strong>" if numbers else f"{word}: ________"
        for key, word in words.items()
    )


def _copied(made, fill):
    """Return the boxes for what the back needs of the front."""
    of = {line.key: line for line in made}
    (a1,) = _rows([Line("a1", "a1", of["a1"].values, "output")], fill)
    single = [
        Line("x studied", "studied ÷ 3", of["x studied"].values, "given"),
        Line("x slept", "slept ÷ 9", of["x slept"].values, "given"),
        Line("dz2", "dz2", of["dz2"].values, "error"),
    ]
    fields = [_rows([line], fill)[0] for line in single]
    heads = [f"a1, neuron {count}" for count in (1, 2, 3)] + [what for (what, _), _ in fields]
    return table(heads, [[*a1[1:], *(value for _, value in fields)]])


def _weights():
    rows = [("from studied", W1[0]), ("from slept", W1[1]), ("to the output", W2)]
    return table(
        ["weights", "neuron 1", "neuron 2", "neuron 3"],
        [[(what, "what"), *(f"{w:g}" for w in weights)] for what, weights in rows],
    )


def _rows(lines_, fill):
    rows = []
    for line in lines_:
        filled = [
            fill == "all"
            or (fill == "forward" and line.part in ("given", "forward", "output", "error"))
            or (fill == "neuron-1" and (place == 0 and len(line.values) == 3))
            for place in range(len(line.values))
        ]
        fields = [
            f'<span class="value">{shown(value)}</span>' if here else ""
            for value, here in zip(line.values, filled, strict=True)
        ]
        rows.append([(line.what, "what"), *fields])
    return rows
