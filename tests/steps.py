"""Steps of descent with faults switched in, written apart from the doctor that examines them.

``made`` builds a step from switches, ``drawn`` draws some at random, with the words that the doctor
should find; ``put_together`` takes one piece of a step in a form of ``FORMS``.
"""

import numpy as np

LAYOUTS = ("W1, W2", "W1, b1, W2", "W1, b1, W2, b2")
BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: z * (z > 0),
    "linear": lambda z: z,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
    "tanh1716": lambda z: 1.716 * np.tanh(z * 2 / 3),
    "bipolar": lambda z: 2 / (1 + np.exp(-z)) - 1,
}
OF_Z = {
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 1 / np.cosh(z) ** 2,
    "relu": lambda z: 1.0 * (z > 0),
    "linear": lambda z: 1 + 0 * z,
    "tanh1716": lambda z: 1.716 * 2 / 3 / np.cosh(z * 2 / 3) ** 2,
    "bipolar": lambda z: 2 * np.exp(-z) / (1 + np.exp(-z)) ** 2,
}
OF_A = {
    "sigmoid": lambda a: a - a * a,
    "tanh": lambda a: (1 - a) * (1 + a),
    "relu": lambda a: 1.0 * (a > 0),
    "linear": lambda a: 1 + 0 * a,
    "tanh1716": lambda a: 2 / 3 * (1.716 - a) * (1.716 + a) / 1.716,
    "bipolar": lambda a: (1 + a) * (1 - a) / 2,
}
LOSSES = {
    "half-sum": lambda n: 1,
    "sum": lambda n: 2,
    "half-mean": lambda n: 1 / n,
    "mean": lambda n: 2 / n,
    "cross-entropy-sum": lambda n: 1,
    "cross-entropy-mean": lambda n: 1 / n,
}

FROZEN = {
    "W1": {"w1-not-updated"},
    "W2": {"w2-not-updated"},
    "b1": {"bias-not-updated", "bias-hidden-not-updated"},
    "b2": {"bias-not-updated", "bias-output-not-updated"},
}
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
        moving = {2: {"W1", "W2"}, 3: {"W1", "b1", "W2"}, 4: {"W1", "b1", "W2", "b2"}}[n_params]
        moving = moving - {name for name, words in FROZEN.items() if on & words}
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
            for i, name in enumerate(("W1", "b1", "W2", "b2")):
                if name in moving:
                    q[i] = q[i] - factor(name, rate, n) * g[i]
        return {2: [q[0], q[2]], 3: [q[0], q[1], q[2]], 4: q}[n_params]

    return step


def drawn(seed):
    """Return a step, its layout, its activations and its switches: zero to four of them.

    None where a switch could not be seen: it does nothing there, or gives the same step as another
    one, so that either answer would be right.
    """
    rng = np.random.default_rng(seed)
    layout = LAYOUTS[rng.integers(3)]
    hidden = str(rng.choice(["sigmoid", "tanh", "relu"]))
    output = str(rng.choice(["sigmoid", "sigmoid", "softmax", "linear", "tanh", "relu"]))
    loss = str(rng.choice(list(LOSSES)))
    if output == "softmax":
        loss = "cross-entropy-mean"
    elif output != "sigmoid":
        loss = loss.replace("cross-entropy", "half")
    online = bool(rng.integers(2))
    places = rng.permutation(list(PLACES))[: rng.integers(0, 5)]
    on = {str(rng.choice(PLACES[place])) for place in places}
    if _unseen(layout, hidden, output, loss, online, on):
        return None
    return made(hidden, output, loss, on, online), layout, (hidden, output), on


def _unseen(layout, hidden, output, loss, online, on):
    entropy, mean = loss.startswith("cross"), "mean" in loss
    at_output = {w for w in on if w.endswith("@output")} | on & {"no-slope-output"}
    back = on & {*PLACES["hidden slope"], *PLACES["through"], *PLACES["sent"]}
    pooled = on & {"hidden-error-summed-over-samples", "last-activations-for-summed-delta"}
    b1 = layout != LAYOUTS[0] and not on & {"bias-not-updated", "bias-hidden-not-updated"}
    b2 = layout == LAYOUTS[2] and not on & {"bias-not-updated", "bias-output-not-updated"}
    reread = on & {"missing-transpose@X", "reshape-instead-of-transpose@X"}
    return any(
        (
            # One row at a time, the sum over rows is one row.
            online and (pooled or reread or on & {"targets-broadcast", "bias-per-sample-shape"}),
            reread and on & {"stale-update", "last-activations-for-summed-delta"},
            {"last-sample-skipped", "missing-transpose@X"} <= on,  # not with these sizes
            "first-sample-only" in on and (reread or pooled),
            "last-activations-for-summed-delta" in on and "missing-transpose@X" in on,
            # Without a slope at the output there is no wrong one.
            (entropy or output == "linear") and (at_output or "no-output-slope-in-hidden" in on),
            at_output and output == "softmax",
            # Squared error without the slope is cross-entropy.
            output == "sigmoid" and "no-slope-output" in on,
            {"no-slope-output", "no-output-slope-in-hidden"} <= on,
            # The output's slope in both places is no slope in the second.
            {"output-in-place-of-hidden", "no-output-slope-in-hidden"} <= on,
            "output-in-place-of-hidden" in on and output in ("softmax", "relu", "linear"),
            # Where a ReLU is active its slope is 1; where it is not, dividing by it fails.
            "relu" in (hidden, output) and on & {"no-output-slope-in-hidden"} and reread,
            output == "relu" and at_output | on & {"no-output-slope-in-hidden"},
            hidden == "relu" and {w for w in on if w.endswith("@hidden")},
            # What one divides by a mean's count may be another usual loss.
            "mean-twice" in on and not mean,
            "divides-by-wrong-count" in on and mean,
            # These bring factors of their own.
            on & {"loss-times-error", "targets-broadcast"} and on & set(PLACES["count"]),
            # Nobody sees what is wrong with a parameter that never moves.
            "w1-not-updated" in on and (on & {"rate-missing-W1", *PLACES["product"]}),
            "w1-not-updated" in on and not b1 and (back or pooled),
            {"w1-not-updated", "w2-not-updated"} <= on,
            "w2-not-updated" in on and (at_output or on & {"w2-updated-first", "rate-missing-W1"}),
            "w2-not-updated" in on and "no-output-slope-in-hidden" in on,
            layout == LAYOUTS[0] and on & set(PLACES["bias"]),
            layout == LAYOUTS[1] and on & {"bias-not-updated", "bias-output-not-updated"},
            "w1-not-updated" in on and on & set(PLACES["bias"]) and (back or pooled),
            "w2-not-updated" in on and not b2 and "loss-times-error" in on and back,
            # A softmax's deltas add up to 0.
            output == "softmax" and on & {"w2-absent-in-hidden", "wrong-matrix-in-hidden@h"},
            output == "softmax" and {w for w in on if w.startswith("bias-gradient")},
            # With one output, the last output is the only one.
            "delta-overwritten-in-place" in on and "output-in-place-of-hidden" in on,
        )
    )


def _slope(a):
    return a * (1 - a)


def _sums(d):
    return np.array([[sum(column) for column in d.T]])


def _reread(array, shape):
    return np.array(list(array.ravel())).reshape(shape)


def _written_over(d, W2, moved, h, g):
    store = np.zeros((len(d), max(W2.shape)))
    store[:, : d.shape[1]] = d
    for row in store:
        for j, weights in enumerate(W2):
            row[j] = sum(row[c] * weight for c, weight in enumerate(weights))
    return store[:, : len(W2)]


def put_together(
    X, y, params, rate, *, error=lambda e: e, slope2=lambda z, o: _slope(o),
    through=lambda d, W2, moved, h, g: d @ W2.T, slope1=lambda z, h: _slope(h),
    product1=lambda x, d: x.T @ d, product2=lambda x, d: x.T @ d, into=lambda x, z, h, o: h,
    sums1=lambda d, other, e: _sums(d), sums2=lambda d, other, e: _sums(d),
):  # fmt: skip
    """Descend by a step of a sigmoid network, all rows at once, with any piece in another form."""
    W1, b1, W2, b2 = params
    z1 = X @ W1 + b1
    h = BENDS["sigmoid"](z1)
    z2 = h @ W2 + b2
    o = BENDS["sigmoid"](z2)
    e = error(o - y)
    d2 = e * slope2(z2, o)
    g = product2(into(X, z1, h, o), d2)
    moved = W2 - rate * g
    d1 = through(d2, W2, moved, h, g) * slope1(z1, h)
    return [
        W1 - rate * product1(X, d1), b1 - rate * sums1(d1, d2, e), moved,
        b2 - rate * sums2(d2, d1, e),
    ]  # fmt: skip


OTHER_SLOPES = {
    "applied twice": ("slope-of-z-given-a", lambda z, a: _slope(BENDS["sigmoid"](a))),
    "of a, given z": ("slope-of-a-given-z", lambda z, a: z * (1 - z)),
    "times a": ("extra-activation-factor", lambda z, a: a * _slope(a)),
    "divided": ("division-instead-of-multiplication", lambda z, a: 1 / _slope(a)),
    "a": ("slope-of-other-activation", lambda z, a: a),
    "tanh's": ("slope-of-other-activation", lambda z, a: 1 - a * a),
    "tanh's, given z": ("slope-of-other-activation", lambda z, a: 1 / np.cosh(z) ** 2),
    "tanh's of z, given a": ("slope-of-other-activation", lambda z, a: 1 / np.cosh(a) ** 2),
    "tanh's of a, given z": ("slope-of-other-activation", lambda z, a: 1 - z * z),
}
OTHER_PRODUCTS = {
    "the gradient transposed": ("missing-transpose", lambda x, d: d.T @ x),
    "the input reshaped": (
        "reshape-instead-of-transpose", lambda x, d: _reread(x, x.shape[::-1]) @ d,
    ),
    "the delta reshaped": (
        "reshape-instead-of-transpose", lambda x, d: (_reread(d, d.shape[::-1]) @ x).T,
    ),
    "the gradient reshaped": (
        "reshape-instead-of-transpose",
        lambda x, d: _reread(d.T @ x, (x.shape[1], d.shape[1])),
    ),
    "all rows alike": (
        "elementwise-instead-of-outer", lambda x, d: np.repeat(_sums(x * d), x.shape[1], axis=0),
    ),
    "all columns alike": (
        "elementwise-instead-of-outer",  # with a single column it would be right
        lambda x, d: np.outer([x[:, j] @ d[:, j] for j in range(x.shape[1])], np.ones(d.shape[1])),
    ),
    "one number": (
        "elementwise-instead-of-outer",
        lambda x, d: np.full((x.shape[1], d.shape[1]), sum((x * d).ravel())),
    ),
    "without the input": (
        "elementwise-instead-of-outer", lambda x, d: np.repeat(_sums(d), x.shape[1], axis=0),
    ),
}  # fmt: skip
OTHER_SUMS = {
    "over the units, too": (
        "bias-gradient-summed-over-units",
        lambda d, other, e: np.full((1, d.shape[1]), sum(d.ravel())),
    ),
    "of the other layer": (
        "bias-gradient-to-wrong-parameter",
        lambda d, other, e: _sums(other) + np.zeros((1, d.shape[1])),
    ),
    "of all the other layer": (
        "bias-gradient-to-wrong-parameter",
        lambda d, other, e: np.full((1, d.shape[1]), sum(other.ravel())),
    ),
    "of the errors": (
        "no-slope-output", lambda d, other, e: _sums(e) + np.zeros((1, d.shape[1])),
    ),
    "none": ("bias-per-sample-shape", lambda d, other, e: d),
    "of a row": (
        "bias-per-sample-shape", lambda d, other, e: np.repeat(_sums(d.T).T, d.shape[1], axis=1),
    ),
    "of the last row": ("last-activations-for-summed-delta", lambda d, other, e: d[-1:]),
}  # fmt: skip
# For each piece of a step: other forms of it, and the fault that is in them.
FORMS = {
    "error": {
        "squared": ("loss-times-error", lambda e: e * e),
        "times its row's loss": (
            "loss-times-error", lambda e: np.array([row * sum(row * row) for row in e]),
        ),
        "times the loss": ("loss-times-error", lambda e: e * sum((e * e).ravel())),
    },
    "slope2": OTHER_SLOPES,
    "through": {
        "moved": ("w2-updated-first", lambda d, W2, moved, h, g: d @ moved.T),
        "absent": (
            "w2-absent-in-hidden",
            lambda d, W2, moved, h, g: np.repeat(_sums(d.T).T, len(W2), axis=1),
        ),
        "absent, unit by unit": (
            "w2-absent-in-hidden", lambda d, W2, moved, h, g: d * np.ones_like(h),
        ),
        "h": ("wrong-matrix-in-hidden", lambda d, W2, moved, h, g: _sums(d.T).T * h),
        "the gradient": ("wrong-matrix-in-hidden", lambda d, W2, moved, h, g: d @ g.T),
        "reshaped": (
            "reshape-instead-of-transpose",
            lambda d, W2, moved, h, g: d @ _reread(W2, W2.shape[::-1]),
        ),
        "of the last output": (
            "delta-overwritten-in-place",
            lambda d, W2, moved, h, g: np.outer(d[:, -1], W2[:, -1]),
        ),
        "multiplied up": (
            "delta-overwritten-in-place",
            lambda d, W2, moved, h, g: d
            @ np.array([np.prod(W2[: j + 1], axis=0) for j in range(len(W2))]).T,
        ),
        "written over": ("delta-overwritten-in-place", _written_over),
    },
    "slope1": {
        "none": ("no-slope-hidden", lambda z, a: 1),
        "ReLU's, given z": ("slope-of-other-activation", lambda z, a: 1.0 * (z > 0)),
        **OTHER_SLOPES,
    },
    "product1": OTHER_PRODUCTS,
    "product2": OTHER_PRODUCTS,
    "into": {
        "X": ("wrong-matrix-in-hidden", lambda x, z, h, o: x),
        "z1": ("wrong-matrix-in-hidden", lambda x, z, h, o: z),
        "the output": ("output-in-place-of-hidden", lambda x, z, h, o: o + np.zeros_like(h)),
        "squared": ("extra-activation-factor", lambda x, z, h, o: h * h),
        "its slope": ("extra-activation-factor", lambda x, z, h, o: h - h * h),
    },
    "sums1": OTHER_SUMS,
    "sums2": OTHER_SUMS,
}  # fmt: skip
