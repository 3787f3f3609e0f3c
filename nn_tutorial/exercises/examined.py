"""Steps of descent that make no known mistake are examined by the doctor, which names the parts."""

from collections.abc import Callable

from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.parts import Finding

ANOTHER_LOSS = (
    "That is right for another loss: by this convention one descends {}. The question asks for "
    "the mean of the squared errors, over samples and outputs, with its 2."
)
ROW_BY_ROW = (
    "The weights move after each sample. That descends a loss as well; the question asks for one "
    "move, from the errors of all samples."
)
NO_RATE = (
    "What comes back does not change with the learning rate. Is a number of your own built in?"
)


def examined(exercise: Exercise, function: Callable) -> list[Finding]:
    """Return what the doctor finds in an answer: conventions other than those asked, and faults.

    Empty where the exercise asks for no step, or the doctor does not understand it.
    """
    # The doctor borrows the feedback's look, so it is imported when it is needed.
    from nn_tutorial.doctor import diagnose
    from nn_tutorial.doctor.diagnosis import LOSSES

    if exercise.as_step is None:
        return []
    diagnosis = diagnose(
        exercise.as_step(function),
        layout="W1, W2",
        activations=("sigmoid", "sigmoid"),
        sizes=exercise.step_sizes,
    )
    if diagnosis.verdict == "unknown":
        return []
    findings = []
    no_rate = "rate-missing" in diagnosis.labels and not diagnosis.faults
    for word in sorted(diagnosis.labels & LOSSES.keys()) if not no_rate else ():
        if word != "loss=sum" or not exercise.step_sizes:  # of one sample, the mean is the sum
            text = ANOTHER_LOSS.format(LOSSES[word])
            findings.append(Finding("another loss", text, ""))
    if "per-sample" in diagnosis.labels:
        findings.append(Finding("row by row", ROW_BY_ROW, ""))
    if no_rate:
        findings.append(Finding("the learning rate is not used", NO_RATE, ""))
    for fault in diagnosis.faults:
        chapter, heading = fault.section.split(", ", 1)
        here = chapter.startswith(f"{exercise.chapter:02}")
        where = heading if here else f"{heading} (chapter {chapter[:2]})"
        name = "the sign" if fault.name == "sign+add" else fault.name.replace("-", " ")
        name = f"{name} ({fault.parameter})" if fault.parameter else name
        findings.append(Finding(name, fault.explanation, where))
    return findings
