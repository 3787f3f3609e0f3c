"""One JupyterLab in one Chromium for all chapters, and each chapter opened and run once."""

import contextlib
import copy
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from opened import explore_cells, for_a_browser, without_outputs
from playwright.sync_api import sync_playwright
from run_notebooks import NOTEBOOKS

SCREENSHOTS = NOTEBOOKS.parent / "screenshots"
PATIENCE = 120  # seconds, for a slow machine that does something else, too
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
SETTINGS = {
    # All cells are in the page from the start, not only those in view.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
}
FLAGS = (
    "--no-browser", "--allow-root", "--ip=127.0.0.1", "--ServerApp.port_retries=0",
    "--LabApp.extension_manager=readonly", "--log-level=WARN",
)  # fmt: skip
# The page looks itself, and not often: who asks it from outside takes a core while a chapter runs.
RESTED = """() => document.querySelector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    && ![...document.querySelectorAll(".jp-InputPrompt")]
        .some(prompt => prompt.textContent.includes("*"))"""
OFTEN = 300  # milliseconds
NO_NETWORK = ("--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
# The kernel's words when code raises or warns. What a widget's callback raises is shown nowhere in
# the notebook: JupyterLab keeps it in its log.
COMPLAINT = re.compile(rb'"ename": *".*|"name": *"stderr".*Warning: .*')
# Where the group `teachers` is installed, these extensions may break on JupyterLab.
OTHERS = ("@jupyter-notebook/lab-extension", "@jupyter/nbgrader")


def ours(error):
    """Return a page's error in a list, empty if it comes from another program's extension."""
    text = f"{error} {getattr(error, 'stack', '')}"
    return [] if any(name in text for name in OTHERS) else [str(error)]


def pytest_collection_modifyitems(items):
    """Put the browser's tests first, because they take longest, and those of a chapter together."""

    def place(item):
        if Path(__file__).parent not in item.path.parents:
            return 1, ""
        params = item.callspec.params if hasattr(item, "callspec") else {}
        return 0, params["chapter"].name if "chapter" in params else ""

    items.sort(key=place)


def wait_until(condition, what):
    """Return what the condition returns once that is true."""
    end = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.1)
    return result


@pytest.fixture(scope="module")
def chromium():
    """Return the path of a browser."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    return found or pytest.skip(f"no browser: none of {', '.join(CHROMIUMS)} is on the path")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab on copies of the chapters without outputs."""
    home = tmp_path_factory.mktemp("lab")
    for path, notebook in for_a_browser().items():
        nbformat.write(without_outputs(copy.deepcopy(notebook)), home / path.name)
    for plugin, settings in SETTINGS.items():
        file = home / f".jupyter/lab/user-settings/@jupyterlab/{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(settings))
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {name: str(home / ".jupyter") for name in folders}
    token = environment["JUPYTER_TOKEN"] = secrets.token_hex()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = probe.getsockname()

    def answers():
        with socket.socket() as probe:
            return server.poll() is not None or probe.connect_ex(address) == 0

    # What it prints is shown with the test that fails.
    command = [sys.executable, "-m", "jupyterlab", *FLAGS, f"--port={address[1]}"]
    server = subprocess.Popen(command, cwd=home, env=os.environ | environment)
    try:
        wait_until(answers, "JupyterLab answers, or stops")
        assert server.poll() is None, "JupyterLab stopped"
        yield SimpleNamespace(url=f"http://127.0.0.1:{address[1]}", token=token, folder=home)
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="module")
def page(chromium, lab):
    """Open JupyterLab, once: to load it takes more time than a chapter in it.

    When the browser's tests are over, Playwright ends, with its event loop: ``asyncio.run`` would
    refuse to start a second one beside it.
    """
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=NO_NETWORK).new_page(
            base_url=lab.url,
            viewport={"width": 1200, "height": 1500},
            extra_http_headers={"Authorization": f"token {lab.token}"},
        )
        page.set_default_timeout(1000 * PATIENCE)
        page.complaints, page.has_widgets = [], False

        def listen(message):
            message = message if isinstance(message, bytes) else message.encode()
            page.complaints.extend(found.decode() for found in COMPLAINT.findall(message))
            page.has_widgets |= b'"comm_open"' in message

        def complain(error):
            # Before a chapter has a widget, it is one of the chapter before, whose kernel is gone.
            if page.has_widgets or "widget model not found" not in str(error):
                page.complaints.extend(ours(error))

        page.on("websocket", lambda socket: socket.on("framereceived", listen))
        page.on("pageerror", complain)
        page.on("console", lambda line: line.type == "error" and complain(line.text))
        page.goto("/lab")
        yield page


@pytest.fixture(scope="module")
def wait_for_kernel(page):
    """Return a function that waits until a notebook's kernel is connected and idle.

    Who runs a cell before that is asked which kernel to take.
    """

    def wait(name):
        def connected():
            sessions = page.request.get("/api/sessions").json()
            kernels = [session["kernel"] for session in sessions if session["path"] == name]
            idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").count()
            states = [(k["execution_state"], k["connections"]) for k in kernels]
            return idle and states == [("idle", 1)]

        wait_until(connected, "the kernel is connected and idle")

    return wait


@contextlib.contextmanager
def running(path, page, lab, wait_for_kernel):
    """Open a chapter, run all its cells and save it, as a reader does; close it in the end."""
    panel = page.locator(".jp-NotebookPanel")
    page.complaints.clear()
    page.has_widgets = False

    def ran():
        """Return the notebook once it is saved with all cells run, or with an error."""
        page.wait_for_function(RESTED, polling=OFTEN)
        page.keyboard.press("Control+s")
        page.wait_for_timeout(200)
        try:
            saved = nbformat.read(lab.folder / path.name, as_version=4)
        except ValueError:  # it is being written
            return None
        code = [cell for cell in saved.cells if cell.cell_type == "code"]
        raised = any(o.output_type == "error" for cell in code for o in cell.outputs)
        return saved if raised or all(cell.execution_count for cell in code) else None

    stored = for_a_browser()[path]
    first_to_explore = (explore_cells(stored) or [0])[0]
    try:
        page.dblclick(f".jp-DirListing-itemName >> text={path.name}")
        wait_for_kernel(path.name)
        page.click(".lm-MenuBar-itemLabel >> text=/^Run$/")
        page.click(".lm-Menu-itemLabel >> text=/^Run All Cells$/")
        saved = wait_until(ran, "all cells have run")
        cells = panel.locator(".jp-Cell")
        yield SimpleNamespace(stored=stored, cells=cells, saved=saved, complaints=page.complaints)
    finally:
        show = "i => document.querySelectorAll('.jp-Notebook .jp-Cell')[i]?.scrollIntoView()"
        page.evaluate(show, first_to_explore)
        page.screenshot(path=SCREENSHOTS / f"{path.stem}.png")
        page.click(".lm-DockPanel-tabBar .lm-mod-current .lm-TabBar-tabCloseIcon")
        asked = page.locator(".jp-Dialog")
        wait_until(lambda: asked.count() or not panel.count(), "the chapter is closed")
        if asked.count():  # whether to save it, because it has not run
            page.goto("/lab?reset")
        for session in page.request.get("/api/sessions").json():
            page.request.delete(f"/api/sessions/{session['id']}")


@pytest.fixture(scope="module")
def open_chapter(page, lab, wait_for_kernel):
    """Return a function that opens a chapter once for all its tests, until another is asked for."""
    chapters = {}
    with contextlib.ExitStack() as stack:

        def open_one(path):
            if path not in chapters:
                stack.close()
                chapters.clear()
                chapters[path] = stack.enter_context(running(path, page, lab, wait_for_kernel))
            return chapters[path]

        yield open_one


@pytest.fixture
def chapter(request, open_chapter):
    """Return a chapter that is open and has run; how much of it, :mod:`opened` says.

    A fixture of one test: those of a module are reordered by the number of their parameter, and
    each test has chapters of its own.
    """
    return open_chapter(request.param)
