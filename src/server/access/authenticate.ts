import type { Caller } from '../../model/roles.ts';
import type { KeyRing } from '../../store/key-ring.ts';
import { KEY_PREFIX, readKey } from '../../store/keys.ts';
import { type CheckToken, CLOCK_TOLERANCE } from './json-web-tokens.ts';

/** Who sends a request: by the key or the token that it carries. */

/** What is taken; null where it is not. */
export interface Credentials {
  readonly keys: Pick<KeyRing, 'check'> | null;
  readonly tokens: CheckToken | null;
}

/** Somebody who is known. */
export interface Known {
  readonly caller: Caller;
  /** By what they are told from others, such as `key:…`. */
  readonly identity: string;
  /** Whether the key or token still holds. */
  stillMay(): Promise<boolean>;
}

export type Authenticated = Known | { readonly refused: string };

/**
 * Reads who sends a request off its authorization header.
 * @param header as it was sent
 * @throws where it cannot be told whether a key or token is valid
 */
export async function authenticate(header: string, { keys, tokens }: Credentials): Promise<Authenticated> {
  const [, credential] = /^Bearer +([\w.~+/-]+=*)$/i.exec(header.trim()) ?? [];
  if (!credential) return { refused: 'the authorization header is not "Bearer" and a key or token' };
  return credential.startsWith(KEY_PREFIX) ? ofKey(credential, keys) : ofToken(credential, tokens);
}

async function ofKey(text: string, keys: Credentials['keys']): Promise<Authenticated> {
  const key = readKey(text);
  if (!key) return { refused: 'it begins like a key, and is none' };
  if (!keys) return { refused: 'keys are not taken here' };
  const checked = await keys.check(key.id, key.secret);
  if ('refused' in checked) return checked;
  const { id, name, role } = checked.holder;
  return {
    caller: { name, role },
    identity: `key:${id}`,
    async stillMay() {
      const again = await keys.check(key.id, key.secret);
      return 'holder' in again && again.holder.role === role;
    },
  };
}

async function ofToken(token: string, tokens: Credentials['tokens']): Promise<Authenticated> {
  if (!tokens) return { refused: 'it is no key, and tokens are not taken here' };
  const checked = await tokens(token);
  if ('refused' in checked) return checked;
  const { name, role, expiresAt } = checked.holder;
  return {
    caller: { name, role },
    identity: `token:${name}`,
    stillMay: async () => Date.now() < expiresAt.getTime() + CLOCK_TOLERANCE * 1000,
  };
}
