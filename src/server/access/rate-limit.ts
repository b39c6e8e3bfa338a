import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { ConcordatError } from '../../errors.ts';
import { rateLimited } from './refusals.ts';
import type { SharedCounts } from './shared-counts.ts';

/** How much each caller may ask for in a minute, in units of what queries cost. */

export interface RateLimits {
  /**
   * Takes what a request costs off what its sender has left.
   * @param who such as `key:…`, or `address:…` of those who are not known
   * @throws RATE_LIMITED when that is less, QUERY_TOO_COSTLY when it can never be had; of a cost that is refused only the least that a request costs is taken
   */
  charge(who: string, cost: number): Promise<void>;
  /** Takes the least that a request costs. @throws RATE_LIMITED when less is left */
  begin(who: string): Promise<void>;
  /** @throws RATE_LIMITED when too many of an address's keys or tokens were not valid */
  mayTry(network: string): Promise<void>;
  /** Notes that a key or token was not valid. */
  failed(network: string): Promise<void>;
}

/** What every request costs, however little it asks for. */
export const LEAST_COST = 100;
/** How many keys or tokens that are not valid cost an address all that it has. */
const FAILURES = 20;
const MINUTE = 60;

/** Limits that are off. */
export const NO_LIMITS: RateLimits = {
  async charge() {},
  async begin() {},
  async mayTry() {},
  async failed() {},
};

/**
 * @param units of cost a minute; 0 for no limit
 * @param shared where several processes count together; null where this one counts alone
 */
export function rateLimits(units: number, shared: SharedCounts | null): RateLimits {
  if (units === 0) return NO_LIMITS;
  const limiter = counting('cost', units, shared);
  const failures = counting('failures', FAILURES, shared);
  const consume = (who: string, cost: number) =>
    limiter.consume(who, cost).catch((refused: unknown) => {
      throw refused instanceof RateLimiterRes ? usedUp(units, refused) : refused;
    });
  return {
    async begin(who) {
      await consume(who, Math.min(LEAST_COST, units));
    },
    async charge(who, cost) {
      if (cost > units) throw tooMuchAtOnce(units, cost);
      const more = Math.ceil(cost) - LEAST_COST;
      if (more <= 0) return;
      try {
        await consume(who, more);
      } catch (error) {
        // It does not run, and others that cost less may.
        await limiter.reward(who, more);
        throw error;
      }
    },
    async mayTry(network) {
      const so_far = await failures.get(network);
      if (so_far && so_far.consumedPoints >= FAILURES)
        throw rateLimited(
          `Too many keys or tokens that are not valid came from this address: at most ${FAILURES} a minute are looked at.`,
          FAILURES,
          seconds(so_far),
        );
    },
    async failed(network) {
      await failures.penalty(network, 1);
    },
  };
}

/** Entries about one network that the audit log takes in a minute: a flood is for the server's own log. */
const AUDITED = 60;

/** Whether one more entry about a network is to be kept. */
export function auditBudget(): (network: string) => Promise<boolean> {
  const limiter = new RateLimiterMemory({ keyPrefix: 'audited', points: AUDITED, duration: MINUTE });
  return (network) =>
    limiter.consume(network).then(
      () => true,
      () => false,
    );
}

function counting(name: string, points: number, shared: SharedCounts | null): RateLimiterAbstract {
  const options = { keyPrefix: `concordat:${name}`, points, duration: MINUTE };
  const alone = new RateLimiterMemory(options);
  if (!shared) return alone;
  return new RateLimiterRedis({
    ...options,
    ...{ storeClient: shared.client, useRedisPackage: true, rejectIfRedisNotReady: true },
    // While Redis is not there, each process counts by itself.
    insuranceLimiter: alone,
  });
}

const seconds = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

const usedUp = (units: number, refused: RateLimiterRes) =>
  rateLimited(
    `At most ${units} units of cost may be asked for in a minute, and less than this request costs is left of them.`,
    units,
    seconds(refused),
  );

const tooMuchAtOnce = (units: number, cost: number) =>
  new ConcordatError('QUERY_TOO_COSTLY', `The query costs ${cost}; at most ${units} may be asked for in a minute.`, {
    path: ['query'],
    value: cost,
    limit: units,
    suggestion: 'Ask for less in one query: smaller pages, or fewer levels.',
  });
