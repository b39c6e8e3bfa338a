import { createHash } from 'node:crypto';
import { entityId } from '../../model/identity.ts';
import { recordName, typeOfId } from '../../model/model.ts';
import type { GraphRecord, Ref } from '../../model/records.ts';
import { knownEntities } from '../../store/known-ids.ts';
import type { RowProblem } from './format.ts';
import type { ImportOptions } from './import-file.ts';
import { Naming, type ReadRow } from './read-rows.ts';
import { refsIn } from './record-refs.ts';

/** What the rows of a file make, so that a row which points at nothing is refused before anything of it is recorded. */

/** Ids and external ids, by a hash of each: 53 bits. */
export type FileIndex = ReadonlySet<number>;

const hashOf = (key: string): number => Number(createHash('sha1').update(key).digest().readBigUInt64BE() >> 11n);

/** Reads rows to their end; null where no row both makes an entity and connects something. */
export async function indexFile(rows: AsyncIterable<ReadRow>): Promise<FileIndex | null> {
  const index = new Set<number>();
  let isMixed = false;
  for await (const { parsed } of rows) {
    isMixed ||= isOfBoth(parsed);
    for (const record of parsed) {
      if (record.is !== 'entity') continue;
      const made =
        record.id ?? entityId(record.type, record.fields['name'] as string | undefined, record.externalIds ?? []);
      if (made) index.add(hashOf(made));
      for (const { scheme, value } of record.externalIds ?? []) index.add(hashOf(`${scheme}:${value}`));
      if (record.tag !== undefined) index.add(hashOf(record.tag));
    }
  }
  return isMixed ? index : null;
}

const connects = (record: GraphRecord): boolean => record.is !== 'entity' || record.claims.length > 0;
const isOfBoth = (records: readonly GraphRecord[]): boolean =>
  records.some((record) => record.is === 'entity') && records.some(connects);

/** What a reference to an entity is known by; null for one to a relationship or claim. */
function keyOf(ref: Ref, isEntityId: (id: string) => boolean): string | null {
  if ('externalId' in ref) return `${ref.externalId.scheme}:${ref.externalId.value}`;
  const id = 'id' in ref ? ref.id : 'name' in ref ? ref.name : '';
  return id.includes(':') && isEntityId(id) ? id : null;
}

/** The rows that make an entity and point at what is neither in the file nor in the store, with what is wrong of each. */
export async function lacking(
  rows: readonly ReadRow[],
  index: FileIndex,
  { connection, model, format }: Pick<ImportOptions, 'connection' | 'model' | 'format'>,
): Promise<Map<ReadRow, RowProblem[]>> {
  const isEntityId = (id: string) => typeOfId(model, id)?.is === 'entity';
  const wanted = new Map<ReadRow, Map<string, string>>();
  for (const row of rows) {
    if (!isOfBoth(row.parsed)) continue;
    const naming = new Naming(row, format.isOurs ?? false, () => undefined);
    for (const record of row.parsed)
      for (const [ref, path] of pointing(record)) {
        const key = keyOf(naming.change(ref), isEntityId);
        if (key === null || index.has(hashOf(key))) continue;
        const keys = wanted.get(row) ?? new Map<string, string>();
        if (!keys.has(key)) wanted.set(row, keys.set(key, path));
      }
  }
  const all = [...new Set([...wanted.values()].flatMap((keys) => [...keys.keys()]))];
  const known = await knownEntities(connection, all, all);
  const lacks = new Map<ReadRow, RowProblem[]>();
  for (const [row, keys] of wanted) {
    const problems = [...keys].flatMap(([key, path]) => (known.has(key) ? [] : [problem(key, path, isEntityId(key))]));
    if (problems.length > 0) lacks.set(row, problems);
  }
  return lacks;
}

const problem = (key: string, path: string, isId: boolean): RowProblem => ({
  path,
  code: 'UNKNOWN_REFERENCE',
  message: isId ? `There is no entity ${key}.` : `Nothing has the external id ${key}.`,
  suggestion: 'It is neither in this file nor in the graph: record it first, or correct the reference.',
});

function pointing(record: GraphRecord): (readonly [Ref, string])[] {
  if (record.is !== 'relationship')
    return refsIn(record).map((ref) => [ref, record.is === 'claim' ? 'claim' : 'claims'] as const);
  const { from, to } = record;
  const at = recordName(record.type);
  return [
    ...(from ? [[from, `${at}.from`] as const] : []),
    ...(to ? [[to, `${at}.to`] as const] : []),
    ...refsIn(record).map((ref) => [ref, at] as const),
  ];
}
