// Typeset formulas while the site is built: no reader's machine has to.
// Reads [[tex, display], …] as JSON, writes {"html": [...], "css": "..."}. Called by formulas.py.
const fs = require("fs");
const [, , mathjax, fonts] = process.argv;

const settings = {
  loader: { load: ["input/tex", "output/chtml", "a11y/assistive-mml"] },
  chtml: { fontURL: fonts },
};
require(mathjax + "/es5/node-main.js")
  .init(settings)
  .then((MathJax) => {
    const adaptor = MathJax.startup.adaptor;
    const formulas = JSON.parse(fs.readFileSync(0, "utf8"));
    const html = formulas.map(([tex, display]) => {
      const node = adaptor.outerHTML(MathJax.tex2chtml(tex, { display }));
      if (node.includes("merror")) throw new Error("no formula: " + tex);
      return node;
    });
    const css = adaptor.textContent(MathJax.chtmlStylesheet());
    process.stdout.write(JSON.stringify({ html, css }));
  })
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
