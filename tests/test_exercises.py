"""What is true of every exercise, from its data: right is accepted, wrong is recognised."""

import ast
import dataclasses
import inspect
import itertools
import re
import warnings
from collections import Counter

import nbformat
import numpy as np
import pytest
from mistakes import notebook_of
from run_notebooks import NOTEBOOKS
from test_prose import wordings

from nn_tutorial.exercises import EXERCISES, Exercise, Mistake, questions
from nn_tutorial.exercises.chapters import CHAPTERS
from nn_tutorial.exercises.checker import review
from nn_tutorial.exercises.compare import difference
from nn_tutorial.exercises.exercise import N_CASES, unequal
from nn_tutorial.exercises.names import pick
from nn_tutorial.exercises.observe import observe
from nn_tutorial.exercises.recall import recall
from nn_tutorial.exercises.recognise import known_outcomes, recognised, remembered

SEEDS = range(4)  # `check` takes the first
STUDENT = "Sofia Kowalewskaja"
HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
KINDS = {"function", "number", "prediction", "shape", "order"}

of_kind = {k: [name for name, e in EXERCISES.items() if e.kind == k] for k in KINDS}
personal_ones = [name for name, exercise in EXERCISES.items() if exercise.menus]
in_two_steps = [name for name, exercise in EXERCISES.items() if exercise.reasons]
recalls = [name for name, exercise in EXERCISES.items() if exercise.sections]
ELSEWHERE = re.compile(r"(.+) \(chapter (\d\d)\)")  # a section of another chapter
FIRST_RECALL = 3  # the first chapter with two before it
mistakes = [(name, m) for name, exercise in EXERCISES.items() for m in exercise.mistakes]
NAME = 'student = "Ada Lovelace"  # write your own name here'


@pytest.fixture(params=EXERCISES)
def exercise(request):
    return EXERCISES[request.param]


def given(exercise, function, student=STUDENT):
    """Return what a reader would give to check: the function, or what it returns."""
    if exercise.kind == "function":
        return function
    return function(*exercise.cases(student=student)[0])


def answered(exercise, function, **more):
    return review(exercise, given(exercise, function), STUDENT, **more)


def seeds_of(exercise):
    """Return the seeds that give other cases: only functions have drawn ones."""
    return SEEDS if exercise.kind == "function" else SEEDS[:1]


# The data.


def test_each_exercise_has_its_own_name_and_stands_in_the_module_of_its_chapter():
    assert len(EXERCISES) == sum(len(chapter.EXERCISES) for chapter in CHAPTERS)
    for chapter in CHAPTERS:
        numbers = {exercise.chapter for exercise in chapter.EXERCISES}
        assert numbers == {int(chapter.__name__[-2:])}, f"{chapter.__name__} has another number"


def test_an_exercise_is_complete(exercise):
    assert exercise.kind in KINDS
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", exercise.name)
    assert exercise.question.endswith((".", "?"))
    assert len(exercise.mistakes) >= (2 if exercise.kind == "prediction" else 3)
    assert (exercise.draw is not None) == (exercise.kind == "function")
    assert (exercise.choices is not None) == (exercise.kind == "prediction")
    assert exercise.kind == "prediction" or exercise.reasons is None
    assert bool(exercise.lines) == (exercise.kind == "order")
    assert exercise.kind == "number" or exercise.decimals is None
    assert exercise.also_right or exercise.kind in ("prediction", "shape")
    if exercise.kind != "function":
        assert list(inspect.signature(exercise.solution).parameters) == list(exercise.menus or ())


def test_a_mistake_is_explained_and_the_explanation_is_plain(exercise):
    texts = [exercise.question, *(exercise.choices or {}).values(), *exercise.mistakes]
    texts += (exercise.reasons or {}).values()
    for mistake in exercise.mistakes.values():
        assert len(mistake.explanation) > 60
        assert mistake.explanation.endswith((".", "?"))
        texts.append(mistake.explanation)
    assert wordings("\n\n".join(texts)) == []
    assert not any("\n" in text for text in texts)


@pytest.mark.parametrize("name", of_kind["prediction"])
def test_each_wrong_choice_of_a_prediction_is_a_known_mistake(name):
    exercise = EXERCISES[name]
    right, *others = [exercise.solution()] + [m.answer() for m in exercise.mistakes.values()]
    if exercise.reasons:
        letter, number = right
        wrong = [(other, number) for other in exercise.choices if other != letter]
        wrong += [(letter, other) for other in exercise.reasons if other != number]
        assert sorted(others) == sorted(wrong)
    else:
        assert sorted([right, *others]) == sorted(exercise.choices)


@pytest.mark.parametrize("name", of_kind["function"])
def test_cases_differ_in_size_and_few_arrays_are_square(name):
    for seed in SEEDS:
        cases = EXERCISES[name].cases(seed)
        shapes = [[x.shape for x in case if isinstance(x, np.ndarray)] for case in cases]
        square = [any(len(set(s)) < len(s) for s in in_case) for in_case in shapes]
        assert len(cases) == N_CASES
        assert sum(square) <= N_CASES // 2
        assert not any(shapes) or len(set(map(str, shapes))) > 1


@pytest.mark.parametrize("name", of_kind["function"])
def test_cases_are_the_same_at_every_check(name):
    assert repr(EXERCISES[name].cases()) == repr(EXERCISES[name].cases())


# Right answers.


def test_the_solution_passes_without_a_warning(exercise):
    for seed in seeds_of(exercise):
        feedback = answered(exercise, exercise.solution, seed=seed)
        assert feedback.passed, feedback
        assert feedback.mistake is None
        assert feedback.message.startswith("Right. ")


def test_what_is_expected_is_finite(exercise):
    for case in exercise.cases(student=STUDENT):
        value = observe(exercise.solution, case).value
        assert np.isfinite(numbers_in(value)).all() or exercise.kind in ("prediction", "order")


def numbers_in(value):
    if isinstance(value, tuple | list):
        return np.concatenate([numbers_in(part) for part in value])
    return np.ravel(value if not isinstance(value, str) else np.nan)


def test_the_same_written_differently_passes(exercise):
    for function, seed in itertools.product(exercise.also_right, seeds_of(exercise)):
        feedback = answered(exercise, function, seed=seed)
        assert feedback.passed, feedback


@pytest.mark.parametrize("name", of_kind["prediction"])
def test_a_letter_may_be_large_and_padded(name):
    letters = " ".join(EXERCISES[name].solution()).upper()  # of a letter it is that letter
    assert review(EXERCISES[name], f" {letters} ").passed


@pytest.mark.parametrize("name", of_kind["shape"])
def test_a_shape_may_be_a_list(name):
    shape = given(EXERCISES[name], EXERCISES[name].solution)
    as_lists = [list(part) if isinstance(part, tuple) else part for part in shape]
    assert review(EXERCISES[name], as_lists, STUDENT).passed


# Known mistakes.


@pytest.mark.parametrize(("name", "mistake"), mistakes)
def test_a_mistake_is_rejected_and_named_as_itself(name, mistake):
    # The test below takes other seeds, too.
    known = EXERCISES[name].mistakes[mistake]
    feedback = answered(EXERCISES[name], known.answer)
    assert not feedback.passed
    assert feedback.mistake == mistake, feedback
    for words in (mistake, known.explanation, known.section):
        assert words in feedback.message
    assert (", in part " in feedback.message) == (name in recalls)


@pytest.mark.parametrize("name", in_two_steps)
def test_the_answer_and_its_reason_are_judged_by_themselves(name):
    exercise = EXERCISES[name]
    right = exercise.solution()
    named = {mistake.answer(): said for said, mistake in exercise.mistakes.items()}
    for letter, number in itertools.product(exercise.choices, exercise.reasons):
        feedback = review(exercise, letter + number)
        wrong = [pair for pair in ((letter, right[1]), (right[0], number)) if pair != right]
        assert feedback.passed == (not wrong)
        assert feedback.mistake == (", and ".join(named[pair] for pair in wrong) or None)
        says = {
            (False, True): "The answer is right, but not for this reason.",
            (True, False): "The reason holds, but it leads to another answer.",
            (True, True): "Neither the answer nor its reason is right.",
            (False, False): "Right. The answer and the reason.",
        }[letter != right[0], number != right[1]]
        assert says in feedback.message


@pytest.mark.parametrize("name", in_two_steps)
def test_an_answer_without_a_reason_is_asked_for_one_and_a_tuple_is_as_good(name):
    exercise = EXERCISES[name]
    letter, number = exercise.solution()
    assert review(exercise, (letter, int(number))).passed
    assert review(exercise, f"({letter}, {number})").passed
    for answer in (letter, number, number + letter, letter + number + number, f"{letter}9", 1.0):
        feedback = review(exercise, answer)
        assert feedback.mistake is None
        letter = (
            f"a letter from a to {max(exercise.choices)} and the number of a reason, from 1 to 4"
        )
        assert letter in feedback.message


# What opens a chapter.


@pytest.mark.parametrize("name", recalls)
def test_a_recall_asks_three_things_of_at_least_two_earlier_chapters(name):
    exercise = EXERCISES[name]
    chapters = [int(ELSEWHERE.fullmatch(section)[2]) for section in exercise.sections]
    assert len(chapters) == 3
    assert max(chapters) < exercise.chapter
    assert len(set(chapters)) >= 2
    assert {mistake.section for mistake in exercise.mistakes.values()} == set(exercise.sections)


@pytest.mark.parametrize("name", recalls)
def test_each_part_of_a_recall_is_judged_by_itself(name):
    exercise = EXERCISES[name]
    right = given(exercise, exercise.solution)
    for wrong in itertools.product((False, True), repeat=3):
        answer = [x + 123.7 if is_wrong else x for x, is_wrong in zip(right, wrong, strict=True)]
        feedback = review(exercise, tuple(answer), STUDENT)
        assert feedback.passed == (not any(wrong))
        for part, is_wrong in enumerate(wrong, start=1) if any(wrong) else ():
            assert f"Part {part}: {'not yet' if is_wrong else 'right'}." in feedback.message
            read_again = f"“{exercise.sections[part - 1]}”" in feedback.message
            assert read_again == is_wrong


@pytest.mark.parametrize("name", recalls)
def test_a_slip_in_a_part_sends_to_where_that_part_was_taught(name):
    exercise = EXERCISES[name]
    right = given(exercise, exercise.solution)
    for part in range(3):
        answer = [-x if k == part else x for k, x in enumerate(right)]
        feedback = review(exercise, answer, STUDENT)
        assert feedback.mistake is not None
        assert f"\nRead again: “{exercise.sections[part]}”.\n" in feedback.message


@pytest.mark.parametrize("name", recalls)
def test_a_part_that_was_rounded_too_far_is_said_to_be_close(name):
    exercise = EXERCISES[name]
    right = given(exercise, exercise.solution)
    for part in range(3):
        answer = list(right)
        answer[part] *= 1.009
        feedback = review(exercise, answer, STUDENT)
        if not feedback.passed:
            assert f"Part {part + 1}: close, but not to all decimals." in feedback.message
            assert feedback.mistake is None


def test_a_recall_asks_for_what_was_taught_and_its_numbers_have_names_of_their_own():
    asked = questions.one_update, questions.mirrored, questions.slope_from_a
    assert recall(7, 3, *asked).sections[0] == "One update (chapter 06)"
    with pytest.raises(ValueError, match="recall-06 asks for something that is not taught yet"):
        recall(6, 3, *asked)
    with pytest.raises(ValueError, match="two questions of recall-08 share a name"):
        recall(8, 3, questions.size_of_product, questions.products_in_all, questions.mirrored)


@pytest.mark.parametrize("name", recalls)
def test_two_mistakes_in_a_recall_are_both_named(name):
    exercise = EXERCISES[name]
    right, found = given(exercise, exercise.solution), {}
    for mistake, known in exercise.mistakes.items():
        found.setdefault(known.section, (mistake, given(exercise, known.answer)))
    answer = [
        next(y for y in (of[part] for _, of in found.values()) if y != right[part])
        for part in range(3)
    ]
    feedback = review(exercise, answer, STUDENT)
    assert all(mistake in feedback.mistake for mistake, _ in found.values())


def names_of(exercise, function, cases):
    outcomes = [observe(function, case) for case in cases]
    return recognised(exercise, known_outcomes(exercise, cases), outcomes)


def test_no_two_mistakes_can_be_confused_nor_one_with_the_solution(exercise):
    # Not even with a tenfold tolerance, so rounding decides nothing.
    tolerant = dataclasses.replace(
        exercise, relative=10 * exercise.relative, absolute=10 * exercise.absolute
    )
    for seed in seeds_of(exercise):
        own = None if exercise.kind == "function" else exercise.cases(seed, STUDENT)[0]
        right, known = remembered(exercise, seed, own)
        for mistake, outcomes in known.items():
            assert recognised(tolerant, known, list(outcomes)) == [mistake], f"seed {seed}"
        assert recognised(tolerant, known, right) == [], f"seed {seed}"


# Answers that are wrong everywhere.


def changed(value, change):
    """Return the value with a change made to each of its arrays."""
    if isinstance(value, tuple | list):
        return type(value)(changed(part, change) for part in value)
    return change(np.asarray(value, dtype=float))


WRONG = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "a constant": lambda x: np.full_like(x, 0.37),
    "NaN": lambda x: np.full_like(x, np.nan),
    "infinity": lambda x: np.full_like(x, np.inf),
    "text": lambda x: "0.5",
    "a wrong shape": lambda x: np.append(x, 1.0),
    "a shape that broadcasts": lambda x: np.stack([x, x]),
    "an axis too many": lambda x: x[np.newaxis] if x.ndim else np.stack([x, x]),
    "slightly off": lambda x: x + 0.013 * (1 + abs(x)),
    "the opposite sign": lambda x: -x - 0.013,
}


@pytest.mark.parametrize("name", of_kind["function"] + of_kind["number"])
def test_what_is_wrong_everywhere_is_rejected(name):
    exercise = EXERCISES[name]
    # A number may be rounded, so it may be slightly off.
    for words in [w for w in WRONG if not (exercise.kind == "number" and w == "slightly off")]:
        change = WRONG[words]
        feedback = answered(exercise, lambda *case: changed(exercise.solution(*case), change))  # noqa: B023
        assert not feedback.passed, words
        assert feedback.message.startswith("Not yet. "), words


@pytest.mark.parametrize("name", of_kind["function"])
def test_the_unchanged_input_is_rejected(name):
    for which in range(len(EXERCISES[name].cases()[0])):
        parameters = inspect.signature(EXERCISES[name].solution).parameters
        function = eval(f"lambda {', '.join(parameters)}: ({', '.join(parameters)},)[{which}]")
        assert not review(EXERCISES[name], function).passed


NONSENSE = [None, 0, 1, float("nan"), "", "?", "none", (), (0, 0, 0), [[1], [1, 2]], {}]
NONSENSE += [object, print]


def test_nonsense_is_rejected(exercise):
    for answer in NONSENSE:
        assert not review(exercise, answer, STUDENT).passed, answer
        if exercise.kind == "function":
            assert not review(exercise, lambda *_: answer).passed, answer  # noqa: B023


def test_an_unfinished_answer_is_an_invitation(exercise):
    feedback = review(exercise, ..., STUDENT)
    assert not feedback.passed
    assert feedback.message.startswith(f"Your turn. {exercise.question}")


# Numbers of one's own.


@pytest.mark.parametrize("name", personal_ones)
def test_names_decide_numbers(name):
    names = [
        "Ada",
        "Béla",
        "Chloé",
        "Đặng",
        "Emil",
        "Farah",
        "Greta",
        "Hồ",
        "Ivan",
        "王",
        "Jo",
        "K",
    ]
    menus = EXERCISES[name].menus
    assert len({tuple(pick(menus, student).values()) for student in names}) >= 10


@pytest.fixture(scope="module")
def words():
    """Return for 2,000 names the words that pick, by their places in the menus."""
    names = [f"student {number}" for number in range(2000)]
    picked = [pick({place: range(2**32) for place in range(12)}, name) for name in names]
    return np.array([list(words.values()) for words in picked])


@pytest.mark.parametrize("name", personal_ones)
def test_of_two_thousand_names_few_have_the_same_numbers(name, words):
    menus = EXERCISES[name].menus
    sizes = [len(menu) for menu in menus.values()]
    places = words[:, : len(sizes)] % sizes
    assert list(pick(menus, "student 7").values()) == [
        menu[place] for menu, place in zip(menus.values(), places[7], strict=True)
    ]
    assert max(Counter(map(tuple, places.tolist())).values()) <= 0.02 * len(words)


@pytest.mark.parametrize("name", [name for name in personal_ones if name not in of_kind["order"]])
def test_no_numbers_are_degenerate(name):
    """Mistakes can be told apart, and from the solution: for all numbers, or for 2,000 of them.

    So no known mistake is ever told to carry more digits, and none is taken for another.
    """
    exercise = EXERCISES[name]
    combinations = list(itertools.product(*exercise.menus.values()))
    if len(combinations) > 2000:
        some = np.random.default_rng(0).choice(len(combinations), 2000, replace=False)
        combinations = [combinations[i] for i in some]
    assert taken_for_mistakes(exercise, combinations) == []


def taken_for_mistakes(exercise, cases):
    """Return (answer, mistake, case) wherever an answer's result is that of a mistake.

    The answers are the solution and the mistakes themselves. It says what `recognised` would say of
    each in each case, of all cases at once.
    """
    functions = {"the solution": exercise.solution}
    functions |= {name: mistake.answer for name, mistake in exercise.mistakes.items()}
    with warnings.catch_warnings(action="ignore"):
        results = [[unfolded(answer(*case)) for case in cases] for answer in functions.values()]
    forms = np.array([[form for form, _ in row] for row in results])  # (answers, cases)
    width = max(len(numbers) for row in results for _, numbers in row)
    numbers = [[x + [np.nan] * (width - len(x)) for _, x in row] for row in results]
    numbers = np.array(numbers)  # (answers, cases, width)
    names, found = list(functions), []
    for known in range(1, len(names)):
        equal = np.isclose(numbers, numbers[known], *exercise.tolerance, equal_nan=True)
        taken = equal.all(axis=2) & (forms == forms[known])
        taken[known] = False
        found += [(names[answer], names[known], cases[i]) for answer, i in np.argwhere(taken)]
    return found


def unfolded(value):
    """Return how a value is nested, as in "((,,),)", and its numbers in a flat list."""
    if isinstance(value, np.ndarray) and value.ndim == 1:  # as below, and quicker
        return f"({',' * (len(value) - 1)})", value.tolist()
    value = value.tolist() if isinstance(value, np.ndarray) else value
    if not isinstance(value, tuple | list):
        return "", [float(value)]
    parts = [unfolded(part) for part in value]
    return f"({','.join(form for form, _ in parts)})", [x for _, part in parts for x in part]


ROWS = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    ("known", "answer"),
    [
        (1.0, 1.0099),
        (1.0, 1.0101),
        (1e9, 1e9 + 1.009),
        (1e9, 1e9 + 1.011),
        (1.0, np.float32(1)),
        (1.0, (1.0,)),
        ((1.0,), 1.0),
        ((1.0, 2.0), [1, 2.009]),
        ((1.0, 2.0), np.array([1.0, 2.0])),
        (np.array([1.0, 2.0]), (1.0, 2.0)),
        ((1.0, 2.0), (2.0, 1.0)),
        ((1.0, 2.0), (1.0, 2.0, np.nan)),
        ((1.0, 2.0, np.nan), (1.0, 2.0)),
        ((1.0, np.nan), (1.0, np.nan)),
        ((1.0, np.nan), (1.0, 2.0)),
        ((1.0, ROWS), (1.0, ROWS + 0.009)),
        ((1.0, ROWS), (1.0, ROWS.T)),
        ((1.0, ROWS), [1.0, ROWS.tolist()]),
        (ROWS, tuple(ROWS)),
        (tuple(ROWS), ROWS),
        (tuple(ROWS), ROWS.T),
        (ROWS, ROWS.ravel()),
        (ROWS, ROWS[np.newaxis]),
        (((3,), (3, 2)), ((3,), (3, 2))),
        (((3,), (3, 2)), ((3, 3), (2,))),
        (((3,), (3, 2)), (3, (3, 2))),
    ],
)
def test_all_cases_at_once_are_compared_as_one_case_is(known, answer):
    mistake = Mistake(lambda: known, "", "")
    for also in ({}, {"wider": Mistake(lambda: np.full(9, 7.0), "", "")}):
        exercise = Exercise(
            name="",
            chapter=0,
            kind="number",
            question="",
            solution=lambda: answer,
            mistakes={"known": mistake, **also},
            decimals=2,
        )
        names = names_of(exercise, exercise.solution, [()])
        one = [("the solution", name, ()) for name in names]
        assert taken_for_mistakes(exercise, [()]) == one
        assert bool(one) == (difference(known, answer, *exercise.tolerance) is None)


def test_two_mistakes_that_coincide_for_one_student_are_found():
    exercise = dataclasses.replace(
        EXERCISES["undo-the-scaling"],
        menus={"a": (1.0, 2.0), "b": (2.0, 3.0)},
        solution=lambda a, b: a / b,
        mistakes={
            "times": Mistake(lambda a, b: a * b, "", ""),
            "plus": Mistake(lambda a, b: a + b, "", ""),
        },
    )
    cases = list(itertools.product(*exercise.menus.values()))
    assert taken_for_mistakes(exercise, cases) == [
        ("plus", "times", (2.0, 2.0)),
        ("times", "plus", (2.0, 2.0)),
    ]
    with_one = [*cases, (4.0, 1.0)]
    assert ("the solution", "times", (4.0, 1.0)) in taken_for_mistakes(exercise, with_one)


def test_the_same_name_picks_the_same_on_every_machine():
    menus = {"first": range(100), "second": range(1000), "third": "abcdefg"}
    assert pick(menus, "your name") == {"first": 8, "second": 679, "third": "b"}
    assert pick(menus, "Ada Lovelace") == {"first": 16, "second": 859, "third": "g"}
    assert pick(menus, "王小明") == {"first": 4, "second": 675, "third": "c"}


def test_a_menu_more_leaves_the_first_picks_as_they_are():
    assert pick({"a": range(100)}, "Ada") == {"a": pick({"a": range(100), "b": "xy"}, "Ada")["a"]}


@pytest.mark.parametrize(
    "same", ["  Zoë Müller ", "zoë müller", "ZOË MÜLLER", "Zoe\u0308 Mu\u0308ller"]
)
def test_spaces_case_and_encoding_of_a_name_do_not_matter(same):
    menus = {"number": range(10**6)}
    assert pick(menus, same) == pick(menus, "Zoë Müller")
    assert pick(menus, "Zoe Muller") != pick(menus, "Zoë Müller")


@pytest.mark.parametrize("student", ["", "  ", "\n", None, 7])
def test_an_empty_name_is_refused(student):
    with pytest.raises(ValueError, match="your name"):
        pick({"number": range(10)}, student)


def test_dimensions_are_unequal_and_small_first():
    rng = np.random.default_rng(0)
    for size, count in itertools.product(range(4), range(1, 5)):
        sizes = unequal(rng, size, count)
        assert len(set(sizes)) == count
        assert 2 <= min(sizes) <= max(sizes) <= count + 1 + size


# In the notebooks.


def cells_of(chapter):
    return nbformat.read(notebook_of(chapter), as_version=4).cells


def checked_in(cell):
    found = re.findall(r'\bcheck\(\s*"([^"]+)"', cell.source)
    return found[0] if cell.cell_type == "code" and found else None


def tags_of(cell):
    return cell.metadata.get("tags", [])


@pytest.fixture(params=[chapter.EXERCISES[0].chapter for chapter in CHAPTERS])
def chapter(request):
    return request.param


def test_each_section_to_read_again_is_in_the_notebook(chapter):
    cells = cells_of(chapter)
    headings = HEADING.findall("\n\n".join(c.source for c in cells if c.cell_type == "markdown"))
    exercises = [e for e in EXERCISES.values() if e.chapter == chapter]
    sections = {m.section for e in exercises if not e.sections for m in e.mistakes.values()}
    asked_later = [section for name in recalls for section in EXERCISES[name].sections]
    named = [ELSEWHERE.fullmatch(section) for section in asked_later]
    sections |= {match[1] for match in named if int(match[2]) == chapter}
    missing = sections - set(headings)
    assert missing == set(), f"{notebook_of(chapter).name} lacks these H2 headings to read again"


def test_each_chapter_from_03_on_opens_with_a_recall():
    """After the head, the imports and the reader's name; see "Write a chapter"."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb"))[FIRST_RECALL:]:
        name = f"recall-{path.name[:2]}"
        assert name in EXERCISES, f"{path.name} has no {name}; see CONTRIBUTING.md, Write a chapter"
        head, imports, student, question, answer, check = cells_of(int(path.name[:2]))[:6]
        assert head.source.startswith("# "), f"{path.name}: the head is not first"
        assert "import" in imports.source, f"{path.name}: the imports are not second"
        assert student.source == NAME, f"{path.name}: no name is third"
        assert question.source.startswith("## Recall\n"), f"{path.name}: no recall is fourth"
        assert "two minutes" in question.source, f"{path.name}: a recall says how long it takes"
        assert tags_of(answer) == ["exercise"], (
            f"{path.name}: no answer after the recall's question"
        )
        assert checked_in(check) == name, f"{path.name}: the first check is another"


def test_each_exercise_is_five_cells_in_the_order_of_the_data(chapter):
    cells = cells_of(chapter)
    checks = [i for i, c in enumerate(cells) if checked_in(c) and "solution" not in tags_of(c)]
    names = [checked_in(cells[i]) for i in checks]
    file, of = notebook_of(chapter).name, f"EXERCISES in exercises/chapters/chapter_{chapter:02}.py"
    in_data = [name for name, e in EXERCISES.items() if e.chapter == chapter]
    assert names == in_data, f"the checks in {file} are not the {of}"
    answers = [cell for cell in cells if "exercise" in tags_of(cell)]
    assert len(answers) == len(names), f"{file} needs a cell tagged exercise for each check"
    worked = [cell for cell in cells if cell.cell_type == "code" and "solution" in tags_of(cell)]
    assert len(worked) == len(names), f"{file} needs a cell tagged solution for each check"
    for i, name in zip(checks, names, strict=True):
        question, answer, check, hint, solution = cells[i - 2 : i + 3]
        at = f"{file}, {name}"
        opening = "## Recall\n" if name in recalls else "### "
        assert question.source.startswith(opening), f"{at}: the question has no such heading"
        asked = " ".join(question.source.split())
        assert EXERCISES[name].question in asked, f"{at}: another question than in the data"
        options = (EXERCISES[name].choices or {}) | (EXERCISES[name].reasons or {})
        for option, text in options.items():
            assert f"- **{option}**: {text}" in question.source, (
                f"{at}: the question lacks a choice"
            )
        assert tags_of(answer) == ["exercise"], f"{at}: the cell above is not tagged exercise"
        assert "..." in answer.source, f"{at}: the answer cell has no `...` to fill in"
        assert tags_of(check) == [], f"{at}: the check has a tag"
        assert re.search("<details>.*</details>", hint.source, re.DOTALL), f"{at}: no hint"
        assert tags_of(solution) == ["solution"], f"{at}: no worked answer, tagged solution"
        first = solution.source.partition("\n")[0]
        assert first == "# A worked answer", (
            f"{at}: JupyterLab shows {first!r} of the closed answer"
        )
        hidden = solution.metadata.get("jupyter", {}).get("source_hidden")
        assert hidden, f"{at}: the worked answer's source is not hidden"
        assert checked_in(solution) == name, f"{at}: the worked answer is not checked"
        for cell, word in ((check, "Your turn."), (solution, "Right.")):
            said = cell.outputs[-1].data["text/plain"] if cell.outputs else ""
            assert said.startswith(word), f"{at}: the stored output is not “{word} …”"


def test_behind_the_readers_name_nothing_else_is_called_student(chapter):
    cells = [cell for cell in cells_of(chapter) if cell.cell_type == "code"]
    place = [cell.id for cell in cells].index("student-name")
    for cell in cells[place + 1 :]:
        nodes = ast.walk(ast.parse(cell.source))
        bound = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        assert "student" not in bound, f"{notebook_of(chapter).name}, cell {cell.id}"


def test_only_chapters_with_exercises_have_cells_for_them():
    for path in NOTEBOOKS.glob("*.ipynb"):
        if int(path.name[:2]) not in {e.chapter for e in EXERCISES.values()}:
            cells = nbformat.read(path, as_version=4).cells
            lacks = f"{path.name} has exercises, but there is no exercises/chapters/chapter_"
            lacks += f"{path.name[:2]}.py"
            assert not any({"exercise", "solution"} & set(tags_of(cell)) for cell in cells), lacks
            assert not any(map(checked_in, cells)), lacks
