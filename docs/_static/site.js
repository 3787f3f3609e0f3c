// What is wider than its place can be scrolled by the arrow keys, too.
const WIDE = ".highlight pre, .formula, .output, .pst-scrollable-table-container, .cell_output";
function reachable(elements) {
  const wide = elements.filter(element => element.scrollWidth > element.clientWidth + 1);
  for (const element of wide) element.tabIndex = 0;
}
const reachableNow = () => reachable([...document.querySelectorAll(WIDE)]);
window.addEventListener("resize", reachableNow);
document.addEventListener("toggle", reachableNow, true); // what was folded has no width before

// At first a few at a time, when there is nothing else to do: what is out of sight is laid out for it.
const whenIdle = window.requestIdleCallback ?? (call => setTimeout(call, 20));
window.addEventListener("load", () => {
  const left = [...document.querySelectorAll(WIDE)];
  const next = () => {
    reachable(left.splice(0, 4));
    if (left.length) whenIdle(next);
  };
  whenIdle(next);
});

// On a phone the contents lie over the page: whoever has chosen an entry wants to see where it leads.
document.addEventListener("click", ({ target }) => {
  if (target.closest("dialog a")) target.closest("dialog").close();
});
