"""Activations and losses: known values, limits, slopes, and no warnings."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_tutorial import activations as act
from nn_tutorial.losses import cross_entropy, mean_squared_error

FAR = np.array([-1000.0, -710.0, -40.0, 0.0, 40.0, 710.0, 1000.0])
FUNCTIONS = [
    act.sigmoid,
    act.sigmoid_slope,
    act.sigmoid_slope_from_activation,
    act.tanh,
    act.tanh_slope,
    act.relu,
    act.relu_slope,
    act.softmax,
]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_warning_at_a_thousand_and_the_dtype_stays(function, dtype):
    with warnings.catch_warnings(), np.errstate(divide="raise", invalid="raise"):
        warnings.simplefilter("error")
        values = function(FAR.astype(dtype))
    assert np.isfinite(values).all()
    assert values.dtype == dtype


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_input_is_left_alone(function):
    z = np.array([-2.0, 0.5, 3.0])
    function(z)
    assert np.array_equal(z, [-2.0, 0.5, 3.0])


def test_sigmoid_has_the_values_of_the_hand_calculation():
    expected = [0.9994998, 0.9801597, 0.9984988]
    assert np.allclose(act.sigmoid([7.6, 3.9, 6.5]), expected, rtol=0, atol=5e-8)


def test_sigmoid_reaches_one_where_chapter_03_says():
    assert act.sigmoid(36.73) < 1.0
    assert act.sigmoid(36.74) == 1.0
    assert act.sigmoid(np.float32(16.63)) < 1.0
    assert act.sigmoid(np.float32(16.64)) == 1.0


def test_sigmoid_keeps_its_digits_far_to_the_left():
    assert np.isclose(act.sigmoid(-37.0), 8.533047625744066e-17, rtol=1e-14, atol=0)


def test_sigmoid_takes_integers_and_single_numbers():
    assert act.sigmoid(0) == 0.5
    assert np.ndim(act.sigmoid(3)) == 0
    assert act.sigmoid([[0, 1]]).shape == (1, 2)


@given(st.floats(-30, 30))
def test_sigmoid_of_the_opposite_is_the_complement(z):
    assert np.isclose(act.sigmoid(-z), 1 - act.sigmoid(z), rtol=0, atol=1e-15)


@given(st.floats(-30, 30))
def test_tanh_is_a_stretched_sigmoid(z):
    assert np.isclose(act.tanh(z), 2 * act.sigmoid(2 * z) - 1, rtol=0, atol=1e-14)


@given(st.floats(-30, 30))
def test_both_forms_of_the_sigmoid_slope_agree(z):
    from_activation = act.sigmoid_slope_from_activation(act.sigmoid(z))
    assert act.sigmoid_slope(z) == from_activation


@pytest.mark.parametrize(
    ("function", "slope"), [(act.sigmoid, act.sigmoid_slope), (act.tanh, act.tanh_slope)]
)
def test_slopes_agree_with_rise_over_run(function, slope):
    z = np.linspace(-6, 6, 49)
    rise_over_run = (function(z + 1e-6) - function(z - 1e-6)) / 2e-6
    assert np.allclose(slope(z), rise_over_run, rtol=0, atol=1e-9)


def test_relu_has_no_slope_at_and_below_zero():
    assert np.array_equal(act.relu_slope([-1.0, 0.0, 1e-9, 2.0]), [0, 0, 1, 1])
    assert np.array_equal(act.relu([-1.0, 0.0, 2.0]), [0, 0, 2])


@given(st.lists(st.floats(-1000, 1000), min_size=2, max_size=6), st.floats(-1000, 1000))
def test_softmax_sums_to_one_and_ignores_a_shift(row, shift):
    Z = np.array([row])
    assert np.isclose(act.softmax(Z).sum(), 1)
    assert np.allclose(act.softmax(Z + shift), act.softmax(Z), rtol=1e-9, atol=1e-12)


def test_softmax_takes_each_row_for_itself():
    Z = np.array([[1000.0, 1000.0], [0.0, np.log(3.0)], [-1000.0, -1000.0]])
    expected = [[0.5, 0.5], [0.25, 0.75], [0.5, 0.5]]
    assert np.allclose(act.softmax(Z), expected, rtol=1e-14, atol=0)
    assert np.allclose(act.softmax([Z, Z]), [expected, expected], rtol=1e-14, atol=0)


def test_softmax_has_no_warning_where_the_shift_itself_overflows():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert act.softmax([1e308, -1e308]).tolist() == [1, 0]


def test_cross_entropy_takes_each_row_for_itself():
    logits = np.array([[1000.0, 1000.0], [0.0, np.log(3.0)], [-1000.0, -1000.0]])
    expected = (np.log(2) + np.log(4) + np.log(2)) / 3
    assert np.isclose(cross_entropy(logits, [0, 0, 1]), expected, rtol=1e-14, atol=0)


def test_mean_squared_error_is_the_mean_over_samples_and_outputs():
    y_pred = np.array([[1.0, 2.0], [3.0, 5.0], [0.0, 0.0]])
    y = np.array([[0.0, 2.0], [3.0, 1.0], [0.0, 2.0]])
    assert mean_squared_error(y_pred, y) == (1 + 16 + 4) / 6


def test_mean_squared_error_refuses_shapes_that_would_broadcast():
    with pytest.raises(ValueError, match=r"\(3, 1\).*\(3,\)"):
        mean_squared_error(np.ones((3, 1)), np.ones(3))


def test_mean_squared_error_does_not_wrap_unsigned_integers():
    assert mean_squared_error(np.uint8([[1], [200]]), np.uint8([[2], [100]])) == 5000.5


@pytest.mark.parametrize(
    ("y_pred", "y", "message"),
    [
        (np.empty((0, 1)), np.empty((0, 1)), "y_pred is empty"),
        ([[np.nan]], [[1.0]], "y_pred holds nan"),
        ([[1.0]], [[np.inf]], "y holds inf"),
    ],
)
def test_mean_squared_error_refuses_nothing_and_nan(y_pred, y, message):
    with pytest.raises(ValueError, match=message):
        mean_squared_error(y_pred, y)


@pytest.mark.parametrize(
    ("logits", "labels", "message"),
    [
        (np.zeros((2, 3)), [0, -1], "labels run from -1 to 0"),
        (np.zeros((2, 3)), [0, 3], "labels run from 0 to 3, but the outputs from 0 to 2"),
        (np.zeros((2, 3)), [0, 1, 2], r"2 samples call for labels of shape \(2,\)"),
        (np.zeros((2, 3)), [0.0, 1.0], "must be integers"),
        (np.zeros((2, 3)), np.eye(2, 3), r"argmax\(axis=1\)"),
        (np.zeros(3), [0], r"\(n_samples, n_outputs\), not \(3,\)"),
        ([[0.0, np.nan]], [0], r"logits holds nan at index \(0, 1\)"),
    ],
)
def test_cross_entropy_refuses_labels_and_logits_that_make_no_sense(logits, labels, message):
    with pytest.raises(ValueError, match=message):
        cross_entropy(logits, labels)


def test_cross_entropy_of_equal_logits_is_the_logarithm_of_their_number():
    assert np.isclose(cross_entropy(np.zeros((4, 10)), [0, 3, 9, 5]), np.log(10))


@given(st.floats(-1000, 1000), st.floats(-1000, 1000), st.integers(0, 1))
def test_cross_entropy_is_finite_at_a_thousand(first, second, label):
    loss = cross_entropy(np.array([[first, second]]), [label])
    assert np.isfinite(loss)
    assert loss >= 0


def test_cross_entropy_of_a_hopeless_logit_is_its_distance():
    assert cross_entropy(np.array([[1000.0, -1000.0]]), [1]) == 2000
