import { createHash } from 'node:crypto';

/**
 * A fixed text with an ETag. It is made when it is first asked for: a process that nobody has asked yet should not hold
 * megabytes of pages. It is kept as bytes, outside the heap of JavaScript.
 */

export interface Text {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers requests for a text, with 304 to those who have it already. */
export function servedText(make: () => Text | Promise<Text>): (request: Request) => Promise<Response> {
  let made: ReturnType<typeof prepare> | null = null;
  return async (request) => {
    made ??= prepare(make).catch((error: unknown) => {
      made = null;
      throw error;
    });
    const { bytes, headers, etag } = await made;
    const known = request.headers
      .get('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''));
    return known?.includes(etag) || known?.includes('*')
      ? new Response(null, { status: 304, headers })
      : new Response(bytes, { headers });
  };
}

async function prepare(make: () => Text | Promise<Text>) {
  const { body, headers } = await make();
  const bytes = new TextEncoder().encode(body);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { bytes, etag, headers: { ...headers, etag, 'cache-control': 'no-cache' } };
}
