import { relationshipTypeName } from '../../model/model.ts';
import {
  type AttributeValues,
  attributesOfEdge,
  attributesOfNode,
  described,
  edgeAttributes,
  nodeAttributes,
} from './attributes.ts';
import type { ExportEdge, ExportGraph, ExportNode } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { contextOf, iriOf, referenceNames, TIE_TERMS, VOCABULARY, vocabularyNodes } from './jsonld-context.ts';
import { gathered, json } from './text.ts';

/**
 * JSON-LD 1.1, https://www.w3.org/TR/json-ld11/. A relationship is a property of its start, and a node of its own that
 * says when and how surely, with `rdf:subject`, `rdf:predicate` and `rdf:object`.
 */
export const jsonld: ExportFormat = {
  extension: 'jsonld',
  contentType: 'application/ld+json; charset=utf-8',
  title: 'JSON-LD 1.1, for RDF stores and linked data',
  write: (graph, from) => gathered(write(graph, from)),
};

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const { about } = graph;
  const dates = [...nodeAttributes(model, about.view), ...edgeAttributes(model)].filter(({ kind }) => kind === 'date');
  const write = writer(referenceNames(model), new Set(dates.map(({ name }) => name)));
  const dataset = {
    '@id': iriOf(`export:${about.name}`),
    '@type': 'schema:Dataset',
    'schema:name': about.name,
    'schema:description': described(about),
    'schema:dateCreated': { '@value': about.exportedAt, '@type': 'xsd:dateTime' },
    truncated: about.truncated !== null,
  };
  yield `{"@context":${json(contextOf(model, about.view))},\n"@graph":[\n${json(dataset)}`;
  for (const node of vocabularyNodes(model)) yield `,\n${json(node)}`;
  for await (const node of graph.nodes()) yield `,\n${json(write.node(node))}`;
  for await (const edge of graph.edges()) for (const node of write.edge(edge)) yield `,\n${json(node)}`;
  yield '\n]}\n';
}

const DATE_TYPES: Readonly<Record<number, string>> = { 4: 'xsd:gYear', 7: 'xsd:gYearMonth', 10: 'xsd:date' };

function writer(isReference: ReadonlySet<string>, isDate: ReadonlySet<string>) {
  const properties = (values: AttributeValues): Record<string, unknown> => {
    const written: Record<string, unknown> = {};
    for (const name in values) {
      if (name === 'id' || name === 'type') continue;
      const value = values[name];
      const isIds = isReference.has(name) || name === 'claims' || name === 'asserts';
      if (isIds) written[name] = Array.isArray(value) ? value.map(iriOf) : iriOf(String(value));
      else if (typeof value === 'string' && isDate.has(name))
        written[name] = { '@value': value, '@type': DATE_TYPES[value.length] };
      else written[name] = value;
    }
    return written;
  };
  return {
    node(node: ExportNode): object {
      const { type } = node;
      const { schemaOrg, ftm } = type?.maps ?? {};
      const types = type
        ? [type.name, ...(schemaOrg ? [`schema:${schemaOrg}`] : []), ...(ftm ? [`ftm:${ftm}`] : [])]
        : ['Claim', 'schema:Claim'];
      return { '@id': iriOf(node.id), '@type': types, ...properties(attributesOfNode(node)) };
    },
    edge(edge: ExportEdge): object[] {
      const { from, to, type, relationship } = edge;
      const term = relationship ? relationship.names.forward : (TIE_TERMS[type] ?? type);
      const plain = { '@id': iriOf(from), [term]: iriOf(to) };
      if (!relationship) return [plain];
      return [
        plain,
        {
          '@id': iriOf(edge.id),
          '@type': [relationshipTypeName(relationship), 'rdf:Statement'],
          'rdf:subject': { '@id': iriOf(from) },
          'rdf:predicate': { '@id': `${VOCABULARY}${term}` },
          'rdf:object': { '@id': iriOf(to) },
          ...properties(attributesOfEdge(edge)),
        },
      ];
    },
  };
}
