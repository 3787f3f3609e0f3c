// Explore cells without a kernel: their own controls, over pictures that were drawn beforehand.
import cell from "./cell.js";

// What anywidget's model does, with every answer stored.
class Stored {
  constructor(data, folder) {
    Object.assign(this, { data, folder, heard: new Map(), pictures: new Map(), newest: 0 });
    this.values = { described: data.described, drawings: 0 };
    for (const [name, place] of Object.entries(data.start)) this.values[`move_${name}`] = place;
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    this.tell(name);
  }

  on(event, listener) {
    if (!this.heard.has(event)) this.heard.set(event, new Set());
    this.heard.get(event).add(listener);
  }

  off(event, listener) {
    this.heard.get(event)?.delete(listener);
  }

  tell(name) {
    for (const listener of [...(this.heard.get(`change:${name}`) ?? [])]) listener();
  }

  async save_changes() {
    const mine = ++this.newest;
    const shown = {};
    let index = 0;
    for (const [name, { texts }] of Object.entries(this.data.described)) {
      shown[name] = this.get(`move_${name}`);
      index = index * texts.length + shown[name];
    }
    const picture = await this.picture(this.data.pictures[index]);
    if (mine !== this.newest) return;
    Object.assign(this.values, { picture, words: this.data.words[index], shown });
    this.values.drawings += 1;
    this.tell("shown");
    this.tell("drawings");
  }

  picture(number) {
    if (!this.pictures.has(number)) {
      const address = `${this.folder}${this.data.name}-${number}.webp`;
      this.pictures.set(number, fetch(address).then((answer) => answer.arrayBuffer()));
    }
    return this.pictures.get(number);
  }

  fetchAll() {
    for (const number of new Set(this.data.pictures)) this.picture(number);
  }
}

async function bring(place) {
  const data = JSON.parse(place.querySelector("script").textContent);
  const model = new Stored(data, new URL("../moving/", import.meta.url));
  await model.save_changes();
  const root = document.createElement("div");
  cell.render({ model, el: root });
  place.querySelector(".words").replaceWith(root);
  for (const event of ["focusin", "pointerenter"]) {
    root.addEventListener(event, () => model.fetchAll(), { once: true });
  }
}

// Only when it comes into view: the first load stays small.
const watch = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      bring(target);
    }
  },
  { rootMargin: "600px" },
);
for (const place of document.querySelectorAll(".moving")) {
  if (place.querySelector("script")) watch.observe(place);
}
