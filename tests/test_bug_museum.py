"""The tools that chapter 15 names find each exhibit, and pass the correct version."""

import numpy as np
import pytest
from notebook_functions import functions_of

from nn_tutorial import MaxScaler, Network, exam_scores
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import made_up_weights, recovered_start

MUSEUM = functions_of("15_find_the_bugs")
EXHIBITS = [f"exhibit_{number}" for number in range(1, 11)]
# What the chapter says: the loss after 1,000 steps, and whether the tool finds the bug.
SAYS = {  # loss, one step by hand, baseline
    "exhibit_1": (0.000122, False, False),
    "exhibit_2": (0.000148, True, False),
    "exhibit_3": (0.000189, True, False),
    "exhibit_4": (0.000248, True, False),
    "exhibit_5": (0.000316, True, False),
    "exhibit_6": (0.0005996, True, True),
    "exhibit_7": (0.000662, True, True),
    "exhibit_8": (0.1527, True, True),
    "exhibit_9": (0.792, True, True),
    "exhibit_10": (0.000065, True, False),
}


@pytest.fixture
def students():
    scores = exam_scores()
    return MaxScaler().fit_transform(scores.X), scores.y / 100


def trained(step, X, y, n_steps=1000):
    W1, W2 = recovered_start()
    for _ in range(n_steps):
        W1, W2 = step(X, y, W1, W2, 1.5)
    return Network.from_weights([W1, W2])


def points_after_one_step(step, X, y):
    W1, W2 = step(X[:1], y[:1], *made_up_weights(), 1.5)
    return 100 * Network.from_weights([W1, W2]).predict(X[:1])[0, 0]


def test_the_museum_has_ten_exhibits():
    assert [name for name in MUSEUM if name.startswith("exhibit_")] == EXHIBITS == list(SAYS)


def test_the_correct_version_passes_every_tool(students):
    X, y = students
    correct = MUSEUM["correct"]
    assert max(MUSEUM["gradient_check"](correct, X, y, *recovered_start())) < 1e-8
    assert np.isclose(points_after_one_step(correct, X, y), 79.43, atol=0.005)
    assert trained(correct, X, y).loss(X, y) < 0.0002


@pytest.mark.parametrize("name", [*EXHIBITS, "missing_transpose"])
def test_the_gradient_check_finds_the_exhibit(students, name):
    assert max(MUSEUM["gradient_check"](MUSEUM[name], *students, *recovered_start())) > 0.1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", EXHIBITS)
def test_the_gradient_check_finds_the_exhibit_from_random_weights(students, name, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.normal(size=(2, 3)), rng.normal(size=(3, 1))
    assert max(MUSEUM["gradient_check"](MUSEUM[name], *students, W1, W2)) > 1e-3
    assert max(MUSEUM["gradient_check"](MUSEUM["correct"], *students, W1, W2)) < 1e-6


@pytest.mark.parametrize("name", EXHIBITS)
def test_loss_step_by_hand_and_baseline_say_what_the_chapter_says(students, name):
    X, y = students
    loss, found_by_hand, found_by_baseline = SAYS[name]
    trained_loss = trained(MUSEUM[name], X, y).loss(X, y)
    assert np.isclose(trained_loss, loss, rtol=0.005)
    moved = points_after_one_step(MUSEUM[name], X, y)
    correct = points_after_one_step(MUSEUM["correct"], X, y)
    assert (abs(moved - correct) > 0.005) == found_by_hand
    assert (trained_loss > 0.00059) == found_by_baseline


@pytest.mark.parametrize("name", ["correct", "missing_transpose", *EXHIBITS])
def test_a_step_trains_networks_side_by_side_as_each_alone(students, name):
    rng = np.random.default_rng(0)
    W1, W2 = rng.normal(size=(4, 2, 3)), rng.normal(size=(4, 3, 1))
    rate = np.array([0.5, 1.0, 1.5, 3.0])[:, np.newaxis, np.newaxis]
    together = MUSEUM[name](*students, W1, W2, rate)
    for k in range(4):
        alone = MUSEUM[name](*students, W1[k], W2[k], rate[k, 0, 0])
        for ours, theirs in zip(together, alone, strict=True):
            np.testing.assert_allclose(ours[k], theirs, rtol=1e-12)


def test_at_their_best_rates_two_factors_are_the_correct_step_and_few_others_end_lower(students):
    X, y = students
    rng = np.random.default_rng(0)
    starts = [(rng.normal(size=(2, 3)), rng.normal(size=(3, 1))) for _ in range(20)]
    rates = 0.5 * 2.0 ** np.arange(9)

    def best(step, rates=rates):
        W1, W2 = (np.array(W * len(rates)) for W in zip(*starts, strict=True))
        rate = np.repeat(rates, len(starts))[:, np.newaxis, np.newaxis]
        with np.errstate(all="ignore"):
            for _ in range(1000):
                W1, W2 = step(X, y, W1, W2, rate)
        losses = np.mean((sigmoid(sigmoid(X @ W1) @ W2) - y) ** 2, axis=(1, 2))
        return np.fmin.reduce(losses.reshape(len(rates), len(starts)))

    right = best(MUSEUM["correct"])
    for name, factor in (("exhibit_1", 3), ("exhibit_4", 0.5)):
        np.testing.assert_allclose(best(MUSEUM[name], rates / factor), right, rtol=1e-3)
    for name in set(EXHIBITS) - {"exhibit_1", "exhibit_4"}:
        found = best(MUSEUM[name])
        assert np.sum(found < right) <= 3, name
        assert np.median(found / right) > 24, name  # dozens of times as large


def test_each_of_the_two_faults_of_exhibit_10_is_found_when_the_other_is_mended(students):
    """The check accuses `W1` alone each time, and passes the step with both mended."""

    def with_faults(raw_error, w2_first):
        def step(X, y, W1, W2, rate):
            A1 = sigmoid(X @ W1)
            A2 = sigmoid(A1 @ W2)
            error = 2 / len(X) * (A2 - y)
            dZ2 = error * A2 * (1 - A2)
            new_W2 = W2 - rate * A1.T @ dZ2
            back = (error if raw_error else dZ2) @ (new_W2 if w2_first else W2).T
            return W1 - rate * X.T @ (back * A1 * (1 - A1)), new_W2

        return step

    both = with_faults(True, True)(*students, *recovered_start(), 1.5)
    for ours, hung in zip(
        both, MUSEUM["exhibit_10"](*students, *recovered_start(), 1.5), strict=True
    ):
        np.testing.assert_allclose(ours, hung, rtol=1e-12)
    for faults in ((True, True), (True, False), (False, True)):
        in_W1, in_W2 = MUSEUM["gradient_check"](with_faults(*faults), *students, *recovered_start())
        assert in_W1 > 0.1
        assert in_W2 < 1e-8
    assert (
        max(MUSEUM["gradient_check"](with_faults(False, False), *students, *recovered_start()))
        < 1e-8
    )
