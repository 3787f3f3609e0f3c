"""JAX, compiled: one step at a time, or the whole loop as one program.

What a compilation costs (the first call, not counted here) comes back after some thousand steps.
"""

import jax
import jax.numpy as jnp

from nn_tutorial import Network

jax.config.update("jax_enable_x64", True)
VERSIONS = {"JAX": jax.__version__}


def _step_function(work):
    """Return step(parameters, X, y): the parameters after one update, and the loss before it."""
    softmax, last = work.start.output == "softmax", len(work.start.weights) - 1

    def loss_of(parameters, X, y):
        A = X
        for layer, (W, b) in enumerate(parameters):
            Z = A @ W if b is None else A @ W + b
            A = Z if softmax and layer == last else jax.nn.sigmoid(Z)
        if softmax:
            return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(A), y[:, None], axis=1))
        return jnp.mean((A - y) ** 2)

    def step(parameters, X, y):
        loss, slopes = jax.value_and_grad(loss_of)(parameters, X, y)
        new = jax.tree.map(lambda p, slope: p - work.learning_rate * slope, parameters, slopes)
        return new, loss

    return step


def one_step(work):
    """Return a function that trains once, calling a compiled step for each update."""
    step, X, y = jax.jit(_step_function(work)), jnp.asarray(work.X), jnp.asarray(work.y)

    @jax.jit
    def batch_step(parameters, X, y, rows):
        return _step_function(work)(parameters, X[rows], y[rows])

    def run():
        parameters = _parameters(work.start)
        losses = []
        if work.batch_size is None:
            for _ in range(work.epochs):
                parameters, loss = step(parameters, X, y)
                losses.append(loss)
        else:
            for rows in work.batches():
                parameters, loss = batch_step(parameters, X, y, rows)
                losses.append(loss)
        return _network(work, parameters)

    return run


def whole_loop(work):
    """Return a function that trains once, in one compiled program an epoch (or for all)."""
    step, X, y = _step_function(work), jnp.asarray(work.X), jnp.asarray(work.y)

    @jax.jit
    def all_steps(parameters):
        def body(parameters, _):
            return step(parameters, X, y)

        return jax.lax.scan(body, parameters, length=work.epochs)

    @jax.jit
    def epoch(parameters, X, y, order):
        n_whole = len(order) // work.batch_size * work.batch_size

        def body(parameters, rows):
            return step(parameters, X[rows], y[rows])

        whole = order[:n_whole].reshape(-1, work.batch_size)
        parameters, losses = jax.lax.scan(body, parameters, whole)
        if n_whole < len(order):
            parameters, loss = body(parameters, order[n_whole:])
            losses = jnp.append(losses, loss)
        return parameters, losses

    if work.start.n_networks is not None:
        all_steps = jax.jit(jax.vmap(all_steps))

    def run():
        parameters = _parameters(work.start)
        if work.batch_size is None:
            parameters, _ = all_steps(parameters)
        else:
            rng = work.rng()
            for _ in range(work.epochs):
                parameters, _ = epoch(parameters, X, y, rng.permutation(len(work.X)))
        return _network(work, parameters)

    return run


def _parameters(net):
    biases = net.biases or [None] * len(net.weights)
    return jax.tree.map(jnp.asarray, list(zip(net.weights, biases, strict=True)))


def _network(work, parameters):
    weights, biases = zip(*parameters, strict=True)
    biases = None if work.start.biases is None else biases
    return Network.from_weights(weights, biases, output=work.start.output, dtype=work.start.dtype)
