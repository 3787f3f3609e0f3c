"""The prose of the notebooks: each number in it is one that the notebook shows or computes.

A decimal number in the prose, or a whole one above 12, stands as the same token, digit for digit,
in an output or in the code of the same notebook. A number from the literature, or a count by
others, carries a mark in its cell, ``<!-- cited: 1.5, 123 -->``.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from run_notebooks import NOTEBOOKS

ROOT = NOTEBOOKS.parent
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))

NUMBER = re.compile(
    r"(?<![\d.])(?:\d{1,3}(?:[,_]\d{3})+(?!\d)|\d+)(?P<fraction>(?:\.\d+)+)(?P<exponent>[eE][+-]?\d+)?"
)
WHOLE = re.compile(r"(?<![\d.,_])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d)|(?<![\d.,_])\d+(?![\d_]|[.,]\d)")
SMALL = 12  # numbers up to here are words, or written like words
FREE = re.compile(  # chapters, exercises, minutes, and years of what is cited
    r"(?:chapters?|exercises?)\s+\d+(?:(?:,\s*|,?\s+and\s+|\s+to\s+|–)\d+)*|\[\d\d(?=\s+(?-i:[A-Z]))"
    r"|\d+\s+minutes|\|\s*\d+\s\+\s\d+\s*\||and\s+\d+\s+for\s+the\s+exercises"
    r"|(?:(?-i:[A-Z])[\w'’]+,?|al\.,?|\bin|\()\s*(?:1[6-9]|20)\d\d\b(?!,\d)",
    re.IGNORECASE,
)
JOINED = re.compile(  # 2/3 as \tfrac23, w_{23}, float64, 64-32-10, 16-year
    r"\\[dt]?frac\d\d|\\[A-Za-z]+|\w*[A-Za-z_]\w*(?:\{\w+\}|(?:[.,]\w+)*)|\w+(?:-\w+)+"
)
POWER_OF_TEN = re.compile(r"(?<=\d)\s*(?:\\cdot|\\times|[·×])\s*10\^\{?(-?\d+)\}?")  # to e-17
BARE = re.compile(r"(?<![\d.])\.\d+|\d\{[.,]\}\d")  # .5 and LaTeX's 0{.}5: write 0.5
CITED = re.compile(r"<!--\s*cited:(.*?)-->", re.DOTALL)
FENCE = re.compile(r"^[ >]*(`{3,}|~{3,}).*?(?:^[ >]*\1|\Z)", re.DOTALL | re.MULTILINE)
NOT_PROSE = re.compile(
    r"<!--.*?-->|(?<=\])\([^)]*\)|^\[[^\]]+\]:.*?$|https?://[^\s)>\"]+", re.DOTALL | re.MULTILINE
)
FORMAT_SPEC = re.compile(r":\s*[<>^=+ ]*\d*,?\.\d+[efgEFG%](?![\w+-])")
HTML_TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)

SPAN_OR_MATH = re.compile(r"(`+).*?\1|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
TO_AVOID = re.compile(r"\b(?:simply|obviously|just|of\s+course|trivial(?:ly)?)\b", re.IGNORECASE)
EXCLAMATION = re.compile(r"!(?![\[=])")


def decimals(text: str) -> list[str]:
    r"""Return a text's decimals: 1,000.50 as 1000.50, 1.5e-03 and 1.5 \cdot 10^{-3} as 1.5e-3."""
    found = []
    for match in NUMBER.finditer(POWER_OF_TEN.sub(r"e\1", text.replace("−", "-"))):
        token = re.sub("[,_]", "", match[0].lower())
        if exponent := match["exponent"]:
            token = f"{token[: -len(exponent)]}e{int(exponent[1:])}"
        found.append(token)
    return found


def wholes(text: str) -> list[str]:
    """Return a text's whole numbers: 1,000 as 1000; no part of a decimal."""
    return [match[0].replace(",", "") for match in WHOLE.finditer(text)]


def checked_wholes(markdown: str) -> list[str]:
    """Return the whole numbers above 12 that must be shown or cited."""
    text = JOINED.sub(" ", FREE.sub(" ", prose(markdown)))
    return [number for number in wholes(text) if int(number) > SMALL]


def prose(markdown: str) -> str:
    """Return what is left of a Markdown text without code blocks, link targets, comments, URLs."""
    return NOT_PROSE.sub("", FENCE.sub("", markdown))


def shown(cell: nbformat.NotebookNode) -> set[str]:
    """Return the decimal numbers in a code cell's literals and outputs; comments don't count."""
    tokens = tokenize.generate_tokens(io.StringIO(cell.source).readline)
    code = " ".join(token.string for token in tokens if token.type != tokenize.COMMENT)
    texts = [FORMAT_SPEC.sub("", code), *printed(cell)]
    return {number for text in texts for number in decimals(text)}


def literals(node: ast.AST) -> Iterator[str]:
    """Yield the whole numbers and the strings of a program; how wide a number is printed is none.

    A docstring is a string like others.
    """
    if isinstance(node, ast.Constant) and type(node.value) in (int, float, str):
        yield str(node.value).removesuffix(".0")
    for name, child in ast.iter_fields(node):
        if name != "format_spec":
            for below in child if isinstance(child, list) else [child]:
                if isinstance(below, ast.AST):
                    yield from literals(below)


def shown_wholes(cell: nbformat.NotebookNode) -> set[str]:
    """Return the whole numbers in a code cell's literals and outputs, 92.0 as 92."""
    texts = [*literals(ast.parse(cell.source)), *printed(cell)]
    return {number for text in texts for number in wholes(re.sub(r"(?<=\d)\.0*(?!\d)", " ", text))}


def printed(cell: nbformat.NotebookNode) -> list[str]:
    """Return the texts in a code cell's outputs."""
    texts = []
    for output in cell.outputs:
        texts.append(output.get("text", ""))
        for kind, text in output.get("data", {}).items():
            if kind.startswith("text/"):
                texts.append(HTML_TAG.sub(" ", text) if kind == "text/html" else text)
    return texts


def problems(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what is wrong with the numbers in a notebook's prose, a sentence for each."""
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    known = set().union(*map(shown, code_cells))
    known_wholes = set().union(*map(shown_wholes, code_cells))
    found = []
    for count, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "markdown":
            continue
        text = prose(cell.source)
        numbers = set(decimals(text))
        marks = CITED.findall(FENCE.sub("", cell.source))
        cited = {number for mark in marks for number in decimals(mark)}
        counts = {number for mark in marks for number in wholes(mark)}
        found += [f"cell {count}: write {bare} with a 0" for bare in BARE.findall(text)]
        found += [f"cell {count}: no output has {n}" for n in sorted(numbers - known - cited)]
        missing = set(checked_wholes(cell.source)) - known_wholes - counts
        found += [f"cell {count}: no output has {n}" for n in sorted(missing, key=int)]
        found += [f"cell {count}: {n} is marked, not used" for n in sorted(cited - numbers)]
        found += [
            f"cell {count}: {n} is marked, not used" for n in sorted(counts - set(wholes(text)))
        ]
        found += [
            f"cell {count}: a mark without a number" for m in marks if not decimals(m) + wholes(m)
        ]
    return found


def noticed(notebook: nbformat.NotebookNode) -> list[float]:
    """Return for each whole number in the prose how surely it would be noticed if it were another.

    That is the share, among all others of as many digits, of those that the notebook nowhere shows.
    """
    known = set().union(*(shown_wholes(c) for c in notebook.cells if c.cell_type == "code"))
    shares = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cited = {n for mark in CITED.findall(cell.source) for n in wholes(mark)}
            for number in checked_wholes(cell.source):
                low, high = max(SMALL + 1, 10 ** (len(number) - 1)), 10 ** len(number)
                alike = {n for n in known | cited if low <= int(n) < high} - {number}
                shares.append(1 - len(alike) / (high - low - 1))
    return shares


def wordings(markdown: str) -> list[str]:
    """Return the exclamation marks and the words to avoid in a Markdown text."""
    text = SPAN_OR_MATH.sub("", prose(markdown))
    return TO_AVOID.findall(text) + EXCLAMATION.findall(text)


def test_there_are_notebooks():
    assert PATHS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_number_in_the_prose_is_shown_or_cited(path):
    assert problems(nbformat.read(path, as_version=4)) == [], f"in notebooks/{path.name}"


def test_of_changed_whole_numbers_nine_in_ten_are_noticed_and_eight_in_ten_in_each_chapter():
    shares = {path.stem: noticed(nbformat.read(path, as_version=4)) for path in PATHS}
    means = {name: sum(found) / len(found) for name, found in shares.items() if found}
    assert {name: round(mean, 2) for name, mean in means.items() if mean < 0.8} == {}
    everything = [share for found in shares.values() for share in found]
    assert sum(everything) / len(everything) >= 0.9


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_prose_of_a_notebook_is_plain(path):
    cells = nbformat.read(path, as_version=4).cells
    found = wordings("\n\n".join(c.source for c in cells if c.cell_type == "markdown"))
    assert found == [], f"in notebooks/{path.name}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_prose_of_the_guides_is_plain(name):
    assert wordings((ROOT / name).read_text(encoding="utf-8")) == [], f"in {name}"


# The checker itself: each way of being wrong is found, each way of being right is accepted.


def checked(prose_text: str, source: str = "", printed: str = "", **data: str) -> list[str]:
    outputs = [new_output("stream", name="stdout", text=printed)]
    outputs += [new_output("display_data", data={f"text/{key}": data[key]}) for key in data]
    code = new_code_cell(source, outputs=outputs)
    return problems(new_notebook(cells=[new_markdown_cell(prose_text), code]))


@pytest.mark.parametrize("altered", ["0.3917", "0.391", "0.39160", "1.3916", "10.3916"])
def test_an_altered_digit_is_found(altered):
    assert checked("It is 0.3916.", printed="loss 0.3916\n") == []
    assert checked(f"It is {altered}.", printed="loss 0.3916\n") == [
        f"cell 1: no output has {altered}"
    ]


def test_a_number_may_stand_in_any_compared_output_or_literal():
    assert checked("0.25", plain="array([0.25])") == []
    assert checked("0.25", html="<td>0.25</td>") == []
    assert checked("0.25", source="x = 0.25") == []
    assert checked("0.25", source="x = 0.25e-3") == ["cell 1: no output has 0.25"]


def test_comments_format_specs_and_styles_show_no_number():
    assert checked("0.25", source="x = 1  # 0.25")
    assert checked("8.4", source='f"{x:8.4f}"')
    assert checked("0.25", html='<td style="width: 0.25em">1</td>')


@pytest.mark.parametrize(
    "written", ["$x = 0.5$", "`0.5`", r"\approx0.5", "−0.5", "**0.5**", "0.5."]
)
def test_math_code_spans_and_signs_do_not_hide_a_number(written):
    assert checked(written) == ["cell 1: no output has 0.5"]
    assert checked(written, printed="-0.5") == []


@pytest.mark.parametrize(
    "hidden", ["```\n0.5\n```", "[x](a0.5.md)", "<!-- 0.5 -->", "https://a.b/0.5", "[x]: c/0.5"]
)
def test_code_blocks_targets_and_comments_are_not_prose(hidden):
    assert checked(hidden) == []
    assert checked(f"{hidden}\n\n0.75") == ["cell 1: no output has 0.75"]


@pytest.mark.parametrize("bare", [".5", "-.5", "(.5)", "$.5$", r"\approx.5", "0{.}5", "0{,}5"])
def test_a_decimal_without_its_zero_is_found(bare):
    assert len(checked(bare, printed="0.5 .5")) == 1


def test_thousands_and_exponents_are_read():
    assert checked("1,000.5 and 1.5e-3", printed="1000.5 1.5e-03") == []
    assert checked("1.5e−3", source="x = 1.5e-3") == []
    assert checked("1000.5", source="x = 1_000.5") == []
    assert checked(r"$1.5 \cdot 10^{-3}$, 1.5 × 10^-3", printed="1.5e-03") == []
    assert checked(r"$1.5 \cdot 10^{-4}$", printed="1.5e-03 1.5")
    assert checked("1.5e-3", printed="1.5e-04") == ["cell 1: no output has 1.5e-3"]
    assert checked("1,000.5", printed="0.5") == ["cell 1: no output has 1000.5"]


def test_a_version_is_one_number():
    assert checked("Python 3.11", printed="3.11.7") == ["cell 1: no output has 3.11"]
    assert checked("numpy 2.0.1", printed="2.0.1") == []


def test_a_mark_exempts_its_number_in_its_cell_only():
    mark = "<!-- cited: 1.000553084 -->"
    assert checked(f"They printed 1.000553084.{mark}") == []
    assert checked(f"They printed 1.000553085.{mark}") == [
        "cell 1: no output has 1.000553085",
        "cell 1: 1.000553084 is marked, not used",
    ]
    assert checked("Nothing.<!-- cited: x -->") == ["cell 1: a mark without a number"]
    elsewhere = new_notebook(
        cells=[new_markdown_cell("1.5"), new_markdown_cell("<!-- cited: 1.5 -->")]
    )
    assert problems(elsewhere) == [
        "cell 1: no output has 1.5",
        "cell 2: 1.5 is marked, not used",
    ]


def test_a_mark_may_hold_counts_and_these_are_in_the_text():
    assert checked("Of 123 programs, 1,024 rows.<!-- cited: 123, 1,024 -->") == []
    for text in ("Of 124 programs.", "Of 1,123.", "Of 123.5 programs.", "Of 0.123.", "It is 1234."):
        assert "cell 1: 123 is marked, not used" in checked(f"{text}<!-- cited: 123 -->"), text


@pytest.mark.parametrize("altered", ["41", "420", "1,042", "142"])
def test_an_altered_whole_number_is_found(altered):
    for right in ({"printed": "42 steps\n"}, {"html": "<td>42</td>"}, {"source": "x = [42]"}):
        assert checked("In a table | 42 | and **42**, $42$, `42`, 42 %, -42.", **right) == []
        assert checked(f"It is {altered}.", **right) == [
            f"cell 1: no output has {altered.replace(',', '')}"
        ]


def test_thousands_floats_and_words_show_a_whole_number():
    assert checked("1,042 and 1042", source="x = 1_042") == []
    assert checked("1042", printed="after 1,042 steps") == []
    assert checked("42", source="x = 42.0") == checked("42", printed="[42. 86.]") == []
    assert checked("42", source='name = f"always {y} and 42"') == []


@pytest.mark.parametrize(
    "shows",
    [
        {"source": "x = 1  # 42"},
        {"source": 'f"{x:42}" f"{x:<42}" f"{x:42.1f}"'},
        {"source": "x = 0.42"},
        {"source": "x42 = 1"},
        {"printed": "4.42 and 42.5 and 1,042"},
        {"html": '<td style="width: 42px">1</td>'},
    ],
)
def test_comments_widths_names_and_decimals_show_no_whole_number(shows):
    assert checked("It is 42.", **shows) == ["cell 1: no output has 42"]


@pytest.mark.parametrize(
    "free",
    [
        "12 of 3", "chapter 13", "Chapters 10, 14 and 15", "chapters 13 to 16", "exercise 14",
        "[13 Recognise digits](13_x.ipynb)", "float64", "64-32-10", "a 16-year-old", "the 1990s",
        r"$\tfrac23 w_{23}$",
        "**Time:** 15 minutes, and 20 for the exercises.", "| [01 A](a.md) | How? | 15 + 20 |",
        "Glorot and Bengio (2010, *Title*)", "Rumelhart, Hinton & Williams 1986", "In 1969 a book",
        "He et al., 2015", "```\n42\n```", "<!-- 42 -->", "<https://a.b/42>",
    ],
)  # fmt: skip
def test_small_numbers_chapters_minutes_years_and_names_need_no_output(free):
    assert checked(free) == []


@pytest.mark.parametrize(
    "bound",
    ["after 42 chapters", "chapter 13 has 42", "[42 steps](a.md)", "42 + 1", "(42)", "1,986 in all",
     r"$\approx42$", "42 seconds", "page 42", "− 42", "-42", "a 42 b"],
)  # fmt: skip
def test_near_to_what_is_free_a_number_is_still_checked(bound):
    assert len(checked(bound)) == 1


def test_a_number_is_noticed_the_more_surely_the_fewer_others_are_shown():
    text, few = new_markdown_cell("After 42 steps."), new_code_cell("42")
    many = new_code_cell(str(list(range(1, 2000))))
    assert noticed(new_notebook(cells=[text, few])) == [1.0]
    assert noticed(new_notebook(cells=[text, many])) == [0.0]
    some = new_code_cell(str([42, *range(13, 42), 1000]))
    assert noticed(new_notebook(cells=[text, some])) == [1 - 29 / 86]


def test_words_to_avoid_and_exclamation_marks_are_found():
    assert wordings("Just run it! Of\ncourse it is *trivially* easy.") == [
        "Just",
        "Of\ncourse",
        "trivially",
        "!",
    ]
    assert wordings("adjust, justice; `x != y!`, $n!$, ![alt](just.png), a != b") == []
