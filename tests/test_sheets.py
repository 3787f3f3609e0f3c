"""What teachers print: worksheets, the key to them, exams, and the same questions for Moodle."""

import ast
import csv
import html
import io
import random
import re
import sys
from dataclasses import replace
from xml.etree import ElementTree

import answer_key
import exam as exam_tool
import nbformat
import numpy as np
import pytest
import worksheets
from exam import data_page, key_page, questions_page
from mistakes import notebook_of
from teaching.chapters import chapter, label
from teaching.class_list import class_list
from teaching.moodle import to_xml
from teaching.page import formatted, page, table
from teaching.printing import NO_BROWSER, browser, names_in, write_page
from teaching.questions import NOT_ON_PAPER, distractors, exam, in_words, question
from teaching.sheet import (
    CHAPTERS_STUDENT,
    FILLS,
    front_and_back,
    lines,
    numbers_of,
    shown,
)
from teaching.wording import DATA, MINUTES, WORDS, minutes, students_table, weights_table

from nn_tutorial.data import made_up_weights
from nn_tutorial.exercises import EXERCISES, Mistake, check
from nn_tutorial.exercises.compare import difference

NAMES = ["Ada Lovelace", "Béla Bartók", "王芳"]
OPEN = ("number", "shape")
WITH_EXERCISES = {exercise.chapter for exercise in EXERCISES.values()}
COPIED = 6  # numbers of the front that stand on the back once more


def outputs_of(chapter):
    notebook = nbformat.read(notebook_of(chapter), as_version=4)
    return "".join(o.get("text", "") for c in notebook.cells for o in c.get("outputs", []))


def test_the_sheet_of_the_chapters_student_has_the_chapters_numbers():
    by_key = {line.key: [shown(value).replace("−", "-") for value in line.values]
              for line in lines(CHAPTERS_STUDENT)}  # fmt: skip
    printed = outputs_of(6)
    for key in ("dw2", "dz1", "dW1 studied", "dW1 slept", "dz2"):
        assert all(number in printed for number in by_key[key]), key
    before, after = (float(by_key[key][0]) for key in ("points", "new points"))
    assert f"{before:.2f} points before, {after:.2f} after" in printed


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_on_the_full_sheet_is_what_the_checks_accept(name):
    number = {line.key: [float(shown(v).replace("−", "-")) for v in line.values]
              for line in lines(numbers_of(name))}  # fmt: skip
    answers = {
        "your-own-forward-pass": number["points"][0],
        "blame-of-the-output": (*number["dz2"], *number["dw2"]),
        "blame-of-the-hidden-layer": (number["dz1"], number["dW1 studied"], number["dW1 slept"]),
        "one-update": number["new points"][0],
    }
    assert set(answers) == answer_key.ON_THE_SHEET
    for exercise, answer in answers.items():
        assert check(exercise, answer, student=name).passed, exercise


def fields(page):
    return re.findall(r'<span class="value">([^<]+)</span>', page)


def test_each_line_of_a_sheet_says_how_its_number_is_made():
    """Each step is written with names that stand on the sheet: given numbers, or lines above it."""
    known = {
        "studied",
        "slept",
        "score",
        "weight",
        "output",
        "target",
        "rate",
        "from",
        "sum",
        "new",
    }
    known |= {"e", "of", "the", "last", "row", "x", "points", "error", "slope", "z1", "z2"}
    made = set()
    for line in lines(CHAPTERS_STUDENT):
        words = set(re.findall(r"[a-zA-Z]\w*", re.sub(r"</?sup>", " ", line.what)))
        assert words <= known | made | {line.key.split()[0]}, line
        made |= set(line.key.split()) | {line.key.split("(")[0]}
    keys = [line.key for line in lines(CHAPTERS_STUDENT)]
    assert keys[-4:] == ["new z1", "new a1", "new z2", "new points"]


def test_a_sheet_is_empty_half_filled_or_full():
    n_fields = {fill: len(fields(front_and_back(CHAPTERS_STUDENT, "", fill))) for fill in FILLS}
    total = sum(len(line.values) for line in lines(CHAPTERS_STUDENT))
    assert n_fields["nothing"] == 0
    assert n_fields["all"] == total + COPIED
    assert 0 < n_fields["neuron-1"] < n_fields["forward"] < total
    back = front_and_back(CHAPTERS_STUDENT, "", "forward").split("</section>")[1]
    number = {line.key: line.values for line in lines(CHAPTERS_STUDENT)}
    copied = [*number["a1"], *number["x studied"], *number["x slept"], *number["dz2"]]
    assert fields(back) == [shown(value) for value in copied]


def test_a_sheet_has_the_name_and_the_numbers_of_the_notebook_and_says_six_decimals():
    page = worksheets.sheets(["Ada <Lovelace>"], "nothing")
    assert "<strong>Ada &lt;Lovelace&gt;</strong>" in page
    for value in numbers_of("Ada <Lovelace>").values():
        assert f"<strong>{value:g}</strong>" in page
    assert page.count("Carry six decimals on the way") == 2
    assert 'class="line"' in worksheets.sheets([], "nothing")


def test_each_sheet_prints_on_two_pages(tmp_path, capsys):
    if browser() is None:
        pytest.skip(NO_BROWSER)
    write_page(tmp_path / "sheets.html", worksheets.sheets(NAMES, "all"))
    pdf = (tmp_path / "sheets.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2 * len(NAMES)
    (width, height) = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (round(width), round(height)) == (595, 842)  # A4, in points


def test_without_a_browser_the_page_is_written_and_the_rest_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("teaching.printing.BROWSERS", ("chromium",))
    write_page(tmp_path / "page.html", "<p>Hello</p>")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert capsys.readouterr().err.strip() == NO_BROWSER


def test_names_are_read_without_empty_lines_and_none_twice(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("\ufeffAda\n\n  Béla \n", encoding="utf-8")
    assert names_in(path) == ["Ada", "Béla"]
    path.write_text("Ada\nADA\n")
    with pytest.raises(ValueError, match=r"'ADA' stands in .* twice"):
        names_in(path)
    path.write_text("\n")
    with pytest.raises(ValueError, match="no names"):
        names_in(path)


def test_the_key_has_a_row_for_each_student_and_exercise_and_its_answers_are_right():
    exercises = answer_key.of_all(WITH_EXERCISES)
    rows = list(csv.DictReader(io.StringIO(answer_key.to_csv(NAMES, exercises))))
    assert len(rows) == len(NAMES) * len(exercises)
    for row in rows:
        exercise = EXERCISES[row["exercise"].split()[1]]
        assert (row["dz2"] != "") == (exercise.name in answer_key.ON_THE_SHEET)
        if exercise.kind == "function":
            assert f"/{notebook_of(exercise.chapter).name}, below" in row["answer"]
            continue
        # Letters stand without quotation marks.
        letters = exercise.kind in ("prediction", "order")
        answer = row["answer"] if letters else ast.literal_eval(row["answer"])
        answer = tuple(answer.split(", ")) if exercise.reasons else answer
        feedback = check(exercise.name, answer, student=row["student"])
        # Rows of a table in brackets are parts, as they are in the answer.
        assert feedback.passed, (row["student"], exercise.name, feedback)


def test_the_key_writes_minus_as_a_spreadsheet_reads_it():
    text = answer_key.to_csv(NAMES, answer_key.of_all({6}))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert "−" not in text
    numbers = [float(row[column]) for row in rows for column in ("dz2", "error") if row[column]]
    assert min(numbers) < 0


def test_the_key_shows_every_students_sheet_filled_in():
    page = answer_key.to_html(NAMES, answer_key.of_all({6}))
    for name in NAMES:
        assert f"<h1>Key: {name}</h1>" in page
        assert all(number in page for number in fields(front_and_back(numbers_of(name), "", "all")))


@pytest.mark.parametrize("seed", range(1, 6))
def test_an_exam_has_ten_questions_with_one_right_answer_and_explained_wrong_ones(seed):
    questions = exam({1, 2, 3, 4, 5, 6}, seed)
    assert len({one.exercise.name for one in questions}) == len(questions) == 10
    assert {one.exercise.chapter for one in questions} == {1, 2, 3, 4, 5, 6}
    for one in questions:
        assert sum(choice.right for choice in one.choices) == 1
        assert len({choice.text for choice in one.choices}) == len(one.choices) >= 3
        for choice in one.choices:
            known = one.exercise.mistakes.get(choice.mistake)
            assert choice.right or choice.why == known.explanation


def test_an_exam_and_its_key_have_the_same_questions_and_the_key_says_which_is_right_and_why():
    questions = exam({1, 2, 6}, 3)
    paper, key = questions_page(questions, 3), key_page(questions, 3)
    assert "<h1>Exam 3</h1>" in paper
    assert "<h1>Key to exam 3</h1>" in key
    assert "10 questions of 1 point each; " in paper
    total = int(re.search(r"(\d+) minutes\. Choose", paper)[1])
    assert 0 <= total - sum(minutes(one.exercise) for one in questions) < 5
    assert total % 5 == 0
    letters = re.findall("<td>([a-h])</td>", key)
    shown, explained = (re.findall('<div class="question">.*?</div>', p) for p in (paper, key))
    for count, (one, letter) in enumerate(zip(questions, letters, strict=True), start=1):
        on_paper, in_key = shown[count - 1], explained[count - 1]
        start = f"<p><strong>{count}.</strong> <small>[1 point]</small> {formatted(one.text)}</p>"
        given = f"<p>Given: {formatted(one.given)}</p>" if one.given else ""
        below = "".join(f"<li>{formatted(choice.text)}</li>" for choice in one.choices)
        below = f'<ol class="choices">{below}</ol>'
        assert on_paper == f'<div class="question">{start}{given}{below}</div>'
        assert in_key.startswith(f'<div class="question">{start}{given}')
        assert f"{label(one.exercise)}, about {minutes(one.exercise)} minutes" in in_key
        right = "abcdefgh".index(letter)
        items = re.findall("<li.*?</li>", in_key)
        for place, (choice, item) in enumerate(zip(one.choices, items, strict=True)):
            text = formatted(choice.text)
            why = f"{text} <em>{formatted(choice.mistake)}.</em> {formatted(choice.why)}"
            wrong, marked = f"<li>{why}</li>", f'<li class="right">{text}</li>'
            assert item == (marked if place == right else wrong)


def test_the_data_sheet_of_an_exam_has_the_students_and_the_weights():
    def shown(page):
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    assert shown(students_table()) == (
        "The three students: hours studied hours slept points 2 9 92 1 5 86 3 6 89 Hours are "
        "divided by 3 and 9, the largest of their columns, points by 100."
    )
    assert shown(weights_table()) == (
        "The network's weights: weight for hidden neuron 1 hidden neuron 2 hidden neuron 3 hours "
        "studied 0.2 0.6 0.1 hours slept 0.8 0.3 0.7 on to the output 0.4 0.5 0.9 Every neuron "
        "adds up and bends with the sigmoid, 1 ÷ (1 + e −z ). There are no biases."
    )
    sheet = data_page()
    assert "<h1>Data sheet</h1><p>For the exam, beside the questions.</p>" in sheet
    assert students_table() in sheet
    assert weights_table() in sheet


def test_text_becomes_html_with_code_and_a_table_has_heads_and_classes():
    assert formatted("`a < b` and <i> & `c`") == (
        "<code>a &lt; b</code> and &lt;i&gt; &amp; <code>c</code>"
    )
    assert table(["x", "y"], [["1", ("2", "right")]]) == (
        "<table>\n<thead><tr><th>x</th><th>y</th></tr></thead>\n"
        '<tr><td>1</td><td class="right">2</td></tr>\n</table>'
    )
    assert "<thead>" not in table([], [["1"]])
    upright, wide = page("A & B", "<p>words</p>", "p { }"), page("C", "", landscape=True)
    assert "<title>A &amp; B</title>" in upright
    assert "p { }</style>\n</head>\n<body>\n<p>words</p>\n</body>" in upright
    assert ("size: A4;" in upright, "max-width: 182mm;" in upright) == (True, True)
    assert ("size: A4 landscape;" in wide, "max-width: 269mm;" in wide) == (True, True)


def test_another_seed_has_other_questions_or_numbers():
    first, second = ({(q.exercise.name, q.given) for q in exam({1, 2, 6}, s)} for s in (1, 2))
    assert len(first & second) <= 5
    assert exam({1, 2, 6}, 1) == exam({1, 2, 6}, 1)


@pytest.mark.parametrize("name", [n for n, e in EXERCISES.items()
                                  if e.kind in OPEN and n not in NOT_ON_PAPER])  # fmt: skip
def test_no_wrong_answer_lies_within_the_tolerance_of_another_or_of_the_right_one(name):
    exercise, made = EXERCISES[name], 0
    for i in range(5):
        (numbers,) = exercise.cases(student=f"exam {i}")
        values = [exercise.solution(*numbers)]
        values += [value for value, *_ in distractors(exercise, numbers, values[0])]
        made += len(values) - 1
        for place, value in enumerate(values):
            for other in values[:place]:
                assert difference(other, value, *exercise.tolerance) is not None
                assert difference(value, other, *exercise.tolerance) is not None
                assert in_words(exercise, value) != in_words(exercise, other)
    assert made >= 15  # of the many mistakes, enough are left


def test_a_mistake_that_is_too_near_is_no_distractor():
    # 0.004 and 0.006 look different to two decimals, and each lies within the other's tolerance.
    values = {"near": 0.006, "far": 0.104, "near to far": 0.106, "nowhere": np.nan}
    made = {name: Mistake(lambda x=x: x, "", "") for name, x in values.items()}
    exercise = replace(
        EXERCISES["reach-a-score"], solution=lambda: 0.004, menus=None, mistakes=made
    )
    assert [name for _, name, _ in distractors(exercise, (), 0.004)] == ["far"]


def test_a_distractor_is_three_tolerances_away_so_that_no_answer_lies_within_two():
    exercise = EXERCISES["reach-a-score"]
    tolerance = exercise.tolerance[1]
    values = {f"{k} tolerances": 1 + k * tolerance for k in (-3.1, -2.9, 2.9, 3.1, 5.9, 6.3)}
    made = {name: Mistake(lambda x=x: x, "", "") for name, x in values.items()}
    exercise = replace(exercise, solution=lambda: 1.0, menus=None, mistakes=made)
    there = [name for _, name, _ in distractors(exercise, (), 1.0)]
    assert there == ["-3.1 tolerances", "3.1 tolerances", "6.3 tolerances"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("reach-a-score", " (To 2 decimals.)"), ("your-own-forward-pass", " (To 1 decimal.)")],
)
def test_a_question_says_how_many_decimals_are_asked(name, says):
    one = question(EXERCISES[name], "exam 1", random.Random(0))
    assert one.text.endswith(says)
    assert one.text.count("decimal") == 1


def test_the_right_answer_of_a_question_is_accepted_as_it_is_printed():
    for name, exercise in EXERCISES.items():
        if exercise.kind not in OPEN or name in NOT_ON_PAPER:
            continue
        one = question(exercise, "exam 3", random.Random(0))
        (right,) = [choice.text for choice in one.choices if choice.right]
        assert check(name, ast.literal_eval(right), student="exam 3").passed, name


def test_too_few_exercises_for_an_exam_are_said():
    with pytest.raises(
        ValueError, match=r"for (1 question|[2-9] questions), not 10: add --questions \d"
    ):
        exam({12}, 1)
    with pytest.raises(ValueError, match="add --questions 4"):
        exam({6}, 1)
    assert len(exam({6}, 1, 4)) == 4


# Moodle's documented elements of a multiple-choice question, those that we use, and their texts.
ELEMENTS = {
    "name": None, "questiontext": "html", "generalfeedback": "html", "answer": "html",
    "defaultgrade": r"1", "penalty": r"0", "hidden": r"0", "single": "true",
    "shuffleanswers": "true", "answernumbering": "abc",
}  # fmt: skip


def test_moodles_file_has_the_documented_form():
    questions = exam({1, 2, 3, 4, 5, 6}, 1)
    category, *made = ElementTree.fromstring(to_xml(questions, "nn-tutorial").encode())
    assert category.get("type") == "category"
    assert category.findtext("category/text") == "$course$/top/nn-tutorial"
    for element, one in zip(made, questions, strict=True):
        assert element.get("type") == "multichoice"
        for part in element:
            assert part.tag in ELEMENTS
            if ELEMENTS[part.tag] in (None, "html"):
                assert part.get("format") == ELEMENTS[part.tag]
                assert [child.tag for child in part][:1] == ["text"]
            else:
                assert part.text == ELEMENTS[part.tag]
        fractions = [answer.get("fraction") for answer in element.iter("answer")]
        assert sorted(fractions) == ["0"] * (len(one.choices) - 1) + ["100"]
        for answer, choice in zip(element.iter("answer"), one.choices, strict=True):
            feedback = html.unescape(re.sub("<[^>]+>", "", answer.findtext("feedback/text")))
            assert feedback == (
                "Right." if choice.right else f"{choice.mistake}. {choice.why}".replace("`", "")
            )


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_question_can_be_answered_without_the_notebook(seed):
    questions = exam({1, 2, 3, 4, 5, 6}, seed)
    _, *made = ElementTree.fromstring(to_xml(questions, "nn-tutorial").encode())
    for element, one in zip(made, questions, strict=True):
        text = element.findtext("questiontext/text")
        assert not re.search(r"\byour\b|worksheet|this chapter|same (hours|student)", text), text
        W1, W2 = made_up_weights()
        if one.exercise.name in answer_key.ON_THE_SHEET:
            assert all(f"<td>{w:g}</td>" in text for w in [*W1.ravel(), *W2.ravel()])


def test_another_reader_of_moodles_format_reads_the_questions():
    parser = pytest.importorskip(
        "moodle_xml_parser.parser",
        reason="moodle-xml-parser is not installed; .ci/run installs it, with the group teachers",
    )
    questions = exam({1, 2, 3, 4, 5, 6}, 1)
    read = parser.parse_string(to_xml(questions, "nn-tutorial"))["multichoice"]
    for theirs, ours in zip(read, questions, strict=True):
        assert theirs.name == label(ours.exercise)
        assert (theirs.single, theirs.shuffle_answers, theirs.default_grade) == (True, True, 1)
        scores = [option.score_fraction for option in theirs.options]
        assert scores == [100 if choice.right else 0 for choice in ours.choices]
        assert all(option.feedback for option in theirs.options)


def test_without_options_an_exam_has_ten_questions_of_chapters_1_to_6_and_a_key_every_chapter(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("teaching.printing.BROWSERS", ())
    names, out = tmp_path / "names.txt", tmp_path / "out"
    names.write_text("Ada\n")
    for tool, where in ((exam_tool, out), (answer_key, names)):
        monkeypatch.setattr(sys, "argv", ["tool", str(where)])
        tool.main()
    made = {"exam-1.html", "exam-1-data.html", "exam-1-key.html", "exam-1.xml"}
    assert {path.name for path in out.iterdir()} == made
    questions = exam({1, 2, 3, 4, 5, 6}, 1, 10)
    paper = (out / "exam-1.html").read_text(encoding="utf-8")
    assert paper == questions_page(questions, 1)
    with (tmp_path / "names-key.csv").open(encoding="utf-8-sig") as table_of_names:
        rows = list(csv.DictReader(table_of_names))
    assert {row["exercise"] for row in rows} == {
        label(e) for e in answer_key.of_all(WITH_EXERCISES)
    }


def test_an_exam_asks_for_few_predictions_and_offers_four_of_the_commonest_mistakes():
    assert set(EXERCISES) >= NOT_ON_PAPER
    for seed in range(1, 6):
        of_all = exam(WITH_EXERCISES, seed)
        assert sum(one.exercise.kind == "prediction" for one in of_all) == 3
        for one in of_all:
            if one.exercise.kind == "prediction":
                continue
            (numbers,) = one.exercise.cases(student=f"exam {seed}")
            known = distractors(one.exercise, numbers, one.exercise.solution(*numbers))
            wrong = [choice.mistake for choice in one.choices if not choice.right]
            assert len(wrong) == min(4, len(known))
            assert set(wrong) <= {name for _, name, _ in known[:6]}


def test_what_is_said_on_paper_is_in_sentences_and_of_exercises_that_exist():
    assert WORDS.keys() | DATA.keys() | MINUTES.keys() <= EXERCISES.keys()
    assert [name for name, text in WORDS.items() if not text.endswith(("?", "."))] == []
    assert [name for name, text in WORDS.items() if not text[0].isupper()] == []


@pytest.mark.parametrize("tool", [exam_tool, answer_key, worksheets])
def test_nothing_is_overwritten_unless_that_is_asked_for(tool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("teaching.printing.BROWSERS", ())
    names = tmp_path / "names.txt"
    names.write_text("Ada\n")
    where = names if tool is answer_key else tmp_path / "out"
    monkeypatch.setattr(sys, "argv", ["tool", str(where)])
    tool.main()
    with pytest.raises(SystemExit, match="2"):
        tool.main()
    assert "is there already: name another folder, or add --overwrite" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["tool", str(where), "--overwrite"])
    tool.main()


def test_the_class_list_has_a_line_for_each_student_on_at_most_two_pages(tmp_path, capsys):
    names = [*NAMES, *(f"Maximilian Wollstonecraft {i}" for i in range(25))]
    made = class_list(names, answer_key.of_all({6}))
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", made)]
    rows = [row for row in rows if row]
    assert [re.search(r"<strong>(.*?)</strong>", row[0])[1] for row in rows] == names
    for name, (_, *answers) in zip(names, rows, strict=True):
        of = ("recall-06", "blame-of-the-output", "blame-of-the-hidden-layer", "one-update")
        for exercise, answer in zip(of, answers, strict=True):
            value = ast.literal_eval(answer.replace("<br>", ", "))
            assert check(exercise, value, student=name).passed, (name, exercise)
    assert "06.1 <code>another-target</code>: <strong>d</strong>" in made
    if browser() is None:
        pytest.skip(NO_BROWSER)
    write_page(tmp_path / "list.html", made)
    pdf = (tmp_path / "list.pdf").read_bytes()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_a_class_list_of_several_chapters_has_a_part_for_each():
    made = class_list(NAMES, answer_key.of_all(WITH_EXERCISES))
    assert made.count("<h1>Class list: ") == len(WITH_EXERCISES)
    for told in map(chapter, sorted(WITH_EXERCISES)):
        assert f"{told.number:02} {html.escape(told.title)}</h1>" in made


@pytest.mark.parametrize("fill", FILLS)
def test_a_sheet_says_which_version_it_is(fill):
    said = {"nothing": "empty", "forward": "forward filled", "neuron-1": "neuron 1 filled"}
    page = front_and_back(CHAPTERS_STUDENT, "", fill)
    version = said.get(fill, "the key")
    assert page.count(f"This sheet: <strong>{version}</strong>") == 2  # front and back


def test_names_that_are_not_in_utf_8_are_refused_in_words(tmp_path):
    path = tmp_path / "names.txt"
    path.write_bytes("Béla\n".encode("latin-1"))
    with pytest.raises(ValueError, match="not in UTF-8: save it anew as UTF-8"):
        names_in(path)
