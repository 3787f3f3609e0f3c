"""What else an answer may be: right but for one kind of slip, or known mistakes in its parts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nn_tutorial.exercises.compare import difference, same_things
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.kinds import ELSEWHERE, KINDS, SHAPE_KINDS, Kind, kind_of
from nn_tutorial.exercises.observe import Outcome, observe


@dataclass(frozen=True)
class Finding:
    """A mistake that was found: in the whole answer, or in some of its parts, counted from 1."""

    name: str
    explanation: str
    section: str | None
    parts: tuple[int, ...] = ()


def usual_section(exercise: Exercise) -> str | None:
    """Return the heading that most of the exercise's mistakes say to read again."""
    sections = [mistake.section for mistake in exercise.mistakes.values()]
    return max(sections, key=sections.count) if sections else None


def found_in(
    exercise: Exercise, cases: list[tuple], should: list[Outcome], did: list[Outcome]
) -> list[Finding]:
    """Return what an answer that makes no known mistake as a whole gets wrong, as far as is known.

    Empty where it raised, or nothing fits. Where only some wrong parts are understood, it is these.
    """
    if len(did) < len(cases) or any(outcome.error for outcome in (*should, *did)):
        return []
    if exercise.kind == "prediction":
        return []
    section, tolerance = usual_section(exercise), exercise.tolerance
    pairs = [(right.value, one.value) for right, one in zip(should, did, strict=True)]
    if _agree(pairs, tolerance):
        return [_besides(should, did, section)]
    kind = kind_of(pairs, tolerance, KINDS if exercise.kind != "shape" else KINDS[:1])
    if kind is not None:
        return [Finding(kind.name, kind.explanation, section)]
    wrong, parts = _wrong_parts(pairs, tolerance)
    found, left = _known_mistakes(exercise, cases, wrong, parts)
    for part in sorted(left):
        kind = _kind_of_part(exercise, parts, part)
        if kind is not None:
            found.append(Finding(kind.name, kind.explanation, section, (part,)))
    return _together(found)


def _together(found):
    """Return the findings, those of one name as one."""
    parts = {}
    for one in found:
        parts[one.name] = parts.get(one.name, ()) + one.parts
    return [replace(one, parts=parts.pop(one.name)) for one in found if one.name in parts]


def _besides(should, did, section):
    """Return what is wrong where all results are right."""
    if all(same_things(a.arguments, b.arguments) for a, b in zip(should, did, strict=True)):
        return Finding(
            "a warning on the way",
            "Somewhere a number became too large, or was divided by 0, and was thrown away later. "
            "`np.where` computes both of its branches everywhere, before it chooses.",
            section,
        )
    return Finding(
        "an argument is changed",
        "Whoever calls the function may still need what was handed in. `W -= …`, `W[:] = …` and "
        "the like change the array itself; `W = W - …` makes a new one.",
        section,
    )


def _known_mistakes(exercise, cases, wrong, parts):
    """Return as few known mistakes as explain wrong parts, and the parts that are left."""
    known = _known_in_parts(exercise, cases, parts)
    found, left = [], set(wrong)
    while left and known:  # the one that explains most, and claims least besides
        name = max(known, key=lambda name: (len(known[name] & left), -len(known[name])))
        here = known.pop(name) & left
        if here:
            mistake = exercise.mistakes[name]
            found.append(Finding(name, mistake.explanation, mistake.section, tuple(sorted(here))))
        left -= here
    return found, left


def _kind_of_part(exercise, parts, part):
    if exercise.kind != "shape":
        return kind_of(parts[part], exercise.tolerance)
    kind = kind_of(parts[part], exercise.tolerance, SHAPE_KINDS)
    [(_, answer)] = parts[part]
    if kind is None and any(right == answer for [(right, _)] in parts.values()):
        return Kind("the shape of another part", iter, ELSEWHERE)
    return kind


def _wrong_parts(pairs, tolerance):
    """Return the numbers of the wrong parts, and the (right, answer) of each part in all cases."""
    n_parts = {len(right) if isinstance(right, tuple) else 0 for right, _ in pairs}
    if len(n_parts) > 1 or n_parts <= {0, 1}:
        return [], {}
    (n,) = n_parts
    if any(not isinstance(one, tuple | list) or len(one) != n for _, one in pairs):
        return [], {}
    parts = {k + 1: [(right[k], one[k]) for right, one in pairs] for k in range(n)}
    return [part for part, those in parts.items() if not _agree(those, tolerance)], parts


def _agree(pairs: Iterable[tuple], tolerance) -> bool:
    return all(difference(right, one, *tolerance) is None for right, one in pairs)


def _known_in_parts(exercise, cases, parts):
    """Return the parts in which each known mistake is wrong and the answer says the same."""
    known = {}
    for name, mistake in exercise.mistakes.items() if parts else ():
        same, wrong = set(parts), set()
        for number, case in enumerate(cases):
            made = observe(mistake.answer, case, limited=False).value
            if not isinstance(made, tuple | list) or len(made) != len(parts):
                same = set()
            for part in same.copy():
                right, answer = parts[part][number]
                if not _agree([(made[part - 1], answer)], exercise.tolerance):
                    same.remove(part)
                elif not _agree([(right, made[part - 1])], exercise.tolerance):
                    wrong.add(part)
            if not same:
                break  # mostly in the first case, so the others are not even computed
        if same & wrong:
            known[name] = same & wrong
    return known
