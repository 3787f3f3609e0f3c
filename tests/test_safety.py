"""No network in a test run, and nothing in the package that runs what it has read."""

import ast
import re
import socket
import subprocess
import sys

import pytest
from run_notebooks import NOTEBOOKS

ROOT = NOTEBOOKS.parent
MODULES = sorted((ROOT / "nn_tutorial").rglob("*.py"))
# Modules that unpickle, start processes or open connections, and functions that run a text.
FORBIDDEN_MODULES = {
    "asyncio", "code", "codeop", "ctypes", "dill", "ftplib", "http", "imp", "joblib", "marshal",
    "multiprocessing", "pickle", "pty", "requests", "runpy", "shelve", "smtplib", "socket",
    "socketserver", "ssl", "subprocess", "telnetlib", "urllib", "webbrowser", "xmlrpc",
}  # fmt: skip
FORBIDDEN_NAMES = {"eval", "exec", "compile", "__import__", "breakpoint", "import_module"}
FORBIDDEN_CALLS = {"os.system", "os.popen", "os.fork", "os.startfile"}
ALLOWED = {
    # The chapters' exercises, found by their place in the package.
    ("nn_tutorial/exercises/chapters/__init__.py", "import_module"),
    # Lines of the package's own, in the order in which a reader puts them.
    ("nn_tutorial/exercises/order.py", "exec"),
}
OUTSIDE = "192.0.2.1"  # kept for documentation; no machine has it


def suspicious(code):
    """Yield in words what a module's code could run, unpickle or connect with."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=names):
                yield from (n.name for n in names if n.name.split(".")[0] in FORBIDDEN_MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in FORBIDDEN_MODULES:
                yield module
            case ast.Name(id=name) if name in FORBIDDEN_NAMES:
                yield name
            case ast.Attribute():
                called = ast.unparse(node)
                started = called.startswith(("os.exec", "os.spawn", "os.posix_spawn"))
                if (
                    called in FORBIDDEN_CALLS
                    or started
                    or node.attr in FORBIDDEN_NAMES - {"compile"}
                ):
                    yield called
            case ast.keyword(arg="allow_pickle", value=value):
                if not (isinstance(value, ast.Constant) and value.value is False):
                    yield "allow_pickle"
            case ast.keyword(arg="shell"):
                yield "shell"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_runs_no_text_unpickles_nothing_and_starts_no_process(path):
    name = path.relative_to(ROOT).as_posix()
    found = set(suspicious(path.read_text(encoding="utf-8")))
    assert {(name, what) for what in found} <= ALLOWED


def test_what_the_package_brings_into_the_browser_asks_for_nothing_and_runs_no_text():
    files = [f for f in (ROOT / "nn_tutorial").rglob("*") if f.suffix in {".js", ".css", ".html"}]
    asks = re.compile(
        r"https?://(?!www\.w3\.org/)|\b(fetch|eval|Function|XMLHttpRequest|WebSocket)\("
    )
    asks = re.compile(rf"{asks.pattern}|\bimport\b|@import|url\(")
    assert {f.name for f in files if asks.search(f.read_text(encoding="utf-8"))} == set()


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from subprocess import run",
        "import urllib.request",
        "eval(text)",
        "run = exec",
        "compile(text, '', 'exec')",
        "__import__('os')",
        "importlib.import_module('os')",
        "os.system('ls')",
        "os.execv('ls', [])",
        "load(path, allow_pickle=True)",
        "run('ls', shell=True)",
    ],
)
def test_the_reading_of_code_finds(code):
    assert list(suspicious(code))


def test_the_reading_of_code_leaves_the_rest_alone():
    assert not list(suspicious("import re, ast\nre.compile('a'); load(f, allow_pickle=False)"))


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, (OUTSIDE, 80))),
        ("socket.connect", (None, ("2001:db8::1", 80, 0, 0))),
        ("socket.sendto", (None, (OUTSIDE, 53))),
        ("socket.getaddrinfo", ("example.invalid", 443, 0, 0, 0)),
        ("socket.gethostbyname", ("example.invalid",)),
    ],
)
def test_a_test_that_would_leave_this_machine_fails(event, arguments):
    with pytest.raises(RuntimeError, match="uses no network"):
        sys.audit(event, *arguments)


def test_so_does_whatever_python_a_test_starts():
    code = f"import sys; sys.audit('socket.connect', None, ('{OUTSIDE}', 80))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert "uses no network" in done.stderr


def test_connections_on_this_machine_work():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("localhost", port), timeout=5).close()
