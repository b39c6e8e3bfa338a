import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Handler } from './app.ts';
import { refusal } from './refusal.ts';

/** The explorer's page and what it is made of, from the folder that Vite wrote. */

/** The page may run and show what is its own, ask this server, and nothing else. */
export const EXPLORER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What answers at `/explore` and at every address below. The page is the same for all; what it asks for is not.
 * @param folder with `index.html`; it is read once, when the page is first asked for
 */
export function explorerHandlers(folder: string): Readonly<Record<string, Handler>> {
  let made: Promise<ReadonlyMap<string, Asset>> | null = null;
  const handler: Handler = {
    access: 'anybody',
    methods: ['GET', 'HEAD'],
    async handle(request, { pathname }) {
      made ??= readAssets(folder).catch((error: unknown) => {
        made = null;
        throw error;
      });
      const assets = await made;
      if (assets.size === 0) return refusal(404, 'The explorer is not built.', 'Run npm run build, then ask again.');
      // Only what was found in the folder has an address: there is no way out of it.
      const asset = assets.get(pathname.slice('/explore'.length).replace(/^\//, '') || 'index.html');
      if (!asset)
        return refusal(
          404,
          `There is nothing at ${pathname}.`,
          'The explorer is at /explore.',
          {},
          { value: pathname },
        );
      const { headers, bytes } = asset;
      const known = (request.headers.get('if-none-match') ?? '')
        .split(',')
        .map((tag) => tag.trim().replace(/^W\//, ''));
      return known.includes(headers['etag'] ?? '') || known.includes('*')
        ? new Response(null, { status: 304, headers })
        : new Response(bytes, { headers });
    },
  };
  return { '/explore': handler, '/explore/': handler };
}

/** By path from the folder; none where there is no such folder. */
async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = found.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined);
  return new Map(
    await Promise.all(
      files.map(async (entry): Promise<[string, Asset]> => {
        const file = join(entry.parentPath, entry.name);
        const path = relative(folder, file).split(sep).join('/');
        const bytes = new Uint8Array(await readFile(file));
        // The names of assets hold a hash of what is in them.
        const caching = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
        const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
        const policy = path.endsWith('.html') ? { 'content-security-policy': EXPLORER_POLICY } : {};
        const type = TYPES[extname(path)] ?? 'application/octet-stream';
        return [path, { bytes, headers: { 'content-type': type, 'cache-control': caching, etag, ...policy } }];
      }),
    ),
  );
}
