"""Tables that are not the series' own: scaled, trained on, saved, and drawn in all that fits."""

import itertools
import re

import numpy as np
import pytest
from drawn import has_line, words
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine

from nn_tutorial import MaxScaler, Network, plots, train


def dealt(n):
    """Return the indices of two thirds of the samples to train on, and of the others."""
    order = np.random.default_rng(0).permutation(n)
    return order[n // 3 :], order[: n // 3]


def taken_back(net, folder, X):
    """Save and load a network, and assert that it says the same."""
    net.save(folder / "net.npz")
    loaded = Network.load(folder / "net.npz")
    np.testing.assert_array_equal(loaded.predict(X), net.predict(X))
    return loaded


def counted(truth, said, n):
    counts = np.zeros((n, n), dtype=int)
    np.add.at(counts, (np.asarray(truth), said), 1)
    return counts


def assert_history_is_drawn(history):
    assert np.all(np.isfinite(history.loss))
    steps = np.arange(len(history.loss))
    curves = plots.loss_curves(history.loss, baseline=history.loss[0])
    assert has_line(curves.axes[0], steps, history.loss)
    both = plots.train_validation(history.loss, history.validation_loss, history.best_epoch)
    assert has_line(both.axes[0], steps, history.validation_loss)
    assert f"best validation: step {history.best_epoch:,}" in words(both)


def assert_named(fig, names):
    """Assert that each name is written, whatever lines it is broken into."""
    shown = {re.sub(r"\s", "", text) for text in words(fig)}
    assert {re.sub(r"\s", "", str(name)) for name in names} <= shown


def plane(net, columns, around, n=21):
    """Return two columns' ranges and the first output over them; the others stay at their mean."""
    first, second = (np.linspace(around[:, k].min(), around[:, k].max(), n) for k in columns)
    samples = np.tile(around.mean(axis=0), (n * n, 1))
    samples[:, columns] = np.stack(np.meshgrid(first, second), axis=-1).reshape(-1, 2)
    return first, second, net.predict(samples)[:, 0].reshape(n, n)


def test_iris_as_tables_of_pandas(tmp_path):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed; .ci/run installs it")
    iris = load_iris()
    table = pandas.DataFrame(iris.data, columns=iris.feature_names)
    labels, names = pandas.Series(iris.target), pandas.Index(iris.target_names)
    rows, others = dealt(len(table))
    scaler = MaxScaler().fit(table.iloc[rows])
    X, X_other = scaler.transform(table.iloc[rows]), scaler.transform(table.iloc[others])
    net = Network([4, 5, 3], rng=np.random.default_rng(0), output="softmax")
    history = train(
        net, X, labels[rows], epochs=400, learning_rate=1.0,
        validation=(X_other, labels[others]),
    )  # fmt: skip
    net = taken_back(net, tmp_path, X_other)
    said = net.predict(X_other).argmax(axis=1)
    rival = np.bincount(labels[others]).max() / len(others)
    assert np.mean(said == labels[others]) > rival + 0.4

    assert_history_is_drawn(history)
    several = plots.loss_curves(
        pandas.DataFrame({"training": history.loss, "half": history.loss / 2})
    )
    assert {"training", "half"} <= set(words(several))
    counts = pandas.crosstab(labels[others], said)
    matrix = plots.confusion_matrix(counts, names)
    assert_named(matrix, names)
    assert {str(count) for count in np.diag(counts)} <= set(words(matrix))
    diagram = plots.network_diagram(
        net.weights, [X_other[0], None, net.predict(X_other[:1])], None, table.columns, names
    )
    assert_named(diagram, [*table.columns, *names])
    first, second, outputs = plane(net, [2, 3], X)
    boundary = plots.decision_boundary(
        first, second, outputs, X[:, 2:], names[labels[rows]], table.columns[2:]
    )
    assert sum(len(line.get_xdata()) for line in boundary.axes[0].lines) == len(rows)
    assert {text.get_text() for text in boundary.legends[0].get_texts()} == set(names)
    assert_named(boundary, table.columns[2:])


def test_wine_as_integers(tmp_path):
    wine = load_wine()
    table = np.round(100 * wine.data).astype(np.int32)
    labels = wine.target.astype(np.uint8)
    rows, others = dealt(len(table))
    scaler = MaxScaler().fit(table[rows])
    X, X_other = scaler.transform(table[rows]), scaler.transform(table[others])
    net = Network([13, 6, 3], rng=np.random.default_rng(0), output="softmax")
    history = train(
        net, X, labels[rows], epochs=300, learning_rate=1.0, validation=(X_other, labels[others])
    )
    net = taken_back(net, tmp_path, X_other)
    said = net.predict(X_other).argmax(axis=1)
    rival = np.bincount(labels[others]).max() / len(others)
    assert np.mean(said == labels[others]) > rival + 0.4

    assert_history_is_drawn(history)
    assert_named(
        plots.confusion_matrix(counted(labels[others], said, 3), wine.target_names),
        wine.target_names,
    )
    diagram = plots.network_diagram(net.weights, None, None, wine.feature_names, wine.target_names)
    assert_named(diagram, [*wine.feature_names, *wine.target_names])
    layers = [X, *(np.tanh(X @ W) for W in net.weights[:1])]
    histograms = plots.activation_histograms(layers, np.array(["inputs", "sums, bent"]))
    assert_named(histograms, ["inputs", "sums, bent"])


def test_breast_cancer_read_only_in_fortran_order_and_with_a_column_of_zeros(tmp_path):
    cancer = load_breast_cancer()
    table = np.asfortranarray(np.column_stack([cancer.data, np.zeros(len(cancer.data))]))
    table.flags.writeable = False
    with pytest.raises(ValueError, match=r"column 30 of X .* np\.delete\(X, \[30\], axis=1\)"):
        MaxScaler().fit(table)
    table = np.delete(table, [30], axis=1)
    target = cancer.target[:, np.newaxis]
    target.flags.writeable = False
    rows, others = dealt(len(table))
    scaler = MaxScaler().fit(table[rows])
    X = np.asfortranarray(scaler.transform(table[rows]))
    X.flags.writeable = False
    X_other = scaler.transform(table[others])
    net = Network([30, 4, 1], rng=np.random.default_rng(0))
    history = train(
        net, X, target[rows], epochs=400, learning_rate=4.0, validation=(X_other, target[others])
    )
    net = taken_back(net, tmp_path, X_other)
    said = (net.predict(X_other)[:, 0] > 0.5).astype(int)
    truth = cancer.target[others]
    assert np.mean(said == truth) > max(truth.mean(), 1 - truth.mean()) + 0.15

    assert_history_is_drawn(history)
    assert_named(
        plots.confusion_matrix(counted(truth, said, 2), cancer.target_names), cancer.target_names
    )
    diagram = plots.network_diagram(net.weights, None, None, cancer.feature_names, ["benign"])
    assert_named(diagram, [*cancer.feature_names, "benign"])
    first, second, outputs = plane(net, [0, 1], X)
    boundary = plots.decision_boundary(
        first, second, outputs, X[:, :2], target[rows] == 1, cancer.feature_names[:2]
    )
    drawn = [len(line.get_xdata()) for line in boundary.axes[0].lines]
    assert drawn == [int(np.sum(target[rows] == k)) for k in (0, 1)]
    # Thirty weights as six rows of five.
    pictures = plots.weight_images(net.weights[0], (6, 5)).axes[0].images
    np.testing.assert_array_equal(pictures[3].get_array(), net.weights[0][:, 3].reshape(6, 5))


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble])
def test_diabetes_in_small_and_in_long_floats(dtype, tmp_path):
    diabetes = load_diabetes(scaled=False)
    table = diabetes.data.astype(dtype)
    negative = table.copy()
    negative[:, 3] *= -1
    with pytest.raises(ValueError, match=r"column 3 of X has the maximum -.*turn its order round"):
        MaxScaler().fit(negative)
    rows, others = dealt(len(table))
    scaler = MaxScaler().fit(table[rows])
    X, X_other = scaler.transform(table[rows]), scaler.transform(table[others])
    y = (diabetes.target / 400).astype(dtype)[:, np.newaxis]
    net = Network([10, 3, 1], rng=np.random.default_rng(0), output="identity")
    history = train(net, X, y[rows], epochs=500, learning_rate=0.5, validation=(X_other, y[others]))
    net = taken_back(net, tmp_path, X_other)
    rival = float(np.mean((y[others] - y[rows].mean()) ** 2))
    assert net.loss(X_other, y[others]) < 0.75 * rival

    assert_history_is_drawn(history)
    diagram = plots.network_diagram(
        [W.astype(dtype) for W in net.weights], None, None, diabetes.feature_names, ["progression"]
    )
    assert_named(diagram, [*diabetes.feature_names, "progression"])
    answers = 400 * net.predict(X_other).astype(dtype)
    histogram = plots.answers_histogram(answers, {"the mean": 400 * float(y[rows].mean())})
    assert sum(bar.get_height() for bar in histogram.axes[0].patches) == len(others)
    fits = plots.line_fits(X[:, 2].astype(dtype), y[rows], {"level": (0.0, float(y.mean()))})
    assert sum(len(line.get_xdata()) for line in fits.axes[0].lines) >= len(rows)


def test_rows_of_iris_as_pictures_of_four_pixels():
    iris = load_iris()
    images = (iris.data / iris.data.max()).astype(np.float16).reshape(-1, 2, 2)
    shown = plots.digit_grid(images[::10], iris.target_names[iris.target[::10]], columns=5)
    for image, given in zip(shown.axes[0].images, images[::10], strict=True):
        np.testing.assert_allclose(image.get_array(), given)
    found = [text for text in words(shown) if text in iris.target_names]
    assert [len(list(group)) for _, group in itertools.groupby(found)] == [5, 5, 5]
