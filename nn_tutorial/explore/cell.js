// The page's side of an Explore cell: native controls, a picture that follows them, its words.
// One file, because a notebook loads no other. The model keeps each control's value as
// move_<name>; of many moves in a short time only the newest is sent.

const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");
const SIDE = 8; // pixels in a row of a field
const KEYS = "Press or drag. Arrow keys walk, with Shift they paint; the space bar switches a pixel.";

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const clamp = (number, low, high) => Math.min(Math.max(number, low), high);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// What a control and the model say to each other.
function linkTo(model, name, listen, atEnd) {
  const [move, get] = [`move_${name}`, () => model.get(`move_${name}`)];
  return {
    get,
    atEnd,
    set(value) {
      model.set(move, value);
      model.save_changes();
    },
    follow(heard) {
      listen(`change:${move}`, heard);
      heard();
    },
    // Resolves once there is a picture of this control's value.
    drawn: () =>
      new Promise((resolve) => {
        const forget = listen("change:shown", look);
        function look() {
          if (!same(model.get("shown")[name], get())) return;
          forget();
          resolve();
        }
        look();
      }),
  };
}

function slider({ label, texts, plays }, link, words) {
  const last = texts.length - 1;
  const input = make("input", { type: "range", min: 0, max: last, step: 1 });
  const value = make("span", { class: "nn-value", "aria-hidden": "true" });
  const name = make("span", { class: "nn-name" }, label);
  const row = make("div", { class: "nn-control" }, make("label", {}, name, input), value);
  link.follow(() => {
    input.value = link.get();
    value.textContent = texts[link.get()];
    input.setAttribute("aria-valuetext", texts[link.get()]); // said in place of a number from 0
  });
  input.addEventListener("input", () => link.set(Number(input.value)));
  if (plays) row.append(player(label, last, input, link, words));
  return row;
}

// A button that walks a slider to its end and stops there. Who wants less motion goes step by step.
function player(label, last, input, link, words) {
  const pause = clamp(12000 / last, 120, 1200); // milliseconds
  const button = make("button", { type: "button" });
  let [playing, playings] = [0, 0]; // which of them it is, 0 for none, and how many there were
  const next = () => link.set(link.get() < last ? link.get() + 1 : 0);
  const show = () => {
    button.textContent = playing ? "stop" : REDUCED.matches ? "next" : "play";
    button.setAttribute("aria-label", `${button.textContent}: ${label}`);
    // While it plays, nobody wants each picture read out.
    words.setAttribute("aria-live", playing ? "off" : "polite");
  };
  const stop = () => {
    playing = 0;
    show();
  };
  const play = async () => {
    const mine = (playing = ++playings);
    show();
    while (playing === mine && button.isConnected) {
      if (link.get() === last - 1) stop(); // so that the last words are read out
      next();
      await Promise.all([link.drawn(), new Promise((wake) => setTimeout(wake, pause))]);
    }
  };
  button.addEventListener("click", () => {
    if (playing) stop();
    else if (REDUCED.matches) next();
    else play();
  });
  input.addEventListener("input", stop);
  REDUCED.addEventListener("change", show);
  link.atEnd(() => REDUCED.removeEventListener("change", show));
  show();
  return button;
}

function choice({ label, texts }, link) {
  const options = texts.map((text, position) => make("option", { value: position }, text));
  const select = make("select", {}, ...options);
  const name = make("span", { class: "nn-name" }, label);
  link.follow(() => (select.value = link.get()));
  select.addEventListener("change", () => link.set(Number(select.value)));
  return make("div", { class: "nn-control" }, make("label", {}, name, select));
}

// A grid of 64 buttons, of which the Tab key reaches one.
function pixels({ label, undo }, link) {
  const buttons = Array.from({ length: SIDE * SIDE }, () => make("button", { type: "button" }));
  const keys = make("p", { id: `nn-${Math.random().toString(36).slice(2)}` }, KEYS);
  const grid = make("div", { role: "grid", "aria-label": label, "aria-describedby": keys.id });
  for (let k = 0; k < buttons.length; k += SIDE) {
    const cells = buttons.slice(k, k + SIDE).map((b) => make("div", { role: "gridcell" }, b));
    grid.append(make("div", { role: "row" }, ...cells));
  }
  const reach = (here) => buttons.forEach((button, k) => (button.tabIndex = k === here ? 0 : -1));
  const field = {
    grid,
    buttons,
    turned: (k) => (link.get().value[k] ? 0 : 1),
    put(k, value) {
      const now = link.get();
      if (now.value[k] === value) return;
      link.set({ ...now, value: Object.assign([...now.value], { [k]: value }) });
    },
    visit(k) {
      reach(k);
      buttons[k].focus({ preventScroll: true });
    },
  };
  reach(0);
  link.follow(() => {
    const { value, under } = link.get();
    buttons.forEach((button, k) => {
      const ink = Math.abs(under[k] - value[k]);
      const shade = { 0: "white", 1: "black" }[ink] ?? `${Math.round(100 * ink)} % grey`;
      const place = `row ${1 + Math.floor(k / SIDE)}, column ${1 + (k % SIDE)}`;
      button.style.backgroundColor = `rgb(${Array(3).fill(Math.round(255 * (1 - ink)))})`;
      button.setAttribute("aria-label", `${place}, ${shade}`);
      button.setAttribute("aria-pressed", value[k] > 0);
    });
  });
  walk(field);
  paint(field);
  const back = make("button", { type: "button" }, undo);
  back.addEventListener("click", () => link.set({ ...link.get(), value: buttons.map(() => 0) }));
  const title = make("span", { "aria-hidden": "true" }, label); // the grid has the same name
  return make("div", { class: "nn-pixels" }, title, grid, keys, back);
}

function walk({ grid, buttons, turned, put, visit }) {
  grid.addEventListener("keydown", (event) => {
    const k = buttons.indexOf(event.target);
    const [row, column] = [Math.floor(k / SIDE), k % SIDE];
    const to = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, SIDE - 1],
    }[event.key];
    if (k < 0 || !to) return;
    event.preventDefault(); // the page stays where it is
    const [down, right] = to.map((place) => clamp(place, 0, SIDE - 1));
    if (event.shiftKey) put(SIDE * down + right, 1 - turned(k));
    visit(SIDE * down + right);
  });
  grid.addEventListener("click", (event) => {
    const k = buttons.indexOf(event.target);
    if (k >= 0 && event.detail === 0) put(k, turned(k)); // by a key, not by a pointer
  });
}

function paint({ grid, turned, put, visit }) {
  let value = null; // what the pointer paints while it is down
  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = grid.getBoundingClientRect();
    const column = Math.floor((SIDE * (clientX - left)) / width);
    const row = Math.floor((SIDE * (clientY - top)) / height);
    const inside = [row, column].every((place) => place >= 0 && place < SIDE);
    return inside ? SIDE * row + column : -1;
  };
  grid.addEventListener("pointerdown", (event) => {
    const k = at(event);
    if (event.button !== 0 || k < 0) return;
    event.preventDefault(); // no text is selected
    grid.setPointerCapture(event.pointerId);
    value = turned(k);
    visit(k);
    put(k, value);
  });
  grid.addEventListener("pointermove", (event) => {
    const k = at(event);
    if (value !== null && k >= 0) put(k, value);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    grid.addEventListener(end, () => (value = null));
  }
}

// The picture is replaced once the next one can be drawn: it never flickers, and nothing jumps.
function pictureOf(model, words) {
  let image = make("img", { alt: "" });
  let [newest, seen] = [0, 0];
  const show = async () => {
    const [bytes, text, mine] = [model.get("picture"), model.get("words"), ++newest];
    const next = make("img", { alt: "The picture that the words below describe." });
    next.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    await next.decode();
    if (mine < seen) return URL.revokeObjectURL(next.src);
    URL.revokeObjectURL(image.src);
    image.replaceWith(next);
    [image, seen] = [next, mine];
    words.textContent = text;
  };
  return { image, show };
}

// Else JupyterLab takes the arrow keys: its shortcuts look at the element with the focus first.
// With Ctrl it may have them: it saves, and the browser does not.
function keepKeys(root) {
  const controls = root.querySelectorAll("input, select, button");
  const keep = ({ ctrlKey = false, metaKey = false }) => {
    for (const control of controls) {
      control.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey));
    }
  };
  for (const kind of ["focusin", "keydown", "keyup"]) root.addEventListener(kind, keep);
  keep({});
}

const BUILD = { slider, choice, pixels };

function render({ model, el }) {
  const ends = [];
  const atEnd = (end) => ends.push(end);
  const listen = (event, heard) => {
    const forget = () => model.off(event, heard);
    model.on(event, heard);
    atEnd(forget);
    return forget;
  };
  const words = make("p", { role: "status", "aria-live": "polite" });
  const root = make("div", { class: "nn-explore" });
  const groups = { "": root };
  for (const [name, described] of Object.entries(model.get("described"))) {
    const title = described.group ?? "";
    if (!groups[title]) {
      groups[title] = make("fieldset", {}, make("legend", {}, title));
      root.append(groups[title]);
    }
    const link = linkTo(model, name, listen, atEnd);
    groups[title].append(BUILD[described.kind](described, link, words));
  }
  keepKeys(root);
  const { image, show } = pictureOf(model, words);
  root.append(image, words);
  el.append(root);
  listen("change:drawings", show);
  show();
  return () => ends.forEach((end) => end());
}

export default { render };
