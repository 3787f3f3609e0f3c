"""HTML pages of A4 paper, without scripts and without anything from elsewhere."""

import html
import re

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4{landscape}; margin: 14mm; }}
body {{ font: 10.5pt/1.35 "DejaVu Sans", Verdana, Arial, sans-serif; color: #000;
       background: #fff; max-width: {width}; margin: 0 auto; }}
h1 {{ font-size: 15pt; margin: 0 0 2mm; }}
h2 {{ font-size: 12pt; margin: 5mm 0 2mm; break-after: avoid; }}
h3 {{ font-size: 10.5pt; margin: 4mm 0 1mm; break-after: avoid; }}
table {{ border-collapse: collapse; width: 100%; margin: 0 0 3mm; }}
th, td {{ border: 0.3mm solid #777; padding: 1mm 1.5mm; text-align: left; }}
th {{ background: #eee; font-weight: normal; }}
tr {{ break-inside: avoid; }}
code {{ font: 0.92em "DejaVu Sans Mono", Consolas, monospace; }}
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def formatted(text: str) -> str:
    """Return text as HTML, with `backticks` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def page(title: str, body: str, style: str = "", landscape: bool = False) -> str:
    """Return a whole page; the body and the style are put in as they are."""
    return PAGE.format(
        title=html.escape(title),
        body=body,
        style=style,
        landscape=" landscape" * landscape,
        width="269mm" if landscape else "182mm",
    )


def table(heads: list[str], rows: list[list]) -> str:
    """Return a table; a cell is HTML, or a pair of HTML and the name of its class."""
    head = "<tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>"
    lines = [f"<thead>{head}</thead>"] if heads else []  # it is repeated on each page
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, "") for cell in row]
        marks = [f' class="{kind}"' if kind else "" for _, kind in cells]
        pairs = zip(cells, marks, strict=True)
        lines.append(
            "<tr>" + "".join(f"<td{mark}>{text}</td>" for (text, _), mark in pairs) + "</tr>"
        )
    return "<table>\n" + "\n".join(lines) + "\n</table>"
