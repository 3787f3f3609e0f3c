"""What a notebook writes and the package also has gives equal results.

``functions_of("03_bend_it_with_the_sigmoid")["sigmoid"]`` is the function as that chapter writes
it. ``SAME`` says what it is compared with.
"""

import copy
import importlib
import inspect
import pkgutil

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from notebook_functions import functions_in, functions_of
from run_notebooks import NOTEBOOKS

import nn_tutorial
from nn_tutorial import MaxScaler, Network, activations, losses, textbook, train
from nn_tutorial.data import made_up_weights


def assert_equal_results(written, packaged, arguments):
    """Call both with copies of the same arguments; arrays, numbers, or tuples of them are equal."""
    results = [function(*copy.deepcopy(arguments)) for function in (written, packaged)]
    ours, theirs = ([r] if not isinstance(r, tuple | list) else r for r in results)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert np.shape(one) == np.shape(other)
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)


# Arguments, from a Generator. All sizes differ, so that no transpose can hide.


def one_number(rng):
    return (rng.uniform(-20, 20),)


def pre_activations(rng):
    return (rng.uniform(-20, 20, (5, 4)),)


def values_of_sigmoid(rng):
    return (rng.uniform(0, 1, (5, 4)),)


def predictions_and_targets(rng):
    return rng.uniform(0, 1, (5, 2)), rng.uniform(0, 1, (5, 2))


def hours_of_one(rng):
    return rng.uniform(0, 9, 2)


def hours_and_maximum(rng):
    return rng.uniform(0, 9, (5, 2)), rng.uniform(1, 9, 2)


def inputs_and_weights(rng):
    return rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=(3, 2))


def samples_and_weights(rng):
    X, W1, W2 = inputs_and_weights(rng)
    return X, rng.uniform(0, 1, (5, 2)), W1, W2


def inputs_weights_and_biases(rng):
    weights = [rng.normal(size=shape) for shape in ((4, 3), (3, 5), (5, 2))]
    return rng.normal(size=(6, 4)), weights, [rng.normal(size=W.shape[1]) for W in weights]


def samples_in_batches(rng):
    return 7, 3, rng


def logits(rng):
    return (rng.normal(0, 5, (5, 4)),)


def logits_and_labels(rng):
    return rng.normal(0, 5, (5, 4)), rng.integers(0, 4, 5)


def a_training_run(rng):
    return *samples_and_weights(rng), 20, 0.7


# The package, in the notebooks' words.


def scale(X, maximum):
    return MaxScaler().fit([maximum]).transform(X)


def unscale(X_scaled, maximum):
    return MaxScaler().fit([maximum]).inverse_transform(X_scaled)


def predict_by_hand(studied, slept):
    return Network.from_weights(made_up_weights()).predict([[studied, slept]])[0, 0]


def forward(X, W1, W2):
    return Network.from_weights([W1, W2]).predict(X)


def forward_in_two(X, W1, W2):
    return Network.from_weights([W1]).predict(X), forward(X, W1, W2)


def forward_any(X, weights, biases):
    return Network.from_weights(weights, biases).predict(X)


def gradients(X, y, W1, W2):
    return Network.from_weights([W1, W2]).gradients(X, y).weights


def train_two(X, y, W1, W2, epochs, learning_rate):
    net = Network.from_weights([W1, W2])
    history = train(net, X, y, epochs=epochs, learning_rate=learning_rate)
    return *net.weights, history.loss


# What a notebook's function is compared with, and on which arguments. The key is the name alone,
# or, where one notebook takes or returns other things than the rest, (notebook, name).
SAME = {
    "scale": (scale, hours_and_maximum),
    "unscale": (unscale, hours_and_maximum),
    ("02_compute_a_forward_pass_by_hand", "sigmoid"): (activations.sigmoid, one_number),
    ("02_compute_a_forward_pass_by_hand", "predict"): (predict_by_hand, hours_of_one),
    "naive_sigmoid": (activations.sigmoid, pre_activations),
    "sigmoid": (activations.sigmoid, pre_activations),
    "sigmoid_slope": (activations.sigmoid_slope, pre_activations),
    "sigmoid_slope_from_activation": (activations.sigmoid_slope_from_activation, values_of_sigmoid),
    ("04_write_the_forward_pass_in_numpy", "forward"): (forward, inputs_and_weights),
    ("05_measure_the_error", "forward"): (forward, inputs_and_weights),
    ("11_build_any_network", "forward"): (forward_any, inputs_weights_and_biases),
    "forward": (forward_in_two, inputs_and_weights),
    "mean_squared_error": (losses.mean_squared_error, predictions_and_targets),
    "gradients": (gradients, samples_and_weights),
    "train": (train_two, a_training_run),
    "minibatches": (textbook.minibatches, samples_in_batches),
    "naive_softmax": (activations.softmax, logits),
    "softmax": (activations.softmax, logits),
    "cross_entropy": (losses.cross_entropy, logits_and_labels),
}

WRITTEN = {
    (path.stem, name): function
    for path in sorted(NOTEBOOKS.glob("*.ipynb"))
    for name, function in functions_of(path.stem).items()
}
COMPARED = {key: key if key in SAME else key[1] for key in WRITTEN if {key, key[1]} & set(SAME)}


def names_in_package():
    """Return the names of the package's functions, and of the methods of its classes.

    Exercises are left out: their solutions are compared with the worked answers by the checker.
    So is the fast loop: the tests compare it with the textbook.
    """
    names = set()
    for module in pkgutil.walk_packages(nn_tutorial.__path__, "nn_tutorial."):
        if module.name.startswith(("nn_tutorial.exercises", "nn_tutorial.fast")):
            continue
        members = inspect.getmembers(importlib.import_module(module.name))
        ours = [
            m for m in members if str(getattr(m[1], "__module__", "")).startswith("nn_tutorial")
        ]
        for name, member in ours:
            names |= {name} if inspect.isfunction(member) else set()
            if inspect.isclass(member):
                names |= {n for n, method in vars(member).items() if inspect.isfunction(method)}
    return names


@pytest.mark.parametrize("key", COMPARED, ids="-".join)
def test_a_notebook_function_equals_the_packages(key):
    packaged, arguments = SAME[COMPARED[key]]
    rng = np.random.default_rng(1)
    for _ in range(3):
        try:
            assert_equal_results(WRITTEN[key], packaged, arguments(rng))
        except AssertionError as error:
            name = packaged.__name__
            error.add_note(
                f"notebooks/{key[0]}.ipynb writes `{key[1]}`, and SAME compares `{name}`"
            )
            raise


def test_whatever_both_have_is_compared():
    package = names_in_package()
    missing = [key for key in WRITTEN if key[1] in package and key not in COMPARED]
    assert missing == [], "SAME in tests/test_notebook_functions.py lacks (notebook, function)"


def test_whatever_is_compared_is_written_in_a_notebook():
    unused = [key for key in SAME if key not in COMPARED.values()]
    assert unused == [], "in SAME of tests/test_notebook_functions.py, and in no notebook"


# The mechanism itself.


def test_functions_see_imports_and_each_other_and_nothing_else_runs():
    cells = [
        new_code_cell("from math import pi"),
        new_code_cell("def double(x):\n    return 2 * np.asarray(x) + 0 * pi\n\n\n1 / 0"),
        new_code_cell("def fourfold(x):\n    return double(double(x))"),
        new_code_cell("def double(x):\n    ...", metadata={"tags": ["exercise"]}),
        new_code_cell("def late(x):\n    return 1"),
        new_code_cell("def late(x):\n    return 2"),
    ]
    functions = functions_in(new_notebook(cells=cells))
    assert list(functions) == ["double", "fourfold", "late"]
    assert functions["fourfold"]([1]) == [4]
    assert functions["late"](0) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        lambda z: activations.sigmoid(z) * (1 + 1e-11),
        lambda z: activations.sigmoid(z)[:1],
        lambda z: activations.sigmoid(z)[0, 0],
        lambda z: (activations.sigmoid(z), z),
    ],
)
def test_a_different_result_or_shape_is_found(wrong):
    z = pre_activations(np.random.default_rng(1))
    assert_equal_results(activations.sigmoid, activations.sigmoid, z)
    with pytest.raises(AssertionError):
        assert_equal_results(wrong, activations.sigmoid, z)
