"""Break the code on purpose, one small change at a time, and see which changes the tests notice.

uv run python tools/mutants.py nn_tutorial/checks.py --tests tests/test_network.py --count 40

A change that no test notices is a claim that nobody checks, or a line that nobody needs. Each is
tried in a copy of the project; one seed always draws the same changes. ``--log`` keeps the results,
and ``--again`` tries those of a log once more, wherever the changed lines stand now.
"""

import argparse
import ast
import copy
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "screenshots")
# Without the options of pyproject.toml: they would collect the notebooks, and start more workers.
PYTEST = ["-m", "pytest", "-x", "-q", "-o", "addopts=", "--import-mode=importlib"]
PYTEST += ["-p", "no:cacheprovider"]
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.MatMult: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


class Mutant(NamedTuple):
    """One change: file, number of the line, the line before and after, and the file's new text."""

    path: str
    line: int
    before: str
    after: str
    text: str


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what could stand in the node's place."""
    new = copy.deepcopy(node)
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            new.ops = [SWAPS[type(op)]()]
            yield new
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPS:
            new.op = SWAPS[type(op)]()
            yield new
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=str() as value):
            yield ast.Constant(value + "XX")
        case ast.JoinedStr(values=[ast.Constant(), *_]):
            new.values[0].value = "XX"
            yield new
        case ast.Call(keywords=[_, *_]):
            new.keywords.pop()
            yield new
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield ast.Pass()


def places(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield (node, what could stand in its place) for everything in the tree, but docstrings."""
    for new in variants(node):
        yield node, new
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield node.test, ast.UnaryOp(ast.Not(), node.test)
    # The parts of an f-string have no place of their own before Python 3.12.
    for child in [] if isinstance(node, ast.JoinedStr) else ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from places(child)


def mutants(path: Path) -> list[Mutant]:
    """Return all changes of one file."""
    source = path.read_bytes()
    lines = source.splitlines(keepends=True)
    starts = [sum(map(len, lines[:i])) for i in range(len(lines))]
    found = []
    for old, new in places(ast.parse(source)):
        said = ast.unparse(ast.fix_missing_locations(new))
        said = f"({said})" if isinstance(new, ast.BinOp | ast.BoolOp | ast.Compare) else said
        begin, end = (
            starts[line - 1] + column
            for line, column in (
                (old.lineno, old.col_offset),
                (old.end_lineno, old.end_col_offset),
            )
        )
        text = (source[:begin] + said.encode() + source[end:]).decode()
        before, after = (t.splitlines()[old.lineno - 1].strip() for t in (source.decode(), text))
        if before != after:
            name = path.relative_to(ROOT).as_posix()
            found.append(Mutant(name, old.lineno, before, after, text))
    return found


def passes(tree: Path, tests: list[str], seconds: float | None = None) -> bool:
    """Return whether the tests pass in this copy of the project, in time."""
    command = [sys.executable, *PYTEST, *tests]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = subprocess.Popen(command, cwd=tree, start_new_session=True, **quiet)
    try:
        return run.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:  # with whatever a changed line has started and not ended
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
        run.kill()
        run.wait()


def attempts(drawn: list[Mutant], tests: list[str], workers: int) -> Iterator[bool]:
    """Yield, for each change in turn, whether the tests pass in spite of it."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        trees: SimpleQueue = SimpleQueue()
        for worker in range(workers):
            trees.put(Path(shutil.copytree(ROOT, f"{folder}/{worker}", ignore=LEFT_OUT)))
        start, tree = time.monotonic(), trees.get()
        if not passes(tree, tests):
            sys.exit("The tests fail already without a change.")
        trees.put(tree)
        patience = 60 + 4 * (time.monotonic() - start)

        def survives(mutant):
            tree = trees.get()
            original = (tree / mutant.path).read_bytes()
            (tree / mutant.path).write_text(mutant.text, encoding="utf-8", newline="")
            try:
                return passes(tree, tests, patience)
            finally:
                (tree / mutant.path).write_bytes(original)
                trees.put(tree)

        yield from pool.map(survives, drawn)


def main() -> int:
    """Draw changes and try them; return 1 if one survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, help="where to change a line")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="the quickest first")
    parser.add_argument("--count", type=int, default=60, help="how many changes (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the draw (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="how many at once")
    parser.add_argument("--log", type=Path, help="add the results to this file")
    parser.add_argument("--again", type=Path, help="try those of this log, instead of drawing")
    options = parser.parse_args()

    drawn = [mutant for path in options.files for mutant in mutants(path.resolve())]
    if options.again:
        logged = [json.loads(line) for line in options.again.read_text().splitlines()]
        place = {(mutant.before, mutant.after): mutant for mutant in drawn}
        for old in logged:
            if (old["before"], old["after"]) not in place:
                print(f"no longer there: {old['path']}: {old['before']}")
        keys = ((old["before"], old["after"]) for old in logged)
        drawn = [place[key] for key in keys if key in place]
    else:
        drawn = random.Random(options.seed).sample(drawn, min(options.count, len(drawn)))

    survivors = 0
    for i, survived in enumerate(attempts(drawn, options.tests, options.workers)):
        path, line, before, after, _ = drawn[i]
        survivors += survived
        outcome = "SURVIVES" if survived else "noticed"
        print(f"{i + 1}/{len(drawn)} {outcome} {path}:{line}: {before}  →  {after}", flush=True)
        if options.log:
            facts = {"path": path, "before": before, "after": after, "survived": survived}
            with options.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(facts) + "\n")
    print(f"{len(drawn) - survivors} of {len(drawn)} noticed")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
