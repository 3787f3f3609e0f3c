"""Where the nodes of a computation stand: columns by distance to the output, few crossings.

An edge that spans several columns gets a waypoint in each column between, so that it is drawn
around the nodes there. A place is a node or such a waypoint.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from .kit.spacing import rising

Place = Hashable
Edge = tuple[Hashable, Hashable]
SWEEPS = 8


def distances(nodes: Iterable[Hashable], edges: Sequence[Edge]) -> dict[Hashable, int]:
    """Count the edges on the longest path from each node to an output.

    Raises
    ------
    ValueError
        If an edge names an unknown node, or the edges run in a circle.
    """
    distance = dict.fromkeys(nodes, 0)
    for edge in edges:
        for end in edge:
            if end not in distance:
                raise ValueError(f"the edge {edge} names {end!r}, which is not a node")
    # Without a circle, no path has more edges than there are nodes.
    for _ in range(len(distance) + 1):
        changed = False
        for start, end in edges:
            if distance[start] < distance[end] + 1:
                distance[start], changed = distance[end] + 1, True
        if not changed:
            return distance
    raise ValueError("the edges run in a circle, so nothing can be computed")


def columns_and_paths(
    nodes: Iterable[Hashable], edges: Sequence[Edge]
) -> tuple[list[list[Place]], list[list[Place]]]:
    """Sort places into columns, left to right, and give each edge its places from start to end."""
    distance = distances(nodes, edges)
    last = max(distance.values(), default=0)
    columns: list[list[Place]] = [[] for _ in range(last + 1)]
    for node, d in distance.items():
        columns[last - d].append(node)
    paths = []
    for k, (start, end) in enumerate(edges):
        between = range(last - distance[start] + 1, last - distance[end])
        waypoints = [("waypoint", k, column) for column in between]
        for column, waypoint in zip(between, waypoints, strict=True):
            columns[column].append(waypoint)
        paths.append([start, *waypoints, end])
    return columns, paths


def neighbours(paths: Sequence[Sequence[Place]]) -> tuple[dict, dict]:
    """List, for each place, the places just before it and just after it."""
    before: dict[Place, list[Place]] = {}
    after: dict[Place, list[Place]] = {}
    for path in paths:
        for a, b in pairwise(path):
            before.setdefault(b, []).append(a)
            after.setdefault(a, []).append(b)
    return before, after


def uncross(columns: list[list[Place]], paths: Sequence[Sequence[Place]]) -> None:
    """Reorder each column, in place: every place moves to the mean rank of its neighbours."""
    before, after = neighbours(paths)
    rank = {place: i / max(len(c) - 1, 1) for c in columns for i, place in enumerate(c)}
    for sweep in range(SWEEPS):
        # The first sweep starts at the output, where the computation gives the order.
        near, way = (after, columns[::-1]) if sweep % 2 == 0 else (before, columns)
        for column in way:
            wanted = {p: np.mean([rank[q] for q in near.get(p, [p])]) for p in column}
            column.sort(key=wanted.__getitem__)
            rank.update((p, (i + 0.5) / len(column)) for i, p in enumerate(column))


def _settle(wanted: Sequence[float], sizes: Sequence[float], height: float) -> np.ndarray:
    """Move stacked places as little as possible, by least squares, so that none overlap."""
    sizes = np.asarray(sizes, dtype=float)
    offsets = np.cumsum(sizes) - sizes / 2
    level = rising(np.asarray(wanted) - offsets)
    return np.clip(level, 0, max(0.0, height - sizes.sum())) + offsets


def heights(
    columns: Sequence[Sequence[Place]],
    paths: Sequence[Sequence[Place]],
    sizes: Mapping[Place, float],
    height: float,
) -> dict[Place, float]:
    """Give each place its height, from 0 (top) to `height`, near the mean of its neighbours."""
    before, after = neighbours(paths)
    y: dict[Place, float] = {}
    for column in columns:
        share = height / len(column)
        y.update((p, (i + 0.5) * share) for i, p in enumerate(column))
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else columns[::-1]:
            near = [[*before.get(p, []), *after.get(p, [])] or [p] for p in column]
            wanted = [np.mean([y[q] for q in places]) for places in near]
            settled = _settle(wanted, [sizes[p] for p in column], height)
            y.update(zip(column, settled.tolist(), strict=True))
    return y
