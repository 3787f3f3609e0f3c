"""What holds for all tests and for the kernels and servers that they start."""

import os
import runpy
import sys
from pathlib import Path

# Python keeps what it has compiled, also where the machine says not to: each of some thirty kernels
# would compile matplotlib anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No network: see there.
OFFLINE = Path(__file__).parent / "offline"
guard = sys.modules.get("sitecustomize")
if getattr(guard, "__file__", None) != str(OFFLINE / "sitecustomize.py"):
    runpy.run_path(str(OFFLINE / "sitecustomize.py"))
    rest = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), rest] if rest else [str(OFFLINE)])


def pytest_xdist_auto_num_workers():
    """Take a worker more than there are cores, because those with a browser wait for it."""
    return (os.cpu_count() or 1) + 1
