/**
 * A stream of events that ends when its client has gone. Node's side of the answer stops reading then, and says so to
 * nobody: the stream would keep its timer, and what it waits for, for ever.
 * @param onEnd called when it is over, however it ends
 */
export function endingWith(signal: AbortSignal, response: Response, onEnd: () => void = () => {}): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const over = () => {
    signal.removeEventListener('abort', cancel);
    onEnd();
  };
  const cancel = () => {
    // Whoever is gone takes nothing more, so that nothing else would say that it is over.
    over();
    reader.cancel().catch(() => {});
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          over();
          throw error;
        });
        if (!done) return controller.enqueue(value);
        over();
        controller.close();
      },
      async cancel(reason) {
        over();
        await reader.cancel(reason);
      },
    },
    // Nothing is read ahead of whoever takes it.
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
