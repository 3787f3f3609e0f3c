"""Steps of descent with faults switched in, written apart from the doctor that examines them.

``PUBLIC`` are twenty programs by other people as behaviour, ``made`` builds others from switches,
and ``drawn`` draws some at random with the words that the doctor should find.
"""

import numpy as np

LAYOUTS = ("W1, W2", "W1, b1, W2", "W1, b1, W2, b2")
BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: z * (z > 0),
    "linear": lambda z: z,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
}
OF_Z = {
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 1 / np.cosh(z) ** 2,
    "relu": lambda z: 1.0 * (z > 0),
    "linear": lambda z: 1 + 0 * z,
}
OF_A = {
    "sigmoid": lambda a: a - a * a,
    "tanh": lambda a: (1 - a) * (1 + a),
    "relu": lambda a: 1.0 * (a > 0),
    "linear": lambda a: 1 + 0 * a,
}
LOSSES = {
    "half-sum": lambda n: 1, "sum": lambda n: 2, "half-mean": lambda n: 1 / n,
    "mean": lambda n: 2 / n, "cross-entropy-sum": lambda n: 1, "cross-entropy-mean": lambda n: 1 / n,
}  # fmt: skip

# Switches that exclude each other, by the place that they change.
PLACES = {
    "output slope": (
        "no-slope-output", "slope-of-z-given-a@output", "slope-of-a-given-z@output",
        "extra-activation-factor@output", "division-instead-of-multiplication@output",
        "slope-of-other-activation@output",
    ),
    "sent": ("no-output-slope-in-hidden",),
    "error": ("loss-times-error",),
    "hidden slope": (
        "no-slope-hidden", "slope-of-z-given-a@hidden", "slope-of-a-given-z@hidden",
        "extra-activation-factor@hidden", "division-instead-of-multiplication@hidden",
        "slope-of-other-activation@hidden", "output-in-place-of-hidden",
    ),
    "through": (
        "w2-updated-first", "w2-absent-in-hidden", "wrong-matrix-in-hidden@h",
        "wrong-matrix-in-hidden@gradient", "missing-transpose@through",
        "reshape-instead-of-transpose@through", "delta-overwritten-in-place",
    ),
    "product": (
        "missing-transpose@X", "reshape-instead-of-transpose@X", "elementwise-instead-of-outer",
    ),
    "bias": (
        "bias-not-updated", "bias-hidden-not-updated", "bias-output-not-updated",
        "bias-gradient-summed-over-units", "bias-gradient-to-wrong-parameter",
        "bias-per-sample-shape",
    ),
    "weights": ("w1-not-updated", "w2-not-updated"),
    "rate": ("rate-missing", "rate-missing-W1", "rate-twice"),
    "sign": ("sign+add",),
    "count": ("mean-twice", "divides-by-wrong-count"),
    "rows": (
        "last-sample-skipped", "first-sample-only", "first-target-for-all", "targets-broadcast",
        "last-activations-for-summed-delta", "hidden-error-summed-over-samples", "stale-update",
    ),
    "forward": ("forward-skips-hidden",),
}  # fmt: skip


def made(hidden, output, loss, switches=(), online=False):
    """Return a step with these activations, this loss, and these switches on."""
    on = set(switches)

    def slope(place, name, z, a):
        if f"slope-of-z-given-a@{place}" in on:
            return OF_Z[name](a)
        if f"slope-of-a-given-z@{place}" in on:
            return OF_A[name](z)
        if f"slope-of-other-activation@{place}" in on:
            return OF_A["tanh" if name == "sigmoid" else "sigmoid"](a)
        right = OF_A[name](a)
        if f"extra-activation-factor@{place}" in on:
            return a * right
        return 1 / right if f"division-instead-of-multiplication@{place}" in on else right

    def factor(name, rate, n):
        k = LOSSES[loss](n)
        k *= 1 / n if "mean-twice" in on else 1
        k *= 1 / (n + 1) if "divides-by-wrong-count" in on else 1
        k *= -1 if "sign+add" in on else 1
        if "rate-missing" in on or (name == "W1" and "rate-missing-W1" in on):
            return k
        return k * rate * rate if "rate-twice" in on else k * rate

    def gradients(X, y, p, rate, n):
        W1, b1, W2, b2 = p
        z1 = X @ W1 + b1
        h = BENDS[hidden](z1)
        z2 = (X if "forward-skips-hidden" in on else h) @ W2 + b2
        o = BENDS[output](z2)
        if "first-target-for-all" in on:
            y = np.tile(y[0], (len(X), 1))
        if "targets-broadcast" in on:
            y = np.tile(y.mean(axis=0), (len(X), 1))
        e = o - y
        if "loss-times-error" in on:
            e = e * (e * e).sum(axis=1, keepdims=True)
        bare = loss.startswith("cross") or "no-slope-output" in on
        d2 = e if bare else e * slope("output", output, z2, o)
        sent = e if "no-output-slope-in-hidden" in on else d2
        gW2 = h.T @ d2
        if "last-activations-for-summed-delta" in on:
            d2, sent = d2.sum(axis=0)[None], sent.sum(axis=0)[None]
            h, z1, X, z2, o = h[-1:], z1[-1:], X[-1:], z2[-1:], o[-1:]
            gW2 = h.T @ d2
        new = W2 - factor("W2", rate, n) * gW2
        if "w2-not-updated" in on:
            new = W2
        back = sent @ (new if "w2-updated-first" in on else W2).T if (
            "missing-transpose@through" not in on
        ) else sent @ W2  # fmt: skip
        if "w2-absent-in-hidden" in on:
            back = sent.sum(axis=1)[:, None] + np.zeros_like(h)
        if "wrong-matrix-in-hidden@h" in on:
            back = sent.sum(axis=1)[:, None] * h
        if "wrong-matrix-in-hidden@gradient" in on:
            back = sent @ gW2.T
        if "reshape-instead-of-transpose@through" in on:
            back = sent @ W2.reshape(W2.shape[::-1])
        if "delta-overwritten-in-place" in on:
            back = sent[:, -1:] * W2[:, -1]
        if "hidden-error-summed-over-samples" in on:
            back = np.tile(back.sum(axis=0), (len(X), 1))
        if "no-slope-hidden" in on:
            d1 = back
        elif "output-in-place-of-hidden" in on:
            d1 = back * OF_A[output](o)
        else:
            d1 = back * slope("hidden", hidden, z1, h)
        gW1 = X.T @ d1
        if "missing-transpose@X" in on:
            gW1 = X @ d1
        if "reshape-instead-of-transpose@X" in on:
            gW1 = X.reshape(X.shape[::-1]) @ d1
        if "elementwise-instead-of-outer" in on:
            gW1 = np.zeros_like(W1) + (X * d1).sum(axis=0)
        gb1, gb2 = d1.sum(axis=0)[None], d2.sum(axis=0)[None]
        if "bias-gradient-summed-over-units" in on:
            gb1, gb2 = gb1.sum() + 0 * b1, gb2.sum() + 0 * b2
        if "bias-gradient-to-wrong-parameter" in on:
            gb1 = gb2.sum() + 0 * b1
        if "bias-per-sample-shape" in on:
            gb1, gb2 = d1, d2
        return gW1, gb1, gW2, gb2

    def step(X, y, params, rate):
        q = [np.array(p) for p in params]
        n_params = len(q)
        H, C = q[0].shape[1], y.shape[1]
        if n_params == 2:
            q = [q[0], np.zeros((1, H)), q[1], np.zeros((1, C))]
        elif n_params == 3:
            q = [*q, np.zeros((1, C))]
        rows = range(len(X))
        if "last-sample-skipped" in on:
            rows = rows[:-1]
        if "first-sample-only" in on:
            rows = rows[:1]
        groups = [[r] for r in rows] if online or "stale-update" in on else [list(rows)]
        waiting = None
        for group in groups:
            t = y[:1] if "first-target-for-all" in on else y[group]
            n = len(X) if on & {"mean-twice", "divides-by-wrong-count"} else len(group)
            g = gradients(X[group], t, q, rate, n)
            if "stale-update" in on:
                g, waiting = waiting, g
                if g is None:
                    continue
            moves = [factor(name, rate, n) * v for name, v in zip(("W1", "b1", "W2", "b2"), g)]
            keep = {0: "w1-not-updated", 2: "w2-not-updated", 1: "bias-hidden-not-updated",
                    3: "bias-output-not-updated"}  # fmt: skip
            for i, word in keep.items():
                if word not in on and not (i in (1, 3) and "bias-not-updated" in on):
                    if n_params == 4 or i in (0, 2) or (n_params == 3 and i == 1):
                        q[i] = q[i] - moves[i]
        return {2: [q[0], q[2]], 3: [q[0], q[1], q[2]], 4: q}[n_params]

    return step
