"""Diagnosed by the thousand: no right program is accused, and no wrong one called right."""

from steps import drawn

from nn_tutorial.doctor import diagnose

RIGHT = ("correct", "correct-online")
PROGRAMS = 5000


def run(say):
    """Diagnose programs with zero to four faults switched in, and return the table's rows."""
    right = wrong = named = unknown = 0
    seed = 10_000  # beyond those of the tests
    while right + wrong < PROGRAMS:
        seed += 1
        case = drawn(seed)
        if case is None:
            continue
        step, layout, activations, on = case
        found = diagnose(step, layout=layout, activations=activations)
        expected = {word.split("@")[0] for word in on} - {"rate-missing"}
        assert (found.verdict in RIGHT) == (not expected), (seed, on, found)
        if not expected:
            right += 1
            assert not found.faults, (seed, found)
        else:
            wrong += 1
            named += {fault.name for fault in found.faults} == expected
            unknown += found.verdict == "unknown"
        if (right + wrong) % 500 == 0:
            say(f"{right + wrong} programs, {named} of {wrong} wrong ones named")
    return [
        ("right programs", right, "called right, none accused"),
        ("wrong programs", wrong, f"none called right; {named} with exactly their faults"),
        ("of these, not understood", unknown, "said to be unknown"),
    ]
