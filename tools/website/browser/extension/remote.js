// An extension of JupyterLab, written as its loader wants it: folds the sidebars, so that a chapter
// has the width, says in each chapter how far Python is, and runs no cell before it can; what a
// reader has moved before a reload waits for the next run.
{
  let scope; // the modules that JupyterLab shares with its extensions
  const shared = async (name) => (await Object.values(scope[name])[0].get())();

  const WAITING = "Python is being fetched. Read on: a cell that you run now waits for it.";
  const STARTING = "Python starts. Read on: a cell that you run now waits for it.";
  const READY = "Python is ready. Begin at the top: Shift+Enter runs a cell.";
  const LOOK = `position: absolute; z-index: 10; bottom: 12px; left: 50%; transform: translateX(-50%);
    width: max-content; max-width: calc(100% - 48px); padding: 8px 16px; border-radius: 6px;
    background: #1f2937; color: #fff; font: 14px/1.4 sans-serif; box-shadow: 0 2px 8px #0006;`;

  // JupyterLab's own spinner turns while Python starts, and takes a tenth of the processor from it.
  const still = document.createElement("style");
  still.textContent = ".jp-KernelStatus-spinner, .jp-KernelStatus-spinner * { animation: none !important; }";
  document.head.append(still);

  // Tell how far Python is at the foot of this chapter, until some seconds after it is ready.
  const tell = async (panel, arrival) => {
    const box = document.createElement("div");
    box.style.cssText = LOOK;
    box.className = "nn-tutorial-python";
    const words = document.createElement("div");
    words.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Python has arrived");
    bar.style.width = "100%";
    bar.value = 0;
    box.append(words, bar);
    panel.node.append(box);
    words.textContent = WAITING;
    const move = ({ data }) => {
      bar.value = data;
      if (data === 1) words.textContent = STARTING;
    };
    arrival.addEventListener("message", move);
    await panel.sessionContext.ready;
    await panel.sessionContext.session?.kernel?.info; // comes when Python can answer
    arrival.removeEventListener("message", move);
    words.textContent = READY;
    bar.remove();
    setTimeout(() => box.remove(), 8000);
  };

  // A widget of an earlier visit has no Python behind it: in its place stand the cell's words.
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const takeOut = async (panel) => {
    await panel.context.ready;
    for (const { outputs } of panel.content.model.cells) {
      const kept = outputs?.toJSON() ?? [];
      if (!kept.some(({ data }) => data?.[WIDGET])) continue;
      for (const { data } of kept) if (data) delete data[WIDGET];
      outputs.fromJSON(kept);
    }
  };

  const plugins = async () => {
    const { INotebookTracker, INotebookCellExecutor, runCell } = await shared("@jupyterlab/notebook");
    const { ILabShell } = await shared("@jupyterlab/application");
    // Stands in for JupyterLab's own, which forgets a cell that is run while the session starts.
    const executor = {
      id: "nn-tutorial:cell-executor",
      autoStart: true,
      provides: INotebookCellExecutor,
      activate: () => ({
        runCell: async (options) => {
          await options.sessionContext?.ready;
          return runCell(options);
        },
      }),
    };
    const reader = {
      id: "nn-tutorial:reader",
      autoStart: true,
      requires: [INotebookTracker, ILabShell],
      activate: (app, chapters, shell) => {
        const arrival = new BroadcastChannel("nn-tutorial-python");
        // JupyterLab opens the file browser with the chapter; the reader may open it again.
        const fold = () => {
          if (!shell.leftCollapsed) shell.collapseLeft();
          if (!shell.rightCollapsed) shell.collapseRight();
        };
        const leave = () => shell.layoutModified.disconnect(fold);
        shell.layoutModified.connect(fold);
        for (const event of ["pointerdown", "keydown"])
          document.addEventListener(event, leave, { once: true, capture: true });
        // JupyterLite forgets what was open: a reload finds it in the address.
        chapters.currentChanged.connect((_, panel) => {
          const address = new URL(location);
          if (panel) address.searchParams.set("path", panel.context.path);
          history.replaceState(null, "", address);
        });
        const greet = (panel) => {
          tell(panel, arrival);
          takeOut(panel);
        };
        chapters.forEach(greet);
        chapters.widgetAdded.connect((_, panel) => greet(panel));
      },
    };
    return [executor, reader];
  };

  (window._JUPYTERLAB ??= {})["nn-tutorial"] = {
    init: (given) => void (scope = given),
    get: async () => {
      const found = await plugins();
      return () => ({ __esModule: true, default: found });
    },
  };
}
