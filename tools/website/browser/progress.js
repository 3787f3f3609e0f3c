// Stands before Pyodide's own code in the worker: tells the page how much of Python has arrived.
{
  const total = TOTAL; // bytes of all files that a start fetches, filled in when this is built
  const channel = new BroadcastChannel("nn-tutorial-python");
  const fetched = self.fetch.bind(self);
  let arrived = 0;
  self.fetch = async (...request) => {
    const answer = await fetched(...request);
    if (!answer.ok || !answer.body) return answer;
    const counted = new TransformStream({
      transform(chunk, controller) {
        arrived += chunk.byteLength;
        channel.postMessage(Math.min(arrived / total, 1));
        controller.enqueue(chunk);
      },
    });
    return new Response(answer.body.pipeThrough(counted), answer);
  };
}
