"""The exercises as data, a module for each chapter. Whatever module lies here is found."""

from importlib import import_module
from pkgutil import iter_modules

NAMES = sorted(module.name for module in iter_modules(__path__))
CHAPTERS = [import_module(f"{__name__}.{name}") for name in NAMES]
