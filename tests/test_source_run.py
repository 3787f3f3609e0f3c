"""The figures of the tutorial that the series re-teaches, reproduced."""

import json
from pathlib import Path

import numpy as np
import pytest

from nn_tutorial import MaxScaler, Network, exam_scores, train
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import made_up_weights, recovered_start

PRINTED = json.loads((Path(__file__).parent / "data" / "source_run.json").read_text())


@pytest.fixture
def students():
    scores = exam_scores()
    return MaxScaler().fit_transform(scores.X), scores.y / 100


def test_the_start_is_the_recovered_one():
    W1, W2 = recovered_start()
    assert W1.tolist() == PRINTED["initial_W1"]
    assert W2.tolist() == PRINTED["initial_W2"]


def test_the_printed_run_is_reproduced(students):
    net = Network.from_weights(recovered_start())
    history = train(net, *students, epochs=1000, learning_rate=1.5)
    for line in PRINTED["printed"]:
        assert abs(history.loss[line["step"]] / line["mse"] - 1) < 1e-12


@pytest.mark.parametrize("line", PRINTED["printed"], ids=lambda line: f"step {line['step']}")
def test_the_printed_predictions_are_reproduced_to_eight_digits(students, line):
    net = Network.from_weights(recovered_start())
    train(net, *students, epochs=line["step"], learning_rate=1.5)
    assert net.predict(students[0])[:, 0].round(8).tolist() == line["predictions"]


def test_half_the_sum_with_rate_one_is_the_mean_with_rate_one_and_a_half(students):
    X, y = students
    W1, W2 = recovered_start()
    net = Network.from_weights([W1, W2])
    train(net, X, y, epochs=1, learning_rate=1.5)
    A1 = sigmoid(X @ W1)
    A2 = sigmoid(A1 @ W2)
    delta2 = (y - A2) * A2 * (1 - A2)
    delta1 = delta2 @ W2.T * A1 * (1 - A1)
    assert np.allclose(net.weights[0], W1 + X.T @ delta1, rtol=1e-14)
    assert np.allclose(net.weights[1], W2 + A1.T @ delta2, rtol=1e-14)


def test_after_a_thousand_steps_the_new_student_gets_0_8985771(students):
    net = Network.from_weights(recovered_start())
    history = train(net, *students, epochs=1000, learning_rate=1.5)
    scaler = MaxScaler().fit(exam_scores().X)
    assert np.isclose(history.loss[1000], 0.000191063, rtol=0, atol=5e-10)
    prediction = net.predict(scaler.transform([[4, 8]]))
    assert np.isclose(prediction[0, 0], 0.8985771, rtol=0, atol=5e-8)


@pytest.mark.parametrize(
    ("inputs", "sums", "activations", "output_sum", "output"),
    [
        ([2, 9], [7.6, 3.9, 6.5], [0.9994998, 0.9801597, 0.9984988], 1.7885287, 0.8567468),
        (
            [2 / 3, 1],
            [0.9333333, 0.7, 0.7666667],
            [0.7177511, 0.6681878, 0.6827994],
            1.2357138,
            0.7748170,
        ),
    ],
    ids=["raw hours", "scaled"],
)
def test_the_hand_calculation(inputs, sums, activations, output_sum, output):
    def close(a, b):
        return np.allclose(a, b, rtol=0, atol=6e-8)

    W1, W2 = made_up_weights()
    Z1 = np.array([inputs]) @ W1
    assert close(Z1, [sums])
    assert close(sigmoid(Z1), [activations])
    assert close(sigmoid(Z1) @ W2, [[output_sum]])
    assert close(Network.from_weights(made_up_weights()).predict([inputs]), [[output]])


def test_the_printed_random_start(students):
    W1 = [[0.7151916, 0.40515536, 1.40145037], [0.98608437, -0.4204084, -2.44163279]]
    W2 = [[0.58035236], [-2.35717847], [0.98282373]]
    predictions = Network.from_weights([W1, W2]).predict(students[0])[:, 0]
    assert np.allclose(predictions, [0.39156661, 0.39278438, 0.41264546], rtol=0, atol=2e-8)


def test_always_answering_89_has_the_loss_0_0006(students):
    _, y = students
    assert np.isclose(np.mean((y.mean() - y) ** 2), 0.0006, rtol=1e-12)


def test_the_hand_update_moves_student_2_9_from_77_48_to_79_43_points(students):
    X, y = students
    net = Network.from_weights(made_up_weights())
    gradients = net.gradients(X[:1], y[:1])
    dW2 = [[-0.036363], [-0.033852], [-0.034592]]
    assert np.allclose(gradients.weights[1], dW2, rtol=0, atol=6e-7)
    assert np.allclose(
        gradients.weights[0][1], [-0.004105, -0.005616, -0.009875], rtol=0, atol=6e-7
    )
    assert f"{100 * net.predict(X[:1])[0, 0]:.2f}" == "77.48"
    train(net, X[:1], y[:1], epochs=1, learning_rate=1.5)
    assert f"{100 * net.predict(X[:1])[0, 0]:.2f}" == "79.43"
