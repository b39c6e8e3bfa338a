import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EntityType } from '../../src/model/declarations.ts';
import { fieldsOfEntity, idPrefix, lookupName } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { testGraph } from '../support/graph.ts';
import { Choices } from '../support/oracle/choices.ts';
import { type PlainEntity, readPlainGraph } from '../support/oracle/plain-graph.ts';
import { type Pool, poolOf } from '../support/oracle/pool.ts';
import { asking, type Listing, nestedListing, readAll, readPage, rootListing } from '../support/paging.ts';
import { fieldsFor, randomGraphs } from '../support/random/graph.ts';
import { draws } from '../support/thoroughness.ts';

/** Pages put together are the list, whatever its order and filter, and whatever is written while somebody reads. */

const graph = testGraph();
let pool: Pool;
/** The entity that most hangs on. */
let hub: PlainEntity;

beforeAll(async () => {
  const [drawn] = fc.sample(randomGraphs(ontology), { seed: 3, numRuns: 1 });
  const written = await graph.record(drawn?.records ?? []);
  if (written.problems.length > 0) throw new Error(JSON.stringify(written.problems));
  await graph.rows('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()');
  const plain = await readPlainGraph(ontology, (text) => graph.rows(text));
  pool = poolOf(ontology, plain);
  const [first] = [...plain.entities.values()].sort((a, b) => b.edges.length - a.edges.length);
  if (!first) throw new Error('an empty graph has no pages');
  hub = first;
});

const ROOTS = [...ontology.families.map(({ plural }) => plural), 'sources', 'claims'];

/** Lists of many items: at the root, and below the entity that most hangs on. */
function listings(): Listing[] {
  const type = graph.schema.getType(hub.type);
  const fields = type && 'getFields' in type ? Object.values(type.getFields()) : [];
  const nested = fields
    .filter(({ name }) => name === 'claims' || name === 'relationships' || pool.has(hub.type, name))
    .map(({ name }) => nestedListing(graph.schema, hub.type, hub.id, name));
  return [...ROOTS.map((name) => rootListing(graph.schema, name)), ...nested, ...nested];
}

const numbers = fc.array(fc.nat(), { minLength: 20, maxLength: 80, size: 'max' });

describe('pages put together', () => {
  it('are the whole list, from either end', { timeout: 120_000 }, async () => {
    let items = 0;
    const property = fc.asyncProperty(numbers, async (drawn) => {
      const choices = new Choices(drawn);
      const listing = choices.one(listings());
      const asked = asking(listing, choices, pool);
      const { ids, totalCount, more } = await readPage(graph, listing, asked, { size: 200 });
      fc.pre(!more);
      expect(ids.length).toBe(totalCount);
      // Many pages of a long list tell no more than a few of a short one.
      const size = Math.max(1 + choices.below(4), Math.ceil(ids.length / 8));
      const said = `${listing.name} ${JSON.stringify(asked)}`;
      expect(new Set(ids).size, said).toBe(ids.length);
      const ends = listing.field.args.some(({ name }) => name === 'last') ? [false, true] : [false];
      const read = await Promise.all(ends.map((backward) => readAll(graph, listing, asked, { size, backward })));
      for (const each of read) expect(each, said).toEqual(ids);
      items += ids.length;
    });
    await fc.assert(property, { seed: 20240203, numRuns: draws(8, 16), endOnFailure: true });
    expect(items).toBeGreaterThan(200);
  });
});

describe('what was there throughout', () => {
  let count = 0;
  /** Entities of a type before and after everything, by name and by id, and somewhere between by all else. */
  async function write(type: EntityType, choices: Choices): Promise<void> {
    count += 1;
    const cast = { model: ontology, entities: [], idOf: () => undefined };
    const names = { '!': '!', '~': '\u{10FFFD}' };
    const records = Object.entries(names).map(([place, name]) => {
      const fields = fieldsFor(type, fieldsOfEntity(type), choices, cast);
      return { [lookupName(type)]: { id: `${idPrefix(type)}:${place}${count}`, ...fields, name: `${name}${count}` } };
    });
    expect((await graph.record(records)).problems).toEqual([]);
  }

  /** Nothing of `before` is lost, moved or doubled among what was read while more was written. */
  function expectKept(before: readonly string[], read: readonly string[], said: string): void {
    expect(new Set(read).size, said).toBe(read.length);
    const known = new Set(before);
    expect(
      read.filter((id) => known.has(id)),
      said,
    ).toEqual(before);
  }

  it.each([false, true])(
    'is met once while entities are written; backward: %s',
    { timeout: 120_000 },
    async (backward) => {
      const property = fc.asyncProperty(numbers, async (drawn) => {
        const choices = new Choices(drawn);
        const name = choices.one(['sources', 'entities', 'people', 'actors']);
        const type = ontology.entities.find((each) => each.name === (name === 'sources' ? 'Source' : 'Person'));
        if (!type) throw new Error('there are no such entities');
        const listing = rootListing(graph.schema, name);
        const { orderBy } = asking(listing, choices, pool, false);
        const asked = { orderBy };
        const { ids } = await readPage(graph, listing, asked, { size: 200 });
        const size = Math.max(1, Math.ceil(ids.length / 4));
        const between = () => write(type, choices);
        const read = await readAll(graph, listing, asked, { size, backward, between });
        expectKept(ids, read, `${name} ${JSON.stringify(asked)}`);
      });
      await fc.assert(property, { seed: 20240203, numRuns: draws(2, 4), endOnFailure: true });
    },
  );

  it('is met once while edges are written', { timeout: 120_000 }, async () => {
    const source = pool.entityIds.find((id) => id.startsWith('source:')) ?? '';
    for (const [name, orderBy] of [
      ['mentions', [{ node: { name: 'ASC' } }]],
      ['mentions', []],
      ['relationships', [{ claimCount: 'DESC' }]],
    ] as const) {
      const listing = nestedListing(graph.schema, 'Source', source, name);
      const mention = async () => {
        count += 1;
        const person = (place: string, called: string) => ({
          id: `person:${place}e${count}`,
          name: `${called}e${count}`,
        });
        const people = [person('!', '!'), person('~', '\u{10FFFD}')];
        const records = people.flatMap((each) => [{ person: each }, { mentions: { from: source, to: each.id } }]);
        expect((await graph.record(records)).problems).toEqual([]);
      };
      for (let times = 0; times < 3; times++) await mention();
      const { ids } = await readPage(graph, listing, { orderBy }, { size: 200 });
      const read = await readAll(graph, listing, { orderBy }, { size: Math.ceil(ids.length / 4), between: mention });
      expectKept(ids, read, name);
    }
  });
});
