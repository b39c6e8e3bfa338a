import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ConcordatError } from '../../errors.ts';
import type { Caller } from '../../model/roles.ts';
import type { AuditEntry } from '../../store/audit.ts';
import type { Logger } from '../log.ts';
import { operationOf } from '../selected.ts';
import { clientAddress, networkOf } from './address.ts';
import { authenticate, type Credentials, type Known } from './authenticate.ts';
import { needOf, refusalOf } from './authorize.ts';
import { auditBudget, NO_LIMITS, type RateLimits } from './rate-limit.ts';
import { badCredentials, nobody } from './refusals.ts';
import { countStreams } from './streams.ts';

/** Who asks, what they may, and how much: asked of every request that is not for anybody. */

/** Whoever sends a request, once that is known. */
export interface Asker {
  /** Null where nobody is known, and nobody unknown may read. */
  readonly caller: Caller | null;
  readonly isAnonymous: boolean;
  readonly address: string;
  /** Whose limit its requests count towards. */
  readonly countedAs: string;
  /** Whether what was found out about them still holds: for answers that take long. */
  stillMay(): Promise<boolean>;
}

export interface AccessOptions {
  /** Whether those who are not known may read. */
  readonly anonymousReading: boolean;
  readonly credentials: Credentials;
  readonly limits?: RateLimits;
  /** Streams that one caller may have open at once; 0 for no limit. */
  readonly streams?: number;
  /** Proxies of ours that stand before this server. */
  readonly trustedProxies?: number;
  /** Writes an entry of the audit log, without holding the request up. */
  readonly audit?: (entry: AuditEntry) => void;
  readonly log: Logger;
}

export interface Access {
  /**
   * Finds out who sends a request, and takes the least that one costs off what they may ask for.
   * @param socket the address at the other end of the connection
   * @throws ConcordatError UNAUTHENTICATED or RATE_LIMITED
   */
  admit(request: Request, socket: string | undefined): Promise<Asker>;
  /** Why an operation may not run; null where it may. What is refused is written to the audit log. */
  refusal(
    asker: Asker,
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null | undefined,
  ): Promise<ConcordatError | null>;
  /** Takes what an operation costs off what its sender may ask for. @throws ConcordatError RATE_LIMITED */
  charge(asker: Asker, cost: number): Promise<void>;
  /** Notes that a stream begins. @returns what to call when it ends @throws ConcordatError RATE_LIMITED */
  beginStream(asker: Asker): () => void;
}

export const ANONYMOUS: Caller = { name: 'anonymous', role: 'reader' };

export function createAccess(options: AccessOptions): Access {
  const { credentials, limits = NO_LIMITS, trustedProxies = 0, audit = () => {}, log } = options;

  const begin = countStreams(options.streams ?? 0);
  const isKept = auditBudget();
  const refused = async (entry: Omit<AuditEntry, 'at' | 'outcome'> & { readonly address: string }): Promise<void> => {
    log.warn({ audit: entry }, 'refused');
    const at = new Date();
    if (await isKept(networkOf(entry.address))) audit({ ...entry, at, outcome: 'REFUSED' });
  };

  const identify = async (header: string, request: Request, address: string): Promise<Known> => {
    await limits.mayTry(networkOf(address));
    const found = await authenticate(header, credentials);
    if (!('refused' in found)) return found;
    await limits.failed(networkOf(address));
    const operation = `${request.method} ${new URL(request.url).pathname}`;
    await refused({ by: 'nobody', address, operation, code: 'UNAUTHENTICATED', message: found.refused });
    throw badCredentials();
  };

  return {
    async admit(request, socket) {
      const address = clientAddress(socket, request.headers, trustedProxies);
      const header = request.headers.get('authorization');
      if (header === null) {
        const countedAs = `address:${networkOf(address)}`;
        await limits.begin(countedAs);
        if (!options.anonymousReading) throw nobody('This', 'reader', ['headers', 'authorization']);
        return { caller: ANONYMOUS, isAnonymous: true, address, countedAs, stillMay: async () => true };
      }
      const { caller, identity, stillMay } = await identify(header, request, address);
      await limits.begin(identity);
      return { caller, isAnonymous: false, address, countedAs: identity, stillMay };
    },

    async refusal(asker, schema, document, operationName) {
      const operation = operationOf(document, operationName);
      // Where there is none, or none of the kind is served, the executor says so.
      if (!operation || !schema.getRootType(operation.operation)) return null;
      const need = needOf(schema, document, operation);
      const error = refusalOf(need, asker.caller, asker.isAnonymous);
      if (error)
        await refused({
          by: asker.caller?.name ?? 'nobody',
          ...(asker.caller ? { role: asker.caller.role } : {}),
          address: asker.address,
          operation: need.field,
          code: error.code,
          message: error.message,
        });
      return error;
    },

    charge: (asker, cost) => limits.charge(asker.countedAs, cost),

    beginStream: (asker) => begin(asker.countedAs),
  };
}
