import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckToken, type TokenSettings, tokenCheck } from '../../src/server/access/json-web-tokens.ts';
import { AUDIENCE, type Issuer, openIssuer } from '../support/issuer.ts';
import { testServer } from '../support/server.ts';

/** Tokens, as an issuer makes them and as others forge them. */

let issuer: Issuer;
let check: CheckToken;
const settings = (): TokenSettings => ({
  jwks: issuer.jwks,
  issuer: issuer.issuer,
  audience: AUDIENCE,
  algorithms: ['RS256', 'ES256'],
  roleClaim: 'role',
});
beforeAll(async () => {
  issuer = await openIssuer();
  check = await tokenCheck(settings());
});
afterAll(() => issuer[Symbol.asyncDispose]());

const seconds = (more: number) => Math.floor(Date.now() / 1000) + more;

describe('a token', () => {
  it('says who sends it, in which role and until when, by either algorithm', async () => {
    for (const kid of ['rsa', 'ec'] as const)
      expect(await check(await issuer.sign({}, { kid, signedBy: kid }))).toEqual({
        holder: { name: 'ana@town.test', role: 'editor', expiresAt: expect.any(Date) },
      });
  });

  it('may be for several audiences, and name several roles, of which the highest counts', async () => {
    const token = await issuer.sign({ aud: ['other', AUDIENCE], role: ['reader', 'curator', 'cook', 'editor'] });
    expect(await check(token)).toMatchObject({ holder: { role: 'curator' } });
  });

  it('says its role in the claim that is configured', async () => {
    const other = await tokenCheck({ ...settings(), roleClaim: 'https://town.test/role' });
    expect(await other(await issuer.sign({ role: 'admin', 'https://town.test/role': 'reader' }))).toMatchObject({
      holder: { role: 'reader' },
    });
    expect(await other(await issuer.sign())).toMatchObject({ refused: /names no role/ });
  });

  it('is checked with keys in a file as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-keys-'));
    const file = join(folder, 'keys.json');
    writeFileSync(file, JSON.stringify(issuer.published));
    const before = issuer.fetched();
    const fromFile = await tokenCheck({ ...settings(), jwks: file });
    expect(await fromFile(await issuer.sign())).toHaveProperty('holder');
    expect(issuer.fetched()).toBe(before);
    writeFileSync(file, '{"keys": 3}');
    await expect(tokenCheck({ ...settings(), jwks: file })).rejects.toThrow(/CONCORDAT_JWT_JWKS=.*cannot be read/);
    rmSync(folder, { recursive: true });
  });

  it('cannot be told valid or not while the keys cannot be had', async () => {
    const lost = await tokenCheck({ ...settings(), jwks: `${issuer.issuer.replace(/\d+$/, '1')}/keys` });
    await expect(lost(await issuer.sign())).rejects.toThrow();
  });
});

/** What is wrong with each, and how it is made. */
const FORGERIES: readonly (readonly [string, () => Promise<string> | string])[] = [
  ['of another issuer', () => issuer.sign({ iss: 'https://other.test' })],
  ['of no issuer', () => issuer.sign({ iss: undefined as never })],
  ['for another audience', () => issuer.sign({ aud: 'other' })],
  ['for no audience', () => issuer.sign({ aud: undefined as never })],
  ['that has expired', () => issuer.sign({ exp: seconds(-60) })],
  ['that never expires', () => issuer.sign({ exp: undefined as never })],
  ['that does not hold yet', () => issuer.sign({ nbf: seconds(60) })],
  ['of nobody', () => issuer.sign({ sub: undefined as never })],
  ['of an empty name', () => issuer.sign({ sub: ' ' })],
  ['without a role', () => issuer.sign({ role: undefined })],
  ['of a role that there is not', () => issuer.sign({ role: 'owner' })],
  ['of a role in other letters', () => issuer.sign({ role: 'ADMIN' })],
  ['whose algorithm is none', () => issuer.unsigned()],
  [
    'whose algorithm is none, with a signature',
    async () => `${issuer.unsigned()}${(await issuer.sign()).split('.')[2]}`,
  ],
  ['signed with the public key as a secret', () => issuer.signWithSecret(new TextEncoder().encode(issuer.pem))],
  [
    'signed with the public key as a longer secret',
    () => issuer.signWithSecret(new TextEncoder().encode(issuer.pem), 'HS512'),
  ],
  ['of an algorithm that is not among those named', () => issuer.sign({}, { kid: 'large', signedBy: 'large' })],
  ['that says to be of a key of another kind', () => issuer.sign({}, { kid: 'ec' })],
  [
    'signed with a key of another',
    async () => {
      const { privateKey } = await generateKeyPair('RS256');
      const claims = { iss: issuer.issuer, aud: AUDIENCE, sub: 'ana', role: 'admin', exp: seconds(60) };
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'rsa' }).sign(privateKey);
    },
  ],
  [
    'that brings its own key',
    async () => {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      const { exportJWK } = await import('jose');
      const claims = { iss: issuer.issuer, aud: AUDIENCE, sub: 'ana', role: 'admin', exp: seconds(60) };
      const header = { alg: 'RS256', kid: 'rsa', jwk: await exportJWK(publicKey), jku: 'http://127.0.0.1:1/keys' };
      return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
    },
  ],
  ['of a key that is not published', () => issuer.sign({}, { kid: 'other' })],
  [
    'whose claims were changed',
    async () => {
      const [header, , signature] = (await issuer.sign()).split('.');
      return [header, issuer.unsigned().split('.')[1], signature].join('.');
    },
  ],
  ['cut short', async () => (await issuer.sign()).slice(0, -2)],
  ['without a signature', async () => `${(await issuer.sign()).split('.').slice(0, 2).join('.')}.`],
  ['that is none', () => 'nonsense'],
  ['that is three dots', () => '...'],
];

describe('a token that is not valid', () => {
  it.each(FORGERIES)('%s is refused', async (_, forge) => {
    expect(await check(await forge())).toEqual({ refused: expect.stringMatching(/\S/) });
  });

  it('is refused like any other and like a key that is none, by one answer; the log tells what it was', async () => {
    const server = testServer({ root: { towns: [] }, who: { credentials: { keys: null, tokens: check } } });
    const forged = [
      ...(await Promise.all(FORGERIES.map(([, forge]) => forge()))),
      `concordat_${'a'.repeat(12)}_${'A'.repeat(43)}`,
    ];
    const answers = await Promise.all(
      forged.map((token) => server.ask('{ towns { name } }', {}, { authorization: `Bearer ${token}` })),
    );
    const shapes = answers.map(({ status, text, headers }) => {
      const told = [...headers].filter(([name]) => !['x-request-id', 'content-length'].includes(name));
      return JSON.stringify([status, text, told]);
    });
    expect(new Set(shapes).size).toBe(1);
    expect(shapes[0]).toContain('401');
    const log = JSON.stringify(server.logged);
    for (const token of forged.filter((each) => each.length > 20)) expect(log).not.toContain(token.slice(-20));
    expect(log).toMatch(/alg/);
    expect(log).toMatch(/iss/);
  });

  it('of a valid one is told apart from none: it is answered', async () => {
    const server = testServer({ root: { towns: [] }, who: { credentials: { keys: null, tokens: check } } });
    const authorization = `Bearer ${await issuer.sign()}`;
    expect(await server.ask('{ towns { name } }', {}, { authorization })).toMatchObject({ status: 200 });
    expect(server.logged.at(-1)).toMatchObject({ by: 'ana@town.test' });
  });

  it('while the keys cannot be had is nobody’s fault: the answer says so, and no more', async () => {
    const tokens = await tokenCheck({ ...settings(), jwks: 'http://127.0.0.1:1/keys' });
    const server = testServer({ root: { towns: [] }, who: { credentials: { keys: null, tokens } } });
    const answer = await server.ask('{ towns { name } }', {}, { authorization: `Bearer ${await issuer.sign()}` });
    expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    expect(answer.text).not.toMatch(/127|ECONN|fetch/);
  });
});
