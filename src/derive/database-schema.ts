import { snakeCase } from '../model/casing.ts';
import { claimFields, entityFields } from '../model/common-fields.ts';
import { type Field, references } from '../model/kinds.ts';
import type { Model } from '../model/model.ts';

/** What the database is told: uniqueness, order, full text. One statement a constraint or index, named, so that it can be compared. */

/** A constraint or index. `labels` are relationship types where `of` says so. */
export interface SchemaItem {
  readonly name: string;
  readonly is: 'uniqueness' | 'range' | 'fulltext';
  readonly of: 'node' | 'relationship';
  readonly labels: readonly string[];
  readonly properties: readonly string[];
  /** Full-text analyser. */
  readonly analyzer: string | null;
}

/** Full text over what entities are called and described by; words, without case and accents. */
export const ENTITY_TEXT = 'entity_text';
/** Full text over what claims say and quote. */
export const CLAIM_TEXT = 'claim_text';
/** Folded aliases, each one whole term. */
export const ENTITY_ALIAS = 'entity_alias';
/** What things are found by: names and texts in words of Latin letters, whole names, types; cut at spaces alone. */
export const ENTITY_SEARCH = 'entity_search';
/** Ids of all edges, whatever their type: from a claim to the edges that it asserts. */
export const RELATIONSHIP_ID = 'relationship_id';

const item = (
  is: SchemaItem['is'],
  of: SchemaItem['of'],
  name: string,
  labels: readonly string[],
  properties: readonly string[],
  analyzer: string | null = null,
): SchemaItem => ({
  name,
  is,
  of,
  labels,
  properties,
  analyzer,
});

/** The property that a field is ordered and compared by, where an index can hold it: no free text, which may be too long. */
export function orderedProperty(field: Field): string | null {
  switch (field.kind) {
    case 'partialDate':
      return `${field.name}Earliest`;
    case 'openList':
    case 'closedList':
    case 'integer':
    case 'float':
      return field.name;
    default:
      return null;
  }
}

/** Every constraint and index that the model asks for, in a stable order. */
export function databaseSchema(model: Model): SchemaItem[] {
  const items: SchemaItem[] = [
    item('uniqueness', 'node', 'entity_id', ['Entity'], ['id']),
    item('uniqueness', 'node', 'claim_id', ['Claim'], ['id']),
    item('uniqueness', 'node', 'external_id_key', ['ExternalId'], ['key']),
    item('uniqueness', 'node', 'concordat_migration_version', ['ConcordatMigration'], ['version']),
    item('uniqueness', 'node', 'concordat_lock_name', ['ConcordatLock'], ['name']),
    // What has happened, in its order, and by what it happened to; what is no more; who did it.
    item('uniqueness', 'node', 'revision_sequence', ['Revision'], ['sequence']),
    item('uniqueness', 'node', 'revision_id', ['Revision'], ['id']),
    item('uniqueness', 'node', 'removed_id', ['Removed'], ['id']),
    item('uniqueness', 'node', 'merge_id', ['Merge'], ['id']),
    item('uniqueness', 'node', 'judgement_id', ['Judgement'], ['id']),
    item('uniqueness', 'node', 'concordat_feed_name', ['ConcordatFeed'], ['name']),
    item('uniqueness', 'node', 'concordat_call_id', ['ConcordatCall'], ['id']),
    item('uniqueness', 'node', 'concordat_key_id', ['ConcordatKey'], ['id']),
    item('uniqueness', 'node', 'concordat_secret_name', ['ConcordatSecret'], ['name']),
    ...model.relationships.map((type) =>
      item('uniqueness', 'relationship', `${type.name.toLowerCase()}_id`, [type.name], ['id']),
    ),
    item('range', 'node', 'entity_name_key', ['Entity'], ['nameKey']),
    // Few claims deny; they are where contradictions are looked for.
    item('range', 'node', 'claim_polarity', ['Claim'], ['polarity']),
    ...['of', 'from', 'to'].map((end) => item('range', 'node', `revision_${end}`, ['Revision'], [end, 'sequence'])),
    item('range', 'node', 'merge_into', ['Merge'], ['into']),
    item('range', 'node', 'removed_survivor', ['Removed'], ['survivor']),
    item('range', 'node', 'removed_with', ['Removed'], ['with']),
    item('range', 'node', 'concordat_call_at', ['ConcordatCall'], ['at']),
    ...references(claimFields).map((name) => item('range', 'node', `claim_${snakeCase(name)}`, ['Claim'], [name])),
    ...model.relationships.flatMap((type) =>
      references(type.fields).map((name) =>
        item('range', 'relationship', `${type.name.toLowerCase()}_${snakeCase(name)}`, [type.name], [name]),
      ),
    ),
  ];
  for (const end of [...model.families, ...model.entities]) {
    const name = snakeCase(end.name);
    if (end.name !== 'Entity') items.push(item('range', 'node', `${name}_id`, [end.name], ['id']));
    items.push(item('range', 'node', `${name}_name`, [end.name], ['name']));
    if (end.is === 'family') continue;
    for (const field of end.fields) {
      const property = field.kind === 'reference' ? field.name : orderedProperty(field);
      if (property) items.push(item('range', 'node', `${name}_${snakeCase(property)}`, [end.name], [property]));
    }
  }
  const texts = (fields: readonly Field[]) =>
    fields
      .filter((field) => (field.kind === 'text' || field.kind === 'textList') && field.fullText)
      .map((field) => field.name);
  const entityTexts = [...new Set([...texts(entityFields), ...model.entities.flatMap((type) => texts(type.fields))])];
  items.push(
    item('fulltext', 'node', ENTITY_TEXT, ['Entity'], entityTexts, 'standard-folding'),
    item('fulltext', 'node', CLAIM_TEXT, ['Claim'], [...texts(claimFields), 'quoteText'], 'standard-folding'),
    item('fulltext', 'node', ENTITY_ALIAS, ['Entity'], ['aliasKeys'], 'keyword'),
    item(
      'fulltext',
      'node',
      ENTITY_SEARCH,
      ['Entity'],
      ['searchNames', 'searchWhole', 'searchText', 'searchType'],
      'whitespace',
    ),
    item(
      'fulltext',
      'relationship',
      RELATIONSHIP_ID,
      model.relationships.map((type) => type.name),
      ['id'],
      'keyword',
    ),
  );
  return items;
}

/** The Cypher statement that makes an item, unless it is there. */
export function createStatement(one: SchemaItem): string {
  const variable = one.of === 'node' ? 'n' : 'r';
  const pattern = one.of === 'node' ? `(n:${one.labels.join('|')})` : `()-[r:${one.labels.join('|')}]-()`;
  const properties = one.properties.map((property) => `${variable}.${property}`);
  if (one.is === 'uniqueness')
    return `CREATE CONSTRAINT ${one.name} IF NOT EXISTS FOR ${pattern} REQUIRE ${properties.join(', ')} IS UNIQUE`;
  if (one.is === 'range') return `CREATE INDEX ${one.name} IF NOT EXISTS FOR ${pattern} ON (${properties.join(', ')})`;
  return `CREATE FULLTEXT INDEX ${one.name} IF NOT EXISTS FOR ${pattern} ON EACH [${properties.join(', ')}] OPTIONS {indexConfig: {\`fulltext.analyzer\`: '${one.analyzer}'}}`;
}

/** `cypher/schema.cypher`, whole. */
export function printDatabaseSchema(model: Model): string {
  const titles = { uniqueness: 'Uniqueness', range: 'Order and look-up', fulltext: 'Full text' };
  const items = databaseSchema(model);
  const parts = (['uniqueness', 'range', 'fulltext'] as const).map((is) =>
    [`// ${titles[is]}`, ...items.filter((one) => one.is === is).map((one) => `${createStatement(one)};`)].join('\n'),
  );
  return `// Printed from src/ontology by \`npm run print\`; do not edit.\n\n${parts.join('\n\n')}\n`;
}
