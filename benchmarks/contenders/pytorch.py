"""PyTorch, eager: a module, its optimiser SGD, one step after the other.

Its loss is not read, which favours it a little: reading would wait for a number at each step.
"""

import torch

from nn_tutorial import Network

VERSIONS = {"PyTorch": torch.__version__}


def fit(work):
    """Return a function that trains once from the start, and returns the network."""
    start, softmax = work.start, work.start.output == "softmax"
    X, y = torch.from_numpy(work.X), torch.from_numpy(work.y)
    loss_of = torch.nn.functional.cross_entropy if softmax else torch.nn.functional.mse_loss

    def run():
        linears = [_linear(start, layer) for layer in range(len(start.weights))]
        parts = [part for linear in linears for part in (linear, torch.nn.Sigmoid())]
        net = torch.nn.Sequential(*(parts[:-1] if softmax else parts))
        optimiser = torch.optim.SGD(net.parameters(), lr=work.learning_rate)
        if work.batch_size is None:
            batches = ((X, y) for _ in range(work.epochs))
        else:
            batches = ((X[rows], y[rows]) for rows in map(torch.from_numpy, work.batches()))
        for inputs, targets in batches:
            optimiser.zero_grad()
            loss_of(net(inputs), targets).backward()
            optimiser.step()
        weights = [linear.weight.detach().numpy().T for linear in linears]
        biases = [linear.bias.detach().numpy() for linear in linears] if start.biases else None
        return Network.from_weights(weights, biases, output=start.output, dtype=start.dtype)

    return run


def _linear(start, layer):
    W = torch.from_numpy(start.weights[layer])
    linear = torch.nn.Linear(*W.shape, bias=start.biases is not None, dtype=W.dtype)
    with torch.no_grad():
        linear.weight.copy_(W.T)
        if start.biases is not None:
            linear.bias.copy_(torch.from_numpy(start.biases[layer]))
    return linear
