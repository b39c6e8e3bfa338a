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
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { gathered, writable, xmlText } from './text.ts';

/**
 * GraphML, http://graphml.graphdrawing.org/specification.html: for NetworkX, igraph, yEd, Cytoscape. It knows no lists:
 * they are JSON arrays in text.
 */
export const graphml: ExportFormat = {
  extension: 'graphml',
  contentType: 'application/graphml+xml; charset=utf-8',
  title: 'GraphML, for NetworkX, igraph, yEd and Cytoscape',
  write: (graph, from) => gathered(write(graph, from)),
};

const TYPES: Readonly<Record<AttributeKind, string>> = {
  string: 'string',
  date: 'string',
  list: 'string',
  integer: 'long',
  float: 'double',
  boolean: 'boolean',
};

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const { about } = graph;
  yield `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
${keys('node', nodeAttributes(model, about.view))}${keys('edge', edgeAttributes(model))}<graph id="graph" edgedefault="directed">
<desc>${xmlText(described(about))}</desc>\n`;
  for await (const node of graph.nodes())
    yield `<node id="${token(node.id)}">${data('node', node.id, attributesOfNode(node))}</node>\n`;
  for await (const edge of graph.edges())
    yield `<edge id="${token(edge.id)}" source="${token(edge.from)}" target="${token(edge.to)}">${data('edge', edge.id, attributesOfEdge(edge))}</edge>\n`;
  yield '</graph>\n</graphml>\n';
}

/** Told beside the element's own id, which cannot hold every one, and which yEd and others replace by theirs. */
const TOLD = 'concordatId';

const keys = (of: 'node' | 'edge', attributes: readonly Attribute[]): string =>
  attributes
    .map(({ name, kind }) => ({ name: name === 'id' ? TOLD : name, kind }))
    .map(({ name, kind }) => `<key id="${of}.${name}" for="${of}" attr.name="${name}" attr.type="${TYPES[kind]}"/>\n`)
    .join('');

function data(of: 'node' | 'edge', id: string, values: AttributeValues): string {
  let text = `<data key="${of}.${TOLD}">${xmlText(id)}</data>`;
  for (const name in values) {
    if (name === 'id') continue;
    const value = values[name];
    text += `<data key="${of}.${name}">${xmlText(typeof value === 'object' ? JSON.stringify(value) : String(value))}</data>`;
  }
  return text;
}

/** What the schema takes for an id: https://www.w3.org/TR/xml/#NT-Nmtoken */
const NAME =
  /^[-.:\w\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]$/u;
const isToken = (id: string): boolean => /^[-.:\w]+$/.test(id) || [...id].every((each) => NAME.test(each));

/** An id as one; characters that cannot stand in one as `_x27_`. */
const token = (id: string): string =>
  isToken(id)
    ? id
    : [...writable(id)].map((each) => (NAME.test(each) ? each : `_x${each.codePointAt(0)?.toString(16)}_`)).join('');
