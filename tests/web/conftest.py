"""The site, built once, served as GitHub Pages serves it, and looked at in one Chromium."""

import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from website import serve

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = (
    "sphinx",
    "myst_nb",
    "sphinx_book_theme",
    "sphinx_copybutton",
    "axe_playwright_python",
)
# Where the browser edition's tests find Pyodide; without it they are skipped.
PYODIDE = Path(os.environ.get("PYODIDE", ROOT.parent / "shared/pyodide-0.27.7"))
BOOK_ONLY = "import sys, pathlib; from website import book; book.build(pathlib.Path(sys.argv[1]))"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
NO_NETWORK = ("--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the whole site, as its one command does, and return its folder."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        pytest.skip(f"the group `site` is not installed: {', '.join(missing)} missing")
    from website import formulas

    if missing := formulas.missing():
        pytest.skip(f"missing: {missing}")
    if ready := os.environ.get("NN_SITE"):  # somebody works on the tests themselves
        return Path(ready)
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the first worker builds for all
        shared = shared.parent
    out, lock = shared / "site", shared / "site.lock"
    try:
        lock.mkdir()
    except FileExistsError:
        while not (lock / "done").exists():
            time.sleep(0.5)
        assert (lock / "done").read_text() == "built", "the other worker says why"
        return out
    try:
        build(out)
    except BaseException:
        (lock / "done").write_text("failed")
        raise
    (lock / "done").write_text("built")
    return out


def build(out):
    """Build the book, and the browser edition where Pyodide is."""
    if PYODIDE.is_dir():
        command = [sys.executable, ROOT / "tools/build_site.py", out, "--pyodide", PYODIDE]
    else:
        print(f"the book only: no Pyodide in {PYODIDE}, nor where PYODIDE points")
        command = [sys.executable, "-c", BOOK_ONLY, out]
    built = subprocess.run(
        command, cwd=ROOT / "tools", capture_output=True, text=True, encoding="utf-8"
    )
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="session")
def edition(request):
    """Return the folder of the browser edition, as the command for the site builds it."""
    if not PYODIDE.is_dir():
        pytest.skip(f"no Pyodide in {PYODIDE}; the variable PYODIDE may name another folder")
    if shutil.which("node") is None:
        pytest.skip("node is not on the path")
    return request.getfixturevalue("site") / "lite"


@pytest.fixture(scope="session")
def served(site):
    """Return the site's address."""
    server = serve.server(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium():
    """Return a browser that reaches only this machine."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(CHROMIUMS)} is on the path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=NO_NETWORK)
        yield browser
        browser.close()
