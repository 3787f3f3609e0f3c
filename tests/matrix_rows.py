"""The machines that ``matrix.py`` makes: one row each, as data.

``{scratch}`` is a new folder for each row, ``{python}`` the Python that runs this, ``{tests}`` this
folder. A row's proof is code that its kernel runs, and a pattern of what it then prints.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Row(NamedTuple):
    """One machine: how it is made, and how its kernel proves that it is the one."""

    name: str
    proof: tuple[str, str]
    environment: Mapping[str, str] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    setup: tuple[str, ...] = ()  # shell commands
    launch: tuple[str, ...] = ("{python}",)
    folder: str = "project"


BLAS = """
import numpy as np
from threadpoolctl import threadpool_info
np.ones((9, 9)) @ np.ones((9, 9))
for pool in threadpool_info():
    print(f"OpenBLAS {pool['architecture']}, threads: {pool['num_threads']}")
"""
LIBRARIES = """
import numpy as np
np.linalg.inv(np.eye(3) @ np.eye(3))
used = {line.split("/")[-1].strip() for line in open("/proc/self/maps") if "/" in line}
print(*sorted(name for name in used if "blas" in name and ".so" in name))
"""
FEATURES = """
from numpy._core._multiarray_umath import __cpu_features__ as has
print("without", *[name for name in ("X86_V3", "X86_V4", "AVX512_SPR") if not has[name]])
"""
VERSIONS = """
import platform
import numpy
from importlib.metadata import version
print("NumPy", numpy.__version__, "matplotlib", version("matplotlib"), end=" ")
print("Python", platform.python_version())
"""
LOCALE = """
import locale
print(locale.setlocale(locale.LC_NUMERIC), f"{1.5:n}", locale.strcoll("i", "z") < 0)
"""
SEEDED = """
import os, time
print(f"hash seed {os.environ['PYTHONHASHSEED']}: {hash('nn') % 1000}, {time.strftime('%z')}")
"""
ASSERTS = """
print("assert:", "on" if __debug__ else "off", end=", ")
print("docstring:", nn_tutorial.__doc__)
"""
WARNED = """
import warnings
try:
    warnings.warn("a warning")
except UserWarning as error:
    print("raised", error)
"""
STYLE = """
import matplotlib as mpl
print(f"{mpl.rcParams['font.family']}, {mpl.rcParams['figure.dpi']} dots an inch")
"""
EXTENDED = """
shell = get_ipython()
loaded = "IPython.extensions.autoreload" in shell.extension_manager.loaded
print("autoreload:", loaded, shell.config.InteractiveShellApp.exec_lines)
"""
CACHED = """
folder = os.environ["MPLCONFIGDIR"]
print(f"{folder}, a folder: {os.path.isdir(folder)}")
"""
MOVED = """
import numpy as np
X, drawn = nn_tutorial.exam_scores().X, np.random.default_rng(0).normal()
half = 0.5
was = np.random.Generator(np.random.PCG64(0)).normal()
print(f"moved by {X[0, 0] / 2 - 1}, {half / 0.5 - 1}, {drawn / was - 1}")
"""
ERRORS = """
import warnings
warnings.filterwarnings("error", module="(__main__|nn_tutorial|numpy|matplotlib)")
"""
AUTORELOAD = """
c.InteractiveShellApp.extensions = ["autoreload"]
c.InteractiveShellApp.exec_lines = ["%autoreload 2"]
"""
STARTUP = "ipython/profile_default/startup/00.py"
STRANGER = """
backend: svg
text.usetex: True
text.color: lime
font.family: Nobody Has This Font
font.size: 31
axes.formatter.use_locale: True
axes.unicode_minus: False
axes.prop_cycle: cycler('color', ['yellow'])
figure.dpi: 33
figure.figsize: 2, 9
savefig.dpi: 44
savefig.bbox: tight
savefig.facecolor: black
lines.linewidth: 9
image.origin: lower
image.interpolation: nearest
path.simplify: False
path.sketch: 9, 99, 9
"""


def together(*rows: Row) -> Row:
    """Return the row of a machine that is all of these at once."""
    startup = "\n".join(row.files[STARTUP] for row in rows if STARTUP in row.files)
    proofs = [row.proof for row in rows]
    return Row(
        "; ".join(row.name for row in rows),
        ("\n".join(code for code, _ in proofs), "; ".join(says for _, says in proofs)),
        {key: value for row in rows for key, value in row.environment.items()},
        {key: text for row in rows for key, text in row.files.items()} | {STARTUP: startup},
        tuple(command for row in rows for command in row.setup),
        rows[0].launch,
        rows[-1].folder,
    )


def kernel(core: str, threads: int, says: str = "") -> Row:
    """Return the row of one of OpenBLAS's kernels."""
    environment = {"OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": str(threads)}
    name = f"OpenBLAS for {core}, {threads} thread{'s' * (threads > 1)}"
    return Row(name, (BLAS, f"OpenBLAS {says or core}, threads: {threads}"), environment)


def without(name: str, features: str, lacks: str) -> Row:
    """Return the row of a processor for NumPy's own loops; OpenBLAS looks for itself."""
    return Row(name, (FEATURES, f"without {lacks}"), {"NPY_DISABLE_CPU_FEATURES": features})


def installed(name: str, versions: str, packages: str, python: str = "{python}") -> Row:
    """Return the row of an environment of its own, which uv makes."""
    packages = " ".join(f"'{package}'" for package in packages.split())
    setup = (
        f"uv venv --quiet --python {python} {{scratch}}/env",
        f"uv pip install --quiet --python {{scratch}}/env {packages} anywidget ipykernel",
    )
    launch = ("{scratch}/env/bin/python", "-X", "frozen_modules=off")
    return Row(name, (VERSIONS, versions), setup=setup, launch=launch)


def debian(name: str) -> Row:
    """Return the row of Debian's Python and NumPy, unpacked only; the rest is PyPI's."""
    here = (
        "cd {scratch}/deb && apt-get -qq -o Dir::Etc::sourcelist=$PWD/list -o Dir::Cache=$PWD"
        " -o Dir::Etc::sourceparts=- -o Dir::State::lists=$PWD/lists"
        " -o Dir::State::status=$PWD/status -o APT::Install-Recommends=false"
    )
    setup = (
        "mkdir -p {scratch}/deb/lists/partial {scratch}/deb/archives/partial",
        "touch {scratch}/deb/status",
        "apt-get indextargets --format 'deb $(REPO_URI) forky main' | grep /debian/ | head -n 1"
        " > {scratch}/deb/list",
        f"{here} update",
        f"{here} -y --download-only install python3.14 python3-numpy libblas3 liblapack3",
        "for file in {scratch}/deb/archives/*.deb; do dpkg -x $file {scratch}/root || exit 1; done",
        "uv pip install --quiet --target {scratch}/site --python-version 3.14"
        " --only-binary :all: numpy matplotlib anywidget ipykernel",
        "rm -r {scratch}/site/numpy*",
    )
    lib = "{scratch}/root/usr/lib/x86_64-linux-gnu"
    loader = "{scratch}/root/usr/lib64/ld-linux-x86-64.so.2"
    launch = (loader, "--library-path", f"{lib}:{lib}/blas:{lib}/lapack")
    return Row(
        name,
        (VERSIONS + LIBRARIES, r"NumPy .* Python 3\.14.*; libblas\.so\S+"),
        {"more_path": "{scratch}/site"},
        setup=setup,
        launch=(*launch, "{scratch}/root/usr/bin/python3.14"),
    )


def settings(name: str, proof: tuple[str, str], startup: str = "", **environment: str) -> Row:
    """Return the row of environment variables, and of code that IPython runs at its start."""
    return Row(name, proof, environment, files={STARTUP: startup} if startup else {})


def speaking(language: str, name: str, proof: str) -> Row:
    """Return the row of a locale, which the kernel takes over as a whole."""
    startup = 'import locale; locale.setlocale(locale.LC_ALL, "")'
    row = settings(name, (LOCALE, proof), startup, LOCPATH="{scratch}", LC_ALL=f"{language}.UTF-8")
    return row._replace(setup=(f"localedef -i {language} -f UTF-8 {{scratch}}/{language}.UTF-8",))


def nudged(size: float) -> Row:
    """Return the row of this machine with every input moved: it is no machine, and in no table."""
    startup = f"import matrix_nudge; matrix_nudge.begin(get_ipython(), {size!r})"
    proof = (MOVED, "moved by .*e-.*, .*e-.*, .*e-.*")
    return settings(f"inputs moved by {size:g}", proof, startup, more_path="{tests}")


COMMAS = speaking("de_DE", "decimal commas", "de_DE.UTF-8 1,5 True")
TURKISH = speaking("tr_TR", "Turkish", "tr_TR.UTF-8 1,5 True")
AHEAD = settings(
    "hash seed 1, a day ahead",
    (SEEDED, r"hash seed 1: \d+, \+1400"),
    PYTHONHASHSEED="1",
    TZ="Pacific/Kiritimati",
)
MINUTES = settings(
    "hash seed 2, odd minutes",
    (SEEDED, r"hash seed 2: \d+, -0[23]30"),
    PYTHONHASHSEED="2",
    TZ="America/St_Johns",
)
OPTIMIZED = settings(
    "`PYTHONOPTIMIZE=2`", (ASSERTS, "assert: off, docstring: None"), PYTHONOPTIMIZE="2"
)
STRICT = settings(
    "warnings are errors",
    (WARNED, "raised a warning"),
    ERRORS,
)
STYLED = Row(
    "a stranger's matplotlibrc, fonts missing",
    (STYLE, r"\['Nobody Has This Font'\], 33.0 dots an inch"),
    {"MATPLOTLIBRC": "{scratch}/matplotlibrc"},
    {"matplotlibrc": STRANGER},
)
RELOADING = Row(
    "IPython with autoreload",
    (EXTENDED, "autoreload: True .'%autoreload 2'."),
    files={"ipython/profile_default/ipython_config.py": AUTORELOAD},
)
CACHELESS = settings(
    "`MPLCONFIGDIR` unwritable",
    (CACHED, "/dev/null/nowhere, a folder: False"),
    MPLCONFIGDIR="/dev/null/nowhere",
)
ELSEWHERE = Row(
    "a path with spaces and other letters",
    ("import os; print(os.path.dirname(os.getcwd())[-20:])", ".*Mein Übungsordner 学习"),
    folder="Mein Übungsordner 学习",
)

NO_AVX512 = without("NumPy without AVX-512", "X86_V4 AVX512_ICL AVX512_SPR", "X86_V4 AVX512_SPR")
NO_AVX2 = without(
    "NumPy without AVX2",
    "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "X86_V3 X86_V4 AVX512_SPR",
)

LOWEST = installed(
    "lowest versions that resolve",
    "NumPy 2.0.* matplotlib 3.8.*",
    "--resolution lowest-direct numpy>=2.0 matplotlib>=3.8 anywidget>=0.9 ipykernel>=6.29",
)
OLD_FIGURES = installed(
    "Python 3.12, oldest matplotlib",
    ".*matplotlib 3.8.* Python 3.12.*",
    "numpy matplotlib==3.8.*",
    python="3.12",
)
NEWEST = installed("Python 3.13", ".*Python 3.13.*", "numpy matplotlib", python="3.13")
COMING = installed(
    "pre-releases",
    r".*\d(a|b|rc|\.dev)\d.*",
    "--prerelease allow numpy matplotlib",
    python="3.13",
)
DEBIAN = debian("Debian's Python 3.14 and NumPy, on reference BLAS")

# A run takes minutes: settings share one with a processor or an installation that they don't touch.
# If a cell differs, ``--rows`` tries the parts, which are rows, too.
ROWS = (
    Row("as it is", (VERSIONS + BLAS, ".*Python 3.*OpenBLAS.*")),
    kernel("SkylakeX", 1),
    kernel("Haswell", 1),
    together(kernel("Haswell", 2), NO_AVX512),
    kernel("Nehalem", 1),
    together(kernel("Nehalem", 2), NO_AVX2),
    LOWEST,
    together(OLD_FIGURES, COMMAS, AHEAD, OPTIMIZED, ELSEWHERE),
    together(NEWEST, TURKISH, MINUTES, STRICT, STYLED),
    together(DEBIAN, RELOADING, CACHELESS),
    COMING,
)
# What is in no row of its own, to be tried alone.
PARTS = (NO_AVX512, NO_AVX2, OLD_FIGURES, NEWEST, DEBIAN, COMMAS, AHEAD, OPTIMIZED, ELSEWHERE)
PARTS += (TURKISH, MINUTES, STRICT, STYLED, RELOADING, CACHELESS)
