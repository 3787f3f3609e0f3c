"""What is no number is refused wherever numbers go in, with its place and what to do about it."""

import datetime
import decimal
import fractions
import warnings

import numpy as np
import pytest

from nn_tutorial import MaxScaler, Network, digits, numerical_gradients, relative_error, train
from nn_tutorial.activations import (
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope,
    sigmoid_slope_from_activation,
    softmax,
    tanh,
    tanh_slope,
    tanh_slope_from_activation,
)
from nn_tutorial.arrays import as_floats, as_numbers
from nn_tutorial.losses import cross_entropy, mean_squared_error

NET = Network.from_weights([[[0.5], [0.25]]])
HISTORY = train(Network.from_weights([[[0.5], [0.25]]]), [[1, 2]], [[1]], epochs=1)
TABLE = [[2.0, 9.0], [1.0, 5.0], [3.0, 6.0]]
MASKED = np.ma.masked_equal([[2, 9], [1, -1], [3, 6]], -1)

# What is no number, by the words of the message. Each is a table of two columns, more or less.
NO_NUMBERS = {
    r"has 1 masked of 6 entries, the first at index \(1, 1\): leave .* out, or fill": MASKED,
    r"\[1\] has 1 masked of 2 entries, the first at index \(1,\)": list(MASKED),
    r"\[1\]\[1\] has 1 masked of 1 entries": [[2, 9], [1, np.ma.masked], [3, 6]],
    "holds dates: turn them into numbers": np.array([["2026-01-01"] * 2] * 3, "M8[D]"),
    "holds spans of time: .*timedelta64": np.array([[1, 2]] * 3, "m8[h]"),
    r"holds complex numbers.*\.real": np.array(TABLE) + 0j,
    r"holds something of type date at index \(0, 0\), a date: turn": [
        [datetime.date(2026, 1, 1), 2]
    ],
    r"holds None at index \(1, 0\): leave out the samples with gaps": [[1, 2], [None, 3]],
    r"holds 'nine' at index \(0, 1\): text is not a number": [[2, "nine"]],
    r"holds '2' at index \(0, 0\): .*np\.array\(.+, float\)": [["2", "9"], ["1", "5"]],
    r"holds b'2' at index \(0, 0\)": np.array([[b"2", b"9"]]),
    "has rows of unequal length: row 0 has 2 entries, row 1 has 1 entries": [[1, 2], [3]],
    "has rows of unequal length: row 0 has 2 entries, row 2 is a single number": [
        [1, 2],
        [3, 4],
        5,
    ],
    "is something of type Network, where numbers are wanted": NET,
    "is something of type History, where numbers are wanted": HISTORY,
    "is of type Gradients, where numbers are wanted": NET.gradients([[1, 2]], [[1]]),
    "is of type Digits, where numbers are wanted": digits(),
    "is something of type generator": (row for row in TABLE),
    "is something of type dict": {"hours": TABLE},
    "is None, where numbers are wanted": None,
    r"holds something of type complex at index \(0, 1\)": np.array([[1, 2j]], dtype=object),
    "has named columns.*column_stack": np.array([(1.0, 2.0)], dtype=[("a", float), ("b", float)]),
    r"holds a number too large for float64 at index \(0, 1\)": [[1, 10**400]],
}

# Each place where numbers go in, as a function of what a user hands over, and its name there.
PLACES = {
    "predict": (NET.predict, "X"),
    "loss, inputs": (lambda v: NET.loss(v, [[1]]), "X"),
    "loss, targets": (lambda v: NET.loss([[1, 2]], v), "y"),
    "gradients": (lambda v: NET.gradients([[1, 2]], v), "y"),
    "train, inputs": (lambda v: train(NET, v, [[1]]), "X"),
    "train, targets": (lambda v: train(NET, [[1, 2]], v), "y"),
    "train, validation": (lambda v: train(NET, [[1, 2]], [[1]], validation=(v, [[1]])), "X"),
    "numerical_gradients": (lambda v: numerical_gradients(NET, v, [[1]]), "X"),
    "relative_error": (lambda v: relative_error(v, [[1]]), "a"),
    "from_weights": (lambda v: Network.from_weights([v]), r"weights\[0\]"),
    "biases": (lambda v: Network.from_weights([np.ones((2, 1))], [v]), r"biases\[0\]"),
    "fit": (lambda v: MaxScaler().fit(v), "X"),
    "transform": (lambda v: MaxScaler().fit(TABLE).transform(v), "X"),
    "inverse_transform": (lambda v: MaxScaler().fit(TABLE).inverse_transform(v), "X"),
    "mean_squared_error": (lambda v: mean_squared_error(v, [[1]]), "y_pred"),
    "mean_squared_error, targets": (lambda v: mean_squared_error([[1]], v), "y"),
    "cross_entropy": (lambda v: cross_entropy(v, [0]), "logits"),
    "cross_entropy, labels": (lambda v: cross_entropy([[0, 0]], v), "labels"),
}
for function in (sigmoid, sigmoid_slope, tanh, tanh_slope, relu, relu_slope):
    PLACES[function.__name__] = (function, "z")
PLACES["softmax"] = (softmax, "Z")
for function in (sigmoid_slope_from_activation, tanh_slope_from_activation):
    PLACES[function.__name__] = (function, "a")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("message", NO_NUMBERS)
def test_what_is_no_number_is_refused_everywhere(place, message):
    function, name = PLACES[place]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # NumPy's, about np.ma.masked in a list
        with pytest.raises(ValueError, match=f"{name}.*{message}"):
            function(NO_NUMBERS[message])


def test_dates_have_no_maximum_and_one_imaginary_number_has_no_sigmoid():
    with pytest.raises(ValueError, match=r"^X holds dates"):
        MaxScaler().fit(np.array([["2026-01-01"], ["2026-02-01"]], "M8[D]"))
    with pytest.raises(ValueError, match=r"^z holds complex numbers"):
        sigmoid(1j)


def test_a_masked_array_without_masked_entries_is_an_array():
    given = np.ma.masked_equal([[2.0, 9.0], [1.0, 5.0]], -1)
    assert type(as_numbers("X", given)) is np.ndarray
    assert MaxScaler().fit(given).maximum.tolist() == [2, 9]


@pytest.mark.parametrize(
    "given",
    [
        np.array(TABLE, np.float16),
        np.array(TABLE, np.longdouble),
        np.array(TABLE, np.uint8),
        np.array(TABLE, object),
        np.array(TABLE, bool),
        [[fractions.Fraction(1, 2), decimal.Decimal("0.25")]],
        [[np.bool(True), 2]],
        [[np.float32(1), 2]],
        np.asfortranarray(TABLE),
    ],
)
def test_whatever_is_a_number_is_taken(given):
    numbers = as_floats("X", given)
    assert numbers.dtype.kind == "f"
    assert np.array_equal(np.asarray(numbers, float), np.asarray(given, float))


def test_a_long_text_is_quoted_in_part():
    with pytest.raises(ValueError, match=r"X holds 'xxx") as refused:
        as_numbers("X", [["x" * 10**6]])
    assert len(str(refused.value)) < 200


def test_what_cannot_even_be_an_array_is_refused_with_its_reason():
    class Stubborn:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError("call .detach() first")

    with pytest.raises(ValueError, match=r"^X cannot be read as an array: call \.detach\(\) first"):
        as_numbers("X", Stubborn())


def test_a_sparse_table_is_told_to_become_an_array():
    sparse = pytest.importorskip("scipy.sparse", reason="SciPy comes with scikit-learn")
    with pytest.raises(ValueError, match=r"X is something of type csr_array.*pass X\.toarray\(\)"):
        as_numbers("X", sparse.csr_array(np.eye(2)))


def test_gaps_of_pandas_are_found_and_tables_of_pandas_are_taken():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed; .ci/run installs it")
    table = pandas.DataFrame({"studied": [2, 1, 3], "slept": [9, 5, 6]})
    assert as_numbers("X", table).tolist() == [[2, 9], [1, 5], [3, 6]]
    table["slept"] = pandas.array([9, None, 6], "Int64")
    with pytest.raises(ValueError, match=r"X holds something of type NAType at index \(1, 1\)"):
        as_numbers("X", table)
    table["slept"] = ["nine", "five", "six"]
    with pytest.raises(ValueError, match=r"X holds 'nine' at index \(0, 1\)"):
        as_numbers("X", table)
    with pytest.raises(ValueError, match=r"pass np\.array\(y\)\[:, np\.newaxis\]"):
        NET.loss(TABLE, pandas.Series([0.9, 0.8, 0.7]))


def test_arrays_of_one_shape_are_not_blamed_for_those_of_another():
    blocks = [[np.ones(2), np.ones(2)], [np.ones(3), np.ones(3)]]
    with pytest.raises(ValueError, match=r"^X cannot be read as an array"):
        as_numbers("X", blocks)


def test_a_slope_names_its_argument():
    with pytest.raises(ValueError, match=r"^a holds 'x'"):
        sigmoid_slope_from_activation("x")
