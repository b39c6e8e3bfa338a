import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { isSource } from '../../model/common-fields.ts';
import {
  type Attribute,
  type AttributeKind,
  type AttributeValues,
  attributesOfEdge,
  attributesOfNode,
  described,
  edgeAttributes,
  nodeAttributes,
} from './attributes.ts';
import { cell, row } from './csv-cells.ts';
import type { ExportClaim, ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { claimNode } from './rows.ts';
import { gathered, writable } from './text.ts';

/** Four tables in a ZIP archive, for spreadsheets, pandas and R, and a README that says what is in them. */
export const csvZip: ExportFormat = {
  extension: 'csv.zip',
  contentType: 'application/zip',
  title: 'CSV tables in a ZIP archive, for spreadsheets, pandas and R',
  write: zipped,
};

/** Of zlib's levels: what is compressed harder is hardly smaller, and takes longer than to read it. */
const FAST = 1;

async function* zipped(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<Uint8Array> {
  const { about } = graph;
  const zip = new ZipFile();
  const open: Readable[] = [];
  // What goes wrong while a table is read reaches whoever takes the archive; nobody else would hear of it.
  const broken = (error: Error) => void (zip.outputStream as Readable).destroy(error);
  zip.on('error', broken);
  const mtime = new Date(about.exportedAt);
  const nodes = nodeAttributes(model, about.view);
  const edges = edgeAttributes(model);
  const claims = claimColumns(nodeAttributes(model, 'full'));
  const tables: Readonly<Record<string, () => AsyncIterable<string>>> = {
    'nodes.csv': () => table(nodes, graph.nodes(), attributesOfNode),
    'relationships.csv': () =>
      table([...ENDS, ...edges], graph.edges(), (edge) => ({
        ...attributesOfEdge(edge),
        from: writable(edge.from),
        to: writable(edge.to),
      })),
    'claims.csv': () => table(claims, graph.claims(), valuesOfClaim),
    'sources.csv': () => table(nodes, sourcesOf(graph), attributesOfNode),
  };
  zip.addBuffer(Buffer.from(readme(graph)), 'README.txt', { mtime });
  for (const [name, rows] of Object.entries(tables))
    zip.addReadStreamLazy(name, { mtime, compressionLevel: FAST }, (take) => {
      const lines = Readable.from(bytes(gathered(rows())), { objectMode: false, highWaterMark: 65_536 });
      open.push(lines);
      lines.on('error', broken);
      take(null, lines);
    });
  zip.end();
  try {
    for await (const part of zip.outputStream) yield part as Buffer;
  } finally {
    for (const lines of open) lines.destroy();
  }
}

async function* bytes(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}

const column = (name: string, kind: AttributeKind, description: string): Attribute => ({ name, kind, description });
const ENDS = [column('from', 'string', 'Id of its start.'), column('to', 'string', 'Id of its end.')];

const TIES = ['subject', 'object', 'speaker', 'source', 'locator'] as const;
const BEARINGS = ['supports', 'disputes', 'qualifies', 'supersedes'] as const;
const OF_CLAIMS = new Set(
  'id text predicate commitment hedged polarity attribution act onBehalfOf inCapacityOf addressee event quoteText quoteLanguage quoteTranslation quoteElided confidence rank rankReason validFrom validTo observedOn assertedAt publishedAt statedValue states asserts retracted'.split(
    ' ',
  ),
);

const claimColumns = (attributes: readonly Attribute[]): Attribute[] => [
  ...attributes.filter(({ name }) => OF_CLAIMS.has(name)),
  ...TIES.map((name) => column(name, 'string', `Id of its ${name}.`)),
  ...BEARINGS.map((name) => column(name, 'list', `Ids of claims that it ${name}.`)),
];

function valuesOfClaim(claim: ExportClaim): AttributeValues {
  const values: Record<string, AttributeValues[string]> = { ...attributesOfNode(claimNode(claim)) };
  for (const tie of TIES) {
    const end = claim[tie];
    if (end !== null) values[tie] = writable(end);
  }
  for (const bearing of BEARINGS) if (claim[bearing].length > 0) values[bearing] = claim[bearing].map(writable);
  return values;
}

async function* sourcesOf(graph: ExportGraph) {
  for await (const node of graph.nodes()) if (node.type && isSource(node.type)) yield node;
}

async function* table<T>(
  columns: readonly Attribute[],
  items: AsyncIterable<T>,
  values: (item: T) => AttributeValues,
): AsyncGenerator<string> {
  yield row(columns.map(({ name }) => name));
  for await (const item of items) {
    const of = values(item);
    yield row(columns.map(({ name }) => cell(of[name])));
  }
}

const readme = ({ about }: ExportGraph): string => `${described(about)}

nodes.csv          every entity, sources too${about.view === 'full' ? ', and every claim' : ''}
relationships.csv  from and to are ids of nodes; a symmetric one stands once${about.view === 'full' ? '; with the ties of claims' : ''}
claims.csv         what is said, by whom, where; asserts holds ids of relationships
sources.csv        those of nodes.csv that are sources

UTF-8, commas, lines that end in CR LF (RFC 4180). An empty cell is an absent value. Values of a list are separated by |,
with a backslash before a | or a backslash of their own. Dates are ISO, as precise as they are known: 2022, 2022-03, 2022-03-27.
A text that a spreadsheet would take for a formula, since it begins with = + - @, a tab or a line end, has an apostrophe
before it; so has one that begins with apostrophes and then one of these. To have it as it was, take one apostrophe away
where what begins with apostrophes goes on with one of these.
`;
