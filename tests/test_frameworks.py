"""The PyTorch and JAX programs in the text of chapters 16 and 18 run, and give our weights."""

import re

import nbformat
import numpy as np
import pytest
from notebook_functions import functions_of
from run_notebooks import NOTEBOOKS

from nn_tutorial import MaxScaler, Network, exam_scores, train
from nn_tutorial.data import recovered_start

GRADIENTS, FASTER = "16_let_the_computer_differentiate", "18_descend_faster"
FENCE = re.compile(r"^~~~python\n(.*?)^~~~", re.DOTALL | re.MULTILINE)


def program_that_imports(framework, chapter=GRADIENTS):
    """Return the one fenced program of a chapter that imports the framework."""
    notebook = nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    (program,) = [code for code in FENCE.findall(text) if f"import {framework}\n" in code]
    return program


@pytest.mark.parametrize("framework", ["torch", "jax"])
def test_the_program_in_the_text_gives_the_weights_of_train(framework):
    pytest.importorskip(framework, reason=f"{framework} is not installed; .ci/run installs it")
    namespace = {}
    exec(program_that_imports(framework), namespace)
    if framework == "torch":
        weights = [namespace[name].detach().numpy() for name in ("W1", "W2")]
    else:
        weights = [np.asarray(W) for W in namespace["weights"]]
    scores = exam_scores()
    net = Network.from_weights(recovered_start())
    train(net, MaxScaler().fit_transform(scores.X), scores.y / 100, epochs=100, learning_rate=1.5)
    for theirs, ours in zip(weights, net.weights, strict=True):
        assert theirs.dtype == np.float64
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-10)


def steps_of_the_chapter(method, rate, decay=0):
    """Return the weights after 100 steps of chapter 18's functions, from the recovered start."""
    written, scores = functions_of(FASTER), exam_scores()
    X, y = MaxScaler().fit_transform(scores.X), scores.y / 100
    net = Network.from_weights(recovered_start())
    memories = written["no_memories"](net)
    for _ in range(100):
        written["update_network"](net, X, y, memories, written[method], rate, decay)
    return net.weights


@pytest.mark.parametrize(
    ("name", "step", "decay"),
    [
        ("momentum", ("momentum_step", 0.15), 0),
        ("adam", ("adam_step", 0.1), 0),
        ("adamw", ("adam_step", 0.1), 0.01),
    ],
)
def test_the_optimizers_of_pytorch_step_as_the_chapter_does(name, step, decay):
    pytest.importorskip("torch", reason="torch is not installed; .ci/run installs it")
    namespace = {}
    exec(program_that_imports("torch", FASTER), namespace)
    ours = steps_of_the_chapter(*step, decay)
    for theirs, weights in zip(namespace[name], ours, strict=True):
        np.testing.assert_allclose(theirs.detach().numpy(), weights, rtol=0, atol=1e-10)


def test_the_text_of_chapter_18_has_one_program():
    compile(program_that_imports("torch", FASTER), "torch", "exec")


@pytest.mark.parametrize("framework", ["torch", "jax"])
def test_the_text_has_one_program_for_each_framework(framework):
    compile(program_that_imports(framework), framework, "exec")
