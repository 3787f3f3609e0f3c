"""Explore and the chapters without a mouse, by touch, and as a screen reader finds them."""

import importlib.util
import re
import time

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_notebook
from opened import without_outputs
from playwright.sync_api import expect
from run_notebooks import KERNELSPEC, NOTEBOOKS

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # milliseconds, for a slow machine that does something else, too

# One control of each kind. Drawing takes as long as on a slow machine.
MAKE = """import time

import numpy as np

from nn_tutorial.explore.cell import Cell
from nn_tutorial.explore.controls import Pixels, choice, slider
from nn_tutorial.plots import digit_with_probabilities


def draw(step, weight, who, pixels):
    time.sleep(0.05)
    shares = np.arange(10) + step
    words = f"Step {step}, weight {weight:.1f}, {who}, {np.sum(pixels):.0f} pixels."
    return digit_with_probabilities(pixels, shares / shares.sum()), words


cell = Cell(draw, {
    "step": slider("step of training", 2, 1, 21, plays=True),
    "weight": slider("hidden neuron 1", -1.0, -3.0, 3.0, 0.1, unit="kg", group="weights to"),
    "who": choice("student", ["<b>Ann</b>", "Bo"], "Bo"),
    "pixels": Pixels("your digit", "erase"),
})
cell"""
SET = 'cell.controls["step"].value, cell.controls["who"].value = 20, "<b>Ann</b>"'
# Moves a slider 200 times. Meanwhile each frame of the page looks at the picture.
MOVE_200 = """async explore => {
  const [input, frames] = [explore.querySelector("input"), []];
  let moving = true, late = 0, blank = 0;
  const drawn = image => image.complete && image.naturalWidth > 0;
  new MutationObserver(() => {
    late += !moving;
    blank += !drawn(explore.querySelector("img"));
  }).observe(explore, {childList: true});
  const look = now => {
    const image = explore.querySelector("img");
    blank += !drawn(image);
    frames.push([now, image.clientHeight]);
    if (moving) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  for (let move = 0; move < 200; move++) {
    input.value = move % 20;
    input.dispatchEvent(new Event("input"));
    await new Promise(wake => setTimeout(wake, 5));
  }
  moving = false;
  while (!explore.querySelector("[role=status]").textContent.startsWith("Step 20,"))
    await new Promise(wake => setTimeout(wake, 20));
  await new Promise(wake => setTimeout(wake, 500));
  return {
    late: late,
    blank: blank,
    heights: [...new Set(frames.map(([, height]) => height))],
    longest: Math.max(...frames.slice(1).map(([now], k) => now - frames[k][0])),
  };
}"""


def has_notebook_7():
    return importlib.util.find_spec("notebook") or pytest.skip("Notebook 7 is not installed")


@pytest.fixture(scope="module", params=["lab/tree", "notebooks"])
def explore(request, page, lab, wait_for_kernel):
    """Show a cell with one control of each kind, in JupyterLab and in Notebook 7."""
    if request.param == "notebooks":
        has_notebook_7()
    cells = [new_code_cell(source) for source in (MAKE, SET, "")]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
    nbformat.write(notebook, lab.folder / "controls.ipynb")
    page.goto(f"/{request.param}/controls.ipynb?reset")
    wait_for_kernel("controls.ipynb")
    page.locator(".jp-Notebook .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    shown = page.locator(".nn-explore")
    expect(shown.get_by_role("status")).to_contain_text("Step 2,")
    yield shown
    leave(page)


def leave(page):
    """Save what is open, or the browser would ask whether to leave, and end its kernel."""
    page.keyboard.press("Control+s")
    for session in page.request.get("/api/sessions").json():
        page.request.delete(f"/api/sessions/{session['id']}")
    page.goto("/lab?reset")


@pytest.fixture(autouse=True)
def at_the_start(request):
    """Put the controls back."""
    yield
    if "explore" not in request.fixturenames:
        return
    shown = request.getfixturevalue("explore")
    for number, value in enumerate(("1", "20")):
        shown.get_by_role("slider").nth(number).fill(value)
    shown.get_by_role("combobox").select_option("1")
    shown.get_by_role("button", name="erase").click()
    expect(shown.get_by_role("status")).to_have_text("Step 2, weight -1.0, Bo, 0 pixels.")


def spoken(page):
    """Return role, name and properties of all that the accessibility tree holds."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    role_and_name = ([node.get(k, {}).get("value") for k in ("role", "name")] for node in nodes)
    more = ({p["name"]: p["value"].get("value") for p in n.get("properties", [])} for n in nodes)
    return [(*pair, properties) for pair, properties in zip(role_and_name, more, strict=True)]


def words_of(explore):
    return expect(explore.get_by_role("status"))


def test_each_control_has_a_name_and_a_value_with_its_unit(explore):
    heard = [(role, name) for role, name, _ in spoken(explore.page)]
    assert {
        ("slider", "step of training"), ("button", "play: step of training"),
        ("group", "weights to"), ("slider", "hidden neuron 1"), ("combobox", "student"),
        ("grid", "your digit"), ("button", "erase"),
    } <= set(heard)  # fmt: skip
    pixels = [name for role, name in heard if role == "button" and name.startswith("row ")]
    assert len(set(pixels)) == 64
    assert "row 8, column 1, white" in pixels
    # Chromium's tree leaves out what is said in place of a slider's number.
    said = [slider.get_attribute("aria-valuetext") for slider in explore.locator("input").all()]
    assert said == ["2", "−1.0 kg"]


def test_the_words_are_a_polite_live_region(explore):
    explore.get_by_role("slider").first.press("ArrowRight")
    words_of(explore).to_have_text("Step 3, weight -1.0, Bo, 0 pixels.")
    regions = [more for role, _, more in spoken(explore.page) if role == "status"]
    assert len([more for more in regions if more.get("live") == "polite"]) == 1


def test_keys_stay_with_the_control_that_has_the_focus(explore):
    page = explore.page
    cells = "() => [...document.querySelectorAll('.jp-Cell')].map(cell => cell.className)"
    step, weight = explore.get_by_role("slider").all()
    page.keyboard.press("Escape")
    step.focus()
    before = page.evaluate(cells)
    for key, words in (
        ("ArrowDown", "Step 1,"), ("ArrowUp", "Step 2,"), ("ArrowRight", "Step 3,"),
        ("ArrowLeft", "Step 2,"), ("End", "Step 21,"), ("Home", "Step 1,"),
    ):  # fmt: skip
        page.keyboard.press(key)
        words_of(explore).to_contain_text(words)
    for key in ("x", "a", "m"):  # cut, insert, make it Markdown
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    expect(explore.get_by_role("button", name="play")).to_be_focused()
    page.keyboard.press("Tab")
    expect(weight).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    words_of(explore).to_contain_text("<b>Ann</b>")
    assert page.evaluate(cells) == before


def test_shortcuts_with_the_control_key_still_work(explore, lab):
    step, file = explore.get_by_role("slider").first, lab.folder / "controls.ipynb"
    step.press("ArrowRight")
    before, end = file.stat().st_mtime_ns, time.monotonic() + 60
    step.press("Control+s")
    while file.stat().st_mtime_ns == before:
        assert time.monotonic() < end, "the notebook is not saved"
        explore.page.wait_for_timeout(50)
    step.press("ArrowRight")
    words_of(explore).to_contain_text("Step 4,")


def test_a_digit_can_be_painted_with_keys(explore):
    keyboard = explore.page.keyboard
    explore.get_by_role("combobox").focus()
    keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowRight", "Space", "Shift+ArrowRight", "Shift+ArrowRight"):
        keyboard.press(key)
    words_of(explore).to_contain_text("3 pixels.")
    black = explore.get_by_role("button", pressed=True)
    names = [pixel.get_attribute("aria-label") for pixel in black.all()]
    assert names == [f"row 2, column {k}, black" for k in (2, 3, 4)]
    for key in ("ArrowLeft", "Enter", "End", "Space"):
        keyboard.press(key)
    words_of(explore).to_contain_text("3 pixels.")
    expect(explore.get_by_role("button", name="row 2, column 3, white")).to_be_visible()
    keyboard.press("Tab")
    expect(explore.get_by_role("button", name="erase")).to_be_focused()
    keyboard.press("Enter")
    words_of(explore).to_contain_text("0 pixels.")


def test_a_mouse_paints_and_wipes(explore):
    mouse, grid = explore.page.mouse, explore.get_by_role("grid")
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    side = box["width"] / 8

    def stroke(row, first, last):
        mouse.move(box["x"] + (first + 0.5) * side, box["y"] + (row + 0.5) * side)
        mouse.down()
        mouse.move(box["x"] + (last + 0.5) * side, box["y"] + (row + 0.5) * side, steps=20)
        mouse.up()

    stroke(0, 1, 5)
    words_of(explore).to_contain_text("5 pixels.")
    stroke(0, 2, 7)  # begins on black, so it wipes
    words_of(explore).to_contain_text("1 pixels.")
    mouse.move(box["x"] + 3, box["y"] + 100)  # the button is up
    words_of(explore).to_contain_text("1 pixels.")


def test_two_hundred_moves_neither_pile_up_nor_flicker_nor_freeze(explore):
    explore.scroll_into_view_if_needed()
    seen = explore.evaluate(MOVE_200)
    assert seen["late"] <= 2, "pictures of old moves came after the last move"
    assert seen["blank"] == 0
    assert len(seen["heights"]) == 1
    assert seen["longest"] < 2000, "milliseconds without a frame"


def test_playing_stops_by_itself_at_the_end(explore):
    step, button = explore.get_by_role("slider").first, explore.get_by_role("button").first
    step.fill("17")
    words_of(explore).to_contain_text("Step 18,")
    button.click()
    expect(button).to_have_accessible_name("stop: step of training")
    assert explore.get_by_role("status").get_attribute("aria-live") == "off"
    words_of(explore).to_contain_text("Step 21,")
    expect(button).to_have_accessible_name("play: step of training")
    assert explore.get_by_role("status").get_attribute("aria-live") == "polite"
    button.click()  # from the beginning
    words_of(explore).to_contain_text(re.compile(r"Step ([1-9]|1\d),"))
    button.click()
    expect(button).to_have_accessible_name("play: step of training")
    stopped = step.input_value()
    explore.page.wait_for_timeout(1500)
    assert step.input_value() == stopped != "20"


def test_who_wants_less_motion_gets_one_step_for_each_press(explore):
    button, status = explore.get_by_role("button").first, words_of(explore)
    explore.page.emulate_media(reduced_motion="reduce")
    try:
        expect(button).to_have_accessible_name("next: step of training")
        button.click()
        status.to_contain_text("Step 3,")
        explore.page.wait_for_timeout(1500)
        status.to_contain_text("Step 3,")
    finally:
        explore.page.emulate_media(reduced_motion="no-preference")
    expect(button).to_have_accessible_name("play: step of training")


def test_a_control_follows_python(explore):
    explore.page.locator(".jp-Notebook .cm-content").nth(1).click()
    explore.page.keyboard.press("Shift+Enter")
    words_of(explore).to_contain_text("Step 20, weight -1.0, <b>Ann</b>")
    assert explore.get_by_role("slider").first.input_value() == "19"
    assert explore.get_by_role("slider").first.get_attribute("aria-valuetext") == "20"
    assert explore.get_by_role("combobox").input_value() == "0"
    assert explore.locator("b").count() == 0  # a name is no markup


@pytest.fixture
def phone(explore):
    """Make the page as narrow as a phone's, with the side bar folded, and touch it."""
    page = explore.page
    page.set_viewport_size({"width": 390, "height": 844})
    bar = page.locator("#jp-left-stack")
    if bar.count() and bar.is_visible():
        page.keyboard.press("Control+b")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    yield touch
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    session.detach()
    page.set_viewport_size({"width": 1200, "height": 1500})


def test_on_a_phone_nothing_is_cut_off_and_a_finger_hits(explore, phone):
    width = explore.bounding_box()["width"]
    assert width < 390
    assert explore.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
    assert explore.locator("img").bounding_box()["width"] <= width
    buttons = explore.get_by_role("button").filter(has_text=re.compile("."))
    controls = [*explore.locator("input, select").all(), *buttons.all()]
    assert len(controls) == 5
    for control in controls:
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    assert explore.get_by_role("grid").bounding_box()["width"] > 0.9 * min(width, 352)


def test_a_finger_at_the_edge_of_a_slider_moves_it(explore, phone):
    step = explore.get_by_role("slider").first
    step.scroll_into_view_if_needed()
    box = step.bounding_box()
    for height in (2, box["height"] - 2):
        phone("touchStart", (box["x"] + box["width"] - 5, box["y"] + height))
        phone("touchEnd")
        words_of(explore).to_contain_text("Step 21,")
        step.fill("1")
        words_of(explore).to_contain_text("Step 2,")


def test_a_finger_paints(explore, phone):
    grid = explore.get_by_role("grid")
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    side = box["width"] / 8
    places = [(box["x"] + (k / 4 + 0.5) * side, box["y"] + 0.5 * side) for k in range(13)]
    phone("touchStart", places[0])
    for place in places[1:]:
        phone("touchMove", place)
    phone("touchEnd")
    words_of(explore).to_contain_text("4 pixels.")
    assert grid.bounding_box() == box, "the page scrolled"


def test_axe_finds_nothing_in_an_explore_cell(explore):
    results = Axe().run(explore.page, context=".nn-explore")
    assert results.violations_count == 0, results.generate_report()


ANSWER = "def fit_and_scale(X): return X / X.max(axis=0), X.max(axis=0)"
CHAPTER = "01_scale_the_data.ipynb"
ACTIVE = """() => {
  const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
  return cells.findIndex(cell => cell.classList.contains("jp-mod-active"));
}"""
FOCUSED = "selector => !!document.activeElement.closest(selector)"
RUNNING = """() => [...document.querySelectorAll(".jp-InputPrompt")]
  .some(prompt => prompt.textContent.includes("*"))"""


class Walker:
    """Someone without a mouse, in a notebook in command mode."""

    def __init__(self, page, notebook):
        self.page, self.cells = page, page.locator(".jp-Notebook .jp-Cell")
        self.ids = [cell.id for cell in notebook.cells]

    def number_of(self, cell_id):
        return self.ids.index(cell_id)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def run_to(self, number):
        """Run the cells up to a cell, and stand on it."""
        while (here := self.page.evaluate(ACTIVE)) < number:
            self.press("Shift+Enter")
            self.page.wait_for_function(f"(here) => ({ACTIVE})() > here", arg=here)
        self.page.wait_for_function(f"() => !({RUNNING})()")

    def tab_to(self, selector, key="Tab"):
        """Press Tab until something in there has the focus."""
        for _ in range(40):
            self.press(key)
            if self.page.evaluate(FOCUSED, selector):
                return
        raise AssertionError(f"{key} does not lead to {selector}")


@pytest.fixture(scope="module")
def walker(page, lab, wait_for_kernel):
    notebook = without_outputs(nbformat.read(NOTEBOOKS / CHAPTER, as_version=4))
    nbformat.write(notebook, lab.folder / "walk.ipynb")
    page.goto("/lab/tree/walk.ipynb?reset")
    wait_for_kernel("walk.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    yield Walker(page, notebook)
    leave(page)


def test_a_chapter_can_be_walked_without_a_mouse(walker):
    page, explore = walker.page, walker.number_of("explore")
    walker.run_to(explore + 1)
    walker.press("ArrowUp")
    walker.tab_to(".nn-explore input")
    words = walker.cells.nth(explore).get_by_role("status")
    expect(words).to_contain_text("4.0 h studied and 8.0 h slept")
    walker.press("ArrowRight", "Tab", "ArrowLeft")
    expect(words).to_contain_text("4.5 h studied and 7.5 h slept")
    walker.tab_to("summary")  # out of the cell, to the answer below it
    answer = walker.cells.nth(explore + 1).locator("details")
    walker.press("Space")
    assert answer.evaluate("details => details.open")
    exercise = walker.number_of("write-the-scaler-answer")
    walker.run_to(exercise)
    walker.press("Enter", "Control+a")
    page.keyboard.type(ANSWER)
    walker.press("Shift+Enter", "Shift+Enter")
    expect(walker.cells.nth(exercise + 1)).to_contain_text("Right. In every case")
    walker.run_to(len(walker.ids) - 1)
    assert (
        page.locator(".jp-Notebook [data-mime-type='application/vnd.jupyter.error']").count() == 0
    )
    assert page.locator(".jp-Notebook .jp-InputPrompt >> text='[ ]:'").count() == 0


def test_axe_finds_nothing_in_a_chapter(walker):
    """In what we write. JupyterLab gives a picture in an output no alternative text of its own.

    What it shows stands below it, as text: tests/test_notebooks.py looks at that.
    """
    ours = [[".jp-Notebook .jp-RenderedMarkdown"], [".jp-Notebook .jp-OutputArea-output"]]
    outside = [[".jp-RenderedImage img"]]
    results = Axe().run(walker.page, context={"include": ours, "exclude": outside})
    assert results.violations_count == 0, results.generate_report()
