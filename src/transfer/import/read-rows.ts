import type { RecordSchemas } from '../../derive/records.ts';
import { entityId } from '../../model/identity.ts';
import type { Model } from '../../model/model.ts';
import type { ClaimRecord, EntityRecord, GraphRecord, Problem, Ref } from '../../model/records.ts';
import type { ImportRow, RowProblem } from './format.ts';
import { claimOfEdges, needsClaim, type Row, remarkOf } from './own-claim.ts';
import { withRefs } from './record-refs.ts';

/** Rows as the records of a pass: what they point at is named so that rows of one call do not mistake one another's. */

export interface ReadRow {
  /** Its number in the file, from 0. */
  readonly number: number;
  readonly file: string;
  readonly row: ImportRow;
  /** Records in the order of the row. */
  readonly parsed: readonly GraphRecord[];
  readonly problems: readonly RowProblem[];
}

/** Reads a row's records; every problem of shape is told. */
export function readRow(schemas: RecordSchemas, row: ImportRow, number: number, file: string): ReadRow {
  const problems: RowProblem[] = [...row.problems];
  const parsed = row.records.flatMap((input, nth) => {
    const result = schemas.parse(input, nth);
    if ('record' in result) return [result.record];
    problems.push(...result.problems.map(asRowProblem));
    return [];
  });
  return { number, file, row, parsed: problems.length > 0 ? [] : parsed, problems };
}

export const asRowProblem = ({ path, code, message, suggestion }: Problem): RowProblem => ({
  path: path.join('.'),
  code,
  message,
  ...(suggestion === undefined ? {} : { suggestion }),
});

/** How an entity of a row is pointed at once it is recorded. */
export function refOf(record: EntityRecord): Ref {
  if (record.id !== undefined) return { id: record.id };
  const [first] = record.externalIds ?? [];
  if (first) return { externalId: first };
  return { id: entityId(record.type, record.fields['name'] as string | undefined, []) ?? '' };
}

/** Whether an entity points at others, so that those must be there first. */
export const refersToOthers = (record: EntityRecord): boolean =>
  record.type.fields.some((field) => field.kind === 'reference' && record.fields[field.name] !== undefined);

/** Names what records of a row point at: each other, and, where tags hold in the whole file, things of other rows. */
export class Naming {
  readonly #entities = new Map<number, Ref>();
  readonly #tags = new Map<string, Ref>();

  constructor(
    readonly row: ReadRow,
    readonly isOurs: boolean,
    private readonly elsewhere: (tag: string) => string | undefined,
  ) {
    row.parsed.forEach((record, nth) => {
      if (record.is === 'entity') this.#entities.set(nth, refOf(record));
      if (record.tag !== undefined)
        this.#tags.set(record.tag, record.is === 'entity' ? refOf(record) : { name: this.tagOf(nth) });
    });
  }

  /** The tag under which a relationship or claim of the row stands in a call of many rows. */
  tagOf(nth: number): string {
    const own = this.row.parsed[nth]?.tag;
    return this.isOurs && own !== undefined ? own : `row${this.row.number}.${nth}`;
  }

  /** A reference as it is to stand in a call. */
  readonly change = (ref: Ref): Ref => {
    if ('record' in ref)
      return ref.record < this.row.parsed.length
        ? (this.#entities.get(ref.record) ?? { name: this.tagOf(ref.record) })
        : { name: `record-${ref.record}-of-${this.row.parsed.length}` };
    if (!('name' in ref)) return ref;
    const own = this.#tags.get(ref.name);
    if (own) return own;
    const id = ref.name.includes(':') ? undefined : this.elsewhere(ref.name);
    return id === undefined ? ref : { id };
  };
}

/** The entities of a row, without what is claimed of them. */
export const entitiesOf = (naming: Naming, which: (record: EntityRecord) => boolean): GraphRecord[] =>
  naming.row.parsed.flatMap((record) =>
    record.is === 'entity' && which(record)
      ? [untagged({ ...withRefs(record, naming.change), claims: [] }, naming.isOurs)]
      : [],
  );

function untagged<R extends GraphRecord>(record: R, keeps: boolean): R {
  if (keeps) return record;
  const { tag: _, ...rest } = record;
  return rest as R;
}

export interface OwnClaims {
  readonly model: Model;
  /** Id of the import's own source. */
  readonly source: string;
  readonly give: 'always' | 'whenNew';
  /** Whether a relationship of this id is there already; asked for `whenNew`. */
  isThere(id: string): boolean;
  /** The name of what is there, by its id or external id (`SCHEME:value`). */
  nameOf(key: string): string | undefined;
}

/** What connects the entities of a row, and what is claimed. */
export function connectionsOf(naming: Naming, own: OwnClaims): GraphRecord[] {
  const { row } = naming;
  const edges: { readonly record: GraphRecord & { is: 'relationship' }; readonly tag: string }[] = [];
  const claims: ClaimRecord[] = [];
  row.parsed.forEach((record, nth) => {
    if (record.is === 'relationship')
      edges.push({ record: { ...withRefs(record, naming.change), tag: naming.tagOf(nth) }, tag: naming.tagOf(nth) });
    else if (record.is === 'claim') claims.push({ ...withRefs(record, naming.change), tag: naming.tagOf(nth) });
    else
      for (const claim of withRefs(record, naming.change).claims)
        claims.push({ ...claim, subject: claim.subject ?? refOf(record) });
  });
  return [...edges.map(({ record }) => record), ...claims, ...ownClaim(naming, edges, claims, own)];
}

function ownClaim(
  { row }: Naming,
  edges: Row['edges'],
  claims: readonly ClaimRecord[],
  { model, source, give, isThere, nameOf }: OwnClaims,
): ClaimRecord[] {
  const entities = row.parsed.flatMap((record) => (record.is === 'entity' ? [record] : []));
  const claimed = new Set(claims.flatMap((claim) => claim.asserts.flatMap((ref) => ('name' in ref ? [ref.name] : []))));
  const bare = edges.filter(
    ({ record, tag }) =>
      needsClaim(model, record) &&
      !claimed.has(tag) &&
      !(give === 'whenNew' && record.id !== undefined && isThere(record.id)),
  );
  const told: Row = { row: row.row, entities, edges: bare, nameOf: naming(entities, nameOf) };
  if (bare.length > 0) return [claimOfEdges(told, source)];
  const [first] = entities;
  if (give === 'whenNew' || !first || edges.length > 0 || claims.length > 0) return [];
  return [remarkOf(told, refOf(first), source)];
}

const keyOf = (ref: Ref): string => ('name' in ref ? ref.name : JSON.stringify('id' in ref ? ref.id : ref));

function naming(entities: readonly EntityRecord[], known: OwnClaims['nameOf']): Row['nameOf'] {
  const names = new Map<string, string>();
  for (const entity of entities) {
    const name = entity.fields['name'];
    if (typeof name !== 'string') continue;
    names.set(keyOf(refOf(entity)), name);
    if (entity.id) names.set(entity.id, name);
  }
  return (ref) => {
    const own = names.get(keyOf(ref)) ?? ('name' in ref ? names.get(JSON.stringify(ref.name)) : undefined);
    const key = namedBy(ref);
    return own ?? (key === undefined ? undefined : (known(key) ?? key));
  };
}

/** What a reference names: an id, or an external id (`SCHEME:value`). */
export const namedBy = (ref: Ref): string | undefined =>
  'id' in ref
    ? ref.id
    : 'externalId' in ref
      ? `${ref.externalId.scheme}:${ref.externalId.value}`
      : 'name' in ref
        ? ref.name
        : undefined;
