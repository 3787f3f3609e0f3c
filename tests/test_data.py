"""The three students, and the scaler that remembers."""

import re

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_notebooks import NOTEBOOKS

from nn_tutorial import MaxScaler, exam_scores
from nn_tutorial.data import made_up_weights, recovered_start


def test_the_three_students():
    scores = exam_scores()
    assert scores.X.tolist() == [[2, 9], [1, 5], [3, 6]]
    assert scores.y.tolist() == [[92], [86], [89]]
    assert scores.X.dtype == scores.y.dtype == np.float64


def test_each_call_makes_fresh_arrays():
    exam_scores().X[0, 0] = 99
    assert exam_scores().X[0, 0] == 2


def test_the_made_up_weights_are_those_in_the_table_of_chapter_02():
    path = NOTEBOOKS / "02_compute_a_forward_pass_by_hand.ipynb"
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    names = "hours studied", "hours slept", r"\*\*on to the output\*\*"
    rows = [re.search(rf"^\| {name} \|(.+)$", text, re.MULTILINE)[1] for name in names]
    *W1, W2 = [[float(number) for number in re.findall(r"[\d.]+", row)] for row in rows]
    assert [W.tolist() for W in made_up_weights()] == [W1, [[w] for w in W2]]


@pytest.mark.parametrize("weights", [made_up_weights, recovered_start])
def test_each_call_gives_fresh_weights(weights):
    W1, W2 = weights()
    assert (W1.shape, W2.shape) == ((2, 3), (3, 1))
    assert W1.dtype == W2.dtype == np.float64
    before = W1[0, 0], W2[0, 0]
    W1 += 1
    W2 += 1
    assert (weights()[0][0, 0], weights()[1][0, 0]) == before


def test_scaled_inputs_are_those_of_the_source():
    X = MaxScaler().fit_transform(exam_scores().X)
    expected = [[0.66666667, 1], [0.33333333, 0.55555556], [1, 0.66666667]]
    assert np.allclose(X, expected, rtol=0, atol=5e-9)


def test_a_newcomer_is_scaled_by_the_remembered_maximum():
    scaler = MaxScaler().fit(exam_scores().X)
    assert scaler.maximum.tolist() == [3, 9]
    assert np.allclose(scaler.transform([[4, 8]]), [[4 / 3, 8 / 9]])
    assert scaler.maximum.tolist() == [3, 9]


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0.1, 1e6)), min_size=1, max_size=5))
def test_there_and_back_gives_the_same_hours(rows):
    table = np.array(rows)
    scaler = MaxScaler().fit(np.vstack([table, [[1.0, 1.0]]]))
    assert np.allclose(scaler.inverse_transform(scaler.transform(table)), table, rtol=1e-12)


def test_scaling_leaves_the_input_alone():
    X = exam_scores().X
    MaxScaler().fit_transform(X)
    assert np.array_equal(X, exam_scores().X)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([[0, 1], [0, 2]], r"column 0 of X holds nothing but zeros.*np.delete\(X, \[0\], axis=1\)"),
        ([[1, -1], [2, -2]], "column 1 of X has the maximum -1, .*would turn its order round"),
        (
            [[1, 0], [2, -2]],
            "column 1 of X has the maximum 0, .*: a MaxScaler needs a positive one",
        ),
        ([[1, np.nan]], r"nan at index \(0, 1\)"),
        ([[1, 2], [np.inf, 2]], r"inf at index \(1, 0\)"),
        ([], "empty"),
        ([1, 2, 3], r"not \(3,\)"),
        ([["two", "nine"]], r"X holds 'two' at index \(0, 0\): text is not a number"),
    ],
)
def test_fit_refuses_what_cannot_be_scaled(X, message):
    with pytest.raises(ValueError, match=message):
        MaxScaler().fit(X)


def test_transform_needs_fit_and_the_same_number_of_columns():
    with pytest.raises(ValueError, match="call fit first"):
        MaxScaler().transform([[1, 2]])
    with pytest.raises(ValueError, match=r"shape \(1, 3\).*fitted to \(n_samples, 2\)"):
        MaxScaler().fit([[1, 2]]).transform([[1, 2, 3]])
    with pytest.raises(ValueError, match=r"shape \(1, 1\).*fitted to \(n_samples, 2\)"):
        MaxScaler().fit([[1, 2]]).transform([[1]])  # would broadcast


def test_a_refused_fit_keeps_the_old_maximum():
    scaler = MaxScaler().fit([[1, 2]])
    with pytest.raises(ValueError, match="nothing but zeros"):
        scaler.fit([[0, 1]])
    assert scaler.maximum.tolist() == [1, 2]
