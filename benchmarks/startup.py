"""How long a reader waits: for imports, the first cell, each notebook, the tests, the browser."""

import functools
import http.server
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"


def seconds_of(command, **options):
    """Return how long a command takes; its output goes nowhere.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails.
    """
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.perf_counter() - start


def imports(rounds=15):
    """Return the seconds of each import in each round, measured inside fresh interpreters."""
    program = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
    found = {"numpy": [], "nn_tutorial": [], "matplotlib.pyplot": [], "sklearn": [], "torch": []}
    for _ in range(rounds):
        for module, seconds in found.items():
            command = [sys.executable, "-c", program.format(module)]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode == 0:
                seconds.append(float(result.stdout))
    return {module: seconds for module, seconds in found.items() if seconds}


def notebooks():
    """Return, for each notebook, the seconds until its first cell has run, and until its last."""
    times = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        client = NotebookClient(
            nbformat.read(path, as_version=4),
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(NOTEBOOKS)}},
        )
        start, executed = time.perf_counter(), []
        client.on_cell_executed = lambda executed=executed, **_: executed.append(
            time.perf_counter()
        )
        client.execute()
        times[path.stem] = executed[0] - start, time.perf_counter() - start
    return times


def tests():
    """Return the seconds of the whole test suite.

    Without the test that reads the page which this measurement is for.
    """
    reads_the_page = "tests/test_benchmarks.py::test_the_page_has_a_row_for_each_target"
    command = [sys.executable, "-m", "pytest", "-q", f"--deselect={reads_the_page}"]
    start = time.perf_counter()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"the tests fail:\n{result.stdout[-2000:]}")
    return time.perf_counter() - start


def first_cell():
    """Return the seconds of the README's first command, in a new copy of the project.

    In three parts: the environment is made, JupyterLab answers, the kernel has run the first cell.
    Packages come from uv's cache where it has them.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "nn-tutorial"
        shutil.copytree(
            ROOT,
            copy,
            ignore=shutil.ignore_patterns(".git", ".venv", "uv.lock", ".hypothesis", "screenshots"),
        )
        environment = {name: v for name, v in os.environ.items() if name != "VIRTUAL_ENV"}
        uv = [sys.executable, "-m", "uv"] if find_spec("uv") else ["uv"]
        options = {"cwd": copy, "env": environment, "stderr": subprocess.DEVNULL}
        install = seconds_of([*uv, "run", "python", "-c", ""], **options)
        server = _seconds_to_answer([*uv, "run", "jupyter", "lab"], **options)
        program = (
            "import nbformat, sys; from nbclient import NotebookClient;"
            "n = nbformat.read('notebooks/00_start_here.ipynb', 4);"
            "first = next(i for i, c in enumerate(n.cells) if c.cell_type == 'code');"
            "n.cells = n.cells[:first + 1];"
            "NotebookClient(n, resources={'metadata': {'path': 'notebooks'}}).execute()"
        )
        cell = seconds_of([*uv, "run", "python", "-c", program], **options)
    return {"the environment is made": install, "JupyterLab answers": server, "first cell": cell}


def _seconds_to_answer(jupyter, **options):
    port = _free_port()
    server_flags = [
        "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    start = time.perf_counter()
    server = subprocess.Popen([*jupyter, *server_flags], stdout=subprocess.DEVNULL, **options)
    try:
        while server.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{port}/lab").read()
                return time.perf_counter() - start
            except URLError:
                time.sleep(0.1)
        raise RuntimeError("JupyterLab did not start")
    finally:
        server.terminate()
        server.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PAGE = """
<script src="pyodide/pyodide.js"></script>
<script>
async function main() {
  const pyodide = await loadPyodide();
  await pyodide.loadPackage("numpy");
  pyodide.unpackArchive(await (await fetch("nn_tutorial.zip")).arrayBuffer(), "zip");
  return JSON.parse(pyodide.runPython(`
import json, time, numpy
from nn_tutorial import MaxScaler, Network, exam_scores, train
from nn_tutorial.data import recovered_start
scores = exam_scores()
X, y = MaxScaler().fit_transform(scores.X), scores.y / 100
seconds = []
for _ in range(10):
    net = Network.from_weights(recovered_start())
    start = time.perf_counter()
    history = train(net, X, y, epochs=1000, learning_rate=1.5)
    seconds.append(time.perf_counter() - start)
json.dumps({"seconds": sorted(seconds)[5], "loss": history.loss[-1], "numpy": numpy.__version__})
`));
}
</script>
"""


def browser(pyodide):
    """Return what 1,000 steps of the source's network take in Chromium: seconds, loss, versions.

    Parameters
    ----------
    pyodide : Path
        A folder with Pyodide and its wheel of NumPy.

    Returns
    -------
    dict, or str
        A str says what is missing.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (pyodide and (pyodide / "pyodide.js").exists()):
        return "no folder with Pyodide was given (--pyodide)"
    if chromium is None:
        return "there is no Chromium"
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return "playwright is not installed"
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "pyodide").symlink_to(pyodide.resolve())
        (folder / "index.html").write_text(PAGE)
        shutil.make_archive(str(folder / "nn_tutorial"), "zip", ROOT, "nn_tutorial")
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = chrome.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            result = page.evaluate("main()")
            result["Chromium"] = chrome.version
            chrome.close()
        server.shutdown()
    return result


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
