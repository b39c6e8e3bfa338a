import type { ExportRequest } from '../transfer/export/export-request.ts';
import type { ExportFormat } from '../transfer/export/format.ts';
import { authorization, fetchFrom, type ServerOptions, serverBase } from './ask/ask-server.ts';
import { type AnsweredError, AnswerRefused } from './error-text.ts';
import type { Exporting } from './export.ts';

/** An export that a server writes: the same address that a browser would ask. */
export async function exportFromServer(
  request: ExportRequest,
  { extension }: ExportFormat,
  { url, key, signal }: ServerOptions,
): Promise<Exporting> {
  const address = `${serverBase(url)}/export/${encodeURIComponent(request.name)}.${extension}${parameters(request)}`;
  const response = await fetchFrom(address, { headers: authorization(key), signal });
  if (!response.ok || !response.body) throw await refusal(response);
  return {
    chunks: response.body as AsyncIterable<Uint8Array>,
    counts: countsOf(response.headers),
    truncated: response.headers.get('x-concordat-truncated'),
    [Symbol.asyncDispose]: async () => {},
  };
}

function countsOf(headers: Headers): Exporting['counts'] {
  const [nodes, edges] = [headers.get('x-concordat-nodes'), headers.get('x-concordat-edges')];
  return nodes === null || edges === null ? null : { nodes: Number(nodes), edges: Number(edges) };
}

function parameters({ name: _, view, ...rest }: ExportRequest): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(rest))
    search.set(key, Array.isArray(value) ? value.join(',') : String(value));
  if (view !== 'contracted') search.set('view', view);
  return search.size > 0 ? `?${search}` : '';
}

/** What the server says instead, in its own words. */
async function refusal(response: Response): Promise<AnswerRefused> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as { errors?: AnsweredError[] };
    if (errors && errors.length > 0) return new AnswerRefused(errors);
  } catch {
    // What is no JSON is told by its status below.
  }
  return new AnswerRefused([
    {
      message: `The server answered ${response.status} ${response.statusText}.`,
      extensions: { suggestion: 'Look whether it is a concordat server, and of this version.' },
    },
  ]);
}
