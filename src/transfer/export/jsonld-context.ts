import { claimFields, entityFields } from '../../model/common-fields.ts';
import { type Field, references } from '../../model/kinds.ts';
import type { Mappings } from '../../model/mappings.ts';
import { familiesOf, type Model, relationshipTypeName } from '../../model/model.ts';
import { type AttributeKind, edgeAttributes, nodeAttributes } from './attributes.ts';
import type { ExportAbout } from './export-graph.ts';

/** The words that JSON-LD says the graph in: the ontology's own under one IRI, and what others call the same. */

/** What the ontology's own words begin with. It leads nowhere, and stays. */
export const VOCABULARY = 'urn:concordat:ontology:';
const THINGS = 'urn:concordat:';

const PREFIXES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  schema: 'https://schema.org/',
  wd: 'http://www.wikidata.org/entity/',
  ftm: 'https://schema.followthemoney.tech/#',
};

/** Characters that an IRI has no place for, https://www.rfc-editor.org/rfc/rfc3987, and `%`, so that it can be read back. */
const NOT_IN_IRI =
  /[^\w\-.~:@!$&'()*+,;=\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF\u{10000}-\u{1FFFD}\u{20000}-\u{2FFFD}]/gu;

/** The IRI of a thing with an id. */
export const iriOf = (id: string): string =>
  `${THINGS}${id.toWellFormed().replace(NOT_IN_IRI, (each) => encodeURIComponent(each))}`;

const TYPES: Partial<Record<AttributeKind, string>> = {
  integer: 'xsd:integer',
  float: 'xsd:double',
  boolean: 'xsd:boolean',
};

/** Names of fields that hold ids. */
export const referenceNames = (model: Model): ReadonlySet<string> =>
  new Set(
    references([
      ...entityFields,
      ...claimFields,
      ...model.entities.flatMap((type) => type.fields),
      ...model.relationships.flatMap((type): readonly Field[] => type.fields),
    ]),
  );

/** The ties of a claim, as properties. */
export const TIE_TERMS: Readonly<Record<string, string>> = {
  SUBJECT: 'subject',
  OBJECT: 'object',
  SPEAKER: 'speaker',
  STATED_IN: 'statedIn',
  SUPPORTS: 'supports',
  DISPUTES: 'disputes',
  QUALIFIES: 'qualifies',
  SUPERSEDES: 'supersedes',
};

export function contextOf(model: Model, view: ExportAbout['view']): object {
  const terms: Record<string, unknown> = {};
  for (const { name, kind } of [...edgeAttributes(model), ...nodeAttributes(model, view)])
    if (TYPES[kind]) terms[name] = { '@id': `${VOCABULARY}${name}`, '@type': TYPES[kind] };
  for (const name of [
    ...referenceNames(model),
    ...['claims', 'asserts'],
    ...model.relationships.map((type) => type.names.forward),
    ...Object.values(TIE_TERMS),
  ])
    terms[name] = { '@id': `${VOCABULARY}${name}`, '@type': '@id' };
  return {
    '@version': 1.1,
    '@vocab': VOCABULARY,
    ...PREFIXES,
    ...terms,
    name: 'schema:name',
    description: 'schema:description',
    aliases: 'schema:alternateName',
    label: 'rdfs:label',
  };
}

/** What a type is called elsewhere: pointers, of which those to Wikidata are to be checked. */
function elsewhere({ schemaOrg, ftm, wikidata = [] }: Mappings): { '@id': string }[] {
  return [
    ...(schemaOrg ? [`schema:${schemaOrg}`] : []),
    ...(ftm ? [`ftm:${ftm}`] : []),
    ...wikidata.map((id) => `wd:${id}`),
  ].map((id) => ({ '@id': id }));
}

/** The ontology's own types and properties, each as a node. */
export function* vocabularyNodes(model: Model): Generator<object> {
  for (const type of model.entities)
    yield {
      '@id': `${VOCABULARY}${type.name}`,
      '@type': 'rdfs:Class',
      'rdfs:label': type.name,
      'rdfs:comment': type.description,
      'rdfs:subClassOf': familiesOf(type).map(({ name }) => ({ '@id': `${VOCABULARY}${name}` })),
      'skos:closeMatch': elsewhere(type.maps),
    };
  for (const type of model.relationships)
    yield {
      '@id': `${VOCABULARY}${type.names.forward}`,
      '@type': 'rdf:Property',
      'rdfs:label': type.phrase.forward,
      'rdfs:comment': type.description,
      reifiedBy: { '@id': `${VOCABULARY}${relationshipTypeName(type)}` },
      'skos:closeMatch': elsewhere(type.maps),
    };
}
