"""Write the folder with the Python of the browser edition: Pyodide, slimmed, and our own wheels.

The reader's browser loads all of it at once and needs no other server. What the kernel would
install at each start is listed in Pyodide's lock file instead, and the modules that a start imports
are compiled beforehand: that halves the time until the first cell runs.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from pathlib import Path

from website.archives import files_under, read_zip, to_zip, with_metadata

ROOT = Path(__file__).resolve().parents[2]
BROWSER = Path(__file__).resolve().parent / "browser"
PUBLIC = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"
# Pyodide 0.27.7 itself; its lock file says the sums of the wheels.
CORE = {
    "pyodide-lock.json": "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
WANTED = ("numpy", "matplotlib", "ipython", "micropip", "jedi", "sqlite3")
# No chapter needs these. The kernel asks for ssl by name, so it gets an empty package.
DROPPED = {"fonttools", "matplotlib-pyodide", "openssl", "pytz", "ssl"}
# Files that no chapter reads, and that make up a quarter of the whole.
UNREAD = re.compile(
    r"matplotlib/mpl-data/(sample_data|images|fonts/afm|fonts/pdfcorefonts)/"
    r"|mpl-data/fonts/ttf/(STIX|DejaVuSerif|Humor|DejaVuSans(Mono)?-BoldOblique|DejaVuSansMono-)"
    r"|matplotlib/fontlist\.json"  # of another format than the code wants: it would be rebuilt
    r"|PIL/_(webp|imagingft|imagingcms)\."
    r"|pygments/lexers/(?!__init__|_mapping|python|special|shell|markup|html|diff)"
    r"|jedi/third_party/(django-stubs|typeshed/third_party|typeshed/stdlib/2)/"
    r"|numpy/(_core/include|f2py|distutils|_pyinstaller)/"
    r"|\.dist-info/RECORD"
)
FROM_THE_REGISTRY = ("comm", "ipywidgets", "anywidget", "psygnal", "typing-extensions")
HOME = "nn_tutorial_in_the_browser"  # holds IPython's profile, with startup.py
KERNELS = ("piplite", "pyodide_kernel", "ipykernel")
# Each name listed is loaded beside the others, and no installer looks for it. The kernel's own list
# has some spelled in another way.
PACKAGES = ["micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi"]
PACKAGES += ["ipython", "nn-tutorial", HOME.replace("_", "-")]
OPTIONS = {
    "packages": PACKAGES,
    "env": {"IPYTHONDIR": f"/lib/python3.12/site-packages/{HOME}"},
}


def write(out: Path, source: Path | None, kernel_wheels: Path) -> None:
    """Write the folder ``out``.

    Parameters
    ----------
    out : Path
        Is made.
    source : Path or None
        A folder with the files of Pyodide 0.27.7; they are fetched from `PUBLIC` if it is None.
    kernel_wheels : Path
        The folder with the wheels of JupyterLite's kernel.

    Raises
    ------
    ValueError
        If a file is not Pyodide's own.
    """
    out.mkdir(parents=True)
    core = {name: fetched(source, name, digest) for name, digest in CORE.items()}
    for name in ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm"):
        (out / name).write_bytes(core[name])
    archives = {"python_stdlib.zip": read_zip(core["python_stdlib.zip"])}
    lock = json.loads(core["pyodide-lock.json"])
    packages = {name: lock["packages"][name] for name in needed(lock["packages"])}
    for entry in packages.values():
        entry["depends"] = [name for name in entry["depends"] if name not in DROPPED]
        wheel = fetched(source, entry["file_name"], entry["sha256"])
        archives[entry["file_name"]] = slim(read_zip(wheel))
    for name, depends, files in own_wheels(kernel_wheels):
        entry = lock_entry(name, depends)
        packages[name.replace("_", "-")], archives[entry["file_name"]] = entry, files
    lock["packages"] = packages
    write_archives(out, lock, archives)
    add_compiled(archives, compiled(core["pyodide.mjs"], out))
    write_archives(out, lock, archives)
    add_progress(out)


def add_progress(out: Path) -> None:
    """Put the code that tells how much has arrived in front of Pyodide's own."""
    archives = sum(path.stat().st_size for path in out.iterdir() if path.suffix in (".whl", ".zip"))
    sizes = {"archives": archives, "core": (out / "pyodide.asm.wasm").stat().st_size}
    progress = (BROWSER / "progress.js").read_text(encoding="utf-8")
    pyodide = (out / "pyodide.js").read_text(encoding="utf-8")
    text = progress.replace("SIZES", json.dumps(sizes)) + pyodide
    (out / "pyodide.js").write_text(text, encoding="utf-8")


def fetched(source: Path | None, name: str, digest: str) -> bytes:
    """Return the file's bytes, from the folder, or if that is None from the public address."""
    if source is None:
        print(f"fetching {name}", flush=True)
        with urllib.request.urlopen(PUBLIC + name) as answer:
            content = answer.read()
    else:
        content = (source / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(
            f"{name} in {source or PUBLIC} is not the file of this name in Pyodide 0.27.7"
        )
    return content


def needed(packages: dict) -> list[str]:
    """Return the names of the wanted packages, and of all that they depend on."""
    found, waiting = set(), list(WANTED)
    while waiting:
        name = waiting.pop().replace("_", "-")
        if name not in found and name not in DROPPED:
            found.add(name)
            waiting += packages[name]["depends"]
    return sorted(found)


def slim(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files without those that nobody reads in a browser."""
    return {name: content for name, content in files.items() if not UNREAD.search(name)}


def own_wheels(kernel_wheels: Path):
    """Yield (name, names it depends on, files) of each package that Pyodide doesn't have."""
    for name in KERNELS:
        (path,) = kernel_wheels.glob(f"{name}-*.whl")
        yield name, [], slim(read_zip(path.read_bytes()))
    with tempfile.TemporaryDirectory() as scratch:
        install_pure(Path(scratch))
        installed = files_under(Path(scratch))
    depends = {
        "ipywidgets": ["comm", "ipython", "traitlets"],
        "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    }
    for name in FROM_THE_REGISTRY:
        stem = name.replace("-", "_")
        belongs = re.compile(rf"{stem}(\.py$|/|-[\d.]+\.dist-info/)")
        yield name, depends.get(name, []), {n: c for n, c in installed.items() if belongs.match(n)}
    package = {f"nn_tutorial/{n}": c for n, c in files_under(ROOT / "nn_tutorial").items()}
    yield "nn-tutorial", ["numpy", "matplotlib", "anywidget"], package
    startup = {f"{HOME}/profile_default/startup/startup.py": (BROWSER / "startup.py").read_bytes()}
    yield HOME, [], startup
    yield "ssl", [], {}


def install_pure(folder: Path) -> None:
    """Install what the registry has for Pyodide, in the versions of the group ``lite``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    group = project["dependency-groups"]["lite"]
    pins = [pin for pin in group if pin.split("==")[0] in FROM_THE_REGISTRY]
    options = ("--no-deps", "--python-version=3.12", "--python-platform=wasm32-pyodide2024")
    command = (*uv(), "pip", "install", "--quiet", f"--target={folder}", *options, *pins)
    subprocess.run(command, check=True)


def uv() -> list[str]:
    """Return the command that is uv, as it was called, from the path, or as a module."""
    found = os.environ.get("UV") or shutil.which("uv")
    return [found] if found else [sys.executable, "-m", "uv"]


def lock_entry(name: str, depends: list[str]) -> dict:
    """Return what Pyodide's lock file says of a wheel; its sum is filled in when it is written."""
    module = name.replace("-", "_")
    return {
        "name": name,
        "version": "1.0",
        "file_name": f"{module}-1.0-py3-none-any.whl",
        "install_dir": "site",
        "sha256": "",
        "package_type": "package",
        "imports": [module] if name != "ssl" else [],
        "depends": depends,
        "unvendored_tests": False,
    }


def write_archives(out: Path, lock: dict, archives: dict[str, dict[str, bytes]]) -> None:
    """Write the archives, and the lock file with their sums."""
    sums = {}
    for file_name, files in archives.items():
        content = to_zip(with_metadata(file_name, files))
        (out / file_name).write_bytes(content)
        sums[file_name] = hashlib.sha256(content).hexdigest()
    for entry in lock["packages"].values():
        entry["sha256"] = sums[entry["file_name"]]
    (out / "pyodide-lock.json").write_text(json.dumps(lock))


def compiled(mjs: bytes, folder: Path) -> dict[str, bytes]:
    """Return {module's file: its .pyc} of what a start imports, compiled by this Python itself."""
    node = shutil.which("node")
    if node is None:
        print("Node was not found: nothing is precompiled, and Python starts in twice the time.")
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        loader, out = Path(scratch) / "pyodide.mjs", Path(scratch) / "compiled.json"
        loader.write_bytes(mjs)
        script = BROWSER / "under_node.mjs", loader, folder.resolve(), json.dumps(OPTIONS)
        subprocess.run([node, *script, BROWSER / "precompile.py", out], check=True)
        return {k: base64.b64decode(v) for k, v in json.loads(out.read_text()).items()}


def add_compiled(archives: dict[str, dict[str, bytes]], found: dict[str, bytes]) -> None:
    """Put each .pyc in its source's place; beside it in our own package, which readers may read."""
    of = {name: files for files in archives.values() for name in files}
    for file, pyc in found.items():
        name = re.sub(r"^/lib/(python312\.zip|python3\.12/site-packages)/", "", file)
        if name not in of:
            continue
        stem = name.removesuffix(".py")
        if name.startswith("nn_tutorial/"):
            folder, module = stem.rsplit("/", 1)
            of[name][f"{folder}/__pycache__/{module}.cpython-312.pyc"] = pyc
        else:
            of[name][f"{stem}.pyc"] = pyc
            del of[name][name]
