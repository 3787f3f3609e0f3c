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
