"""Draw the picture that moves in the README, and print its words.

uv run python tools/readme_picture.py        (writes docs/training.png)
"""

from pathlib import Path

import numpy as np

from nn_tutorial import MaxScaler, Network, exam_scores, train
from nn_tutorial.data import recovered_start
from nn_tutorial.plots import network_diagram
from nn_tutorial.plots.kit.png import to_animated_png

TARGET = Path(__file__).resolve().parent.parent / "docs" / "training.png"
STEPS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 60, 100, 200, 500, 1000)
MILLISECONDS, LAST = 450, 4000
WORDS = (
    "The network while it learns: for the first student, who studied 2 hours and slept 9, it says "
    "{first:.1f} points at the start and {last:.1f} after {steps:,} steps; the student got 92. The "
    "nine lines, one for each weight, become thicker, thinner or dashed as it goes."
)


def learning():
    """Yield (step, network, what it says in points) for each of the picture's steps."""
    scores = exam_scores()
    X, y = MaxScaler().fit_transform(scores.X), scores.y / 100
    net, done = Network.from_weights(recovered_start()), 0
    for step in STEPS:
        if step > done:
            train(net, X, y, epochs=step - done, learning_rate=1.5)
        done = step
        yield step, net, 100 * net.predict(X)[0, 0]


def _counted(step: int) -> str:
    return "After 1 step" if step == 1 else f"After {step:,} steps"


def words() -> str:
    """Return the picture's alternative text."""
    said = [points for _, _, points in learning()]
    return WORDS.format(first=said[0], last=said[-1], steps=STEPS[-1])


def picture() -> bytes:
    """Return an animated PNG: the first student's forward pass, at more and more steps."""
    x = MaxScaler().fit_transform(exam_scores().X)[0]
    frames = []
    for step, net, points in learning():
        W1, W2 = net.weights
        hidden = 1 / (1 + np.exp(-x @ W1))
        frames.append(
            network_diagram(
                [W1, W2],
                values=[x, hidden, net.predict(x[np.newaxis])[0]],
                input_names=["hours studied", "hours slept"],
                output_names=["score"],
                title=f"{_counted(step)}: it says {points:.1f} points, and 92 were scored",
                thickest=3.0,
            )
        )
    return to_animated_png(frames, [MILLISECONDS] * (len(frames) - 1) + [LAST])


if __name__ == "__main__":
    TARGET.write_bytes(picture())
    print(words())
