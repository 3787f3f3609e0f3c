// What a reader sees and moves of network.js: the diagram, nine sliders, and training.

(() => {
  const { forward, loss, plain, scale, step, words } = nnNetwork;
  const [LARGEST, RATE, STEPS, DETAILED] = [3, 1.5, 1000, 30];
  const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");
  // Where the circles stand, as in the series' own diagram: no two numbers on lines meet.
  const [ACROSS, INPUTS, HIDDEN, OUTPUT] = [[120, 300, 480], [65, 285], [50, 175, 300], [175]];
  const FROM = ["hours studied", "hours slept"];

  function html(name, attributes = {}, ...children) {
    return fill(document.createElement(name), attributes, children);
  }

  function svg(name, attributes = {}, ...children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
  }

  function fill(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // Where a weight's line runs, and who is at its ends.
  const LINES = [
    ...INPUTS.flatMap((from, i) => HIDDEN.map((to, j) => ({ layer: 0, i, j, from, to }))),
    ...HIDDEN.map((from, i) => ({ layer: 1, i, j: 0, from, to: OUTPUT[0] })),
  ];

  const between = (from, to, layer) => from + (layer ? 0.45 : 0.36) * (to - from);

  function diagram() {
    const lines = LINES.map(({ layer, from, to }) =>
      svg("line", { x1: ACROSS[layer], y1: from, x2: ACROSS[layer + 1], y2: to }),
    );
    const circle = (x, y) => {
      const value = svg("text", { x, y: y + 5 });
      return [svg("g", {}, svg("circle", { cx: x, cy: y, r: 30 }), value), value];
    };
    const layers = [INPUTS, HIDDEN, OUTPUT].map((ys, k) => ys.map((y) => circle(ACROSS[k], y)));
    const names = FROM.flatMap((name, i) =>
      name.split(" ").map((word, k) => {
        const place = { x: ACROSS[0] - 40, y: INPUTS[i] + 19 * k - 4, class: "before" };
        return svg("text", place, word);
      }),
    );
    names.push(svg("text", { x: ACROSS[2] + 40, y: OUTPUT[0] + 5, class: "behind" }, "score"));
    const marks = LINES.map(({ layer, from, to }) => {
      const [x, y] = [between(ACROSS[layer], ACROSS[layer + 1], layer), between(from, to, layer)];
      const text = svg("text", { x, y: y + 5 });
      return [svg("g", {}, svg("rect", { x: x - 20, y: y - 12, width: 40, height: 24 }), text), text];
    });
    const picture = svg(
      "svg",
      { viewBox: "8 12 575 328", role: "img", "aria-label": "The network, with the numbers of one student" },
      ...lines,
      ...marks.map(([group]) => group),
      ...layers.flat().map(([group]) => group),
      ...names,
    );
    return {
      picture,
      lines,
      marks: marks.map(([, text]) => text),
      values: layers.map((layer) => layer.map(([, value]) => value)),
    };
  }

  function slider(name, group, moved) {
    const input = html("input", { type: "range", min: -LARGEST, max: LARGEST, step: 0.1 });
    input.setAttribute("aria-label", `weight ${group} ${name}`);
    const value = html("span", { class: "value", "aria-hidden": "true" });
    const title = html("span", { class: "title", "aria-hidden": "true" }, name, " ", value);
    input.addEventListener("input", () => moved(Number(input.value)));
    return { input, value, row: html("div", { class: "weight" }, title, input) };
  }

  function curve() {
    const line = svg("polyline", {});
    const labels = [1, 0.1, 0.01, 0.001].map((value) =>
      svg("text", { x: 62, y: across(0, value)[1] + 4 }, String(value)),
    );
    const rival = across(0, 0.0006)[1];
    const picture = svg(
      "svg",
      { viewBox: "0 0 600 212", role: "img", "aria-label": "The loss after each training step, on a logarithmic axis" },
      svg("path", { d: "M70 10V180H592", class: "axes" }),
      svg("path", { d: `M70 ${rival}H592`, class: "rival" }),
      svg("text", { x: 588, y: rival - 6, class: "end" }, "always answering 89"),
      ...labels,
      svg("text", { x: 588, y: 202, class: "end" }, `step ${STEPS}`),
      svg("text", { x: 70, y: 202, class: "begin" }, "step 0"),
      line,
    );
    return { picture, draw: (all) => line.setAttribute("points", all.map((v, n) => across(n, v)).join(" ")) };
  }

  // From 1 at the top to 0.0001 at the bottom.
  function across(n, value) {
    const down = Math.min(4, Math.max(0, -Math.log10(value)));
    return [70 + (522 * n) / STEPS, 10 + (170 * down) / 4];
  }

  function begin(place) {
    const data = JSON.parse(place.querySelector("script").textContent);
    const [X, y] = [scale(data.X), data.y.map((points) => points / 100)];
    const state = { weights: [data.W1, data.W2], student: 0, losses: [], running: 0 };
    const drawn = diagram();
    const says = html("p", { class: "says" });
    const told = html("p", { class: "words", role: "status", "aria-live": "polite" });
    const weight = ({ layer, i, j }) => state.weights[layer][i][j];

    function show() {
      const now = forward(X[state.student], ...state.weights);
      [X[state.student], now.a1, [now.a2]].forEach((numbers, k) =>
        numbers.forEach((number, n) => (drawn.values[k][n].textContent = plain(number, 2))),
      );
      LINES.forEach((line, k) => {
        drawn.lines[k].style.strokeWidth = 1 + 3 * Math.min(LARGEST, Math.abs(weight(line)));
        drawn.lines[k].classList.toggle("negative", weight(line) < -0.0499);
        sliders[k].input.value = weight(line);
        sliders[k].input.setAttribute("aria-valuetext", plain(weight(line), 1));
        sliders[k].value.textContent = drawn.marks[k].textContent = plain(weight(line), 1);
      });
      const score = html("strong", {}, `${(100 * now.a2).toFixed(2)} points`);
      says.replaceChildren("The network says ", score, `. The exam said ${data.y[state.student]}.`);
      told.textContent = words(now, data.y[state.student]);
    }

    function look(k) {
      drawn.lines.forEach((line, n) => line.classList.toggle("seen", n === k));
      drawn.marks.forEach((mark, n) => mark.classList.toggle("seen", n === k));
    }

    const groups = [...FROM.map((name) => `from ${name} to`), "to the score from"];
    const sliders = LINES.map((line, k) => {
      const { layer, i, j } = line;
      const name = `neuron ${1 + (layer ? i : j)}`;
      const made = slider(name, groups[layer ? 2 : i], (value) => {
        state.running = 0;
        state.weights = state.weights.map((W, l) =>
          W.map((row, r) => row.map((w, c) => (l === layer && r === i && c === j ? value : w))),
        );
        show();
        look(k);
      });
      made.input.addEventListener("focus", () => look(k));
      made.input.addEventListener("blur", () => look(null));
      return made;
    });
    const fields = groups.map((name, g) =>
      html("fieldset", {}, html("legend", {}, name), ...sliders.slice(3 * g, 3 * g + 3).map((s) => s.row)),
    );
    const students = data.X.map(([studied, slept], n) => {
      const input = html("input", { type: "radio", name: "student" });
      input.checked = n === 0;
      input.addEventListener("change", () => {
        state.student = n;
        show();
      });
      const text = html("span", {}, `${studied} h studied, ${slept} h slept`);
      return html("label", {}, input, " ", text);
    });
    const who = html("fieldset", { class: "students" }, html("legend", {}, "student"), ...students);
    const side = html("div", { class: "controls" }, who, ...fields);
    place.replaceChildren(html("div", { class: "seen-at-once" }, drawn.picture, says), side);
    place.append(...(place.dataset.training ? training(state, X, y, data, show) : [told]));
    show();
  }

  function training(state, X, y, data, show) {
    const drawn = curve();
    const train = html("button", { type: "button", class: "first" }, `Train: ${STEPS.toLocaleString("en")} steps`);
    const back = html("button", { type: "button" }, "Back to the start");
    const told = html("p", { role: "status", "aria-live": "polite" });
    const report = () => {
      const now = state.losses.at(-1) ?? loss(X, y, ...state.weights);
      const n = Math.max(0, state.losses.length - 1);
      told.textContent = `Loss after ${n} ${n === 1 ? "step" : "steps"}: ${now.toFixed(6)}. Always answering 89: 0.000600.`;
    };
    const some = (count) => {
      for (let k = 0; k < count && state.losses.length <= STEPS; k++) {
        state.weights = step(X, y, ...state.weights, RATE);
        state.losses.push(loss(X, y, ...state.weights));
      }
      drawn.draw(state.losses);
      show();
    };
    train.addEventListener("click", () => {
      const mine = (state.running = performance.now());
      state.losses = [loss(X, y, ...state.weights)];
      const frame = () => {
        if (state.running !== mine) return report();
        some(REDUCED.matches ? STEPS : state.losses.length < DETAILED ? 1 : 8);
        if (state.losses.length <= STEPS) requestAnimationFrame(frame);
        else report();
      };
      frame();
    });
    back.addEventListener("click", () => {
      Object.assign(state, { weights: [data.W1, data.W2], losses: [], running: 0 });
      drawn.draw([]);
      show();
      report();
    });
    report();
    const buttons = html("p", { class: "buttons" }, train, back);
    return [html("div", { class: "training" }, buttons, drawn.picture, told)];
  }

  document.querySelectorAll(".network").forEach(begin);
})();
