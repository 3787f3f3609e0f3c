"""A class hands in: everybody is in the table, whatever some of the notebooks do."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import class_report
import pytest
from run_notebooks import NOTEBOOKS
from submitted import HOSTILE, answers_of, handed_in, moodle, with_mistake
from teaching.chapters import chapter
from teaching.grade_one import SLIPS, only_checks
from teaching.grading import RESULTS_TOO_LARGE, Limits, grade_all, read, start_clean
from teaching.page import formatted
from teaching.report import copies, counted, to_csv, to_html
from teaching.submissions import Submission, find, who_of

from nn_tutorial.exercises import EXERCISES

TOOL = NOTEBOOKS.parent / "tools" / "class_report.py"
LIMITS = Limits(seconds=4, seconds_in_all=10, megabytes=1500)
CHAPTER = 1
WRONG = ("scale-newcomers", "the newcomers' own column maxima")
# Nothing in them is the students' own answer: what a check says must not come from the notebook.
FORGERIES = {"a fake check", "a patched package"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return {who: Submission} of one notebook of each hostile kind, and three ordinary ones."""
    folder = tmp_path_factory.mktemp("handed in")
    right = answers_of(CHAPTER)
    for place, (kind, (make, _)) in enumerate(HOSTILE.items()):
        answers = {} if kind in FORGERIES else right
        make(moodle(folder, kind, CHAPTER, place), handed_in(CHAPTER, f"S. {kind}", answers))
    wrong = right | {WRONG[0]: with_mistake(*WRONG)}
    for place, answers in enumerate((right, wrong, {})):
        notebook = handed_in(CHAPTER, f"Student {place}", answers)
        moodle(folder, f"Student {place}", CHAPTER, 100 + place).write_text(json.dumps(notebook))
    submissions = find(folder)
    grade_all(submissions, 6, LIMITS)
    return {one.who: one for one in submissions}


def states(submission):
    return Counter(result["state"] for result in submission.results.values())


def test_everybody_is_in_the_table(graded):
    assert set(graded) == set(HOSTILE) | {f"Student {place}" for place in range(3)}
    rows = list(csv.DictReader(io.StringIO(to_csv(list(graded.values())))))
    assert {row["handed in by"] for row in rows} == set(graded)


def test_the_others_are_graded_as_they_would_be_alone(graded):
    n_exercises = len(answers_of(CHAPTER))
    assert states(graded["Student 0"]) == {"right": n_exercises}
    assert states(graded["Student 1"]) == {"right": n_exercises - 1, "wrong": 1}
    assert graded["Student 1"].results[WRONG[0]]["mistake"] == WRONG[1]
    assert states(graded["Student 2"]) == {"not started": n_exercises}
    assert [graded[f"Student {place}"].problem for place in range(3)] == ["", "", ""]
    assert graded["Student 0"].student == "Student 0"


@pytest.mark.parametrize("kind", [kind for kind, (_, counts) in HOSTILE.items() if counts])
def test_answers_count_beside_a_hostile_cell(graded, kind):
    assert states(graded[kind]) == {"right": len(answers_of(CHAPTER))}, graded[kind].problem
    assert graded[kind].chapter == CHAPTER


@pytest.mark.parametrize("kind", [kind for kind, (_, counts) in HOSTILE.items() if not counts])
def test_nothing_is_right_where_there_is_no_answer(graded, kind):
    assert graded[kind].n_right == 0
    assert graded[kind].problem or set(states(graded[kind])) <= {"missing", "not started"}


def test_a_teacher_reads_which_cell_was_left_out_and_why(graded):
    assert graded["an endless loop"].problem == "cell 2 stopped after 4 s"
    assert graded["os._exit"].problem == "cell 2 ended the process"
    assert graded["a loop that is deaf to alarms"].problem == "cell 2 took too long"
    assert graded["broken JSON"].problem == "no notebook: JSONDecodeError"
    assert graded["a PDF"].problem == "no notebook, but .pdf"


def made_up(who, student="", **results):
    """Return a submission of chapter 01 with results, by exercise with underscores."""
    one = Submission(Path(f"{who}.ipynb"), who, chapter=CHAPTER, student=student)
    for name, told in results.items():
        result = {"exercise": name, "state": "wrong", "mistake": "", "explanation": "", "read": ""}
        one.results[name.replace("_", "-")] = result | told
    return one


def test_the_commonest_mistakes_come_first_with_their_explanation_and_section():
    known = EXERCISES[WRONG[0]].mistakes
    slip, other = {"mistake": WRONG[1]}, {"mistake": list(known)[-1]}
    submissions = [made_up(f"s{i}", scale_newcomers=slip if i < 3 else other) for i in range(5)]
    page = to_html(submissions)
    first, second = (
        page.index(f"{formatted(WRONG[1])}</strong>: 3 of 5"),
        page.index("</strong>: 2 of 5"),
    )
    assert first < second
    assert formatted(known[WRONG[1]].explanation) in page
    assert f"Read again: “{known[WRONG[1]].section}”." in page
    assert counted(submissions) == {WRONG: 3, (WRONG[0], other["mistake"]): 2}


def test_slips_of_typing_and_missing_names_are_named(tmp_path, tmp_path_factory, monkeypatch):
    def submit(who, student, **cells):
        answers = {name.replace("_", "-"): source for name, source in cells.items()}
        path = moodle(tmp_path, who, 6, len(list(tmp_path.iterdir())))
        path.write_text(json.dumps(handed_in(6, student, answers)))

    submit("commas", "Ada", blame_of_the_output="dz2_and_dw2 = 0,1029, 0,757, 0,1, 0,2")
    submit("zeros", "Bea", blame_of_the_output="dz2_and_dw2 = 0,1029, 0,0757, 0,07, 0,07")
    submit("bare", "Cem", another_target="both_slopes = d")
    submit(
        "nobody", "your name", one_update="my_points = 70.58", another_target='both_slopes = "d"'
    )
    submit("points", "Dan", blame_of_the_output="dz2_and_dw2 = 0.1029,0.0757,0.07,0.07")
    submissions = find(tmp_path)
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    grade_all(submissions, 2, Limits())
    assert list(scratch.glob("graded-*")) == []
    got = {one.who: one.results for one in submissions}
    assert got["commas"]["blame-of-the-output"]["mistake"] == "decimal commas"
    zeros = got["zeros"]["blame-of-the-output"]
    assert (zeros["state"], zeros["mistake"]) == ("error", "decimal commas")
    assert zeros["error"].startswith("SyntaxError: ")
    assert zeros["explanation"] == SLIPS["decimal commas"]
    bare = got["bare"]["another-target"]
    assert (bare["state"], bare["mistake"]) == ("error", "missing quotation marks")
    assert got["points"]["blame-of-the-output"]["mistake"] != "decimal commas"
    assert got["nobody"]["one-update"]["state"] == "no name"
    assert got["nobody"]["another-target"]["state"] == "right"
    assert got["nobody"]["blame-of-the-output"]["state"] == "not started"
    page, table = to_html(submissions), to_csv(submissions)
    assert "No name in the notebook: nobody." in page
    assert formatted("error: NameError: name 'd' is not defined") in page
    assert "error: NameError: name 'd' is not defined (missing quotation marks?)" in table
    assert "answered without a name" in table


SLEEPS = "import time\n{} = lambda X: time.sleep(60)"
MUTE = "class Mute:\n    def __repr__(self):\n        raise RuntimeError\n{} = Mute()"


@pytest.mark.parametrize(
    ("name", "source", "mistake"),
    [("write-the-scaler", SLEEPS, ""), ("undo-the-scaling", MUTE, "stopped: RuntimeError")],
)
def test_an_answer_that_cannot_be_checked_is_wrong_and_the_others_count(
    name, source, mistake, tmp_path
):
    target = chapter(CHAPTER).calls[name].partition(",")[0]
    answers = answers_of(CHAPTER) | {name: source.format(target)}
    path = moodle(tmp_path, "Ada", CHAPTER, 1)
    path.write_text(json.dumps(handed_in(CHAPTER, "Ada", answers)))
    (one,) = find(tmp_path)
    grade_all([one], 1, Limits(seconds=2))
    result = one.results.pop(name)
    assert (result["state"], result["mistake"]) == ("wrong", mistake)
    assert states(one) == {"right": len(answers) - 1}


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (b'{"a": "\xc3', 1),  # the process was killed in the middle of a letter
        (b'["a"]\nnonsense\n' + b"[" * 100_000 + b'\n{"b": 2}\n', 2),
        (b"x" * RESULTS_TOO_LARGE + b'\n{"b": 2}\n', 1),
    ],
)
def test_results_are_read_as_far_as_they_are_results(end, kept, tmp_path):
    (tmp_path / "results").write_bytes(b'{"a": 1}\n' + end)
    assert read(tmp_path / "results") == [{"a": 1}, {"b": 2}][:kept]
    assert read(tmp_path / "nothing") == []


STATES = {
    "say-the-shape": {"state": "right"},
    "write-the-scaler": {"state": "not started"},
    WRONG[0]: {"mistake": WRONG[1]},
    "scale-it-twice": {},
    "undo-the-scaling": {"state": "error", "error": "NameError: name 'd'", "mistake": "a slip"},
    "smallest-to-zero": {"state": "missing"},
}


def test_the_tables_show_who_solved_what():
    ada = made_up("Ada 10", "Ada", **{name.replace("-", "_"): s for name, s in STATES.items()})
    bea = made_up("Ada 9", "Bea", say_the_shape={"state": "right"})
    bea.results["write-the-scaler"] = bea.results["say-the-shape"] | {"state": "no name"}
    names = list(answers_of(CHAPTER))
    assert names[: len(STATES)] == list(STATES)
    n = len(names)
    page = to_html([ada, bea])
    (table,) = re.findall("<table>.*?</table>", page.partition("<h2>Chapter")[2], re.DOTALL)[:1]
    rows = [re.findall('<td(?: class="(.*?)")?>(.*?)</td>', row) for row in table.split("<tr>")]
    error = formatted("error: NameError: name 'd'")
    nothing = [("open", "–")]
    assert rows[2:] == [
        [
            ("", "Ada 9"), ("", "Bea"), ("count", f"1 of {n}"), ("right", "✓"), ("open", "no name"),
            *nothing * (n - 2),
        ],
        [
            ("", "Ada 10"), ("", "Ada"), ("count", f"1 of {n}"), ("right", "✓"), *nothing,
            ("wrong", formatted(WRONG[1])), ("wrong", "wrong, not recognised"),
            ("wrong", f"{error} <strong>(a slip?)</strong>"), ("open", "gone"),
            *nothing * (n - len(STATES)),
        ],
        [
            ("", "all"), ("", ""), ("", ""), ("", "2 right"),
            *[("", "0 right")] * (n - 1),
        ],
    ]  # fmt: skip
    heads, first, second = csv.reader(io.StringIO(to_csv([ada, bea])))
    assert heads[:7] == [
        "handed in by", "name in the notebook", "file", "chapter", "right", "of", "problem",
    ]  # fmt: skip
    assert first == [
        "Ada 10", "Ada", "Ada 10.ipynb", "1", "1", str(n), "", "right", "not started", WRONG[1],
        "wrong, not recognised", "error: NameError: name 'd' (a slip?)",
        "gone: the answer has no value", *[""] * (n - len(STATES)),
    ]  # fmt: skip
    assert second[7:] == ["right", "answered without a name", *[""] * (n - 2)]


def test_what_is_handed_in_runs_with_one_thread_and_opens_no_window(monkeypatch):
    meant = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    for name in (*meant, "PYTHONPATH"):
        monkeypatch.setenv(name, "another")
    start_clean()
    assert {name: os.environ[name] for name in meant} == meant
    assert os.environ["PYTHONPATH"] == f"{TOOL.parent}{os.pathsep}another"


def test_what_one_person_did_is_not_for_the_whole_class():
    page = to_html([made_up("Ada", "Ada", scale_newcomers={"mistake": WRONG[1]})])
    assert "No recognised mistake was made by two or more." in page


def test_one_copied_answer_among_others_is_shown_and_equal_numbers_are_no_copy():
    ada, cem = (made_up(who, who) for who in ("Ada", "Cem"))
    for one, other in ((ada, "1"), (cem, "2")):
        for name, answer in (("undo-the-scaling", "same"), ("say-the-shape", other)):
            one.results[name] = {
                "exercise": name,
                "state": "wrong",
                "mistake": "",
                "answer": answer,
            }
    (sentence,) = copies([ada, cem])
    assert "(01.5 undo-the-scaling)" in sentence
    exercise = EXERCISES["undo-the-scaling"]
    names = [f"student {i}" for i in range(2000)]
    own = {}
    for name in names:
        own.setdefault(repr(exercise.cases(student=name)), []).append(name)
    twins = next(those for those in own.values() if len(those) > 1)[:2]
    right = {"state": "right", "answer": "the same"}
    assert copies([made_up(who, who, undo_the_scaling=right) for who in twins]) == []


def test_copied_names_and_numbers_are_shown():
    same = {"state": "right", "answer": "((1.5, 6, 91.0),)"}
    submissions = [
        made_up("Ada", "Ada", undo_the_scaling=same),
        made_up("Bea", " ADA ", undo_the_scaling={"state": "wrong", "answer": "(0,)"}),
        made_up("Cem", "Cem", undo_the_scaling=same),
        made_up("Dan", "Dan", undo_the_scaling={"state": "not started", "answer": "(...,)"}),
        made_up("Eva", "Eva", undo_the_scaling={"state": "not started", "answer": "(...,)"}),
    ]
    assert copies(submissions) == [
        "The name “ada” stands in Ada (Ada.ipynb) and Bea (Bea.ipynb).",
        "The same numbers were answered (01.5 undo-the-scaling) in Ada (Ada.ipynb) "
        "and Cem (Cem.ipynb).",
    ]


def test_a_name_is_text_in_the_page_and_no_formula_in_the_table():
    nasty = made_up("=HYPERLINK(1)", "<script>alert(1)</script>", undo_the_scaling={})
    nasty.results["undo-the-scaling"] |= {"mistake": "<b>x</b>"}
    page, rows = to_html([nasty, nasty]), list(csv.reader(io.StringIO(to_csv([nasty]))))
    assert "<script" not in page
    assert "<b>x" not in page
    assert rows[1][0] == "'=HYPERLINK(1)"
    for start in "=+-@":
        assert (
            to_csv([made_up(f"{start}1 ", undo_the_scaling={})]).splitlines()[1][:4]
            == f"'{start}1,"
        )


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("Ada King_77_assignsubmission_file_/06.ipynb", "Ada King"),
        ("Ada King_77_assignsubmission_file_06.ipynb", "Ada King"),
        ("ada/06_send/06.ipynb", "ada"),
        ("ada.ipynb", "ada"),
    ],
)
def test_who_handed_in_is_read_from_the_folder_or_the_file(path, who):
    assert who_of(Path("all") / path, Path("all")) == who


def test_the_program_writes_a_page_and_a_table_beside_the_folder(tmp_path):
    folder = tmp_path / "handed in"
    path = moodle(folder, "Ada", CHAPTER, 1)
    path.write_text(json.dumps(handed_in(CHAPTER, "Ada", answers_of(CHAPTER), whole=True)))
    done = subprocess.run(
        [sys.executable, TOOL, folder], capture_output=True, text=True, check=True
    )
    assert "1 submissions, " in done.stdout
    assert "graded" not in done.stdout
    assert "1 of 1 graded" in done.stderr
    (row,) = csv.DictReader((tmp_path / "handed in-report.csv").open(encoding="utf-8-sig"))
    n_exercises = str(len(answers_of(CHAPTER)))
    assert (row["right"], row["of"], row["name in the notebook"]) == (
        n_exercises,
        n_exercises,
        "Ada",
    )
    assert "<h2>Chapter 01: Scale the data</h2>" in (tmp_path / "handed in-report.html").read_text(
        encoding="utf-8"
    )


def test_the_program_hands_on_its_limits_and_says_how_far_it_is(tmp_path, monkeypatch, capsys):
    asked = []

    def grade(submissions, workers, limits, told):
        asked.append((len(submissions), workers, limits))
        for done in range(1, 24):
            told(done, 23)

    for i in range(2):
        (tmp_path / "in" / f"{i}").mkdir(parents=True)
        (tmp_path / "in" / f"{i}" / "01.ipynb").write_text("{}")
    command = f"report {tmp_path / 'in'} --workers 3 --seconds 5 --megabytes 700"
    monkeypatch.setattr(sys, "argv", command.split())
    monkeypatch.setattr(class_report, "grade_all", grade)
    class_report.main()
    assert asked == [(2, 3, Limits(seconds=5, seconds_in_all=30, megabytes=700))]
    said = capsys.readouterr()
    assert said.err == "10 of 23 graded\n20 of 23 graded\n23 of 23 graded\n"
    html, table, last = said.out.splitlines()
    assert (html, table) == (f"{tmp_path}/in-report.html", f"{tmp_path}/in-report.csv")
    assert re.fullmatch(r"2 submissions, \d+ a minute", last)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    class_report.tell(1, 2)
    class_report.tell(2, 2)
    assert capsys.readouterr().err == "\r1 of 2 graded\r2 of 2 graded\n"


def test_files_from_a_stick_are_read_in_folders_or_renamed_and_the_page_has_both_names(tmp_path):
    same_name = "06_send_the_error_back.ipynb"
    for path, student in (
        (f"ada/{same_name}", "Ada King"),
        (f"bea/{same_name}", "Bea Blau"),
        ("Cem Can.ipynb", "cem"),
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        answers = {"another-target": 'both_slopes = "d"'}
        (tmp_path / path).write_text(json.dumps(handed_in(6, student, answers)))
    submissions = find(tmp_path)
    grade_all(submissions, 2, Limits())
    assert {(one.who, one.student, one.chapter, one.n_right) for one in submissions} == {
        ("ada", "Ada King", 6, 1),
        ("bea", "Bea Blau", 6, 1),
        ("Cem Can", "cem", 6, 1),
    }
    page = to_html(submissions)
    assert "<th>handed in by</th><th>name in the notebook</th>" in page
    for one in submissions:
        assert f"<td>{one.who}</td><td>{one.student}</td>" in page


@pytest.mark.parametrize("folder", [".ipynb_checkpoints", "__MACOSX", "ada/.git"])
def test_what_programs_hide_is_no_submission(folder, tmp_path):
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "06.ipynb").write_text("{}")
    (tmp_path / "Bea.ipynb").write_text("{}")
    assert [one.who for one in find(tmp_path)] == ["Bea"]


@pytest.mark.parametrize(
    ("source", "skipped"),
    [
        ('check("one-update", w)', True),
        ('from nn_tutorial import check\ncheck("one-update", w)', True),
        ('w = 2\ncheck("one-update", w)', False),
        ('check("one-update", w', False),
        ('check("one-update", w)  # ' + 1000 * "-", False),
        ("w = 2", False),
    ],
)
def test_a_cell_that_only_checks_need_not_run(source, skipped):
    assert only_checks(source) == skipped


def test_a_zip_file_is_to_be_unpacked_first(tmp_path):
    (tmp_path / "all.zip").write_bytes(b"PK")
    done = subprocess.run(
        [sys.executable, TOOL, tmp_path / "all.zip"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "is a ZIP file: unpack it first, and name the folder" in done.stderr
