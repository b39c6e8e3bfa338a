import { folded } from './comparing.ts';
import type { PlainEntity } from './plain-graph.ts';

/** An error that a client reads, as far as the oracle tells them apart. */
export class OracleError extends Error {}

/** The one of some entities that has a name: canonical names first, then aliases. */
export function byName(some: readonly PlainEntity[], name: string): PlainEntity | null {
  const wanted = folded(name);
  const called = some.filter((each) => folded(String(each.properties['name'])) === wanted);
  const aliases = (each: PlainEntity) => [
    ...((each.properties['aliases'] ?? []) as string[]),
    ...each.names.map((one) => String(one['value'])),
  ];
  const found =
    called.length > 0 ? called : some.filter((each) => aliases(each).some((alias) => folded(alias) === wanted));
  if (found.length > 1)
    throw new OracleError(
      `AMBIGUOUS_NAME ${found
        .map(({ id }) => id)
        .sort()
        .join(' ')}`,
    );
  return found[0] ?? null;
}
