"""The tool that breaks the code on purpose: what it changes, and what it says of a survivor."""

import ast
import os
import time
from pathlib import Path

import mutants
import pytest

CODE = '''"""Signs."""


def sign(x, zero=0):
    """Return -1, 0 or 1."""
    if x < zero:
        return -1
    return int(x > zero)
'''
TEST = """from pathlib import Path

from code_ import sign


def test_sign():
    assert [sign(-2), sign(2)] == [-1, 1]


def test_the_copy_has_no_history():
    assert not Path(".git").exists()
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "code_.py").write_text(CODE)
    (tmp_path / "test_code.py").write_text(TEST)
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # a dozen runs, each a second faster
    return tmp_path


def test_a_change_is_one_line_that_python_still_reads(project):
    found = mutants.mutants(project / "code_.py")
    changes = {(mutant.line, mutant.after) for mutant in found}
    assert changes == {
        (4, "def sign(x, zero=1):"),
        (4, "def sign(x, zero=-1):"),
        (6, "if (x <= zero):"),
        (6, "if not x < zero:"),
        (7, "return 1"),
        (7, "return -2"),
        (7, "return -0"),
        (7, "return None"),
        (8, "return int((x >= zero))"),
        (8, "return None"),
    }
    for mutant in found:
        ast.parse(mutant.text)
        assert len(mutant.text.splitlines()) == len(CODE.splitlines())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 'a'", {"x = 'aXX'"}),
        ("x = f'a{y}'", {"x = f'XX{y}'"}),
        ("x = True", {"x = False"}),
        ("x = not y", {"x = y"}),
        ("x = f(a, b=c)", {"x = f(a)"}),
        ("f(a)", {"pass"}),
        ("x = a and b", {"x = (a or b)"}),
        ("x += y", {"x -= y"}),
        ("x = a if b else c", {"x = a if not b else c"}),
        ("raise x", {"pass"}),
    ],
)
def test_each_kind_of_line_has_its_changes(before, after, project):
    (project / "code_.py").write_text(f"{before}\n")
    assert {mutant.after for mutant in mutants.mutants(project / "code_.py")} == after


def test_survivors_are_told_from_what_the_tests_notice(project, monkeypatch, capsys):
    log, file = project / "log", str(project / "code_.py")
    command = ["mutants.py", file, "--tests", "test_code.py"]
    monkeypatch.setattr("sys.argv", [*command, "--count", "4", "--seed", "3", "--log", str(log)])
    assert mutants.main() == 1
    said = capsys.readouterr().out
    assert "SURVIVES code_.py:6: if x < zero:  →  if (x <= zero):" in said  # zero is not tried
    assert said.endswith("3 of 4 noticed\n")
    assert (project / "code_.py").read_text() == CODE

    (project / "test_code.py").write_text(
        TEST.replace("sign(2)] == [-1", "sign(0), sign(2)] == [-1, 0")
    )
    moved = CODE.replace("return int(x > zero)", "return 1 if x > zero else 0")
    (project / "code_.py").write_text(moved.replace("    if x <", "\n    if x <"))
    monkeypatch.setattr("sys.argv", [*command, "--again", str(log)])
    assert mutants.main() == 0
    said = capsys.readouterr().out
    assert "no longer there: code_.py: return int(x > zero)" in said
    assert said.endswith("3 of 3 noticed\n")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_what_a_changed_line_has_started_ends_with_its_tests(project):
    (project / "test_code.py").write_text(
        "import subprocess, sys\n\n\ndef test_started():\n"
        "    endless = [sys.executable, '-c', 'while True: pass']\n"
        "    open('pid', 'w').write(str(subprocess.Popen(endless).pid))\n"
    )
    assert mutants.passes(project, ["test_code.py"])
    started, end = int((project / "pid").read_text()), time.monotonic() + 10
    while is_running(started):
        assert time.monotonic() < end, "it goes on"
        time.sleep(0.1)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that has ended and that nobody waits for has still its number.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_tests_that_fail_without_a_change_say_nothing_about_changes(project, monkeypatch):
    (project / "test_code.py").write_text(TEST.replace("1]", "7]"))
    monkeypatch.setattr("sys.argv", ["", str(project / "code_.py"), "--tests", "test_code.py"])
    with pytest.raises(SystemExit, match="fail already without a change"):
        mutants.main()
