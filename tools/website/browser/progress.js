// Stands before Pyodide's own code in the worker: tells the page how much of Python has arrived.
{
  const sizes = SIZES; // bytes of the archives and of the core, filled in when this is built
  const channel = new BroadcastChannel("nn-tutorial-python");
  let arrived = 0;
  const count = (bytes) => {
    arrived += bytes;
    channel.postMessage(Math.min(arrived / (sizes.archives + sizes.core), 1));
  };
  const read = Response.prototype.arrayBuffer;
  Response.prototype.arrayBuffer = async function () {
    const content = await read.call(this);
    count(content.byteLength);
    return content;
  };
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => {
    const core = await start.apply(WebAssembly, given);
    count(sizes.core);
    return core;
  };
}
