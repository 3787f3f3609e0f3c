"""What a reader of the site meets: stored outputs, folded answers, pictures that move."""

import base64
import html
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import numpy as np
import pytest
import yaml

from nn_tutorial import Network, exam_scores, explore, train
from nn_tutorial.data import MaxScaler, made_up_weights

pytestmark = pytest.mark.site

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STORED = {path.stem: nbformat.read(path, as_version=4) for path in NOTEBOOKS}
SCORES = exam_scores()
X, Y = MaxScaler().fit_transform(SCORES.X), SCORES.y / 100
MEGABYTE = 1_000_000


class Page(HTMLParser):
    """A page's tags, each with its attributes and the open tags around it."""

    VOID = frozenset({"img", "br", "hr", "link", "meta", "input", "source", "wbr", "col"})

    def __init__(self, path):
        super().__init__()
        self.found, self.open, self.texts = [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes), tuple(self.open)))
        if tag not in self.VOID:
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def all(self, *tags):
        return [(tag, attributes, above) for tag, attributes, above in self.found if tag in tags]


@pytest.fixture(scope="module")
def pages(site):
    files = [path for path in site.rglob("*.html") if not path.is_relative_to(site / "lite")]
    return {str(path.relative_to(site)): Page(path) for path in sorted(files)}


@pytest.fixture(scope="module", params=list(STORED))
def chapter(request, pages):
    """Return a chapter's stored notebook and its page."""
    return request.param, STORED[request.param], pages[f"notebooks/{request.param}.html"]


def code_cells(notebook, tag):
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [cell for cell in cells if tag in cell.metadata.get("tags", [])]


# The pages as files.


def test_links_lead_to_files_of_the_site(site, pages):
    lost = []
    for name, page in pages.items():
        for _, attributes, _ in page.found:
            for address in filter(None, map(attributes.get, ("href", "src"))):
                parts = urlsplit(address)
                if parts.scheme or not parts.path:
                    continue
                target = (site / name).parent / unquote(parts.path)
                in_lite = (site / "lite") in target.resolve().parents
                if not target.exists() and not (in_lite and not (site / "lite").exists()):
                    lost.append((name, address))
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(pages):
    for name, page in pages.items():
        loaded = [a.get("src", "") for _, a, _ in page.all("script", "img", "iframe", "source")]
        loaded += [a["href"] for _, a, _ in page.all("link") if a.get("rel") != "canonical"]
        assert [address for address in loaded if re.match(r"(\w+:)?//", address)] == [], name


def test_a_page_waits_for_one_style_sheet_and_for_no_script(pages):
    for name, page in pages.items():
        head = list(itertools.takewhile(lambda found: found[0] != "body", page.found))
        sheets = [a["href"] for _, a, _ in head if a.get("rel") == "stylesheet"]
        assert [re.sub(r".*/|\?.*", "", sheet) for sheet in sheets] == ["all.css"], name
        scripts = [a for tag, a, _ in head if tag == "script" and "src" in a]
        waited_for = [a for a in scripts if "defer" not in a and a.get("type") != "module"]
        assert scripts, name
        assert waited_for == [], name


def test_pages_that_want_different_style_sheets_are_no_site(tmp_path):
    from website import slim

    links = [f'<link rel="stylesheet" href="_static/{name}.css" />' for name in "ab"]
    for name in "ab":
        (tmp_path / f"{name}.css").write_text(f"{name} {{}}")
    assert "_static/all.css?v=" in slim.joined(["".join(links)] * 2, tmp_path)
    assert (tmp_path / "all.css").read_text() == "a {}\nb {}\n"
    with pytest.raises(ValueError, match="pages want different style sheets"):
        slim.joined(["".join(links), links[0]], tmp_path)


def test_headings_nest(pages):
    for name, page in pages.items():
        shown = [
            int(tag[1])
            for tag, _, above in page.all("h1", "h2", "h3", "h4", "h5", "h6")
            if not any("onlyprint" in a.get("class", "").split() for _, a in above)
        ]
        assert shown.count(1) == 1, name
        assert shown[0] == 1, name
        assert all(b - a <= 1 for a, b in itertools.pairwise(shown)), name


def test_a_chapter_says_how_to_run_it_and_what_comes_before_and_after(chapter, site):
    name, notebook, page = chapter
    links = [attributes.get("href", "") for _, attributes, _ in page.all("a")]
    assert f"../lite/lab/index.html?path={name}.ipynb" in links
    assert any(link.startswith("https://mybinder.org/") and name in link for link in links)
    assert (site / f"download/{name}.ipynb").read_bytes() == (
        ROOT / f"notebooks/{name}.ipynb"
    ).read_bytes()
    order = list(STORED)
    k = order.index(name)
    neighbours = [*order[max(k - 1, 0) : k], *order[k + 1 : k + 2]]
    ways = [a for _, a, _ in page.all("a") if re.search(r"(left|right)-(prev|next)", str(a))]
    assert len(ways) == 2
    assert {f"{other}.html" for other in neighbours} <= {a["href"] for a in ways}
    text = (site / f"notebooks/{name}.html").read_text(encoding="utf-8")
    assert f"{notebook.metadata.nn_tutorial.minutes.reading} min to read" in text
    assert "You will be able to" in text


def test_a_chapter_has_a_description_for_search_engines(chapter):
    _, notebook, page = chapter
    (words,) = [a["content"] for _, a, _ in page.all("meta") if a.get("name") == "description"]
    assert notebook.cells[0].source.splitlines()[2].strip("*") in words


def test_each_picture_has_its_stored_words_and_pixels(chapter, site):
    _, notebook, page = chapter
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    stored = [o.data for o in outputs if "image/png" in o.get("data", {})]
    drawn = [
        (a["alt"], (site / "notebooks" / a["src"]).read_bytes())
        for _, a, above in page.all("img")
        if any("drawn" in b.get("class", "").split() for _, b in above)
    ]
    assert drawn == [(d["text/plain"], base64.b64decode(d["image/png"])) for d in stored]


def test_no_picture_has_its_words_twice(chapter, site):
    name, notebook, _ = chapter
    page = (site / f"notebooks/{name}.html").read_text(encoding="utf-8")
    printed = [
        html.unescape(re.sub(r"<[^>]+>", "", block))
        for block in re.findall(r"<pre.*?</pre>", page, re.S)
    ]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    words = [o.data["text/plain"] for o in outputs if "image/png" in o.get("data", {})]
    assert [w for w in words if any(w in block for block in printed)] == []


def test_bets_answers_and_hints_are_closed(chapter):
    _, notebook, page = chapter
    folded = page.all("details")
    kinds = [a["class"] for _, a, _ in folded if "hide" in a.get("class", "").split()]
    assert sum("below-input" in kind for kind in kinds) == len(code_cells(notebook, "bet"))
    assert sum("above-input" in kind for kind in kinds) == len(code_cells(notebook, "solution"))
    hints = sum(cell.source.count("<details>") for cell in notebook.cells)
    assert len([a for _, a, _ in folded if not a]) == hints
    assert not any("open" in attributes for _, attributes, _ in folded)


def test_a_chapter_shows_every_printed_line(chapter, site):
    name, notebook, _ = chapter
    page = (site / f"notebooks/{name}.html").read_text(encoding="utf-8")
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    printed = "".join(o.text for o in outputs if o.output_type == "stream")
    lines = {" ".join(line.split()) for line in printed.splitlines()}
    assert {line for line in lines if line not in text} == set()


def test_formulas_are_typeset_and_none_is_left(pages):
    n_formulas = 0
    for name, page in pages.items():
        n_formulas += len(page.all("mjx-container"))
        assert not any("math" in a.get("class", "").split() for _, a, _ in page.found), name
    assert n_formulas > 100


# The pages in a browser.


@pytest.fixture
def tab(chromium):
    """Return a function that opens a tab, and afterwards see that nothing went wrong in any."""
    opened, wrong = [], []

    def open_tab(**settings):
        context = chromium.new_context(**{"reduced_motion": "reduce"} | settings)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: line.type == "error" and wrong.append(line.text))
        if settings.get("java_script_enabled", True):  # else scripts that are announced fail
            page.on("requestfailed", lambda request: wrong.append(request.url))
        return page

    yield open_tab
    for context in opened:
        context.close()
    assert wrong == []


VIEWS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
# In the dark, a page has other colours, and nothing else.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}, "phone": {}}
# Else axe, which asks for the place of each element, has what is not in sight laid out each time.
ALL_LAID_OUT = "* { content-visibility: visible !important; }"
OPEN = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
THEMED = "theme => document.documentElement.dataset.theme === theme"
SETTLED = "Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0))).then(() => 1)"


# Leaves one word of code of each look in its frame, the longest (axe judges no single letter):
# there are thousands, and axe takes a millisecond for each. The text between becomes one piece.
ONE_OF_EACH = """() => {
  const seen = new Set();
  const look = e => (({ color, backgroundColor, fontSize, fontWeight, opacity }) =>
    [e.className, color, backgroundColor, fontSize, fontWeight, opacity])(getComputedStyle(e));
  const all = [...document.querySelectorAll("pre span:not(:has(*))")];
  all.sort((a, b) => b.textContent.length - a.textContent.length);
  const words = all.map(word =>
    [word, [word, word.parentElement, word.closest("pre")].map(look) + ""]);
  for (const [word, key] of words)
    seen.has(key) ? word.replaceWith(word.textContent) : seen.add(key);
  document.body.normalize();
}"""


def test_axe_finds_nothing_on_any_page_and_no_page_is_too_wide(served, pages, tab):
    from axe_playwright_python.base import AXE_FILE_PATH

    axe, page, found = AXE_FILE_PATH.read_text(encoding="utf-8"), tab(**VIEWS["light"]), []
    for name in pages:
        page.goto(f"{served}/{name}")
        page.add_style_tag(content=ALL_LAID_OUT)
        page.evaluate(OPEN)
        page.evaluate(axe)
        for view, rules in RULES.items():
            page.emulate_media(color_scheme=VIEWS[view]["color_scheme"])
            page.set_viewport_size(VIEWS[view]["viewport"])
            page.wait_for_function(THEMED, arg=VIEWS[view]["color_scheme"])
            page.evaluate(SETTLED)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append((name, view, "wider than the window"))
            if view == "light":
                page.evaluate(ONE_OF_EACH)
            asked = rules | {"resultTypes": ["violations"]}
            result = page.evaluate("asked => axe.run(asked)", asked)
            found += [
                (name, view, violation["id"], node["html"][:200])
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(VIEWS["light"]["viewport"])
    assert found == []


@pytest.mark.parametrize("name", ["index", *(f"notebooks/{stem}" for stem in STORED)])
def test_a_page_weighs_less_than_a_megabyte_and_asks_nobody_else(name, served, tab):
    page, sizes = tab(viewport=VIEWS["light"]["viewport"]), {}
    page.on("response", lambda r: sizes.update({r.url: int(r.headers["content-length"])}))
    page.goto(f"{served}/{name}.html", wait_until="networkidle")
    assert all(url.startswith(served) for url in sizes)
    assert sum(sizes.values()) < MEGABYTE, sorted(sizes.items(), key=lambda item: -item[1])[:5]


def test_the_landing_page_computes_what_the_package_computes(served, tab):
    page = tab()
    page.goto(f"{served}/index.html")
    rng = np.random.default_rng(0)
    for W1, W2 in [
        made_up_weights(),
        *((rng.normal(size=(2, 3)), rng.normal(size=(3, 1))) for _ in range(5)),
    ]:
        net = Network.from_weights([W1, W2])
        given = [X.tolist(), Y[:, 0].tolist(), W1.tolist(), W2.tolist()]
        said = page.evaluate(
            "([X, y, W1, W2]) => X.map(x => nnNetwork.forward(x, W1, W2).a2)", given
        )
        np.testing.assert_allclose(said, net.predict(X)[:, 0], rtol=1e-12)
        loss = page.evaluate("given => nnNetwork.loss(...given)", given)
        assert loss == pytest.approx(net.loss(X, Y), rel=1e-12)
        after = page.evaluate(
            """([X, y, W1, W2]) => {
              for (let k = 0; k < 1000; k++) [W1, W2] = nnNetwork.step(X, y, W1, W2, 1.5);
              return [W1, W2];
            }""",
            given,
        )
        train(net, X, Y, epochs=1000, learning_rate=1.5)
        for W, expected in zip(after, net.weights, strict=True):
            np.testing.assert_allclose(W, expected, rtol=1e-9)


def test_the_landing_page_scales_the_hours_as_chapter_01_does(served, tab):
    page = tab()
    page.goto(f"{served}/index.html")
    assert page.evaluate("X => nnNetwork.scale(X)", SCORES.X.tolist()) == X.tolist()


def test_keys_move_a_weight_and_the_score_follows(served, tab):
    page = tab()
    page.goto(f"{served}/index.html")
    assert "77.48 points" in page.inner_text(".says")
    weight = page.get_by_role("slider", name="weight to the score from neuron 3")
    weight.press("End")
    W1, W2 = made_up_weights()
    W2[2] = 3.0
    points = 100 * Network.from_weights([W1, W2]).predict(X)[0, 0]
    assert f"{points:.2f} points" in page.inner_text(".says")
    page.get_by_role("radio", name="1 h studied, 5 h slept").check()
    assert "The exam said 86" in page.inner_text(".says")


def test_the_landing_page_trains_as_the_package_does(served, tab):
    page = tab()
    page.goto(f"{served}/index.html")
    net = Network.from_weights(made_up_weights())
    loss = train(net, X, Y, epochs=1000, learning_rate=1.5).loss[-1]
    page.get_by_role("button", name="Train").click()
    page.get_by_text(f"Loss after 1000 steps: {loss:.6f}").wait_for()
    page.get_by_role("button", name="Back").click()
    page.get_by_text("Loss after 0 steps: 0.016267").wait_for()


def test_chapter_02_says_what_its_explore_cell_says(served, tab):
    page = tab()
    page.goto(f"{served}/notebooks/02_compute_a_forward_pass_by_hand.html")
    cell = explore.nine_weights(X[0], *made_up_weights(), points=92)
    words = page.locator(".network .words")
    assert words.text_content() == cell.words  # out of sight, no text is laid out
    for control in ("w00", "w12", "w21"):
        cell.controls[control].value = -3.0
        i, j = int(control[1]), int(control[2])
        names = (f"from hours {('studied', 'slept', '')[i]} to neuron {j + 1}",
                 f"to the score from neuron {j + 1}")  # fmt: skip
        page.get_by_role("slider", name=f"weight {names[i == 2]}").press("Home")
        assert words.text_content() == cell.words


MOVED = [
    stem
    for stem, notebook in STORED.items()
    if code_cells(notebook, "explore") and stem[:2] not in ("02", "14")
]


@pytest.mark.parametrize("stem", MOVED)
def test_pictures_move_without_a_kernel(stem, served, tab):
    page = tab(viewport=VIEWS["phone"]["viewport"], has_touch=True)
    page.goto(f"{served}/notebooks/{stem}.html")
    cell = page.locator(".moving").first
    cell.scroll_into_view_if_needed()
    words, image = cell.get_by_role("status"), cell.locator("img")
    words.wait_for()
    stored = code_cells(STORED[stem], "explore")[0].outputs[-1].data["text/plain"]
    assert words.text_content()
    assert stored.endswith(words.text_content())
    control = cell.locator("input, select").first
    assert control.bounding_box()["height"] >= 44
    before = words.text_content(), image.get_attribute("src"), control.input_value()
    control.press("End")
    if control.input_value() == before[2]:
        control.press("Home")
    page.wait_for_function(
        "([p, old]) => p.querySelector('[role=status]').textContent !== old",
        arg=[cell.element_handle(), before[0]],
    )
    assert image.get_attribute("src") != before[1]
    assert image.evaluate("image => image.naturalWidth") > 300


@pytest.mark.parametrize("stem", MOVED)
def test_a_page_says_whether_a_control_has_only_some_of_its_positions(stem, site):
    from website import moving

    page = (site / f"notebooks/{stem}.html").read_text(encoding="utf-8")
    cells = code_cells(STORED[stem], "explore")
    fewer = [moving.name_of(cell) in moving.SUBSETS for cell in cells]
    assert page.count("the controls stop at a few of their positions") == sum(fewer)
    all_of_them = page.count("More settings, and your own code") + page.count(">Move it:")
    assert all_of_them == len(fewer) - sum(fewer)


def test_without_scripts_a_chapter_has_its_still_words_and_formulas(served, tab):
    page = tab(java_script_enabled=False)
    page.goto(f"{served}/notebooks/05_measure_the_error.html")
    stored = code_cells(STORED["05_measure_the_error"], "explore")[0].outputs[-1].data["text/plain"]
    (words,) = page.locator(".moving .words").all_text_contents()
    assert words
    assert stored.endswith(words)
    assert page.locator(".moving input").count() == 0
    assert page.locator("mjx-container").first.bounding_box()["width"] > 5


def test_on_paper_nothing_is_cut_off_and_no_control_is_printed(served, tab):
    page = tab(viewport={"width": 720, "height": 1000})
    page.goto(f"{served}/notebooks/05_measure_the_error.html")
    page.emulate_media(media="print")
    cut = page.evaluate(
        """[...document.querySelectorAll("pre, .formula, table, figure")].filter(e =>
            e.offsetParent && e.scrollWidth > e.clientWidth + 1)
            .map(e => e.outerHTML.slice(0, 200))"""
    )
    assert cut == []
    assert page.locator(".nn-explore input:visible, .ways a:visible, button:visible").count() == 0
    assert page.pdf().count(b"/Type /Page\n") > 5


def test_the_search_finds_a_chapter(served, tab):
    page = tab()
    page.goto(f"{served}/search.html?q=sigmoid")
    page.locator("#search-results a", has_text="Bend it with the sigmoid").first.wait_for()


# What publishes it.


def test_the_address_of_the_site_stands_in_one_place():
    (address,) = re.findall(r"^\[website\]: (\S+)$", (ROOT / "README.md").read_text(), re.M)
    kinds = (".md", ".py", ".toml", ".yml", ".cff", ".js", ".css", ".ipynb")
    skipped = {".venv", ".git", "node_modules"}
    files = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in kinds and not skipped & set(path.relative_to(ROOT).parts)
    ]
    assert [str(p) for p in files if address in p.read_text()] == [str(ROOT / "README.md")]


def test_the_workflow_runs_this_repository_s_command_and_may_do_little_else():
    file = ROOT / ".github/workflows/site.yml"
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"].values()
    allowed = [job.get("permissions", {}) for job in jobs]
    assert [a for a in allowed if a] == [{"pages": "write", "id-token": "write"}]
    steps = [step for job in jobs for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert all(re.search(r"@[0-9a-f]{40}$", name) for name in used)
    commands = [step["run"] for step in steps if "run" in step]
    assert any("tools/build_site.py" in command for command in commands)


def test_on_a_phone_the_contents_close_once_an_entry_is_chosen(served, tab):
    page = tab(**VIEWS["phone"])
    page.goto(f"{served}/notebooks/03_bend_it_with_the_sigmoid.html")
    contents = page.locator("#pst-secondary-sidebar-modal")
    page.locator("button.secondary-toggle:visible").click()
    entry = contents.get_by_role("link").nth(2)
    address = entry.get_attribute("href")
    entry.click()
    contents.wait_for(state="hidden")
    assert page.url.endswith(address)
