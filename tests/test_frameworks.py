"""The PyTorch and JAX programs in the text of chapter 16 run, and give the weights of ``train``."""

import re

import nbformat
import numpy as np
import pytest
from run_notebooks import NOTEBOOKS

from nn_tutorial import MaxScaler, Network, exam_scores, train
from nn_tutorial.data import recovered_start

FENCE = re.compile(r"^~~~python\n(.*?)^~~~", re.DOTALL | re.MULTILINE)


def program_that_imports(framework):
    """Return the one fenced program of chapter 16 that imports the framework."""
    notebook = nbformat.read(NOTEBOOKS / "16_let_the_computer_differentiate.ipynb", as_version=4)
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


@pytest.mark.parametrize("framework", ["torch", "jax"])
def test_the_text_has_one_program_for_each_framework(framework):
    compile(program_that_imports(framework), framework, "exec")
