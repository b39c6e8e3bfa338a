import { relationshipFields } from '../model/common-fields.ts';
import type { Field } from '../model/kinds.ts';
import { concreteTypes, fieldsOfEntity, type Model } from '../model/model.ts';
import { colourOf } from './colours.ts';
import { databaseSchema } from './database-schema.ts';

/**
 * A perspective for Neo4j Bloom (Explore): categories, captions, colours and search phrases, as its Import takes it. The
 * format is not documented; this follows what Bloom itself exports.
 */

/** Everything is as old as this, so that the same model prints the same file. */
const MADE_AT = 1_735_689_600_000;

const STRING = 'string';

const DATA_TYPES: Readonly<Partial<Record<Field['kind'], string>>> = {
  boolean: 'boolean',
  integer: 'bigint',
  float: 'number',
  textList: 'array',
  date: 'date',
  dateTime: 'datetime',
};

/** Properties for machines alone. */
const HIDDEN = new Set(['id', 'createdAt', 'updatedAt', 'createdBy', 'version', 'claims']);

const dataType = (field: Field): string => DATA_TYPES[field.kind] ?? STRING;

interface Phrase {
  readonly text: string;
  readonly cypher: string;
}

/** What analysts ask first. `$name`, `$other`: names, suggested while they are typed. */
export const PHRASES: readonly Phrase[] = [
  {
    text: 'Around $name',
    cypher: 'MATCH (a:Entity {name: $name})-[r]-(b:Entity) WHERE NOT b:Source RETURN a, r, b LIMIT 300',
  },
  {
    text: 'Agreed around $name',
    cypher:
      "MATCH (a:Entity {name: $name})-[r]-(b:Entity) WHERE r.status IN ['FACT', 'AGREED'] AND NOT b:Source RETURN a, r, b LIMIT 300",
  },
  {
    text: 'Offered or alleged around $name',
    cypher:
      "MATCH (a:Entity {name: $name})-[r]-(b:Entity) WHERE r.status IN ['PROMISED', 'OFFERED', 'PROPOSED', 'PLANNED', 'PREDICTED', 'ALLEGED'] RETURN a, r, b LIMIT 300",
  },
  {
    text: 'Who opposes $name',
    cypher:
      "MATCH (b:Entity {name: $name}) OPTIONAL MATCH (part:AgreementTerm)-[t:TERM_OF]->(b) WITH b, t, part MATCH (a:Actor)-[r:STANCE_ON]->(on) WHERE on IN [b, part] AND r.stance IN ['OPPOSES', 'STRONGLY_OPPOSES'] RETURN a, r, on, t, b",
  },
  {
    text: 'Path from $name to $other',
    cypher:
      'MATCH (a:Entity {name: $name}), (b:Entity {name: $other}) MATCH p = shortestPath((a)-[*..6]-(b)) WHERE none(n IN nodes(p)[1..-1] WHERE n:Source OR n:Claim) RETURN p',
  },
  {
    text: 'What is claimed of $name',
    cypher:
      'MATCH (a:Entity {name: $name})<-[r:SUBJECT|OBJECT]-(c:Claim)-[s:STATED_IN]->(x:Source) OPTIONAL MATCH (c)-[y:SPEAKER]->(z:Actor) RETURN a, r, c, s, x, y, z LIMIT 200',
  },
];

/** The perspective as Bloom reads it. */
export function bloomPerspective(model: Model): object {
  const stamps = { createdAt: MADE_AT, lastEditedAt: MADE_AT };
  const types = model.entities.map((type) => ({
    name: type.name,
    colour: colourOf(type),
    caption: 'name',
    fields: fieldsOfEntity(type),
  }));
  const categories = [...types, { name: 'Claim', colour: colourOf(null), caption: 'text', fields: [] as Field[] }];
  return {
    name: 'concordat',
    id: '6f0f3a7e-6b0a-5b1e-9a59-3a0a5f3f6c11',
    version: '2.21.0',
    type: 'STANDARD_PERSPECTIVE',
    ...stamps,
    categories: categories.map(({ name, colour, caption, fields }, nth) => ({
      id: nth + 1,
      name,
      labels: [name],
      ...stamps,
      color: colour,
      size: name === 'Claim' ? 0.75 : 1,
      captionKeys: [caption],
      properties: fields.map((field) => ({
        name: field.name,
        exclude: HIDDEN.has(field.name),
        dataType: dataType(field),
      })),
    })),
    labels: Object.fromEntries(
      types.map(({ name, fields }) => [
        name,
        fields.map((field) => ({ propertyKey: field.name, type: name, dataType: dataType(field) })),
      ]),
    ),
    relationshipTypes: model.relationships.map((type) => ({
      id: type.name,
      name: type.name,
      color: '#7d8794',
      size: 1,
      captionKeys: ['0_REL_TYPE_CAPTION_KEY'],
      properties: [...relationshipFields, ...type.fields].map((field) => ({
        propertyKey: field.name,
        type: type.name,
        dataType: dataType(field),
      })),
    })),
    palette: { colors: [...new Set(categories.map(({ colour }) => colour))], currentIndex: 0 },
    templates: PHRASES.map(({ text, cypher }, nth) => ({
      id: `tmpl:${MADE_AT + nth}`,
      name: text.replace(/ \$\w+/g, ''),
      createdAt: MADE_AT + nth,
      text,
      cypher,
      isUpdateQuery: null,
      hasCypherErrors: false,
      params: [...new Set(text.match(/\$\w+/g))].map((name) => ({
        name,
        dataType: 'String',
        collapsed: false,
        suggestionLabel: 'Entity',
        suggestionProp: 'name',
        suggestionBoolean: false,
        cypher: null,
      })),
    })),
    sceneActions: [],
    hiddenCategories: [],
    hiddenRelationshipTypes: [],
    hideUncategorisedData: true,
    isAuto: false,
    history: [],
    parentPerspectiveId: null,
    metadata: {
      pathSegments: model.relationships.flatMap((type) =>
        type.pairs.flatMap((pair) =>
          pair.from
            .flatMap((end) => concreteTypes(model, end))
            .flatMap((from) =>
              pair.to
                .flatMap((end) => concreteTypes(model, end))
                .map((to) => ({ source: from.name, relationshipType: type.name, target: to.name })),
            ),
        ),
      ),
      indexes: databaseSchema(model)
        .filter((item) => item.of === 'node' && item.is !== 'fulltext')
        .flatMap((item) => item.labels.map((label) => ({ label, type: 'native', propertyKeys: item.properties }))),
    },
  };
}

export const printBloomPerspective = (model: Model): string => `${JSON.stringify(bloomPerspective(model), null, 1)}\n`;
