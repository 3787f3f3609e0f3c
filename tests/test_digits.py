"""XOR and the handwritten digits: the data, the split, and scikit-learn side by side."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.neural_network import MLPClassifier

from nn_tutorial import Network, digits, train, xor


@pytest.fixture(scope="module")
def data():
    return digits()


def trained_network(data, seed):
    rng = np.random.default_rng(seed)
    net = Network([64, 32, 10], rng=rng, output="softmax")
    train(net, data.X_train, data.y_train, 100, 1.0, batch_size=32, rng=rng)
    return net


def accuracy(net, X, labels):
    return np.mean(net.predict(X).argmax(axis=1) == labels)


def test_xor_is_one_where_the_inputs_differ():
    X, y = xor()
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == [[0], [1], [1], [0]]


def test_the_digits_are_those_of_scikit_learn_in_file_order(data):
    theirs = load_digits()
    assert np.array_equal(data.images * 16, theirs.images)
    assert np.array_equal(data.labels, theirs.target)
    assert (data.images.min(), data.images.max()) == (0, 1)


def test_the_split_is_60_20_20_and_stratified(data):
    sizes = {"train": 1077, "validation": 360, "test": 360}
    shares = np.bincount(data.labels) / 1797
    for part, size in sizes.items():
        X, y = getattr(data, f"X_{part}"), getattr(data, f"y_{part}")
        assert X.shape == (size, 64)
        assert X.dtype == np.float64
        assert y.dtype == np.intp  # what bincount takes, also in the browser, where it is int32
        assert np.abs(np.bincount(y) - size * shares).max() < 1.5  # images of each digit


def test_each_image_is_in_exactly_one_part(data):
    parts = [data.X_train, data.X_validation, data.X_test]
    together = np.concatenate(parts)
    everything = data.images.reshape(-1, 64)
    assert sorted(map(bytes, together)) == sorted(map(bytes, everything))


def test_the_split_is_the_same_for_ever(data):
    """The sums of ink were taken once; another split would give others."""
    sums = [float(16 * X.sum()) for X in (data.X_train, data.X_validation, data.X_test)]
    assert sums == [336539.0, 112895.0, 112284.0]


def test_the_network_of_chapter_14_reads_96_of_100_test_images(data):
    assert accuracy(trained_network(data, 0), data.X_test, data.y_test) >= 0.96


def test_scikit_learns_network_of_the_same_size_is_as_good(data):
    theirs = MLPClassifier(
        (32,), activation="logistic", solver="sgd", learning_rate_init=1.0, momentum=0, alpha=0,
        batch_size=32, max_iter=100, tol=0, n_iter_no_change=1000, random_state=0,
    )  # fmt: skip
    with np.errstate(all="ignore"), pytest.warns(UserWarning, match="Maximum iterations"):
        theirs.fit(data.X_train, data.y_train)
    ours = accuracy(trained_network(data, 0), data.X_test, data.y_test)
    assert abs(ours - theirs.score(data.X_test, data.y_test)) < 0.02


@pytest.mark.filterwarnings("ignore:self.within_class_std_dev_")  # pixels that are always white
@pytest.mark.parametrize(
    ("rival", "says"),
    [
        (NearestCentroid(), 0.886),
        (KNeighborsClassifier(n_neighbors=1), 0.989),
        (LogisticRegression(C=1, max_iter=5000), 0.956),
    ],
    ids=lambda value: type(value).__name__,
)
def test_scikit_learns_rivals_get_what_the_chapter_says(data, rival, says):
    score = rival.fit(data.X_train, data.y_train).score(data.X_test, data.y_test)
    assert abs(score - says) < 0.01  # ours and theirs train logistic regression differently
