"""scikit-learn's multi-layer perceptron: plain stochastic gradient descent, no extras.

It starts from our weights, through ``warm_start``. Its regressor has no bend at the end, and half
our loss. It shuffles in an order of its own.
"""

import warnings

import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nn_tutorial import Network

VERSIONS = {"scikit-learn": sklearn.__version__}
OWN_ORDER = True  # it can't be given ours, so it is compared in the order of the file


def fit(work):
    """Return a function that trains once from the start, and returns the network."""
    start, softmax = work.start, work.start.output == "softmax"
    assert start.output in ("softmax", "identity")
    assert start.activation == "sigmoid"
    y = work.y if softmax else work.y.ravel()
    model = (MLPClassifier if softmax else MLPRegressor)(
        hidden_layer_sizes=start.sizes[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=0,
        momentum=0,
        nesterovs_momentum=False,
        # The regressor's loss is half the mean of the squares.
        learning_rate_init=work.learning_rate * (1 if softmax else 2),
        batch_size=work.batch_size or len(work.X),
        shuffle=work.batch_size is not None and work.shuffled,
        random_state=1,
        tol=0,
        n_iter_no_change=10**9,
        max_iter=1,
        warm_start=True,
    )
    warnings.simplefilter("ignore", ConvergenceWarning)
    model.fit(work.X, y)  # makes the arrays that a warm start begins from
    model.set_params(max_iter=work.epochs)

    def run():
        for arrays, values in ((model.coefs_, start.weights), (model.intercepts_, start.biases)):
            for array, value in zip(arrays, values, strict=True):
                array[...] = value
        model.fit(work.X, y)
        return Network.from_weights(
            model.coefs_, model.intercepts_, output=start.output, dtype=start.dtype
        )

    return run
