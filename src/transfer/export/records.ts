import { claimRowsOf } from '../../compile/extent-rows.ts';
import { fieldsOfEntity, lookupName, recordName } from '../../model/model.ts';
import { hiddenValues } from '../../store/copy/hidden-values.ts';
import { copyPieces, feedState } from '../../store/copy/read-copy.ts';
import type { ExportClaim, ExportEdge, ExportGraph, ExportNode } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { readClaim } from './rows.ts';

/**
 * Our own records, a line each, in the shape in which they are recorded; of the whole graph, after them, everything else that
 * the store holds: history, what was removed and merged, stamps. The first line and the last say what the file is.
 */
export const records: ExportFormat = {
  extension: 'records.jsonl',
  contentType: 'application/jsonl; charset=utf-8',
  title: 'Records, as JSON Lines: loses nothing',
  write,
};

/** Relationships whose claims are read at once. */
const AT_ONCE = 500;

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

async function* write(graph: ExportGraph, from: ExportFrom): AsyncIterable<string> {
  const { parameters, view: _, ...about } = graph.about;
  const { view: __, ...asked } = parameters;
  const isWhole = Object.keys(asked).length === 0;
  const before = await feedState(from.connection);
  yield line({
    concordat: 'records',
    version: 1,
    holds: isWhole ? 'store' : 'part',
    parameters: asked,
    ...about,
    ...before,
  });
  yield* nodes(graph, from);
  for await (const some of inGroups(graph.edges())) yield await edgeLines(some, from);
  for await (const claim of graph.claims())
    if (!claim.retracted && claim.asserts.length === 0) yield line({ claim: recordOfClaim(claim) });
  for await (const claim of graph.claims()) {
    const ties = tiesOf(claim);
    if (!claim.retracted && Object.keys(ties).length > 0) yield line({ claim: { id: claim.id, ...ties } });
  }
  let pieces = 0;
  if (isWhole)
    for await (const piece of copyPieces(from.connection, from.model, from.signal)) {
      pieces++;
      yield line({ concordat: 'store', ...piece });
    }
  const after = await feedState(from.connection);
  yield line({ concordat: 'end', pieces, isConsistent: before.sequence === after.sequence, ...after });
}

function recordOfEntity({ type, id, fields, names, externalIds }: ExportNode, hidden: Hidden): unknown {
  if (!type) throw new Error(`${id} is no entity`);
  const known = new Set(fieldsOfEntity(type).map(({ name }) => name));
  return {
    [lookupName(type)]: {
      id,
      ...withHidden(Object.fromEntries(Object.entries(fields).filter(([name]) => known.has(name))), hidden),
      ...(names.length > 0 ? { names: names.map(({ origin: _, ...name }) => name) } : {}),
      ...(externalIds.length > 0 ? { externalIds } : {}),
    },
  };
}

type Hidden = Readonly<Record<string, unknown>> | undefined;

/** What records say, where claims say otherwise: the claims are written too. */
const withHidden = (fields: Readonly<Record<string, unknown>>, hidden: Hidden): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...fields, ...hidden }).filter(([, value]) => value !== null));

/** Items in groups, so that what is beside them is read for many at once. */
async function* inGroups<T>(items: AsyncIterable<T>): AsyncIterable<readonly T[]> {
  let some: T[] = [];
  for await (const item of items) {
    some.push(item);
    if (some.length < AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

async function* nodes(graph: ExportGraph, { connection, model }: ExportFrom): AsyncIterable<string> {
  for await (const some of inGroups(graph.nodes())) {
    const entities = some.filter(({ type }) => type !== null);
    const hidden = await hiddenValues(
      connection,
      model,
      entities.map(({ id }) => id),
    );
    yield entities.map((node) => line(recordOfEntity(node, hidden.get(node.id)))).join('');
  }
}

async function edgeLines(some: readonly ExportEdge[], { connection, model, signal }: ExportFrom): Promise<string> {
  const ids = [...new Set(some.flatMap(({ standing }) => standing?.claims ?? []))];
  const rows = ids.length > 0 ? await connection.read(claimRowsOf(ids), { operation: 'export', signal }) : [];
  const hidden = await hiddenValues(
    connection,
    model,
    some.map(({ id }) => id),
  );
  const claims = new Map(rows.map((row) => [String(row[0]), readClaim(row)]));
  return some
    .map((edge) => {
      const { id, from, to, relationship, fields, standing } = edge;
      if (!relationship) return '';
      const { time } = relationship;
      const named = Object.fromEntries(
        Object.entries(withHidden(fields, hidden.get(id))).map(([name, value]) => [
          name === 'validFrom' ? time.from : name === 'validTo' ? (time.to ?? name) : name,
          value,
        ]),
      );
      const own = (standing?.claims ?? []).flatMap((each) => {
        const claim = claims.get(each);
        return claim && !claim.retracted ? [recordOfClaim(claim, id)] : [];
      });
      return line({
        [recordName(relationship)]: { id, from, to, ...named, ...(own.length > 0 ? { claims: own } : {}) },
      });
    })
    .join('');
}

interface StatedValue {
  readonly relationship: string;
}

/** @param edge the relationship that the claim stands in: of what it says, only what concerns that */
function recordOfClaim(claim: ExportClaim, edge?: string): Record<string, unknown> {
  const { states, ...fields } = claim.fields as { states?: readonly StatedValue[] } & Record<string, unknown>;
  const said = (states ?? []).filter(({ relationship }) => edge === undefined || relationship === edge);
  const maybe = (key: 'subject' | 'object' | 'speaker' | 'source' | 'locator') =>
    claim[key] === null ? {} : { [key]: claim[key] };
  return {
    id: claim.id,
    ...fields,
    ...maybe('subject'),
    ...maybe('object'),
    ...maybe('speaker'),
    ...maybe('source'),
    ...maybe('locator'),
    ...(edge === undefined && claim.asserts.length > 0 ? { asserts: claim.asserts } : {}),
    ...(edge === undefined ? {} : { asserts: [edge] }),
    ...(said.length > 0 ? { states: said } : {}),
  };
}

function tiesOf({ supports, disputes, qualifies, supersedes }: ExportClaim): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries({ supports, disputes, qualifies, supersedes }).filter(([, ids]) => ids.length > 0),
  );
}
