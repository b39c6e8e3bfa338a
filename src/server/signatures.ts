import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConcordatError } from '../errors.ts';

/** Addresses that may be had without a key until a time: for tools that can send no headers. */

/** Seconds for which one is good, at most: a week. */
export const LONGEST = 604_800;
/** Parameters that a signature adds to an address. */
export const SIGNED = ['expires', 'signature'] as const;

/** HMAC-SHA-256 over the path and all parameters but itself, whatever their order and their encoding. */
export function signatureOf(secret: string, url: URL): string {
  const parameters = [...url.searchParams].filter(([name]) => name !== 'signature').sort(byText);
  const said = JSON.stringify([decoded(url.pathname), parameters]);
  return createHmac('sha256', secret).update(said).digest('base64url');
}

const byText = (a: readonly string[], b: readonly string[]): number => (a.join('=') < b.join('=') ? -1 : 1);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The same address, signed. @param now milliseconds */
export function sign(secret: string, url: URL, validFor: number, now: number): { url: string; expires: string } {
  const signed = new URL(url);
  for (const name of SIGNED) signed.searchParams.delete(name);
  signed.searchParams.sort();
  const expires = Math.floor(now / 1_000) + validFor;
  signed.searchParams.set('expires', String(expires));
  signed.searchParams.set('signature', signatureOf(secret, signed));
  return { url: signed.href, expires: new Date(expires * 1_000).toISOString() };
}

/**
 * Checks an address that says it is signed.
 * @throws FORBIDDEN where a part is missing or malformed, where anything of the address was changed, where its time is over
 */
export function checkSignature(secret: string, url: URL, now: number): void {
  const [expires, signature] = SIGNED.map((name) => url.searchParams.getAll(name)) as [string[], string[]];
  if (expires.length !== 1 || !/^\d{1,12}$/.test(expires[0] ?? ''))
    throw refused('expires', expires[0], 'The address is signed and does not say until when: expires is no number.');
  if (signature.length !== 1 || !/^[\w-]{43}$/.test(signature[0] ?? ''))
    throw refused('signature', signature[0], 'The signature of the address is malformed or incomplete.');
  const isIts = timingSafeEqual(Buffer.from(signature[0] ?? ''), Buffer.from(signatureOf(secret, url)));
  if (!isIts)
    throw refused('signature', signature[0], 'The signature is not that of this address: something of it was changed.');
  if (Number(expires[0]) * 1_000 <= now)
    throw refused(
      'expires',
      expires[0],
      `The address was good until ${new Date(Number(expires[0]) * 1_000).toISOString()}.`,
    );
}

const refused = (path: string, value: string | undefined, message: string): ConcordatError =>
  new ConcordatError('FORBIDDEN', message, {
    path: [path],
    ...(value === undefined ? {} : { value }),
    suggestion: 'Have a new one signed: POST to the address without its signature, {"validFor": seconds}.',
  });
