"""The teacher's guide: what comes from the chapters is as it is there, and the rest exists."""

import importlib
import re
import sys
from pathlib import Path

import pytest
from run_notebooks import NOTEBOOKS
from teaching.chapters import chapter, with_exercises
from teaching_guide import COMMAND, COMMONEST, GUIDE, filled, of_chapter, sections
from test_prose import wordings

ROOT = NOTEBOOKS.parent
TEXT = GUIDE.read_text(encoding="utf-8")
NUMBERS = [told.number for told in with_exercises()]
BY_HAND = ("Board", "Ask", "Stuck", "Homework")


def test_what_comes_from_the_chapters_is_up_to_date():
    assert filled(TEXT) == TEXT, f"docs/teaching.md is of an older state; run: {COMMAND}"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_chapter_of_the_guide_has_its_parts(number):
    heading = f"### {number:02} {chapter(number).title}\n"
    assert heading in TEXT, "docs/teaching.md"
    part = re.split(r"^##+ ", TEXT.split(heading)[1], flags=re.MULTILINE)[0]
    assert f"<!-- made: chapter {number:02} -->" in part
    for word in BY_HAND:
        assert part.count(f"**{word}.**") == 1, word
    questions = re.findall(r"\*[^*]+\?\*\s+\S", part.split("**Ask.**")[1].split("**Stuck.**")[0])
    assert len(questions) >= 2  # with an answer behind each


@pytest.mark.parametrize("number", NUMBERS)
def test_the_minutes_of_the_sections_are_those_of_the_chapter(number):
    assert sum(sections(number).values()) == chapter(number).minutes["reading"]
    assert len(re.findall(rf"\n\| {number:02}[.\d]* `", of_chapter(number))) == COMMONEST


def test_sections_that_the_guide_names_exist():
    named = {" ".join(name.split()) for name in re.findall(r"“([^”]+)”", TEXT)}
    there = {name for number in NUMBERS for name in sections(number)}
    before, plan, after = re.split(
        r"(\| minutes \| what .*?\n\n.*?)For another\s+chapter", TEXT, flags=re.S
    )
    for name in re.findall(r"“([^”]+)”", plan):
        assert name in sections(6), name
    by_hand = before + after.split("## Chapter by")[0]
    sections_of = re.findall(r"(?:^|\W)(\d\d)\s[^.;]*?“([^”]+)”", by_hand)
    for number, name in sections_of:
        assert " ".join(name.split()) in sections(int(number)), (number, name)
    for number in NUMBERS:
        part = TEXT.split(f"<!-- made: chapter {number:02} -->")[1].split("<!-- end -->")[1]
        part = re.split(r"^##+ ", part, flags=re.MULTILINE)[0].split("**Homework.**")[1]
        for name in re.findall(r"“([^”]+)”", part):
            assert " ".join(name.split()) in sections(number), (number, name)
    assert len(named & there) > 20


def test_the_lesson_of_90_minutes_has_90_minutes():
    rows = re.findall(r"^\| (\d+) to (\d+) \|", TEXT, re.MULTILINE)
    ends = [0, *(int(end) for _, end in rows)]
    assert [int(start) for start, _ in rows] == ends[:-1]
    assert ends[-1] == 90


def test_the_guides_tools_take_the_options_that_it_gives_them(monkeypatch, capsys):
    commands = re.findall(r"python (tools/\w+\.py) (.+)", TEXT)
    assert {tool for tool, _ in commands} == {
        f"tools/{name}.py"
        for name in ("student_edition", "worksheets", "answer_key", "exam", "class_report")
    }
    for tool in {tool for tool, _ in commands}:
        monkeypatch.setattr(sys, "argv", [tool, "--help"])
        with pytest.raises(SystemExit, match="0"):
            importlib.import_module(Path(tool).stem).main()
        known = capsys.readouterr().out
        for given in (given for name, given in commands if name == tool):
            assert set(re.findall(r"--[a-z]+", given)) <= set(re.findall(r"--[a-z]+", known))


def test_the_guides_links_resolve_and_its_words_are_plain():
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", TEXT)
    assert [link for link in links if not (GUIDE.parent / link).exists()] == []
    assert wordings(TEXT) == []


def test_the_readme_leads_to_the_guide_in_five_lines():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    part = text.split("## Teach with it\n\n")[1].split("\n\n## ")[0]
    assert "(docs/teaching.md)" in part
    assert len(part.splitlines()) == 5
