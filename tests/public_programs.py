"""Twenty programs by other people, as behaviour: what each does in one training update.

Each ``step(X, y, params, rate)`` was written anew from a reading of a beginner's public program, of
the 123 that chapter 17 speaks of; nothing of theirs is copied. X (N, D), y (N, C), samples as rows;
W1 (D, H), b1 (1, H), W2 (H, C), b2 (1, C). A step returns new arrays. One call is one pass over the
rows. ``PROGRAMS`` lists them with what they do.
"""

import numpy as np


def _sig(z):
    return 1.0 / (1.0 + np.exp(-z))


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


FUN = {
    "sigmoid": _sig,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
    "linear": lambda z: z,
    "bipolar": lambda z: 2.0 / (1.0 + np.exp(-z)) - 1.0,
    "tanh1716": lambda z: 1.716 * np.tanh(2.0 * z / 3.0),
    "softmax": _softmax,
}
# slope of the activation, written in terms of the activation's VALUE
SLOPE = {
    "sigmoid": lambda a: a * (1.0 - a),
    "tanh": lambda a: 1.0 - a * a,
    "relu": lambda a: (a > 0).astype(float),
    "linear": lambda a: np.ones_like(a),
    "bipolar": lambda a: 0.5 * (1.0 + a) * (1.0 - a),
    "tanh1716": lambda a: (2.0 / 3.0) * (1.716 - a * a / 1.716),
}
SIZE = {
    "half-sum": lambda n: 1.0,
    "sum": lambda n: 2.0,
    "half-mean": lambda n: 1.0 / n,
    "mean": lambda n: 2.0 / n,
    "ce-sum": lambda n: 1.0,
    "ce-mean": lambda n: 1.0 / n,
}


def _unpack(params):
    p = [np.array(a, dtype=float) for a in params]
    if len(p) == 2:
        return [p[0], None, p[1], None]
    if len(p) == 3:
        return [p[0], p[1], p[2], None]
    return p


def _pack(q, params):
    return [a for a in q if a is not None][: len(params)]


def _plus(z, b):
    return z if b is None else z + b


def _see(q, X, hid, out):
    h = FUN[hid](_plus(X @ q[0], q[1]))
    return h, FUN[out](_plus(h @ q[2], q[3]))


def _rows(X, y):
    return [(X[i : i + 1], y[i : i + 1]) for i in range(len(X))]


def _col(M):
    return M.sum(axis=0, keepdims=True)


def plain(
    hid,
    out,
    loss,
    online=False,
    use_rate=True,
    frozen=(),
    l2=0.0,
    skip_last=False,
    first_only=False,
    divisor=None,
    one_target=False,
):
    """Textbook descent of `loss`; `frozen` names the parameters that never move."""

    def step(X, y, params, rate):
        q = _unpack(params)
        r = rate if use_rate else 1.0
        batches = _rows(X, y) if online else [(X, y)]
        if skip_last:
            batches = batches[:-1]
        if one_target:
            batches = [(a, y[:1]) for a, _ in batches]
        if first_only:
            batches = batches[:1]
        for a, t in batches:
            h, o = _see(q, a, hid, out)
            k = SIZE[loss](len(a)) if divisor is None else 1.0 / divisor
            d2 = k * (o - t)
            if not loss.startswith("ce"):
                d2 = d2 * SLOPE[out](o)
            d1 = (d2 @ q[2].T) * SLOPE[hid](h)
            g = [a.T @ d1 + l2 * q[0], _col(d1), h.T @ d2 + l2 * q[2], _col(d2)]
            for i, name in enumerate(("W1", "b1", "W2", "b2")):
                if q[i] is not None and name not in frozen:
                    q[i] = q[i] - r * g[i]
        return _pack(q, params)

    return step


def raw_error_w2_first(X, y, params, rate):
    """Output layer right and moved first; hidden fed by the raw error through the moved W2."""
    q = _unpack(params)
    for a, t in _rows(X, y):
        h, o = _see(q, a, "sigmoid", "sigmoid")
        e = t - o
        d = e * o * (1 - o) * rate
        q[2] = q[2] + h.T @ d
        if q[3] is not None:
            q[3] = q[3] + d
        back = rate * (e @ q[2].T) * h * (1 - h)
        q[0] = q[0] + a.T @ back
        if q[1] is not None:
            q[1] = q[1] + back
    return _pack(q, params)


def raw_error(online):
    """Output layer right; hidden fed by the raw error through W2 as it was."""

    def step(X, y, params, rate):
        q = _unpack(params)
        for a, t in _rows(X, y) if online else [(X, y)]:
            h, o = _see(q, a, "sigmoid", "sigmoid")
            e = t - o
            back = (e @ q[2].T) * h * (1 - h)
            d = e * o * (1 - o)
            q[2] = q[2] + rate * (h.T @ d)
            q[0] = q[0] + rate * (a.T @ back)
            if q[3] is not None:
                q[3] = q[3] + rate * _col(d)
            if q[1] is not None:
                q[1] = q[1] + rate * _col(back)
        return _pack(q, params)

    return step


def w2_first(hid, out, online, use_rate=True):
    """Right deltas, but the hidden delta sees the W2 that was just moved."""

    def step(X, y, params, rate):
        q = _unpack(params)
        r = rate if use_rate else 1.0
        for a, t in _rows(X, y) if online else [(X, y)]:
            h, o = _see(q, a, hid, out)
            d = (t - o) * SLOPE[out](o)
            q[2] = q[2] + r * (h.T @ d)
            if q[3] is not None:
                q[3] = q[3] + r * _col(d)
            back = (d @ q[2].T) * SLOPE[hid](h)
            q[0] = q[0] + r * (a.T @ back)
            if q[1] is not None:
                q[1] = q[1] + r * _col(back)
        return _pack(q, params)

    return step


def hidden_without_w2(X, y, params, rate):
    q = _unpack(params)
    for a, t in _rows(X, y):
        h, o = _see(q, a, "sigmoid", "sigmoid")
        e = t - o
        q[2] = q[2] + rate * (h.T @ (e * o * (1 - o)))
        q[0] = q[0] + rate * (a.T @ (e * h * (1 - h)))
    return _pack(q, params)


def bias_takes_everything(extra_rows=0):
    """Softmax, mean cross-entropy; each bias gets one number: the sum over rows and units."""

    def step(X, y, params, rate):
        q = _unpack(params)
        n = len(X) + extra_rows
        h, o = _see(q, X, "relu", "softmax")
        d = (o - y) / n
        back = (d @ q[2].T) * (h > 0)
        return _pack(
            [
                q[0] - rate * (X.T @ back),
                q[1] - rate * back.sum(),
                q[2] - rate * (h.T @ d),
                q[3] - rate * d.sum(),
            ],
            params,
        )

    return step


def batch_delta_last_activations(X, y, params, rate):
    q = _unpack(params)
    h, o = _see(q, X, "sigmoid", "sigmoid")
    total = _col((y - o) * o * (1 - o))
    last_h, last_x = h[-1:], X[-1:]
    back = (total @ q[2].T) * last_h * (1 - last_h)
    return _pack(
        [q[0] + rate * (last_x.T @ back), q[1] + rate * back, q[2] + rate * (last_h.T @ total)],
        params,
    )


PROGRAMS = [
    {
        "name": "program 01",
        "layout": "W1,b1,W2,b2",
        "activations": ("relu", "relu"),
        "verdict": "correct",
        "labels": ["loss=mean", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("relu", "relu", "mean"),
    },
    {
        "name": "program 02",
        "layout": "W1,b1,W2,b2",
        "activations": ("tanh", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=cross-entropy-mean", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("tanh", "sigmoid", "ce-mean"),
    },
    {
        "name": "program 03",
        "layout": "W1,b1,W2,b2",
        "activations": ("relu", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=cross-entropy-mean", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("relu", "sigmoid", "ce-mean"),
    },
    {
        "name": "program 04",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=half-sum", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum"),
    },
    {
        "name": "program 05",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=half-sum", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum"),
    },
    {
        "name": "program 06",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=cross-entropy-sum", "none (correct)"],
        "dims": (5, 3, 4, 1),
        "step": plain("sigmoid", "sigmoid", "ce-sum"),
    },
    {
        "name": "program 07",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct-online",
        "labels": ["loss=half-sum", "per-sample", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum", online=True),
    },
    {
        "name": "program 08",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct-online",
        "labels": ["loss=half-sum", "per-sample", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum", online=True),
    },
    {
        "name": "program 09",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=half-sum", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum"),
    },
    {
        "name": "program 10",
        "layout": "W1,W2",
        "activations": ("sigmoid", "softmax"),
        "verdict": "correct-online",
        "labels": ["loss=cross-entropy-sum", "per-sample", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "softmax", "ce-sum", online=True),
    },
    {
        "name": "program 11",
        "layout": "W1,W2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=half-sum", "rate-missing", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum", use_rate=False),
    },
    {
        "name": "program 12",
        "layout": "W1,W2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=half-sum", "rate-missing", "none (correct)"],
        "dims": (5, 3, 4, 3),
        "step": plain("sigmoid", "sigmoid", "half-sum", use_rate=False),
    },
    {
        "name": "program 13",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "correct",
        "labels": ["loss=half-mean", "none (correct)"],
        "dims": (5, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-mean"),
    },
    {
        "name": "program 14",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "partial",
        "labels": ["loss=half-sum", "single-sample", "bias-not-updated"],
        "dims": (1, 3, 4, 2),
        "step": plain("sigmoid", "sigmoid", "half-sum", frozen=("b1", "b2")),
    },
    {
        "name": "program 15",
        "layout": "W1,W2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "wrong",
        "labels": [
            "loss=half-sum",
            "per-sample",
            "w2-absent-in-hidden",
            "no-output-slope-in-hidden",
        ],
        "dims": (5, 3, 4, 1),
        "step": hidden_without_w2,
    },
    {
        "name": "program 16",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "wrong",
        "labels": ["loss=half-sum", "per-sample", "no-output-slope-in-hidden", "w2-updated-first"],
        "dims": (5, 3, 4, 2),
        "step": raw_error_w2_first,
    },
    {
        "name": "program 17",
        "layout": "W1,b1,W2,b2",
        "activations": ("relu", "softmax"),
        "verdict": "wrong",
        "labels": ["loss=cross-entropy-mean", "bias-gradient-summed-over-units"],
        "dims": (5, 5, 4, 3),
        "step": bias_takes_everything(),
    },
    {
        "name": "program 18",
        "layout": "W1,W2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "wrong",
        "labels": ["loss=half-sum", "per-sample", "no-output-slope-in-hidden"],
        "dims": (5, 3, 4, 2),
        "step": raw_error(True),
    },
    {
        "name": "program 19",
        "layout": "W1,b1,W2,b2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "wrong",
        "labels": ["loss=half-sum", "per-sample", "w2-updated-first", "rate-missing"],
        "dims": (5, 3, 4, 2),
        "step": w2_first("sigmoid", "sigmoid", True, False),
    },
    {
        "name": "program 20",
        "layout": "W1,b1,W2",
        "activations": ("sigmoid", "sigmoid"),
        "verdict": "wrong",
        "labels": ["loss=half-sum", "last-activations-for-summed-delta"],
        "dims": (5, 3, 4, 1),
        "step": batch_delta_last_activations,
    },
]
