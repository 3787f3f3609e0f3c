"""The training that is shared between processes ends as on one machine, also when one is killed."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from run_notebooks import NOTEBOOKS

from nn_tutorial import Network, digits, train

TOOL = Path(__file__).resolve().parent.parent / "tools" / "share_the_work.py"
FENCE = re.compile(r"^~~~python\n(.*?)^~~~", re.DOTALL | re.MULTILINE)
TERMINAL = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
NUMBER = re.compile(r"\d[\d.,]*(?:e-\d+)?")


@pytest.fixture
def dask():
    return pytest.importorskip("dask", reason="Dask is not installed; .ci/run installs it")


def of_one_machine(steps, hidden=32):
    """Return the parameters that the package's own `train` ends with, and its losses."""
    data = digits()
    net = Network([64, hidden, 10], rng=np.random.default_rng(0), output="softmax")
    history = train(net, data.X_train, data.y_train, epochs=steps, learning_rate=1)
    return [*net.weights, *net.biases], history.loss


def in_the_chapter():
    notebook = nbformat.read(NOTEBOOKS / "19_share_the_work.ipynb", as_version=4)
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def printed_in_the_chapter():
    """Return the blocks that the chapter says the program printed."""
    return [block for block in TERMINAL.findall(in_the_chapter()) if "uv run" not in block]


def shapes(text):
    """Return a text's lines with # for each number."""
    return {NUMBER.sub("#", line) for line in re.split(r"[\r\n]+", text)} - {""}


def shared(folder, *options, kill=0):
    """Run the tool, kill some workers at step 10; return words, parameters, and who was killed."""
    saved, said, killed = folder / "weights.npz", "", []
    command = [sys.executable, TOOL, "--steps=40", "--patience=10", "--save", saved, *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    ) as tool:
        while piece := tool.stdout.read(1):
            said += piece
            if kill and not killed and "step 10 of 40" in said:
                killed = list(dict.fromkeys(owners(said)[0]))[:kill]
                for process in killed:
                    os.kill(int(process), signal.SIGKILL)
    assert tool.returncode == 0
    with np.load(saved) as file:
        return said, [file[name] for name in file.files], killed


def owners(said):
    """Return the processes of the shards, each time that they were told."""
    return [line.split() for line in re.findall(r"in the processes (.*)", said)]


def assert_agree(found):
    for theirs, ours in zip(found, of_one_machine(40)[0], strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-12)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("kill", [1, 2], ids=["one of two", "both"])
def test_killed_workers_change_no_weight(dask, tmp_path, kill):
    said, found, killed = shared(tmp_path, kill=kill)
    assert_agree(found)
    first, *later = owners(said)
    assert len(killed) == kill
    assert [first.count(process) for process in set(first)] == [2, 2]
    assert later
    assert all(len(processes) == 4 and not {*killed} & {*processes} for processes in later)
    quoted = set().union(*map(shapes, printed_in_the_chapter()))
    assert {line for line in quoted if "points" not in line} <= shapes(said)


def test_on_a_running_cluster_shards_stay_and_what_is_counted_is_what_dask_counts(dask, tmp_path):
    from dask.distributed import Client, LocalCluster

    def to_workers(dask_scheduler):
        return sum(stream.byte_count for stream in dask_scheduler.stream_comms.values())

    def from_worker(dask_worker):
        return dask_worker.transfer_outgoing_bytes_total

    here = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with (
        dask.config.set({"distributed.scheduler.work-stealing": False}),
        LocalCluster(**here) as cluster,
        Client(cluster) as client,
    ):
        said, found, _ = shared(tmp_path, "--scheduler", cluster.scheduler_address)
        out, back = client.run_on_scheduler(to_workers), sum(client.run(from_worker).values())
    assert_agree(found)
    assert len(owners(said)) == 1, "a shard has moved"
    (told,) = re.findall(r"([\d,]+) bytes of parameters", said)
    told = int(told.replace(",", ""))
    assert told == 40 * 4 * 8 * (64 * 32 + 32 + 32 * 10 + 10)
    # Dask sends a little more: names, sizes, and once the parameters for the one machine.
    assert told < out < 1.2 * told
    assert told < back < 1.2 * told


def test_the_chapter_quotes_what_many_starts_print(dask):
    command = [sys.executable, TOOL, "--starts=1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    quoted = set().union(*map(shapes, printed_in_the_chapter()))
    assert {line for line in quoted if "points" in line} <= shapes(said)
    # Different starts, but the first thousand of them are among the twenty thousand.
    first, *_ = re.findall(r"from ([\d.]+) to ([\d.]+)", said)
    told = re.findall(r"from ([\d.]+) to ([\d.]+)", in_the_chapter())[-2:]
    assert told[0] == told[1]
    assert float(told[0][0]) <= float(first[0]) < float(first[1]) <= float(told[0][1])


def test_the_chapter_quotes_the_program_word_for_word():
    program, quoted = TOOL.read_text(encoding="utf-8"), FENCE.findall(in_the_chapter())
    assert [part for part in quoted if part not in program] == []
    told = set(re.findall(r"^ *def (\w+)", "".join(quoted), re.MULTILINE))
    assert told == {"make_shard", "gradients_at", "descend", "ask"}
    assert "client.gather(futures)" in "".join(quoted)


def test_the_chapter_quotes_the_losses_of_one_machine_and_the_bytes_of_its_steps():
    text, told = "".join(printed_in_the_chapter()), []
    losses = {"100": of_one_machine(100)[1], "300": of_one_machine(300)[1]}
    losses["50"] = of_one_machine(50, hidden=1000)[1]
    for step, steps, loss in re.findall(r"^step (\d+) of (\d+), loss (.*)", text, re.MULTILINE):
        told.append(steps)
        assert loss == f"{losses[steps][int(step) - 1]:.4f}"  # before the step
    assert sorted(told) == ["100", "300", "300", "300", "50"]
    a_step = [4 * 8 * (64 * hidden + hidden + hidden * 10 + 10) for hidden in (32, 1000)]
    sent = re.findall(r"([\d,]+) bytes of parameters", text)
    assert sent == [f"{100 * a_step[0]:,}", f"{50 * a_step[1]:,}"]


def test_the_chapter_quotes_a_killed_run_whose_shards_move_twice():
    *_, killed = printed_in_the_chapter()
    first, then, last = owners(killed)
    assert [first.count(process) for process in set(first)] == [2, 2]
    assert len({*then}) == 1
    assert {*then} < {*first}
    assert {*then} < {*last}
    assert len({*last}) == 2
    assert {*last} != {*first}
