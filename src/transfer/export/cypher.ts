import { edgeFieldsOf } from '../../compile/extent-rows.ts';
import { identifier } from '../../compile/identifier.ts';
import { claimFields } from '../../model/common-fields.ts';
import type { Field } from '../../model/kinds.ts';
import { familiesOf, fieldsOfEntity } from '../../model/model.ts';
import { described } from './attributes.ts';
import { instant, literal, literalMap, literalsOf } from './cypher-literals.ts';
import type { ExportEdge, ExportGraph, ExportNode } from './export-graph.ts';
import type { ExportFormat } from './format.ts';
import { gathered } from './text.ts';

/**
 * A script that makes the graph anew in any Neo4j from 5 on, by `cypher-shell` or in Neo4j Browser; run again, it changes
 * nothing. Labels, types and properties are those of this store, dates are native.
 */
export const cypher: ExportFormat = {
  extension: 'cypher',
  contentType: 'application/x-cypher-query; charset=utf-8',
  title: 'A Cypher script, for Neo4j',
  write: (graph) => gathered(write(graph)),
};

/** Rows of one statement: few enough for the memory of one, many enough not to plan for each. */
const BATCH = 500;

interface Row {
  /** What those rows have in common that stand in one statement: the text after `UNWIND`. */
  readonly statement: string;
  readonly text: string;
}

async function* write(graph: ExportGraph): AsyncGenerator<string> {
  const { about } = graph;
  const comment = described(about).replaceAll(/[\n\r\u0085\u2028\u2029]/g, ' ');
  yield `// ${comment}\n// cypher-shell -f ${about.name.replaceAll(/[^\w.-]/g, '-')}.cypher\n`;
  yield 'CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n';
  if (about.view === 'full') yield 'CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;\n';
  yield* batches(graph.nodes(), nodeRow);
  yield* batches(graph.edges(), edgeRow);
}

async function* batches<T>(items: AsyncIterable<T>, rowOf: (item: T) => Row): AsyncGenerator<string> {
  let rows: string[] = [];
  let statement = '';
  const flush = () => `UNWIND [\n${rows.join(',\n')}\n] AS row\n${statement};\n`;
  for await (const item of items) {
    const next = rowOf(item);
    if (rows.length > 0 && (rows.length === BATCH || next.statement !== statement)) {
      yield flush();
      rows = [];
    }
    statement = next.statement;
    rows.push(next.text);
  }
  if (rows.length > 0) yield flush();
}

const list = (values: readonly string[]): string | null => (values.length > 0 ? literal(values) : null);

function nodeRow(node: ExportNode): Row {
  const { type, claim } = node;
  const labels = type
    ? [type.name, ...familiesOf(type).map(({ name }) => name)].filter((name) => name !== 'Entity')
    : [];
  const fields: readonly Field[] = type ? fieldsOfEntity(type) : claimFields;
  const properties = literalMap({
    ...literalsOf(fields, node.fields),
    externalIds: list(node.externalIds.map(({ scheme, value }) => `${scheme}:${value}`)),
    names: list(node.names.map((name) => String(name['value']))),
    createdAt: instant(node.createdAt),
    updatedAt: instant(node.updatedAt),
    ...(claim ? { asserts: list(claim.asserts), retracted: literal(claim.retracted) } : {}),
  });
  const extra = labels.length > 0 ? `SET n:${labels.map(identifier).join(':')}, ` : 'SET ';
  return {
    statement: `MERGE (n:${type ? 'Entity' : 'Claim'} {id: row.id}) ${extra}n += row.properties`,
    text: `{id: ${literal(node.id)}, properties: ${properties}}`,
  };
}

/** A tie of a claim leads from a claim, to an entity or to another. */
const BETWEEN_CLAIMS = new Set(['SUPPORTS', 'DISPUTES', 'QUALIFIES', 'SUPERSEDES']);

function edgeRow({ id, from, to, type, relationship, fields, standing }: ExportEdge): Row {
  const properties = relationship
    ? literalMap({
        ...literalsOf(edgeFieldsOf(relationship), fields),
        status: standing && literal(standing.status),
        weakestStatus: standing && literal(standing.weakestStatus),
        hedged: standing && literal(standing.hedged),
        disputed: standing && literal(standing.disputed),
        confidence: standing && literal(standing.confidence),
        claimCount: standing && literal(standing.claimCount),
        sourceCount: standing && literal(standing.sourceCount),
        observedFrom: standing?.observedFrom ? `date(${literal(standing.observedFrom)})` : null,
        observedTo: standing?.observedTo ? `date(${literal(standing.observedTo)})` : null,
        claims: standing && list(standing.claims),
      })
    : literalMap(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, literal(value)])));
  const [start, end] = relationship ? ['Entity', 'Entity'] : ['Claim', BETWEEN_CLAIMS.has(type) ? 'Claim' : 'Entity'];
  return {
    statement: `MATCH (a:${start} {id: row.from}) MATCH (b:${end} {id: row.to}) MERGE (a)-[r:${identifier(type)} {id: row.id}]->(b) SET r += row.properties`,
    text: `{id: ${literal(id)}, from: ${literal(from)}, to: ${literal(to)}, properties: ${properties}}`,
  };
}
