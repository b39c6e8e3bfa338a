import { DERIVED_ON_EDGES } from '../../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import { nearest } from '../../model/nearest.ts';
import type { ClaimValue } from '../../model/records.ts';
import { FINDING_KEYS } from '../finding-keys.ts';
import type { StoredClaim, StoredEdge, StoredEntity, TieName } from '../graph/graph-state.ts';
import { type Properties, withField } from '../graph/properties.ts';
import type { Fate } from '../log/ledger.ts';
import { type Place, type Problems, within } from './problems.ts';

/** Drafts laid over what the store holds: the graph as it would be, in memory, before the rules look at it. */

/** What becomes of a thing beside its new content. */
interface Fated {
  /** Given where it leaves the live graph whatever its claims say. */
  fate?: Fate;
  /** What the store had set on a thing that returns, or on the one whose place it takes: when it was made, by whom, its version. */
  born?: Properties;
  /** Whether it was there under this id, and returns. */
  returns?: boolean;
  /** Whether it goes whatever its claims say, and leaves nothing behind. */
  isUndone?: boolean;
}

/** An entity as it would be. `asRecorded` is what records say; what is shown may follow from claims instead. */
export interface NextEntity extends Fated {
  readonly before: StoredEntity | null;
  readonly place: Place | null;
  readonly id: string;
  readonly type: EntityType;
  asRecorded: Properties;
  names: Properties[];
  externalIds: string[];
}

export interface NextEdge extends Fated {
  readonly before: StoredEdge | null;
  readonly place: Place | null;
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  asRecorded: Properties;
  /** Ids of the claims that assert it, whatever they say of it. */
  claims: Set<string>;
}

export interface NextClaim extends Fated {
  readonly before: StoredClaim | null;
  readonly place: Place | null;
  readonly id: string;
  properties: Properties;
  value: ClaimValue | null;
  subject: string | null;
  object: string | null;
  speaker: string | null;
  source: string | null;
  locator: string | null;
  asserts: string[];
  states: Stated[];
  ties: Record<TieName, string[]>;
}

/** What a claim says of one property of one edge; `property` is a declared field. */
export interface Stated {
  readonly relationship: string;
  readonly property: string;
  readonly value: unknown;
}

/** What is said of one property of one edge is said once by a claim. */
export const statedKey = (one: Stated): string => `${one.relationship} ${one.property}`;

/** By edge and property. */
export const inStatedOrder = (states: readonly Stated[]): Stated[] =>
  [...states].sort((a, b) => (statedKey(a) < statedKey(b) ? -1 : 1));

/** What is said first, and, where nothing else is said of the same property of the same edge, what comes after. */
export function mergeStates(first: readonly Stated[], after: readonly Stated[]): Stated[] {
  const said = new Set(first.map(statedKey));
  return inStatedOrder([...first, ...after.filter((one) => !said.has(statedKey(one)))]);
}

const BOOKKEEPING = new Set(['id', 'claims', ...FINDING_KEYS, 'asRecorded', ...DERIVED_ON_EDGES]);

/** What the store keeps of a claim beside its own fields. */
export const CLAIM_BOOKKEEPING = new Set([
  'id',
  'recordedAt',
  'recordedBy',
  'version',
  'asserts',
  'states',
  'valueKind',
  'valueJson',
]);

export const plain = (properties: Properties, without: ReadonlySet<string> = BOOKKEEPING): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !without.has(name)));

/** Checks that every name in `clear` is a field that may be cleared, and takes those out. */
export function cleared(
  properties: Properties,
  fields: readonly Field[],
  clear: readonly string[],
  place: Place,
  problems: Problems,
): Properties {
  let left = properties;
  clear.forEach((name, nth) => {
    const field = fields.find((each) => each.name === name);
    if (!field || field.required) {
      const near = nearest(
        name,
        fields.filter((each) => !each.required).map((each) => each.name),
      );
      problems.add(
        within(place, 'clear', nth),
        'UNKNOWN_FIELD',
        field ? `"${name}" is required and cannot be cleared.` : `"${name}" is no field that could be cleared.`,
        near ? `Did you mean ${near}?` : undefined,
      );
    } else left = withField(left, { ...field, name }, undefined);
  });
  return left;
}

export function conflict(
  place: Place,
  expected: number | undefined,
  before: { properties: Properties } | null,
  id: string,
  problems: Problems,
): void {
  if (expected === undefined) return;
  const version = before ? Number(before.properties['version'] ?? 0) : 0;
  if (version !== expected)
    problems.add(
      within(place, 'expectedVersion'),
      'CONFLICT',
      expected === 0
        ? `${id} is there already, at version ${version}.`
        : before
          ? `${id} is at version ${version}, not ${expected}: somebody changed it in between.`
          : `${id} is not there, and so not at version ${expected}.`,
      expected === 0
        ? 'Give another id, or, to change what is there, expect its version.'
        : 'Read it again and repeat the change.',
    );
}

/** What records said of a stored thing, apart from what its claims show: `asRecorded` keeps the values that they hide. */
export function recordedProperties(stored: { properties: Properties }, fields: readonly Field[]): Properties {
  const hidden = stored.properties['asRecorded'];
  const shown = plain(stored.properties);
  if (typeof hidden !== 'string') return shown;
  const values = JSON.parse(hidden) as Record<string, unknown>;
  return fields
    .filter((field) => field.name in values)
    .reduce<Properties>((left, field) => withField(left, field, values[field.name] ?? undefined), shown);
}
