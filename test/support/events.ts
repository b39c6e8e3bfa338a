/** A client of server-sent events, by the words of https://html.spec.whatwg.org/multipage/server-sent-events.html. */

export interface Told {
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

export interface Events {
  readonly status: number;
  /** The next answer; null when the server has said that there will be no more. */
  next(): Promise<Told | null>;
  /** So many of them. */
  take(count: number): Promise<Told[]>;
  /** Goes away without a word. */
  leave(): void;
}

/** Subscribes over a port. */
export async function subscribe(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Events> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  const answers = parsed(response);
  const next = async () => (await answers.next()).value ?? null;
  return {
    status: response.status,
    next,
    async take(count) {
      const taken: Told[] = [];
      while (taken.length < count) {
        const one = await next();
        if (one === null) throw new Error(`the stream ended after ${taken.length} answers`);
        taken.push(one);
      }
      return taken;
    },
    leave: () => leaving.abort(),
  };
}

/** The data of each `next` event, until `complete`. */
async function* parsed({ body }: Response): AsyncGenerator<Told, undefined> {
  if (!body) return undefined;
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      if (lines.includes('event: complete')) return undefined;
      const data = lines.find((line) => line.startsWith('data: '));
      if (data !== undefined) yield JSON.parse(data.slice('data: '.length)) as Told;
    }
  }
  throw new Error('the stream was broken off');
}
