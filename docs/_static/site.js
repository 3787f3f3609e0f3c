// What is wider than its place can be scrolled by the arrow keys, too.
function reachable() {
  const wide = ".highlight pre, .formula, .output, .pst-scrollable-table-container, .cell_output";
  for (const element of document.querySelectorAll(wide)) {
    if (element.scrollWidth > element.clientWidth + 1) element.tabIndex = 0;
  }
}
window.addEventListener("load", reachable);
window.addEventListener("resize", reachable);
document.addEventListener("toggle", reachable, true); // what was folded has no width before

// On a phone the contents lie over the page: whoever has chosen an entry wants to see where it leads.
document.addEventListener("click", ({ target }) => {
  if (target.closest("dialog a")) target.closest("dialog").close();
});
