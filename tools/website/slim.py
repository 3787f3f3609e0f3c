"""Make the pages light: a few icons as pictures in the style, in place of a library of them."""

import re
from pathlib import Path
from urllib.parse import quote

SCRIPT = re.compile(r"\s*<script[^>]*fontawesome\.js[^>]*></script>|\s*<link[^>]*fontawesome[^>]*>")
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


def slim(folder: Path) -> None:
    """Take what no page needs out of the theme's files: 1.5 MB of icons, and maps for debugging."""
    pages, used = sorted(folder.rglob("*.html")), set()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        used |= set(re.findall(r'class="fa-solid fa-([a-z-]+)', text))
        page.write_text(SIDEBAR.sub(NAMED, SCRIPT.sub("", text)), encoding="utf-8")
    static = folder / "_static"
    library = (static / "scripts/fontawesome.js").read_text(encoding="utf-8")
    icons = "".join(icon(name, library) for name in sorted(used))
    with (static / "site.css").open("a", encoding="utf-8") as style:
        style.write("\n" + ICON + icons)
    for waste in (*static.rglob("*.map"), *static.rglob("fontawesome.js*"), *static.rglob("fa-*")):
        if waste.is_file():
            waste.unlink()
