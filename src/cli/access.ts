import { type Config, readsAnonymously } from '../config.ts';
import { type Access, createAccess } from '../server/access/access.ts';
import { tokenCheck } from '../server/access/json-web-tokens.ts';
import { rateLimits } from '../server/access/rate-limit.ts';
import { shareCounts } from '../server/access/shared-counts.ts';
import type { Logger } from '../server/log.ts';
import { auditTrail } from '../store/audit.ts';
import type { Connection } from '../store/connection.ts';
import { keyRing } from '../store/key-ring.ts';
import { opening } from './closing.ts';

/** Who may what, as the configuration says it. Disposing it writes what waits to be written. */
export interface OpenAccess extends AsyncDisposable {
  readonly access: Access;
}

/** @throws StartError when the keys of tokens cannot be read */
export async function openAccess(
  connection: Connection,
  { config, log }: { readonly config: Config; readonly log: Logger },
): Promise<OpenAccess> {
  const { value, closing } = await opening(async (open) => {
    const redis = config.CONCORDAT_REDIS_URL;
    const isLimited = config.CONCORDAT_RATE_LIMIT > 0;
    const shared = redis && isLimited ? open.use(await shareCounts(redis, log)) : null;
    const audit = auditTrail(connection, (err) => log.error({ err }, 'entries of the audit log could not be written'));
    open.defer(() => audit.settled());
    const keys = keyRing(connection, { onError: (err) => log.warn({ err }, 'the use of a key could not be noted') });
    open.defer(() => keys.settled());
    return createAccess({
      anonymousReading: readsAnonymously(config),
      credentials: { keys, tokens: await tokensOf(config) },
      limits: rateLimits(config.CONCORDAT_RATE_LIMIT, shared),
      streams: config.CONCORDAT_STREAM_LIMIT,
      trustedProxies: config.CONCORDAT_TRUSTED_PROXIES,
      audit: (entry) => {
        if (!audit.note(entry)) log.warn('the audit log is behind: an entry is in this log only');
      },
      log,
    });
  });
  return { access: value, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}

/** The configuration is complete or has none of these. */
async function tokensOf(config: Config) {
  const { CONCORDAT_JWT_JWKS: jwks, CONCORDAT_JWT_ISSUER: issuer, CONCORDAT_JWT_AUDIENCE: audience } = config;
  if (!jwks || !issuer || !audience) return null;
  const { CONCORDAT_JWT_ALGORITHMS: algorithms, CONCORDAT_JWT_ROLE_CLAIM: roleClaim } = config;
  return tokenCheck({ jwks, issuer, audience, algorithms, roleClaim });
}
