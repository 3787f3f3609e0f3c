// Start Python under Node as the browser edition starts it, run a file, and write the text that its
// function `main` returns.
//
// node under_node.mjs PYODIDE_MJS FOLDER OPTIONS SCRIPT OUT
import { readFileSync, writeFileSync } from "node:fs";

// The kernel takes stderr away, so Pyodide itself would have no words for what went wrong.
const CALL = `
import traceback
result, problem = "", None
try:
    result = main()
except BaseException:
    problem = traceback.format_exc()`;
const [, , mjs, folder, options, script, out] = process.argv;
try {
  const { loadPyodide } = await import(mjs);
  const python = await loadPyodide({ indexURL: folder, ...JSON.parse(options) });
  python.runPython(readFileSync(script, "utf-8"));
  python.runPython(CALL);
  if (python.globals.get("problem")) throw new Error(python.globals.get("problem"));
  writeFileSync(out, python.globals.get("result"));
} catch (error) {
  console.error(error.message); // Node itself would print a page of Pyodide's code before it
  process.exit(1);
}
