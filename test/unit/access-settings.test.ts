import { describe, expect, it } from 'vitest';
import { loadConfig, printConfig, readsAnonymously } from '../../src/config.ts';
import { clientAddress, networkOf } from '../../src/server/access/address.ts';

/** Settings that say who may what, and where a request comes from. */

describe('those who are not known', () => {
  it.each([
    ['127.0.0.1', 'auto', true],
    ['127.9.9.9', 'auto', true],
    ['::1', 'auto', true],
    ['localhost', 'auto', true],
    ['0.0.0.0', 'auto', false],
    ['::', 'auto', false],
    ['192.168.1.5', 'auto', false],
    ['127.0.0.1.other.test', 'auto', false],
    ['0.0.0.0', 'true', true],
    ['127.0.0.1', 'false', false],
  ])('on %s, with %s, may read: %s', (HOST, CONCORDAT_ANONYMOUS_READING, expected) => {
    expect(readsAnonymously(loadConfig({ HOST, CONCORDAT_ANONYMOUS_READING }))).toBe(expected);
  });

  it('may by default, since the server is for this machine by default', () => {
    expect(readsAnonymously(loadConfig({}))).toBe(true);
  });
});

describe('the settings of tokens', () => {
  const whole = {
    CONCORDAT_JWT_JWKS: 'https://town.test/keys',
    CONCORDAT_JWT_ISSUER: 'https://town.test',
    CONCORDAT_JWT_AUDIENCE: 'us',
  };

  it('are taken together', () => {
    expect(loadConfig(whole)).toMatchObject({ CONCORDAT_JWT_ALGORITHMS: ['RS256'], CONCORDAT_JWT_ROLE_CLAIM: 'role' });
  });

  it.each([
    [
      { CONCORDAT_JWT_AUDIENCE: '' },
      /CONCORDAT_JWT_JWKS, CONCORDAT_JWT_ISSUER: tokens take CONCORDAT_JWT_AUDIENCE as well/,
    ],
    [
      { CONCORDAT_JWT_JWKS: undefined, CONCORDAT_JWT_ISSUER: undefined },
      /CONCORDAT_JWT_JWKS and CONCORDAT_JWT_ISSUER as well/,
    ],
    [{ CONCORDAT_JWT_JWKS: 'http://town.test/keys' }, /must be a file, or begin with https/],
    [{ CONCORDAT_JWT_JWKS: 'ftp://town.test/keys' }, /must be a file/],
    ...['HS256', 'none', 'RS256,HS512', 'rs256', ','].map((each) => [
      { CONCORDAT_JWT_ALGORITHMS: each },
      /must be some of RS256/,
    ]),
  ] as [Record<string, string | undefined>, RegExp][])('%j is refused', (change, message) => {
    expect(() => loadConfig({ ...whole, ...change })).toThrow(message);
  });

  it('alone are refused too', () => {
    expect(() => loadConfig({ CONCORDAT_JWT_ALGORITHMS: 'ES256' })).toThrow(/tokens take CONCORDAT_JWT_JWKS/);
  });

  it('may name a file, or this machine without TLS', () => {
    for (const jwks of [
      '/run/keys.json',
      'keys.json',
      'http://127.0.0.1:9/keys',
      'http://[::1]:9/keys',
      'http://localhost/keys',
    ])
      expect(loadConfig({ ...whole, CONCORDAT_JWT_JWKS: jwks }).CONCORDAT_JWT_JWKS).toBe(jwks);
  });
});

describe('limits', () => {
  it('are on unless said, and off at 0', () => {
    expect([loadConfig({}), loadConfig({ CONCORDAT_RATE_LIMIT: '0' })]).toMatchObject([
      { CONCORDAT_RATE_LIMIT: 600_000, CONCORDAT_TRUSTED_PROXIES: 0 },
      { CONCORDAT_RATE_LIMIT: 0 },
    ]);
  });

  it('are counted in a Redis whose password is never printed', () => {
    const config = loadConfig({ CONCORDAT_REDIS_URL: 'redis://:geheim@town.test' });
    expect(printConfig(config)).toContain('CONCORDAT_REDIS_URL=(hidden)');
    expect(() => loadConfig({ CONCORDAT_REDIS_URL: 'http://:geheim@town.test' })).toThrow(
      /^(?![\s\S]*geheim)[\s\S]*redis:\/\//,
    );
  });
});

describe('the address of a client', () => {
  const from = (socket: string | undefined, hops: number, forwarded?: string) =>
    clientAddress(socket, new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }), hops);

  it.each([
    ['10.0.0.1', 0, '1.2.3.4', '10.0.0.1'],
    ['10.0.0.1', 1, '1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', 1, 'forged, 9.9.9.9, 1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', 2, '9.9.9.9, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['10.0.0.1', 2, '1.2.3.4', '10.0.0.1'],
    ['10.0.0.1', 1, 'nonsense', '10.0.0.1'],
    ['10.0.0.1', 1, '', '10.0.0.1'],
    ['10.0.0.1', 1, '1.2.3.4:5678', '1.2.3.4'],
    ['10.0.0.1', 1, '[2001:db8::1]:5678', '2001:db8::1'],
    ['::ffff:10.0.0.1', 0, undefined, '10.0.0.1'],
    ['fe80::1%eth0', 0, undefined, 'fe80::1'],
    [undefined, 0, undefined, 'unknown'],
  ])('%s behind %d proxies that say %j is %s', (socket, hops, forwarded, expected) => {
    expect(from(socket, hops, forwarded)).toBe(expected);
  });

  it('counts as its network, where one client has many addresses', () => {
    expect(networkOf('1.2.3.4')).toBe('1.2.3.4');
    expect(networkOf('2001:db8:0:7:1:2:3:4')).toBe('2001:db8:0:7::/64');
    expect(networkOf('2001:0db8:0:7::99')).toBe('2001:db8:0:7::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('unknown')).toBe('unknown');
  });
});
