"""Explore networks of any size, their starts, and digits: chapters 11 to 14."""

from collections.abc import Callable
from functools import cache

import numpy as np

from nn_tutorial.activations import relu, sigmoid, tanh
from nn_tutorial.data import xor
from nn_tutorial.network import Network
from nn_tutorial.plots import decision_boundary, digit_with_probabilities, spread_through_layers
from nn_tutorial.plots.kit.numerals import plain, significant
from nn_tutorial.training import train

from .cell import Cell
from .controls import Pixels, choice, slider, steps

# Each wider by the root of 2, so that Glorot's and He's widths for 100 neurons are among them.
WIDTHS = (0.025, 0.035, 0.05, 0.071, 0.1, 0.141, 0.2, 0.283, 0.4, 0.566, 0.8, 1.0)


def xor_boundary(epochs: int = 3000, learning_rate: float = 5.0) -> Cell:
    """Choose a network for XOR and the seed of its start, and see whether it learns.

    Parameters
    ----------
    epochs : int, default 3000
        Steps of training, on all four samples.
    learning_rate : float, default 5.0
        For them.
    """
    X, y = xor()
    side = np.linspace(-0.5, 1.5, 41)
    square = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)

    def draw(n_hidden, activation, seed):
        net = Network([2, n_hidden, 1], rng=np.random.default_rng(seed), activation=activation)
        loss = train(net, X, y, epochs=epochs, learning_rate=learning_rate).loss[-1]
        outputs = net.predict(square).reshape(len(side), len(side))
        n_right = int(np.sum(net.predict(X).round() == y))
        words = (
            f"2-{n_hidden}-1 with {activation}, seed {seed}, after {epochs:,} steps: loss "
            f"{loss:.4f}, {n_right} of 4 answers right"
            f"{'.' if n_right == 4 else '; it has not learned XOR.'}"
        )
        return decision_boundary(side, side, outputs, X, y[:, 0].astype(int)), words

    controls = {
        "n_hidden": slider("hidden neurons", 3, 1, 8),
        "activation": choice("activation", ("sigmoid", "tanh", "relu"), "sigmoid"),
        "seed": slider("seed", 0, 0, 50),
    }
    return Cell(draw, controls)


def _short(value: float) -> str:
    """Write two digits of a positive number of any size."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 100 else significant(rounded, 2)


def start_width(n_samples: int = 1000, n_neurons: int = 100, n_layers: int = 10) -> Cell:
    """Choose how large the first weights are, and see what arrives behind many layers.

    Parameters
    ----------
    n_samples, n_neurons, n_layers : int
        So many samples go through so many layers of so many neurons.
    """
    rng = np.random.default_rng(0)
    samples = rng.normal(size=(n_samples, n_neurons))
    directions = rng.normal(size=(n_layers, n_neurons, n_neurons))
    glorot, he = np.sqrt(2 / (2 * n_neurons)), np.sqrt(2 / n_neurons)
    bends = {"tanh": tanh, "ReLU": relu, "sigmoid": sigmoid}

    @cache
    def spreads(bend, s):
        A, spread = samples, []  # (N, H)
        for W in directions:
            A = bends[bend](A @ (s * W))
            spread.append(np.sqrt(A.var(axis=0).mean()))  # from sample to sample
        return np.array(spread)  # (n_layers,)

    def draw(bend, s):
        lines = {f"{s:.3f}": s, "Glorot": glorot, "He": he}
        shown = {name: spreads(bend, width) for name, width in lines.items()}
        first, *_, last = shown[f"{s:.3f}"]
        words = (
            f"{bend}, weights of the width {s:g}: from sample to sample the activations spread "
            f"{_short(first)} in layer 1 and {_short(last)} in layer {n_layers}. "
            f"Glorot would take {glorot:.3f}, He {he:.3f}."
        )
        return spread_through_layers(shown, "spread from sample to sample", (1e-7, 1e4)), words

    controls = {
        "bend": choice("activation", bends, "ReLU"),
        "s": steps("width", WIDTHS, 0.05),
    }
    return Cell(draw, controls)


def _probability_words(probabilities: np.ndarray, label: int) -> str:
    said = int(np.argmax(probabilities))
    words = f"the network says {said}, with probability {probabilities[said]:.2f}"
    if said == label:
        return f"{words}, and is right"
    return f"{words}, and is wrong; the {label} gets {probabilities[label]:.2f}"


def one_image(
    images: np.ndarray, labels: np.ndarray, probabilities: np.ndarray, image: int = 0
) -> Cell:
    """Follow one image through training, and see what it is taken for after each epoch.

    Parameters
    ----------
    images : ndarray of float, shape (n_images, 64)
        0 for white to 1 for black.
    labels : ndarray of int, shape (n_images,)
        The true digits.
    probabilities : ndarray of float, shape (n_epochs + 1, n_images, 10)
        What the network says before training and after each epoch (no unit).
    image : int, default 0
        The image at the start.
    """

    def draw(image, epoch):
        p, label = probabilities[epoch, image], int(labels[image])
        loss = f"{abs(np.log(p[label])):.3f}" if p[label] > 0 else "infinite"
        words = (
            f"Image {image} (label {label}), epoch {epoch}: {_probability_words(p, label)}. "
            f"The loss is {loss}."
        )
        return digit_with_probabilities(images[image], p, label), words

    controls = {
        "image": slider("image", image, 0, len(images) - 1),
        "epoch": slider("epochs of training", 0, 0, len(probabilities) - 1, plays=True),
    }
    return Cell(draw, controls)


def flipped_pixels(
    predict: Callable[[np.ndarray], np.ndarray], images: np.ndarray, labels: np.ndarray
) -> Cell:
    """Flip pixels of a test image, and see what it is taken for.

    Parameters
    ----------
    predict : callable
        Takes images, shape (n, 64), returns probabilities, shape (n, 10).
    images : ndarray of float, shape (n_images, 64)
        0 for white to 1 for black. They stay as they are.
    labels : ndarray of int, shape (n_images,)
        The true digits.
    """

    def draw(image, flipped):
        label, flipped = int(labels[image]), np.array(flipped)
        shown = np.where(flipped, 1 - images[image], images[image])
        p = predict(shown[np.newaxis])[0]
        words = (
            f"Test image {image} (label {label}), {flipped.sum():.0f} of 64 pixels flipped: "
            f"{_probability_words(p, label)}."
        )
        return digit_with_probabilities(shown, p, label), words

    which = slider("test image", 0, 0, len(images) - 1)
    flipped = Pixels("pixels, each a switch", "put back", under=images[0])
    which.watch(lambda: flipped.lay_over(images[which.value]))
    return Cell(draw, {"image": which, "flipped": flipped})


def pushed(pixels: np.ndarray, right: int, down: int) -> np.ndarray:
    """Return an image, shape (64,), pushed by whole pixels; what is pushed out is lost."""
    image = np.zeros((8, 8))
    kept = np.reshape(pixels, (8, 8))[max(-down, 0) : 8 - max(down, 0)]
    kept = kept[:, max(-right, 0) : 8 - max(right, 0)]
    rows, columns = kept.shape
    image[max(down, 0) :, max(right, 0) :][:rows, :columns] = kept
    return image.ravel()


def own_digit(predict: Callable[[np.ndarray], np.ndarray], painted: np.ndarray) -> Cell:
    """Paint a digit, push it about, and see what it is taken for.

    Parameters
    ----------
    predict : callable
        Takes images, shape (n, 64), returns probabilities, shape (n, 10).
    painted : ndarray of float, shape (64,) or (8, 8)
        The digit at the start: 0 for white, 1 for black.
    """

    def draw(pixels, right, down):
        image = pushed(np.array(pixels), right, down)
        p = predict(image[np.newaxis])[0]
        first, second = np.argsort(-p, kind="stable")[:2]
        words = (
            f"{np.count_nonzero(pixels)} black pixels, pushed {plain(right, 0)} to the right and "
            f"{plain(down, 0)} down: the network says {first}, with probability {p[first]:.2f}. "
            f"Next comes {second}, with {p[second]:.2f}."
        )
        return digit_with_probabilities(image, p), words

    controls = {
        "pixels": Pixels("your digit", "erase", np.ravel(painted)),
        "right": slider("push to the right", 0, -2, 2, unit="px"),
        "down": slider("push down", 0, -2, 2, unit="px"),
    }
    return Cell(draw, controls)
