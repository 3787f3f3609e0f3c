"""Import matplotlib without its remarks about its cache.

Where its folder can't be written (no home, a read-only one, MPLCONFIGDIR set to nowhere), it takes
a temporary one and says so on stderr; and it says there that collecting the fonts takes long. The
figures are the same, but a notebook's first cell would begin with red lines and differ from the
stored run. Whatever else matplotlib has to say at import, about the reader's own settings, stays.
This module has to be imported first.
"""

import logging

ABOUT_THE_CACHE = ("mkdir -p failed for", "not a writable directory", " cache")


def _is_not_about_the_cache(record):
    return not any(words in str(record.msg) for words in ABOUT_THE_CACHE)


_loggers = [logging.getLogger(name) for name in ("matplotlib", "matplotlib.font_manager")]
for _logger in _loggers:
    _logger.addFilter(_is_not_about_the_cache)
try:
    import matplotlib.font_manager  # noqa: F401
finally:
    for _logger in _loggers:
        _logger.removeFilter(_is_not_about_the_cache)
