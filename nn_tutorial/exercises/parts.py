"""Find known mistakes in the parts of an answer that makes none as a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from nn_tutorial.exercises.compare import as_numbers, difference, narrowed
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.kinds import ELSEWHERE, OF_PARTS, SHAPE_KINDS, Kind, kind_of
from nn_tutorial.exercises.observe import Outcome


@dataclass(frozen=True)
class Finding:
    """A mistake that was found: in the whole answer, or in some of its parts, counted from 1."""

    name: str
    explanation: str
    section: str | None
    parts: tuple[int, ...] = ()


def usual_section(exercise: Exercise, part: int | None = None) -> str | None:
    """Return the heading that most mistakes say to read again, or that of a part of its own."""
    if exercise.sections:
        return exercise.sections[part - 1] if part else None
    sections = [mistake.section for mistake in exercise.mistakes.values()]
    return max(sections, key=sections.count) if sections else None


def agree(pairs: Iterable[tuple], tolerance: tuple[float, float]) -> bool:
    """Return whether each answer is the right one, of pairs (right, answer)."""
    return all(difference(right, answer, *tolerance) is None for right, answer in pairs)


def found_in_parts(
    exercise: Exercise, pairs: list[tuple], outcomes: Mapping[str, Iterable[Outcome]]
) -> list[Finding]:
    """Return known mistakes and kinds that explain wrong parts, of (right, answer) in all cases.

    First come mistakes that are wrong in no other part, then kinds, then the other mistakes.
    """
    parts = _parts(pairs)
    left = {part for part, those in parts.items() if not agree(those, exercise.tolerance)}
    known = _known_in_parts(exercise, parts, outcomes)
    exact = {name: same for name, (same, claimed) in known.items() if claimed <= same}
    found, left = _covered(exercise, exact, left)
    for part in sorted(left):
        kind = _kind_of_part(exercise, parts, part)
        if kind is not None:
            here = (part,)
            section = usual_section(exercise, part)
            found.append(Finding(kind.name, kind.explanation, section, here))
            left = left - {part}
    more, _ = _covered(exercise, {name: same for name, (same, _) in known.items()}, left)
    return _together(found + more)


def _parts(pairs):
    """Return the (right, answer) of each part in all cases, by the number of the part."""
    n_parts = {len(right) if isinstance(right, tuple) else 0 for right, _ in pairs}
    if len(n_parts) > 1 or n_parts <= {0, 1}:
        return {}
    (n,) = n_parts
    if any(not isinstance(answer, tuple | list) or len(answer) != n for _, answer in pairs):
        return {}
    return {k + 1: [(right[k], answer[k]) for right, answer in pairs] for k in range(n)}


def rounded_coarsely(exercise: Exercise, pairs: list[tuple]) -> Kind | None:
    """Return a kind, if all numbers of an answer are right but for decimals that are missing."""
    asked = exercise.decimals or 0
    try:
        right, answer = (np.array([as_numbers(x[k]) for x in pairs], float) for k in (0, 1))
    except ValueError:  # letters, or parts of unequal shapes
        return None
    if right.shape != answer.shape or not answer.any() or not np.isfinite(answer).all():
        return None
    for decimals in range(asked - 1, -1, -1):
        unit = 10.0**-decimals
        made = np.round(right, decimals), unit * np.trunc(right / unit)
        if any(np.allclose(numbers, answer, rtol=1e-9, atol=1e-12) for numbers in made):
            name = f"rounded to {counted(decimals)}"
            return Kind(name, iter, f"This is right to {counted(decimals)}; {asked} are asked for.")
    return None


def counted(decimals: int) -> str:
    """Return "1 decimal", "2 decimals" and so on."""
    return f"{decimals} decimal{'s' if decimals != 1 else ''}"


def _known_in_parts(exercise, parts, outcomes):
    """Return for each known mistake the parts in which it is wrong as the answer, or at all."""
    known, limits = {}, exercise.tolerance
    for name, of_mistake in outcomes.items() if parts else ():
        same, claimed = set(parts), set()
        for number, made in enumerate(outcome.value for outcome in of_mistake):
            if not isinstance(made, tuple | list) or len(made) != len(parts):
                same = set()
                break
            for part, those in parts.items():
                right, answer = those[number]
                if not agree([(made[part - 1], answer)], narrowed(limits, made[part - 1])):
                    same.discard(part)
                if not agree([(right, made[part - 1])], limits):
                    claimed.add(part)
            if not same:
                break  # mostly in the first case, so the others are not even computed
        if same & claimed:
            known[name] = same & claimed, claimed
    return known


def _covered(exercise, known, left):
    """Return as few known mistakes as explain wrong parts, and the parts that are left."""
    found = []
    while left and known:
        name = max(known, key=lambda name: len(known[name] & left))
        here = known.pop(name) & left
        if here:
            mistake = exercise.mistakes[name]
            found.append(Finding(name, mistake.explanation, mistake.section, tuple(sorted(here))))
        left = left - here
    return found, left


def _kind_of_part(exercise, parts, part):
    if exercise.kind == "number" and (coarse := rounded_coarsely(exercise, parts[part])):
        return coarse
    if exercise.kind != "shape":
        return kind_of(parts[part], exercise.tolerance, OF_PARTS)
    kind = kind_of(parts[part], exercise.tolerance, SHAPE_KINDS)
    [(_, answer)] = parts[part]
    if kind is None and any(right == answer for [(right, _)] in parts.values()):
        return Kind("the shape of another part", iter, ELSEWHERE)
    return kind


def _together(found):
    """Return the findings, those of one name as one."""
    parts = {}
    for one in found:
        parts[one.name] = tuple(sorted(parts.get(one.name, ()) + one.parts))
    return [replace(one, parts=parts.pop(one.name)) for one in found if one.name in parts]
