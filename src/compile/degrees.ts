import type { RelationshipType } from '../model/declarations.ts';
import { where } from './clauses.ts';
import type { Emitter } from './emitter.ts';
import { identifier } from './identifier.ts';
import { inScope, type Scope } from './scope.ts';

/** How many relationships of a type an entity has in a direction; BOTH for symmetric types. */
export interface Degree {
  readonly type: string;
  readonly direction: 'OUT' | 'IN' | 'BOTH';
  readonly count: number;
}

/** The numbers of an entity's relationships: an expression, and how to read its value. */
export interface Degrees {
  readonly text: string;
  /** Those that are more than none. */
  read(raw: unknown): Degree[];
}

/** Reads of the store's own counts, a type and direction each, unless the scope asks something of each edge. */
export function degrees(emitter: Emitter, variable: string, types: readonly RelationshipType[], scope: Scope): Degrees {
  type Side = { readonly type: RelationshipType; readonly direction: Degree['direction'] };
  const sides = types.flatMap((type): Side[] =>
    type.symmetric
      ? [{ type, direction: 'BOTH' }]
      : [
          { type, direction: 'OUT' },
          { type, direction: 'IN' },
        ],
  );
  const degree = ({ type, direction }: Side): string => {
    const conditions = inScope(emitter, scope, [type], 'r');
    const kept = where(conditions);
    const inside = `[${kept ? 'r' : ''}:${identifier(type.name)}]`;
    return `COUNT { (${variable})${direction === 'IN' ? '<' : ''}-${inside}-${direction === 'OUT' ? '>' : ''}()${kept} }`;
  };
  return {
    text: `[${sides.map(degree).join(', ')}]`,
    read: (raw) =>
      sides
        .map(({ type, direction }, nth) => ({
          type: type.name,
          direction,
          count: Number((raw as number[])[nth] ?? 0),
        }))
        .filter(({ count }) => count > 0),
  };
}
