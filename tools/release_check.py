"""Build what a release publishes, from a clean clone, and name each reason not to publish it.

uv run python tools/release_check.py
"""

import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import yaml
from packaging.metadata import Metadata

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^__version__ = "(.+)"$', re.M)
MADE = {".git", "__pycache__"}


def build(tree: Path, out: Path) -> tuple[Path, Path]:
    """Build the tree's wheel and source archive into ``out``, without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out.resolve())]
    subprocess.run(command, check=True, cwd=tree, capture_output=True)
    (wheel,), (sdist,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, sdist


def files_of(tree: Path) -> dict[str, bytes]:
    """Return the content of each of the tree's files, by its path with slashes."""
    paths = (path for path in tree.rglob("*") if path.is_file() and not MADE & set(path.parts))
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in paths}


def in_wheel(path: Path) -> tuple[dict[str, bytes], bytes]:
    """Return the wheel's files without those about it, and its metadata."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    about = {n: c for n, c in files.items() if PurePosixPath(n).parts[0].endswith(".dist-info")}
    (metadata,) = (content for name, content in about.items() if name.endswith("/METADATA"))
    return {name: content for name, content in files.items() if name not in about}, metadata


def in_sdist(path: Path) -> dict[str, bytes]:
    """Return the source archive's files, by their path in the tree, without the metadata."""
    with tarfile.open(path) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        files = {m.name.partition("/")[2]: archive.extractfile(m).read() for m in members}
    files.pop("PKG-INFO")
    return files


def differences(what: str, there: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    """Return in words which files are missing, too many or different."""
    return [
        *(f"{what} lacks {name}" for name in sorted(wanted.keys() - there.keys())),
        *(f"{what} has {name}, too" for name in sorted(there.keys() - wanted.keys())),
        *(
            f"{what} has another {name}"
            for name in sorted(wanted.keys() & there.keys())
            if wanted[name] != there[name]
        ),
    ]


def wanted_in_wheel(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what the wheel must hold: the package, and in it the notebooks."""
    package = {name: c for name, c in files.items() if name.startswith("nn_tutorial/")}
    notebooks = {n: c for n, c in files.items() if re.fullmatch(r"notebooks/[^/]+\.ipynb", n)}
    return package | {f"nn_tutorial/{name}": content for name, content in notebooks.items()}


def about(metadata: bytes, files: dict[str, bytes]) -> list[str]:
    """Return what is wrong with the metadata, and which file says another version."""
    try:
        said = Metadata.from_email(metadata, validate=True)
    except ExceptionGroup as errors:
        return [f"metadata: {error}" for error in errors.exceptions]
    version, text = str(said.version), {n: files[n].decode() for n in ("README.md", "CHANGELOG.md")}
    versions = {
        "the package": VERSION.search(files["nn_tutorial/__init__.py"].decode())[1],
        "CITATION.cff": str(yaml.safe_load(files["CITATION.cff"])["version"]),
        "README.md": re.search(r"version ([\d.]+\w*)\.$", text["README.md"], re.M)[1],
        "CHANGELOG.md": re.search(r"^## (\S+)", text["CHANGELOG.md"], re.M)[1],
    }
    wrong = [f"{name} says {v}, not {version}" for name, v in versions.items() if v != version]
    if said.description_content_type != "text/markdown" or not said.description:
        return [*wrong, "metadata: no README"]
    links = re.findall(r"\]\((?!https?:|#)(\S+?)\)", said.description)
    return wrong + [f"metadata: on PyPI the link to {link} leads nowhere" for link in links]


def check(tree: Path, out: Path) -> list[str]:
    """Build the tree and return everything that is wrong with what was built."""
    files = files_of(tree)
    wheel, sdist = build(tree, out)
    packed, metadata = in_wheel(wheel)
    return [
        *differences("the wheel", packed, wanted_in_wheel(files)),
        *differences("the source archive", in_sdist(sdist), files),
        *about(metadata, files),
    ]


def main() -> int:
    """Check a clone of the last commit; return 1 where it can't be published as it is."""
    git = ["git", "-C", str(ROOT)]
    status = subprocess.run([*git, "status", "--short"], check=True, capture_output=True, text=True)
    wrong = [f"not committed: {line[3:]}" for line in status.stdout.splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        clone, out = Path(scratch, "clone"), Path(scratch, "out")
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        print("building a clone of the last commit …", flush=True)
        wrong += check(clone, out)
        changes = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
        if "not yet released" in changes:
            wrong.append("CHANGELOG.md says that it is not yet released: write the date")
        sizes = [f"{path.name}, {path.stat().st_size / 1e6:.1f} MB" for path in out.iterdir()]
    print("\n".join([*sizes, *wrong]))
    print("not to be published like this" if wrong else "fit to be published")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
