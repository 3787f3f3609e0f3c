"""Shared work in words: where more machines stop helping, and what each of them holds."""

from collections.abc import Mapping

import numpy as np

from .telling import counted, listed, told


def speed_ups(machines: np.ndarray, curves: Mapping[str, np.ndarray]) -> str:
    """Tell for each curve where it is highest, and its end."""
    text = (
        f"How many times as fast as one machine {told(machines[0])} to {told(machines[-1])} "
        "machines are, on logarithmic axes."
    )
    for name, times in curves.items():
        k = int(np.argmax(times))
        text += f" {name}: fastest with {told(machines[k])}, {_times(times[k])}"
        text += "." if k == len(times) - 1 else f"; at the end {_times(times[-1])}."
    return text


def _times(value: float) -> str:
    return f"{told(float(f'{value:.2g}'))} times as fast"


def shard_weights(shares: np.ndarray, equal: float, error: float) -> str:
    """Tell the shares in per cent, what a plain mean gives, and how far off it is."""
    bars = listed(f"{told(round(float(share), 1))} %" for share in shares)
    return (
        f"The data in {counted(len(shares), 'shard')}: {bars}. A plain mean gives each "
        f"{told(round(equal, 1))} %, and its gradient is wrong by {told(round(100 * error, 1))} %."
    )
