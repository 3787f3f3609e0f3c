"""Make the pages light: a few icons as pictures in the style, in place of a library of them."""

import re
import shutil
from pathlib import Path
from urllib.parse import quote

SCRIPT = re.compile(r"\s*<script[^>]*fontawesome\.js[^>]*></script>|\s*<link[^>]*fontawesome[^>]*>")
ICON_NAMES = re.compile(r'(?:\.fa-[\w-]+,?)+\{--fa:"[^"]*"\}')
# Scripts that hold up the first picture; the line after the options uses them at once.
BLOCKING = re.compile(r'<script src="((?:\.\./)*(?:_static/(?!documentation_options)|searchindex))')
# What the theme leaves outside all landmarks; a screen reader jumps from one to the next.
SIDEBAR = re.compile(r'<div id="pst-primary-sidebar"')
NAMED = '<div id="pst-primary-sidebar" role="region" aria-label="Sidebar"'
ICON = """.fa-solid {
  display: inline-block; width: 1.25em; height: 1em; vertical-align: -0.125em;
  background: currentColor; mask: var(--icon) center / contain no-repeat;
}
.fa-solid::before { content: none !important; }
"""


def icon(name: str, library: str) -> str:
    """Return the style of one of Font Awesome's solid icons (CC BY 4.0), or nothing."""
    drawn = re.findall(rf'[,{{]"?{name}"?:\[(\d+),(\d+),\[[^]]*\],"\w+","([^"]+)"\]', library)
    if not drawn:
        return ""
    width, height, path = drawn[-1]  # the solid ones come last
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path d="{path}"/></svg>'
    )
    return f'.fa-{name} {{ --icon: url("data:image/svg+xml,{quote(svg)}"); }}\n'


def described(text: str) -> str:
    """Return the page with a description for search engines: its title and its first words."""
    if '<meta name="description"' in text or not (
        title := re.search(r'<h1>(.*?)<a class="headerlink"', text)
    ):
        return text
    first = re.search(r"<p>(.*?)</p>", text[title.end() :], re.S)
    words = f"{title[1]}. {first[1] if first else ''}"
    words = " ".join(re.sub(r"<[^>]+>", "", words).split()).replace('"', "'")[:300]
    return text.replace("</title>", f'</title>\n<meta name="description" content="{words}">', 1)


def slim(folder: Path) -> None:
    """Take what no page needs out of the theme's files: icons and maps; load scripts late."""
    used = set()
    for page in sorted(folder.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        used |= set(re.findall(r'class="fa-solid fa-([a-z-]+)', text))
        text = SIDEBAR.sub(NAMED, SCRIPT.sub("", text))
        head, end, body = described(text).partition("</head>")
        head = BLOCKING.sub(r'<script defer src="\1', head)
        page.write_text(head + end + body, encoding="utf-8")
    static = folder / "_static"
    library = (static / "scripts/fontawesome.js").read_text(encoding="utf-8")
    icons = "".join(icon(name, library) for name in sorted(used))
    with (static / "site.css").open("a", encoding="utf-8") as style:
        style.write("\n" + ICON + icons)
    theme = static / "styles/pydata-sphinx-theme.css"
    theme.write_text(ICON_NAMES.sub("", theme.read_text(encoding="utf-8")), encoding="utf-8")
    # It only imports the other: a second trip to the server before anything is seen.
    shutil.copy(static / "basic.css", static / "styles/theme.css")
    for pattern in ("*.map", "fontawesome.js*", "fa-*", "*webpack-macros.html"):
        for waste in static.rglob(pattern):
            waste.unlink()
