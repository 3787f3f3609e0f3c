"""What is said of a wrong answer that makes no known mistake as a whole."""

from dataclasses import replace

import numpy as np
import pytest
from test_checker import divide, one_number, said, shapes, two_numbers

from nn_tutorial.exercises import EXERCISES, Mistake, check, personal
from nn_tutorial.exercises.checker import review
from nn_tutorial.exercises.commas import decimal_commas
from nn_tutorial.exercises.kinds import KINDS, SHAPE_KINDS, kind_of

plain = replace(divide, mistakes={"other": Mistake(lambda X, rate: X * 7, "Seven.", "There")})


def right(X, rate):
    return X / rate


def pair(X, rate):
    return X / rate, X.max(axis=0)


of_two = replace(
    plain,
    solution=pair,
    mistakes={
        "rows": Mistake(lambda X, rate: (X / rate, X.max(axis=1)), "By rows.", "Rows"),
        "all": Mistake(lambda X, rate: (X * rate, X.max(axis=1)), "All of it.", "All"),
        "times": Mistake(lambda X, rate: (X * rate, X.max(axis=0)), "Multiplied.", "Times"),
        "both": Mistake(lambda X, rate: (X + rate, X.min(axis=0)), "Both.", "Both"),
    },
)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("rows and columns swapped", lambda X, rate: right(X, rate).T),
        ("the right numbers in another shape", lambda X, rate: right(X, rate).ravel()),
        ("the opposite sign", lambda X, rate: -right(X, rate)),
        ("exactly half", lambda X, rate: right(X, rate) / 2),
        ("exactly double", lambda X, rate: 2 * right(X, rate)),
        ("minus one half", lambda X, rate: -right(X, rate) / 2),
        ("a hundred times too large", lambda X, rate: 100 * right(X, rate)),
        ("a hundred times too small", lambda X, rate: right(X, rate) / 100),
        ("92 in place of 100", lambda X, rate: 0.92 * right(X, rate)),
        ("exactly three times", lambda X, rate: 3 * right(X, rate)),
        ("exactly a third", lambda X, rate: right(X, rate) / 3),
        ("upside down", lambda X, rate: rate / X),
        ("the complement", lambda X, rate: 1 - right(X, rate)),
        ("a root too many", lambda X, rate: right(X, rate) ** 0.5),
        ("a square too many", lambda X, rate: right(X, rate) ** 2),
        ("bent once too often", lambda X, rate: 1 / (1 + np.exp(-X / rate))),
        ("rounded too early", lambda X, rate: right(X, rate).round(3)),
        ("added up to one number", lambda X, rate: right(X, rate).mean()),
        ("an argument as it came in", lambda X, rate: X.copy()),
    ],
)
def test_a_kind_of_slip_is_named_whatever_the_exercise(name, answer):
    feedback = review(plain, answer)
    assert feedback.mistake == name
    assert "Read again: “There”.\nAsked: " in feedback.message


def test_other_kinds_are_named_where_they_can_occur():
    whole = replace(plain, solution=lambda X, rate: np.round(10 * X))
    assert review(whole, lambda X, rate: np.round(10 * X) + 1).mistake == "one too many"
    assert review(whole, lambda X, rate: np.round(10 * X) - 1).mistake == "one too few"
    beyond = replace(plain, solution=lambda X, rate: X)
    assert review(beyond, lambda X, rate: np.minimum(X, 1) + 0).mistake == "cut off"
    total = replace(plain, solution=lambda X, rate: X.mean())
    assert review(total, lambda X, rate: X * 1).mistake == "an argument as it came in"
    assert review(total, lambda X, rate: X.mean(axis=0)).mistake == "not yet one number"
    assert review(of_two, lambda *case: pair(*case)[::-1]).mistake == "parts in another order"
    assert review(of_two, lambda *case: pair(*case)[0]).mistake == "only a part of the answer"
    assert review(of_two, lambda *case: pair(*case)[:1]).mistake == "only a part of the answer"
    assert review(of_two, lambda *case: ()).mistake is None


def test_each_kind_explains_itself_and_never_fits_what_is_right():
    values = np.array([[0.123456, 2.0, 3.0], [4.0, 5.0, 7.0]])
    for kind in (*KINDS, *SHAPE_KINDS):
        assert len(kind.explanation) > 60
        assert kind.explanation.endswith((".", "?"))
    parts = (values, values[0], 8.0)
    for kind in KINDS:
        assert not kind.fits([(values, values)], (1e-5, 1e-7))
        assert not kind.fits([(parts, parts)], (1e-5, 1e-7))


@pytest.mark.parametrize(("low", "high"), [(0, 1), (None, 1), (0, None)])
def test_numbers_cut_off_at_0_or_1_are_named(low, high):
    values = np.array([[-1.5, 0.5], [2.5, 0.25]])
    assert kind_of([(values, np.clip(values, low, high))], (1e-5, 1e-7)).name == "cut off"
    assert kind_of([(values, np.clip(values, -1, 2))], (1e-5, 1e-7)) is None


def test_a_kind_of_slip_is_clearly_unlike_what_is_right():
    # From its opposite one is 22 times the tolerance away, the other 7 times.
    far, near = np.array([1.1]), np.array([0.35])
    assert kind_of([(far, -far)], (0, 0.1)).name == "the opposite sign"
    assert kind_of([(near, -near)], (0, 0.1)) is None


def test_a_small_wrong_number_is_not_seen_in_all_numbers_near_it():
    # A hundredth of 8 is 0.08. One decimal allows 0.1, and that would be more than it is.
    assert kind_of([(8.0, 0.083)], (0, 0.1)).name == "a hundred times too small"
    assert kind_of([(8.0, 0.087)], (0, 0.1)) is None
    points = replace(
        one_number,
        solution=lambda: 64.0,
        decimals=1,
        mistakes={"a share": Mistake(lambda: 0.79, "A share.", "Here")},
    )
    assert review(points, 0.797).mistake == "a share"
    assert review(points, 0.803).mistake is None


def test_parts_in_another_order_are_named_unless_two_of_them_are_equal():
    for right, answer in (((3.0, 4.0), (4.0, 3.0)), ((3.0, 4.0, 5.0), (4.0, 5.0, 3.0))):
        assert kind_of([(right, answer)], (1e-5, 1e-7)).name == "parts in another order"
    assert kind_of([((3.0, 3.0, 5.0), (5.0, 3.0, 3.0))], (1e-5, 1e-7)) is None


def test_a_kind_is_not_named_where_the_tolerance_decides():
    # Half of 0.001 is 0.0005, and both are nearly 0.001 to three decimals.
    assert kind_of([(0.001, 0.0005)], (1e-9, 1e-3)) is None
    assert kind_of([(0.1, 0.05)], (1e-9, 1e-3)).name == "exactly half"
    # In some cases only
    mixed = [(np.ones(2), np.ones(2) / 2), (np.ones(2), np.ones(2) * 5)]
    assert kind_of(mixed, (1e-5, 1e-7)) is None


def test_a_known_mistake_comes_before_a_kind():
    known = {"two": Mistake(lambda X, rate: 2 * X / rate, "Twice.", "Here")}
    assert review(replace(plain, mistakes=known), lambda X, rate: 2 * X / rate).mistake == "two"


def test_mistakes_in_parts_are_named_with_their_parts():
    message = said(lambda X, rate: (X * rate, X.max(axis=0) / 2), of_two)
    assert message.startswith(
        "Not yet. These look like 2 mistakes at once: times, in part 1; exactly half, in part 2.\n"
        "Multiplied.\n"
    )
    assert "Read again: “Times” and “Rows”.\nAsked: " in message
    feedback = review(of_two, lambda X, rate: (X * rate, X.max(axis=0) / 2))
    assert feedback.mistake == "times, and exactly half"


def test_of_parts_about_something_else_each_is_told_right_close_missing_or_not_yet():
    known = {"a bit": Mistake(lambda a, b: (a / b, 1.004 * a * b), "A bit more.", "Bit")}
    apart = replace(two_numbers, decimals=3, sections=("Quotients", "Products"), mistakes=known)
    ((a, b),) = apart.cases(student="Ada")
    for answer, told in {
        (a / b, 2.5 * a * b): "Part 1: right. Part 2: not yet.",
        (a / b, 1.006 * a * b): "Part 1: right. Part 2: close, but not to all decimals.",
        (a / b, 1.015 * a * b): "Part 1: right. Part 2: not yet.",
        (..., 1.006 * a * b): "Part 1: missing. Part 2: close, but not to all decimals.",
        (2 * a / b, 1.004 * a * b): "Part 1: not yet. Part 2: not yet.",  # what is close is known
    }.items():
        assert told in review(apart, answer, "Ada").message


def test_of_two_mistakes_the_one_that_claims_no_more_is_named():
    # The first part alone is that of “times” and of “all”, which is wrong in both parts.
    answer = lambda X, rate: (X * rate, X.max(axis=0) + X.min(axis=0))  # noqa: E731
    feedback = review(of_two, answer)
    assert feedback.mistake == "times"
    assert "a known mistake, in part 1: times.\n" in feedback.message
    assert review(of_two, lambda X, rate: (X * rate, X.max(axis=1))).mistake == "all"
    # A part of “both” alone, and no mistake that is wrong only there
    partly = review(of_two, lambda X, rate: (X + rate, X.max(axis=0)))
    assert partly.mistake == "both"
    message = said(lambda X, rate: (X + rate, X.max(axis=0) + 5 * X[0]), of_two)
    assert "in part 1: both.\nBoth.\nThe other parts are wrong in another way.\nRead" in message
    assert "in part 1: both.\nBoth.\nThe result is wrong in part 1; the rest is right." in (
        partly.message
    )


def test_a_part_that_is_a_mistakes_in_one_case_only_is_not_named_after_it():
    for small in (True, False):

        def answer(X, rate, small=small):
            first = X * rate if (len(X) < 3) == small else X + 3 * rate
            return first, X.max(axis=0)

        assert review(of_two, answer).mistake is None


def test_shapes_have_kinds_of_their_own():
    for answer, name in (
        (((3,), (2, 3)), "swapped"),
        (((3, 1), (3, 2)), "an axis too many"),
        (((3,), (3,)), "an axis lost"),
        (((3,), (4, 2)), "one too many or too few"),
        (((3, 2), (3,)), "parts in another order"),
        (((3, 2), (3, 2)), "the shape of another part"),
    ):
        assert review(shapes, answer).mistake == name, answer
    turned = replace(shapes, mistakes={}, solution=lambda: ((3,), (3, 2), (5, 6)))
    assert review(turned, ((3,), (2, 3), (5, 6))).mistake == "a shape turned round"


def test_an_argument_that_is_changed_and_a_warning_have_names():
    def in_place(X, rate):
        X /= rate
        return X

    feedback = review(plain, in_place)
    assert feedback.mistake == "an argument is changed"
    assert "`X` is not left as it should be" in feedback.message
    feedback = review(plain, lambda X, rate: X / rate + 0 / np.exp(X * 1e4))
    assert feedback.mistake == "a warning on the way"
    assert "NumPy warned on the way: “overflow encountered in exp”" in feedback.message


def test_an_answer_that_draws_anew_is_told_from_one_that_is_wrong():
    rng = np.random.default_rng()
    feedback = review(plain, lambda X, rate: rng.normal(size=X.shape))
    assert feedback.mistake == "another result at every call"
    assert review(plain, lambda X, rate: X + 3 * rate).mistake is None


# What is right in it.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda X, rate: X / rate + (np.arange(X.shape[1]) > 1), "Right in columns 1, 2; the"),
        (lambda X, rate: X / rate + (np.arange(len(X)) > 0)[:, np.newaxis], "Right in row 1; the"),
        (lambda X, rate: X / rate + np.indices(X.shape).sum(axis=0) % 2, "4 of 8 entries are"),
        (lambda X, rate: X / rate * (1 + rate), "every entry is 3.544 times what is expected."),
        (lambda X, rate: X / rate + rate, "every entry is off by 2.544."),
        (
            lambda X, rate: np.sort(X / rate, axis=None).reshape(X.shape),
            "These are the right numbers in another order.",
        ),
        (lambda X, rate: X / rate if len(X) < 4 else X + 5, "It is right in 2 of 4 cases"),
    ],
)
def test_an_unnamed_answer_is_told_what_is_right_in_it_and_where_the_idea_is(answer, words):
    feedback = review(plain, answer)
    assert feedback.mistake is None
    before, _ = feedback.message.split("Asked: ")
    assert words in before
    assert before.endswith("The idea is in “There”.\n")


def test_a_number_is_never_given_away_by_a_factor():
    a, b = two_numbers.cases(student="Ada")[0]
    message = said((1.7 * a / b, 1.7 * a * b), two_numbers)
    assert "1.7" not in message.split("Asked: ")[0]
    assert "times" not in message.split("Asked: ")[0]


def test_sizes_typed_into_an_answer_are_said_to_be_built_in():
    message = said(lambda X, rate: X / np.array([3.0, 9.0]), plain)
    assert "the three students are built into the code" in message
    assert "Here `X` has the shape (2, 4)." in message
    message = said(lambda X, rate: X.reshape(3, 2), plain)
    assert "the three students are built into the code" in message


def test_the_message_comes_before_a_long_table():
    large = replace(
        divide,
        draw=lambda rng, size: (rng.uniform(1, 2, (8, 5)), 2.0),
        mistakes={"times": Mistake(lambda X, rate: X * rate, "It was multiplied.", "Here")},
    )
    lines = said(lambda X, rate: X * rate, large).split("\n")
    assert lines[:4] == [
        "Not yet. This looks like a known mistake: times.",
        "It was multiplied.",
        "Read again: “Here”.",
        "Asked: Divide `X` by `rate`.",
    ]
    assert len(lines) > 20


def test_no_known_mistake_is_told_to_carry_more_digits():
    # With “no numbers are degenerate” in test_exercises.py, for all numbers.
    for exercise in EXERCISES.values():
        if exercise.kind == "number":
            (case,) = exercise.cases(student="Ada")
            for name, mistake in exercise.mistakes.items():
                feedback = review(exercise, mistake.answer(*case), "Ada")
                assert feedback.mistake == name
                assert "carry more digits" not in feedback.message


def test_an_exact_number_that_is_off_by_one_is_named():
    assert review(one_number, 101771).mistake == "one too many"
    assert review(one_number, 101769).mistake == "one too few"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def w2_first(X, y, W1, W2, rate):
    h = sigmoid(X @ W1)
    o = sigmoid(h @ W2)
    d2 = (o - y) * o * (1 - o)
    W2 = W2 - rate * h.T @ d2
    return W1 - rate * X.T @ (d2 @ W2.T * h * (1 - h)), W2


def raw_error_of_one(x, y, W1, w2, rate):
    h = sigmoid(x @ W1)
    o = sigmoid(h @ w2)
    e = o - y
    return W1 - rate * np.outer(x, e * w2 * h * (1 - h)), w2 - rate * e * o * (1 - o) * h


def no_hidden_slope(X, y, W1, W2):
    h = sigmoid(X @ W1)
    o = sigmoid(h @ W2)
    d2 = (o - y) / len(y) * o * (1 - o)
    return X.T @ (d2 @ W2.T), h.T @ d2


def activation_for_slope(X, y, W1, W2, epochs, rate):
    losses = []
    for _ in range(epochs):
        h = sigmoid(X @ W1)
        o = sigmoid(h @ W2)
        losses.append(np.mean((o - y) ** 2))
        d2 = 2 / len(y) * (o - y) * o * (1 - o)
        W1, W2 = W1 - rate * X.T @ (d2 @ W2.T * h), W2 - rate * h.T @ d2
    return W1, W2, [*losses, np.mean((sigmoid(sigmoid(X @ W1) @ W2) - y) ** 2)]


@pytest.mark.parametrize(
    ("exercise", "answer", "names"),
    [
        ("one-step-for-all", w2_first, ["another loss", "w2 updated first (W1)"]),
        ("one-whole-step", raw_error_of_one, ["another loss", "no output slope in hidden (W1)"]),
        ("backward-pass", no_hidden_slope, ["another loss", "no slope hidden (W1)"]),
        ("write-the-loop", activation_for_slope, ["slope of other activation (W1)"]),
    ],
)
def test_steps_that_combine_mistakes_are_told_part_by_part(exercise, answer, names):
    feedback = review(EXERCISES[exercise], answer)
    assert not feedback.passed
    for name in names:
        assert name in feedback.mistake


def test_a_rate_that_is_built_in_is_no_other_loss():
    def built_in(X, y, W1, W2, rate):
        return EXERCISES["one-step-for-all"].solution(X, y, W1, W2, 1.5)

    feedback = review(EXERCISES["one-step-for-all"], built_in)
    assert feedback.mistake == "the learning rate is not used"


def test_a_share_is_named_only_where_it_is_the_share_of_the_right_points():
    exercise = EXERCISES["your-own-forward-pass"]
    points = exercise.solution(*exercise.cases(student="Ada")[0])
    assert "share" in review(exercise, points / 100, student="Ada").mistake
    assert "share" not in (review(exercise, points / 100 + 0.04, student="Ada").mistake or "")


def test_an_axis_that_was_lost_is_said_where_no_students_are_about():
    def without_keepdims(Z):
        e = np.exp(Z - Z.max(axis=1))
        return e / e.sum(axis=1)

    message = review(EXERCISES["write-softmax"], without_keepdims).message
    assert "keepdims" in message
    assert "students" not in message


def test_parts_of_a_recall_that_are_there_are_checked_and_those_left_out_are_named():
    right = EXERCISES["recall-10"].solution(*EXERCISES["recall-10"].cases(student="Ada")[0])
    message = review(EXERCISES["recall-10"], (right[0], ..., 7), "Ada").message
    assert message.startswith("Not yet. Part 1: right. Part 2: missing. Part 3: not yet.")
    assert message.endswith("…, 7")
    assert review(EXERCISES["recall-10"], (right[0], 0, right[2]), "Ada").mistake is None


def test_a_number_rounded_too_coarsely_is_told_how_far_it_is_right():
    right = EXERCISES["loss-by-hand"].solution(*EXERCISES["loss-by-hand"].cases(student="Ada")[0])
    message = review(EXERCISES["loss-by-hand"], tuple(np.round(right, 3)), "Ada").message
    assert "This is right to 3 decimals; 4 are asked for." in message
    nearly = tuple(np.round(right, 3) + 1e-6)
    assert "This is right to" not in review(EXERCISES["loss-by-hand"], nearly, "Ada").message


def test_a_part_rounded_too_coarsely_is_told_beside_a_wrong_one():
    right = EXERCISES["recall-06"].solution(*EXERCISES["recall-06"].cases(student="Ada")[0])
    assert np.allclose(right, (4, 4.4, 0.206667), atol=1e-6)
    feedback = review(EXERCISES["recall-06"], (4, 7.77, 0.21), "Ada")
    assert feedback.mistake == "rounded to 2 decimals"
    assert "This is right to 2 decimals; 3 are asked for." in feedback.message


def test_a_notebook_folds_the_question_and_a_terminal_shows_it():
    feedback = review(plain, lambda X, rate: X * 7)
    assert "<details><summary>Asked:</summary>" in feedback._repr_html_()
    assert "Asked: Divide" in repr(feedback)


def test_a_given_number_as_the_answer_is_told_in_words_for_numbers():
    rate = personal("one-update", "Ada Lovelace")["learning_rate"]
    feedback = check("one-update", rate, student="Ada Lovelace")
    assert feedback.mistake == "a given number as the answer"
    assert "never reached" not in feedback.message


def test_decimal_commas_are_named_with_the_number_that_was_meant():
    feedback = check("one-update", (67, 52), student="Ada Lovelace")
    assert feedback.mistake == "decimal commas"
    assert "`67,52` is two numbers, 67 and 52. Write `67.52`" in feedback.message
    assert "shape (2,)" not in feedback.message
    for name, answer in (
        ("blame-of-the-output", (0, 1029, 0, 757, 0, 1, 0, 2)),
        ("blame-of-the-hidden-layer", ((0, 1, 0, 2, 0, 3), (0, 1, 0, 2, 0, 3), [0, 1, 0, 2, 0, 3])),
        ("recall-06", (4, 3, 4, 0, 153)),  # a 4, and two decimals
    ):
        assert check(name, answer, student="Ada Lovelace").mistake == "decimal commas", name
    for name, answer in (
        ("one-update", (67.5, 52)),
        ("one-update", (1, 2, 3)),
        ("recall-06", (4, 3, 4)),
        ("bytes-per-step", (9280, 0)),  # no decimals are asked for
        ("shapes-of-a-forward-pass", (1, 2, 3, 4, 5, 6)),
    ):
        mistake = check(name, answer, student="Ada Lovelace").mistake
        assert mistake != "decimal commas", name


@pytest.mark.parametrize("name", [n for n, e in EXERCISES.items() if e.kind == "number"])
def test_no_right_answer_and_no_known_mistake_looks_like_decimal_commas(name):
    exercise = EXERCISES[name]
    for student in map("student {}".format, range(20)):
        (numbers,) = exercise.cases(student=student)
        right = exercise.solution(*numbers)
        wrong = [mistake.answer(*numbers) for mistake in exercise.mistakes.values()]
        for answer in (right, *wrong):
            assert decimal_commas(exercise, right, answer) is None
