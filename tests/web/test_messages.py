"""What `check` says in the browser edition, compared under Node.js: the same words as elsewhere."""

import json
import os
import subprocess
from pathlib import Path

import exercise_messages as messages
import pytest
from run_notebooks import NOTEBOOKS

pytestmark = pytest.mark.site

ROOT = NOTEBOOKS.parent
PYODIDE = Path(os.environ.get("PYODIDE", ROOT.parent / "shared" / "pyodide-0.27.7"))


@pytest.fixture(scope="module")
def exercises(edition):
    """Return what `check` says under Node, {exercise: {answer: [message, HTML]}}."""
    out, folder = edition.parent / "messages.json", edition / "static/pyodide"
    options = json.dumps({"packages": ["nn-tutorial"]})
    command = (ROOT / "tools/website/browser/under_node.mjs", PYODIDE / "pyodide.mjs", folder)
    script = (options, Path(messages.__file__), out)
    subprocess.run(["node", *command, *script], check=True, timeout=900)
    return json.loads(out.read_text(encoding="utf-8"))


def test_every_answer_gets_the_same_words_as_on_the_readers_own_machine(exercises):
    here = json.loads(messages.main())
    assert sum(map(len, here.values())) > 1000
    differ = [(n, a) for n, told in here.items() for a in told if exercises[n][a] != told[a]]
    assert differ == []


def test_an_answer_that_only_warns_is_told_so_there(exercises):
    message, _ = exercises["sigmoid-without-warnings"]["it only warns"]
    assert "NumPy warned on the way: “overflow" in message
