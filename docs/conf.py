"""The website's settings; ``tools/build_site.py`` lays the sources and calls Sphinx."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

project = "A neural network you can check by hand"
author = "The nn-tutorial authors"
copyright = "the nn-tutorial authors; text and figures CC BY 4.0, code MIT"
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "website.formulas",
]
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
myst_dmath_double_inline = True
# JupyterLab's anchors keep capitals: "#Read-where-it-sits".
myst_heading_slug_func = "website.book.slug"

html_theme = "sphinx_book_theme"
html_title = project
EXPLORE = "../nn_tutorial/explore"  # its controls serve the site, too
html_static_path = ["_static", "network.png", f"{EXPLORE}/cell.js", f"{EXPLORE}/cell.css"]
html_favicon = "_static/favicon.svg"
html_css_files = ["cell.css", "site.css"]
html_js_files = ["site.js", ("moving.js", {"type": "module"})]
html_math_renderer = "at_build_time"
html_copy_source = False
html_show_sourcelink = False
html_use_index = html_domain_indices = False
html_sidebars = {"index": []}
html_context = {"default_mode": "auto"}
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navigation_with_keys": False,
    "max_navbar_depth": 1,
    "show_toc_level": 2,
    "navbar_persistent": [],
    "home_page_in_toc": False,
}
default_role = "literal"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True  # an attribute and a property of one name are one thing
add_module_names = False


def setup(app) -> None:
    """Let docstrings write |a − b| for an absolute value: Sphinx would look for a substitution."""

    def plain_bars(app, what, name, found, options, lines) -> None:
        lines[:] = [line.replace("|", r"\|") for line in lines]

    app.connect("autodoc-process-docstring", plain_bars)
