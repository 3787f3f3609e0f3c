"""Make the pages light: one style sheet, no script that no page needs, icons as pictures in it."""

import hashlib
import itertools
import re
from pathlib import Path
from urllib.parse import quote

ICONS = re.compile(r"\s*<script[^>]*fontawesome\.js[^>]*></script>|\s*<link[^>]*fontawesome[^>]*>")
ICON_NAMES = re.compile(r'(?:\.fa-[\w-]+,?)+\{--fa:"[^"]*"\}|@font-face\{[^}]*fontawesome[^}]*\}')
# Scripts are fetched early enough without a word, and only the search page searches.
EARLY = re.compile(r'\s*<link rel="preload" as="script"[^>]*>')
SEARCH = re.compile(
    r'\s*<script[^>]*src="[^"]*(?:searchtools|language_data|searchindex)\.js[^>]*></script>'
)
SHEET = re.compile(
    r'<link(?=[^>]*rel="stylesheet")[^>]*href="((?:\.\./)*)_static/([^"?]+)[^>]*>\s*'
)
# A few constants, which the next line uses at once: they stand in the page.
OPTIONS = re.compile(r'<script src="[^"]*documentation_options\.js[^"]*"></script>')
# Scripts that hold up the first picture.
BLOCKING = re.compile(r'<script src="((?:\.\./)*(?:_static/|searchindex))')
# What the theme leaves outside all landmarks; a screen reader jumps from one to the next.
SIDEBAR = re.compile(r'<div id="pst-primary-sidebar"')
NAMED = '<div id="pst-primary-sidebar" role="region" aria-label="Sidebar"'
# The theme's script would choose it again after all is laid out.
THEME = 'localStorage.getItem("theme") || "auto"'
THEME_AT_ONCE = """{ dark: "dark", light: "light" }[localStorage.getItem("mode")]
      ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")"""
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


def joined(pages: list[str], static: Path) -> str:
    """Write the pages' style sheets as one, since each more is a trip to the server; return a link.

    Raises
    ------
    ValueError
        If two pages want different sheets, or a sheet of a folder below names a file beside it: the
        one sheet stands elsewhere.
    """
    wanted = {tuple(name for _, name in SHEET.findall(page)) for page in pages}
    if len(wanted) > 1:
        raise ValueError(f"pages want different style sheets: {sorted(wanted)}")
    style = ""
    for name in wanted.pop():
        # The theme's own only imports the basic one.
        text = (static / name.replace("styles/theme.css", "basic.css")).read_text(encoding="utf-8")
        if "/" in name and re.search(r"""url\((?!["']?(data:|#))""", text):
            raise ValueError(f"{name} names files beside it")
        style += text + "\n"
    (static / "all.css").write_text(style, encoding="utf-8")
    version = hashlib.sha256(style.encode()).hexdigest()[:8]
    return f'<link rel="stylesheet" href="{{}}_static/all.css?v={version}" />\n'


def slim(folder: Path) -> None:
    """Take from the theme's files what no page needs, and what holds up the first picture."""
    static = folder / "_static"
    library = (static / "scripts/fontawesome.js").read_text(encoding="utf-8")
    for pattern in ("*.map", "fontawesome.js*", "fa-*", "*webpack-macros.html"):
        for waste in static.rglob(pattern):
            waste.unlink()
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(folder.rglob("*.html"))}
    used = set(re.findall(r'class="fa-solid fa-([a-z-]+)', "".join(pages.values())))
    with (static / "site.css").open("a", encoding="utf-8") as style:
        style.write("\n" + ICON + "".join(icon(name, library) for name in sorted(used)))
    theme = static / "styles/pydata-sphinx-theme.css"
    theme.write_text(ICON_NAMES.sub("", theme.read_text(encoding="utf-8")), encoding="utf-8")
    options = (static / "documentation_options.js").read_text(encoding="utf-8")
    pages = {page: described(ICONS.sub("", text)) for page, text in pages.items()}
    link = joined(list(pages.values()), static)
    for page, text in pages.items():
        head, end, body = text.partition("</head>")
        links = itertools.chain([link], itertools.repeat(""))
        head = SHEET.sub(lambda found, links=links: next(links).format(found[1]), head)
        head = head.replace(THEME, THEME_AT_ONCE)
        head = EARLY.sub("", head if page.name == "search.html" else SEARCH.sub("", head))
        head = OPTIONS.sub(lambda _: f"<script>{options}</script>", head)
        head = BLOCKING.sub(r'<script defer src="\1', head)
        page.write_text(head + end + SIDEBAR.sub(NAMED, body), encoding="utf-8")
