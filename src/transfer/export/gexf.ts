import { parsePartialDate } from '../../model/partial-date.ts';
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
import { coloursOf } from './colours.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { gathered, xmlAttribute, xmlText } from './text.ts';

/**
 * GEXF 1.3, https://gexf.net/schema.html: what Gephi opens, with when each relationship holds. A list is written as Gephi
 * writes it, `["a", "b"]`. `kind` is the type of a relationship, so that several between the same two are not made one.
 */
export const gexf: ExportFormat = {
  extension: 'gexf',
  contentType: 'application/gexf+xml; charset=utf-8',
  title: 'GEXF 1.3, for Gephi and Gephi Lite',
  write: (graph, from) => gathered(write(graph, from)),
};

const TYPES: Readonly<Record<AttributeKind, string>> = {
  string: 'string',
  date: 'string',
  integer: 'long',
  float: 'double',
  boolean: 'boolean',
  list: 'liststring',
};

/** What the elements say of themselves already. */
const OWN = new Set(['id', 'label']);

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const { about } = graph;
  const colourOf = coloursOf(model);
  yield `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta lastmodifieddate="${about.exportedAt.slice(0, 10)}"><creator>concordat</creator><description>${xmlText(described(about))}</description></meta>
<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
${declared('node', nodeAttributes(model, about.view))}${declared('edge', edgeAttributes(model))}<nodes count="${about.counts.nodes}">\n`;
  for await (const node of graph.nodes()) {
    const values = attributesOfNode(node);
    const { red, green, blue } = colourOf(String(values['type']));
    yield `<node id="${xmlAttribute(node.id)}" label="${xmlAttribute(node.label)}">${attvalues(values)}<viz:color r="${red}" g="${green}" b="${blue}"/></node>\n`;
  }
  yield `</nodes>\n<edges count="${about.counts.edges}">\n`;
  for await (const edge of graph.edges()) {
    const type = xmlAttribute(edge.type);
    yield `<edge id="${xmlAttribute(edge.id)}" source="${xmlAttribute(edge.from)}" target="${xmlAttribute(edge.to)}" type="directed" label="${type}" kind="${type}">${attvalues(attributesOfEdge(edge))}${spells(edge.relationship?.time.class === 'act', edge.fields)}</edge>\n`;
  }
  yield '</edges>\n</graph>\n</gexf>\n';
}

const declared = (of: string, attributes: readonly Attribute[]): string =>
  `<attributes class="${of}" mode="static">\n${attributes
    .filter(({ name }) => !OWN.has(name))
    .map(({ name, kind }) => `<attribute id="${name}" title="${name}" type="${TYPES[kind]}"/>\n`)
    .join('')}</attributes>\n`;

function attvalues(values: AttributeValues): string {
  let text = '';
  for (const name in values) {
    if (OWN.has(name)) continue;
    const value = values[name];
    const written = typeof value === 'object' ? JSON.stringify(value) : String(value);
    text += `<attvalue for="${name}" value="${xmlAttribute(written)}"/>`;
  }
  return `<attvalues>${text}</attvalues>`;
}

/**
 * When it holds, or may: from the earliest day that its beginning can mean to the latest that its end can, since the
 * format takes only full days. An act is on the days that its date can mean. As precisely as it is known it stands in
 * `validFrom` and `validTo`.
 */
function spells(isAct: boolean, { validFrom, validTo }: Readonly<Record<string, unknown>>): string {
  const from = typeof validFrom === 'string' ? parsePartialDate(validFrom) : null;
  const to = isAct ? from : typeof validTo === 'string' ? parsePartialDate(validTo) : null;
  if (!from && !to) return '';
  return `<spells><spell${from ? ` start="${from.earliest}"` : ''}${to ? ` end="${to.latest}"` : ''}/></spells>`;
}
