import type { EntityType } from '../model/declarations.ts';
import { nameKey } from '../model/folding.ts';
import { fieldsOfEntity, type Model, typeAmong } from '../model/model.ts';
import { keysOfNames, searchText, typeWord, wholeWord } from '../model/search-keys.ts';
import type { Connection } from './connection.ts';
import type { Properties } from './graph/properties.ts';

/** The hidden keys by which entities are found: derived whenever one is written, and anew when a migration asks for it. */

/** The properties that hold them. */
export const FINDING_KEYS = ['nameKey', 'aliasKeys', 'searchNames', 'searchWhole', 'searchText', 'searchType'] as const;

/** Hidden keys by which an entity is found: by its name as it is spelled, and by words in Latin letters. */
export function findingKeys(type: EntityType, properties: Properties, names: readonly Properties[]): Properties {
  const name = String(properties['name'] ?? '');
  const others = [
    ...((properties['aliases'] as string[] | undefined) ?? []),
    ...names.map((each) => String(each['value'])),
  ];
  const key = nameKey(name);
  const aliases = [...new Set(others.map(nameKey))].filter((alias) => alias !== '' && alias !== key).sort();
  // The database gives names in any order; the same names must give the same keys.
  const spelled = keysOfNames([name, ...others.toSorted()]);
  const text = fieldsOfEntity(type)
    .filter((field) => field.kind === 'text' && field.fullText && field.name !== 'name')
    .map((field) => searchText(String(properties[field.name] ?? '')))
    .filter((words) => words !== '')
    .join(' ');
  return {
    nameKey: key,
    ...(aliases.length > 0 ? { aliasKeys: aliases } : {}),
    ...(spelled.length > 0 ? { searchNames: spelled, searchWhole: spelled.map(wholeWord) } : {}),
    ...(text === '' ? {} : { searchText: text }),
    searchType: typeWord(type.name),
  };
}

/** Entities whose keys are derived in one transaction. */
const BATCH = 1_000;

/**
 * Derives the keys of every entity anew where a migration has asked for it (`:ConcordatDerivation {name: 'finding keys'}`
 * that is not done): spelling other scripts in Latin letters is beyond Cypher. It walks by id and remembers how far it
 * has come, so that a process which dies in between is taken over from there. Versions and times of entities stay.
 */
export async function deriveFindingKeys(
  connection: Connection,
  model: Model,
  say: (line: string) => void,
): Promise<void> {
  for (let derived = 0; ; derived += BATCH) {
    const left = await connection.write('derive finding keys', async (tx) => {
      const { records } = await tx.run(
        `CYPHER 5 MATCH (d:ConcordatDerivation {name: 'finding keys', done: false})
         RETURN COLLECT { MATCH (n:Entity) WHERE n.id > coalesce(d.upTo, '')
           WITH n ORDER BY n.id LIMIT ${BATCH}
           RETURN [n.id, labels(n), properties(n), COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN properties(m) }] }`,
      );
      const found = records[0]?.get(0) as [string, string[], Properties, Properties[]][] | undefined;
      if (!found) return null;
      const rows = found.flatMap(([id, labels, properties, names]) => {
        const type = typeAmong(model, labels);
        if (!type) return [];
        const keys = findingKeys(type, properties, names);
        return [{ id, keys: Object.fromEntries(FINDING_KEYS.map((key) => [key, keys[key] ?? null])) }];
      });
      await tx.run('CYPHER 5 UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n += row.keys', { rows });
      await tx.run(`CYPHER 5 MATCH (d:ConcordatDerivation {name: 'finding keys'}) SET d.upTo = $upTo, d.done = $done`, {
        upTo: found.at(-1)?.[0] ?? null,
        done: found.length < BATCH,
      });
      return found.length;
    });
    if (left === null) return;
    if (derived === 0 && left > 0) say('Deriving the keys by which entities are found.');
    if (left < BATCH) return;
  }
}
