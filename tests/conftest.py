"""What holds for all tests and for the kernels and servers that they start."""

import os
import sys

# Python keeps what it has compiled, also where the machine says not to: each of some thirty kernels
# would compile matplotlib anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
