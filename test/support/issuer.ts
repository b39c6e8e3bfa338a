import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** Whoever issues tokens: a real HTTP server on loopback that publishes keys, and signs what it is told to. */
export interface Issuer extends AsyncDisposable {
  readonly issuer: string;
  readonly jwks: string;
  /** The keys, as they are published. */
  readonly published: { readonly keys: readonly object[] };
  /** How often the keys were fetched. */
  readonly fetched: () => number;
  /** The public key of `rsa`, as PEM: what a secret would be forged from. */
  readonly pem: string;
  /** A token; what is not given is as it should be. */
  sign(claims?: JWTPayload, key?: { kid?: string; signedBy?: 'rsa' | 'ec' | 'large' }): Promise<string>;
  /** A token that is signed with a shared secret. */
  signWithSecret(secret: Uint8Array, alg?: string): Promise<string>;
  /** A token that is signed by nobody. */
  unsigned(claims?: JWTPayload): string;
}

export const AUDIENCE = 'concordat-test';

export async function openIssuer(): Promise<Issuer> {
  const pairs = {
    rsa: await generateKeyPair('RS256', { extractable: true }),
    ec: await generateKeyPair('ES256', { extractable: true }),
    // Published, and of an algorithm that the tests do not name.
    large: await generateKeyPair('ES384', { extractable: true }),
  };
  const jwks = Object.entries(pairs).map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid }));
  const published = { keys: await Promise.all(jwks) };
  let fetched = 0;
  const server = createServer((_, response) => {
    fetched++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(published));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: issuer, aud: AUDIENCE, sub: 'ana@town.test', role: 'editor', iat: now, exp: now + 600 };
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    issuer,
    jwks: `${issuer}/keys`,
    published,
    fetched: () => fetched,
    pem: await exportSPKI(pairs.rsa.publicKey),
    sign(claims = {}, { kid = 'rsa', signedBy = 'rsa' } = {}) {
      const all = Object.fromEntries(
        Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined),
      );
      const alg = { rsa: 'RS256', ec: 'ES256', large: 'ES384' }[signedBy];
      return new SignJWT(all).setProtectedHeader({ alg, kid }).sign(pairs[signedBy].privateKey);
    },
    signWithSecret: (secret, alg = 'HS256') =>
      new CompactSign(new TextEncoder().encode(JSON.stringify({ ...usual, role: 'admin' })))
        .setProtectedHeader({ alg, kid: 'rsa' })
        .sign(secret),
    unsigned: (claims = {}) =>
      `${base64({ alg: 'none', kid: 'rsa' })}.${base64({ ...usual, role: 'admin', ...claims })}.`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
