import { createHash } from 'node:crypto';
import { badInput, ConcordatError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { nearest } from '../model/nearest.ts';
import type { Connection } from '../store/connection.ts';
import { lookAtFeed } from '../store/log/feed.ts';
import { checkRequest, readRequest } from '../transfer/export/export-request.ts';
import type { ExportFormat } from '../transfer/export/format.ts';
import { EXPORT_FORMATS, exportFormatOf } from '../transfer/export/formats.ts';
import { exportGraph } from '../transfer/export/read-graph.ts';
import type { Access } from './access/access.ts';
import { refusedRoute } from './access/routes.ts';
import type { Asked, Handler } from './app.ts';
import { endingWith } from './event-stream.ts';
import type { Logger } from './log.ts';
import { json, refusalOfError } from './refusal.ts';
import { checkSignature, LONGEST, SIGNED, sign } from './signatures.ts';

/** `/export/<name>.<format>`: the graph, or a part of it, as a file; and addresses of such that are signed. */

export interface ExportsOptions {
  readonly connection: Connection;
  readonly model: Model;
  readonly access: Access;
  /** What addresses are signed with; asked for when it is first needed. */
  readonly secret: () => Promise<string>;
  /** Of this program: what it writes may change with it. */
  readonly version: string;
  readonly log: Logger;
  /** Exports at once, since each holds a session of the database for as long as its client takes. */
  readonly atOnce?: number;
  readonly now?: () => number;
}

/** Only these addresses are for pages of anybody: what they answer says nothing that a key did not allow. */
const CROSS_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'content-disposition, etag, retry-after, x-request-id, x-concordat-truncated, x-concordat-nodes, x-concordat-edges, x-concordat-claims',
  'cross-origin-resource-policy': 'cross-origin',
};

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, if-none-match',
  'access-control-max-age': '600',
};

export function exportsHandler(options: ExportsOptions): Handler {
  const { atOnce = 6, now = Date.now } = options;
  const run = { ...options, atOnce, now, underWay: new Set<object>() };
  return {
    access: 'by field',
    methods: ['GET', 'HEAD', 'OPTIONS', 'POST'],
    async handle(request, asked) {
      const response = await answer(run, request, asked).catch((error: unknown) => {
        if (error instanceof ConcordatError) return refusalOfError(error);
        throw error;
      });
      for (const [name, value] of Object.entries(CROSS_ORIGIN)) response.headers.set(name, value);
      return response;
    },
  };
}

interface Run extends ExportsOptions {
  readonly atOnce: number;
  readonly now: () => number;
  readonly underWay: Set<object>;
}

async function answer(run: Run, request: Request, { pathname, trace }: Asked): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT });
  const url = new URL(request.url);
  const isSigned = SIGNED.some((name) => url.searchParams.has(name)) && request.method !== 'POST';
  const refused = await refusedRoute(run.access, request, pathname, 'reader', trace);
  // Whoever has a signed address needs nothing else; but a key that is not valid, or too many requests, are refused as ever.
  if (refused && !(isSigned && refused.status === 401 && request.headers.get('authorization') === null)) return refused;
  if (isSigned) checkSignature(await run.secret(), url, run.now());
  const { name, format } = fileOf(pathname);
  const asked = readRequest(name, url.searchParams, SIGNED);
  const checked = checkRequest(run.model, asked);
  if (request.method === 'POST') return signed(run, url, await readValidFor(request));

  const { sequence, epoch } = await lookAtFeed(run.connection, request.signal);
  const etag = tagOf([sequence, epoch, run.version, format.extension, name, checked.parameters]);
  const headers: Record<string, string> = {
    'content-type': format.contentType,
    'content-disposition': dispositionOf(name, format),
    etag,
    'cache-control': 'no-cache',
  };
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  if (run.underWay.size >= run.atOnce) throw busy(run.atOnce);
  const turn = {};
  run.underWay.add(turn);
  const over = () => run.underWay.delete(turn);
  try {
    const graph = await exportGraph(run.connection, run.model, asked, request.signal);
    const { nodes, edges, claims } = graph.about.counts;
    headers['x-concordat-nodes'] = String(nodes);
    headers['x-concordat-edges'] = String(edges);
    headers['x-concordat-claims'] = String(claims);
    if (graph.about.truncated !== null) headers['x-concordat-truncated'] = headerText(graph.about.truncated);
    if (request.method === 'HEAD') {
      over();
      return new Response(null, { headers });
    }
    const { connection, model, log } = run;
    const pieces = format.write(graph, { connection, model, signal: request.signal });
    const body = bodyOf(pieces, (error) => {
      if (!request.signal.aborted) log.error({ err: error, requestId: trace.requestId }, 'an export broke off');
    });
    return endingWith(request.signal, new Response(body, { headers }), over);
  } catch (error) {
    over();
    throw error;
  }
}

/** What an address names: `/export/a graph.d3.json` is `a graph` as `d3.json`. @throws BAD_USER_INPUT */
function fileOf(pathname: string): { name: string; format: ExportFormat } {
  const given = decodedName(pathname.slice(pathname.indexOf('/', 1) + 1));
  const format = exportFormatOf(given);
  const there = EXPORT_FORMATS.map(({ extension }) => extension);
  if (!format) {
    const ending = given.slice(given.indexOf('.') + 1);
    const near = nearest(ending, there);
    throw badInput(`No export is called ${JSON.stringify(given)}: it does not end in a format.`, {
      path: ['format'],
      value: ending,
      formats: there,
      suggestion: `${near ? `Did you mean .${near}? ` : ''}It ends in one of ${there.map((each) => `.${each}`).join(', ')}.`,
    });
  }
  const name = given.slice(0, -format.extension.length - 1);
  if (name === '' || name.length > 200 || /[/\p{Cc}]/u.test(name))
    throw badInput('The name of a file has 1 to 200 characters, and no slash.', {
      path: ['name'],
      value: name,
      suggestion: `Such as /export/graph.${format.extension}.`,
    });
  return { name, format };
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badInput('The name of the file is not encoded as addresses are.', { path: ['name'], value: text });
  }
}

/** https://www.rfc-editor.org/rfc/rfc6266; the plain name for those who cannot read the other. */
function dispositionOf(name: string, { extension }: ExportFormat): string {
  const file = `${name}.${extension}`.toWellFormed();
  const plain = file.replace(/[^\w.\- ]/g, '_');
  const encoded = encodeURIComponent(file).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const tagOf = (of: readonly unknown[]): string =>
  `"${createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22)}"`;

function isKnown(request: Request, etag: string): boolean {
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  return known?.some((tag) => tag === etag || tag === '*') ?? false;
}

/** A header holds Latin letters only. */
const headerText = (text: string): string => text.replace(/[^\x20-\x7E]/g, ' ');

const SECONDS = 5;
const busy = (most: number): ConcordatError =>
  new ConcordatError('RATE_LIMITED', `At most ${most} exports are written at once, and so many are.`, {
    path: ['request'],
    limit: most,
    retryAfter: SECONDS,
    suggestion: `Try again in ${SECONDS} seconds.`,
  });

/** Pieces as the body of an answer, none written before it is wanted. Whoever stops reading ends them. */
function bodyOf(
  pieces: AsyncIterable<string | Uint8Array>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
        } catch (error) {
          onError(error);
          throw error;
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function signed(run: Run, url: URL, validFor: number): Promise<Response> {
  const made = sign(await run.secret(), url, validFor, run.now());
  return json(201, made, { location: made.url });
}

/** @throws BAD_USER_INPUT */
async function readValidFor(request: Request): Promise<number> {
  const text = await request.text();
  const suggestion = `Send {"validFor": seconds}, 1 to ${LONGEST}.`;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badInput('The body of the request is not JSON.', { path: ['body'], suggestion });
  }
  const validFor = body && typeof body === 'object' && 'validFor' in body ? body.validFor : undefined;
  if (typeof validFor === 'number' && Number.isInteger(validFor) && validFor >= 1 && validFor <= LONGEST)
    return validFor;
  throw badInput(`validFor must be a whole number of seconds, 1 to ${LONGEST}.`, {
    path: ['validFor'],
    value: validFor,
    suggestion,
  });
}
