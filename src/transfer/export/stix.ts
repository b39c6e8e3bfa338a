import type { EntityType } from '../../model/declarations.ts';
import { type Model, typeOfId } from '../../model/model.ts';
import { stixId, stixTypeOf } from '../vocabularies/stix-model.ts';
import { PREAMBLE, stixObject, stixRelationship } from '../vocabularies/stix-writing.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';

/**
 * STIX 2.1, one bundle. Every entity is the nearest standard object, every relationship a relationship, and what STIX
 * lacks stands in an extension that the bundle defines. See docs/exchange-formats.md and docs/decisions/0019.
 */
export const stix: ExportFormat = {
  extension: 'stix.json',
  contentType: 'application/stix+json;version=2.1',
  title: 'STIX 2.1: OpenCTI, ATT&CK’s tools',
  write: (graph, { model }) => write(graph, model),
};

/** What reports refer to is read before them and kept in mind: in larger graphs only relationships tell it. */
const MOST_TOLD_TWICE = 200_000;

async function* write(graph: ExportGraph, model: Model): AsyncGenerator<string> {
  const { about } = graph;
  const bundle = stixId('bundle', JSON.stringify([about.name, about.parameters, about.exportedAt]));
  yield `{"type": "bundle", "id": "${bundle}", "objects": [`;
  yield PREAMBLE.map(
    (object) => `\n${JSON.stringify(about.truncated === null ? object : said(object, about.truncated))}`,
  ).join(',');
  const mentioned =
    about.counts.edges <= MOST_TOLD_TWICE ? await mentionedBy(graph, model) : new Map<string, string[]>();
  for await (const node of graph.nodes()) {
    const object = stixObject(node, about.exportedAt, mentioned.get(node.id) ?? []);
    if (object !== null) yield `,\n${JSON.stringify(object)}`;
  }
  for await (const edge of graph.edges()) {
    const [from, to] = [entityType(model, edge.from), entityType(model, edge.to)];
    const object = from && to ? stixRelationship(edge, from, to, about.exportedAt) : null;
    if (object !== null) yield `,\n${JSON.stringify(object)}`;
  }
  yield '\n]}\n';
}

/** Bundles have no place for words: what was left out is said where the extension is defined. */
const said = (object: object, truncated: string): object =>
  'description' in object ? { ...object, description: `${String(object.description)} ${truncated}` } : object;

function entityType(model: Model, id: string): EntityType | null {
  const type = typeOfId(model, id);
  return type?.is === 'entity' ? type : null;
}

async function mentionedBy(graph: ExportGraph, model: Model): Promise<Map<string, string[]>> {
  const mentioned = new Map<string, string[]>();
  for await (const edge of graph.edges()) {
    if (edge.type !== 'MENTIONS') continue;
    const type = entityType(model, edge.to);
    const object = type && stixTypeOf(type);
    if (!object) continue;
    const known = mentioned.get(edge.from) ?? [];
    known.push(stixId(object.type, edge.to));
    mentioned.set(edge.from, known);
  }
  return mentioned;
}
