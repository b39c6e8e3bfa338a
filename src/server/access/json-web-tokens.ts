import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { StartError } from '../../errors.ts';
import { mayAct, ROLES, type Role } from '../../model/roles.ts';

/**
 * Tokens of an identity provider (JSON Web Tokens, RFC 7519): signed with one of its published keys, by an algorithm that
 * is named here, never by the token. Issuer, audience and expiry are all required.
 */

export interface TokenSettings {
  /** Where the issuer's public keys are: a URL, or a path of a file. */
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** The claim that holds a role, or a list in which the highest one counts. */
  readonly roleClaim: string;
}

/** Whose a token is, or why it is not taken. */
export type CheckedToken =
  | { readonly holder: { readonly name: string; readonly role: Role; readonly expiresAt: Date } }
  | { readonly refused: string };

/** Checks a token. @throws Error where the issuer's keys cannot be had */
export type CheckToken = (token: string) => Promise<CheckedToken>;

/** Seconds by which the clocks of issuer and server may differ. */
export const CLOCK_TOLERANCE = 5;

/** @throws StartError when the file of keys is none */
export async function tokenCheck(settings: TokenSettings): Promise<CheckToken> {
  const { issuer, audience, roleClaim } = settings;
  const keys = await keysOf(settings.jwks);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, audience, algorithms: [...settings.algorithms] },
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ['exp', 'sub'],
      });
      const { sub = '', exp = 0 } = payload;
      if (sub.trim() === '' || sub.length > 200) return { refused: 'the subject of the token is no name' };
      const role = highest(payload[roleClaim]);
      if (!role) return { refused: `the claim ${roleClaim} of the token names no role` };
      return { holder: { name: sub, role, expiresAt: new Date(exp * 1000) } };
    } catch (error) {
      if (error instanceof errors.JOSEError && !isOurs(error)) return { refused: `${error.code}: ${error.message}` };
      throw error;
    }
  };
}

/** Errors that say nothing about the token: the issuer's keys could not be fetched, or are none. */
const isOurs = (error: errors.JOSEError): boolean =>
  error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC';

async function keysOf(jwks: string): Promise<JWTVerifyGetKey> {
  if (/^https?:\/\//.test(jwks)) return createRemoteJWKSet(new URL(jwks), { timeoutDuration: 5_000 });
  try {
    return createLocalJWKSet(JSON.parse(await readFile(jwks, 'utf8')));
  } catch (error) {
    throw new StartError(
      `CONCORDAT_JWT_JWKS=${JSON.stringify(jwks)} cannot be read as a set of keys (RFC 7517): ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function highest(claim: unknown): Role | undefined {
  const named = Array.isArray(claim) ? claim : [claim];
  const roles = ROLES.filter((role) => named.includes(role));
  return roles.reduce<Role | undefined>((best, role) => (best && mayAct(best, role) ? best : role), undefined);
}
