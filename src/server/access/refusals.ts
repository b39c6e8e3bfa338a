import { ConcordatError } from '../../errors.ts';
import type { Role } from '../../model/roles.ts';

/** The refusals that are about who asks. */

/**
 * Of credentials that are not valid: one answer for all, whatever is wrong with them. Whoever guesses is not told how
 * near they came; why it was is for the log.
 */
export const badCredentials = (): ConcordatError =>
  new ConcordatError('UNAUTHENTICATED', 'The key or token that the request carries is not valid.', {
    path: ['headers', 'authorization'],
    suggestion: 'Send "Authorization: Bearer" with a key or token that is valid.',
  });

/** Of nobody, where something is only for somebody. */
export const nobody = (what: string, needed: Role, path: readonly (string | number)[]): ConcordatError =>
  new ConcordatError(
    'UNAUTHENTICATED',
    `${what} takes the role ${needed}, and the request does not say who sends it.`,
    {
      path,
      needed,
      suggestion: `Send "Authorization: Bearer" with a key or token whose role is ${needed} or higher.`,
    },
  );

/** Of somebody whose role does not do. */
export const forbidden = (what: string, has: Role, needed: Role, path: readonly (string | number)[]): ConcordatError =>
  new ConcordatError('FORBIDDEN', `${what} takes the role ${needed}; that of the request is ${has}.`, {
    path,
    value: has,
    needed,
    suggestion: `Leave ${what} out, or ask with a key or token whose role is ${needed} or higher.`,
  });

/** Of whoever follows too much at once. When one of the streams will end is for the caller to say. */
export const tooManyStreams = (limit: number): ConcordatError =>
  new ConcordatError('RATE_LIMITED', `At most ${limit} subscriptions may be open at once, and so many are.`, {
    path: ['request'],
    limit,
    suggestion: 'End one of them, or follow more by one: ids, types and relationshipTypes take lists.',
  });

/** Of whoever asks too much. @param seconds until they may ask again */
export const rateLimited = (said: string, limit: number, seconds: number): ConcordatError =>
  new ConcordatError('RATE_LIMITED', said, {
    path: ['request'],
    limit,
    retryAfter: seconds,
    suggestion: `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  });
