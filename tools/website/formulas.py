"""Typeset the formulas at build time, with MathJax: a Sphinx extension.

A page then needs no script for them, doesn't jump while it loads, and can be read and printed
without JavaScript. The package comes from npm once, is checked against its published sum, and is
kept in the user's cache.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from docutils import nodes
from platformdirs import user_cache_path
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

VERSION = "3.2.2"
SUM = "Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw=="
PROGRAM = Path(__file__).with_name("formulas.js")
FONTS = "fonts-mathjax"


def missing() -> str:
    """Return what is missing to typeset formulas, or nothing."""
    if not shutil.which("node"):
        return "node (Node.js), which runs MathJax"
    if not _cached().exists() and not shutil.which("npm"):
        return "npm, which fetches MathJax once"
    return ""


def _cached() -> Path:
    return user_cache_path("nn-tutorial") / f"mathjax-{VERSION}"


def mathjax() -> Path:
    """Return MathJax's folder; fetch it if it isn't there.

    Raises
    ------
    ExtensionError
        If npm can't fetch it, or it is not what was published.
    """
    target = _cached()
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = ["npm", "pack", f"mathjax@{VERSION}", "--silent", "--pack-destination", folder]
        print(f"fetching MathJax {VERSION} from npm, once", flush=True)
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
            raise ExtensionError("npm could not fetch MathJax")
        (archive,) = Path(folder).glob("*.tgz")
        if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != SUM:
            raise ExtensionError(f"{archive.name} is not what was published")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        (Path(folder) / "package").rename(target)
    return target


def typeset(app: Sphinx, env: BuildEnvironment) -> None:
    """Typeset the formulas of all pages in one go, and lay their style and fonts."""
    found = {
        (node.astext(), isinstance(node, nodes.math_block))
        for name in env.found_docs
        for kind in (nodes.math, nodes.math_block)
        for node in env.get_doctree(name).findall(kind)
    }
    formulas, package = sorted(found), mathjax()
    made = subprocess.run(
        ["node", PROGRAM, package, FONTS],
        input=json.dumps(formulas),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if made.returncode:
        raise ExtensionError(f"MathJax: {made.stderr}")
    answer = json.loads(made.stdout)
    app.typeset_formulas = dict(zip(formulas, answer["html"], strict=True))
    static = Path(app.outdir) / "_static"
    shutil.copytree(package / "es5/output/chtml/fonts/woff-v2", static / FONTS, dirs_exist_ok=True)
    (static / "mathjax.css").write_text(answer["css"], encoding="utf-8")


def inline(writer, node: nodes.math) -> None:
    """Write a formula within a line."""
    writer.body.append(writer.builder.app.typeset_formulas[node.astext(), False])
    raise nodes.SkipNode


def block(writer, node: nodes.math_block) -> None:
    """Write a formula on a line of its own."""
    html = writer.builder.app.typeset_formulas[node.astext(), True]
    writer.body.append(f'<div class="formula">{html}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict:
    """Register with Sphinx."""
    app.add_html_math_renderer("at_build_time", (inline, None), (block, None))
    app.connect("env-updated", typeset)
    app.add_css_file("mathjax.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
