import { ConcordatError } from '../../errors.ts';
import type { Role } from '../../model/roles.ts';
import { refusalOfError } from '../refusal.ts';
import type { Trace } from '../yoga-plugins.ts';
import type { Access } from './access.ts';
import { refusalOf } from './authorize.ts';

/** Who may have what stands beside GraphQL. */

/** `by field`: the operation that is asked for decides. */
export type RouteAccess = Role | 'anybody' | 'by field';

/** Probes must be told how it is whoever sends them; the page of GraphiQL is the same for all, what it asks is not. */
export const OWN_ROUTES = {
  '/': 'anybody',
  '/graphql': 'by field',
  '/live': 'anybody',
  '/ready': 'anybody',
} as const satisfies Record<string, RouteAccess>;

/** The answer to whoever may not have what stands at a path; null where they may. */
export async function refusedRoute(
  access: Access,
  request: Request,
  path: string,
  needed: RouteAccess,
  trace: Trace,
): Promise<Response | null> {
  if (needed === 'anybody' || needed === 'by field') return null;
  try {
    const asker = await access.admit(request, trace.socket);
    trace.asker = asker;
    const error = refusalOf({ role: needed, field: path, path: [path] }, asker.caller, asker.isAnonymous);
    return error ? refusalOfError(error) : null;
  } catch (error) {
    if (error instanceof ConcordatError) return refusalOfError(error);
    throw error;
  }
}
