import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { testGraph } from '../support/graph.ts';

/**
 * `match` and `search` on people who exist: legislators of the United States. A dozen are here; `CONCORDAT_LEGISLATORS` names
 * a file of all of them, `legislators-current.yaml` of https://github.com/unitedstates/congress-legislators.
 */

interface Legislator {
  readonly id: { readonly bioguide: string };
  readonly name: { readonly first: string; readonly last: string; readonly official_full?: string };
  readonly bio: { readonly birthday?: string };
}

const legislator = (bioguide: string, first: string, last: string, official: string, birthday: string): Legislator => ({
  id: { bioguide },
  name: { first, last, official_full: official },
  bio: { birthday },
});

const SOME: readonly Legislator[] = [
  legislator('C000127', 'Maria', 'Cantwell', 'Maria Cantwell', '1958-10-13'),
  legislator('K000367', 'Amy', 'Klobuchar', 'Amy Klobuchar', '1960-05-25'),
  legislator('S000033', 'Bernard', 'Sanders', 'Bernard Sanders', '1941-09-08'),
  legislator('W000802', 'Sheldon', 'Whitehouse', 'Sheldon Whitehouse', '1955-10-20'),
  legislator('B001261', 'John', 'Barrasso', 'John Barrasso', '1952-07-21'),
  legislator('W000437', 'Roger', 'Wicker', 'Roger F. Wicker', '1951-07-05'),
  legislator('C001035', 'Susan', 'Collins', 'Susan M. Collins', '1952-12-07'),
  legislator('C001056', 'John', 'Cornyn', 'John Cornyn', '1952-02-02'),
  legislator('D000563', 'Richard', 'Durbin', 'Richard J. Durbin', '1944-11-21'),
  legislator('V000081', 'Nydia', 'Velázquez', 'Nydia M. Velázquez', '1953-03-28'),
  legislator('S001157', 'David', 'Scott', 'David Scott', '1945-06-27'),
  legislator('S001184', 'Tim', 'Scott', 'Tim Scott', '1965-09-19'),
];

const file = process.env['CONCORDAT_LEGISLATORS'];
const people = (file ? (parse(readFileSync(file, 'utf8')) as Legislator[]) : SOME).filter(({ bio }) => bio.birthday);
const full = ({ name }: Legislator): string => name.official_full ?? `${name.first} ${name.last}`;
const idOf = ({ id }: Legislator): string => `person:bioguide-${id.bioguide.toLowerCase()}`;

const graph = testGraph();

beforeAll(async () => {
  const written = await graph.record(
    people.map((each) => ({
      person: {
        id: idOf(each),
        name: full(each),
        birthDate: each.bio.birthday,
        externalIds: [{ scheme: 'BIOGUIDE', value: each.id.bioguide }],
      },
    })),
  );
  expect(written.problems).toEqual([]);
});

const MATCH = `query($candidates: [MatchCandidate!]!) {
  match(candidates: $candidates, first: 1) { matches { score entity { id } } }
}`;

/** How many of all people are the first match of what others may call them. */
async function found(candidate: (person: Legislator) => Record<string, unknown>): Promise<number> {
  let right = 0;
  for (let start = 0; start < people.length; start += 100) {
    const some = people.slice(start, start + 100);
    const { data, errors } = await graph.ask(MATCH, { candidates: some.map(candidate) });
    expect(errors).toBeUndefined();
    const { match } = data as unknown as { match: { matches: { entity: { id: string } }[] }[] };
    right += some.filter((person, nth) => match[nth]?.matches[0]?.entity.id === idOf(person)).length;
  }
  return right / people.length;
}

/** A name with a letter in the middle left out. */
const misspelled = (name: string): string => name.slice(0, name.length >> 1) + name.slice((name.length >> 1) + 1);
const plain = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '');

describe('people who exist are matched', () => {
  it.each<[string, number, (person: Legislator) => Record<string, unknown>]>([
    [
      'by an id, whatever they are called',
      1,
      ({ id }) => ({ name: 'x', externalIds: [{ scheme: 'BIOGUIDE', value: id.bioguide }] }),
    ],
    ['by their name', 0.99, (person) => ({ name: full(person) })],
    [
      'by their name turned round, in capitals, without accents',
      0.95,
      ({ name }) => ({ name: plain(`${name.last}, ${name.first}`).toUpperCase() }),
    ],
    [
      'by an initial and their birth date',
      0.95,
      ({ name, bio }) => ({ name: `${name.first[0]}. ${name.last}`, birthDate: bio.birthday }),
    ],
    [
      'by a misspelled name and their year of birth',
      0.95,
      ({ name, bio }) => ({ name: `${name.first} ${misspelled(name.last)}`, birthDate: bio.birthday?.slice(0, 4) }),
    ],
  ])('%s, %d of them or more', async (_, least, candidate) => {
    expect(await found(candidate)).toBeGreaterThanOrEqual(least);
  });

  it('and not with those of one name who were born at another time', async () => {
    const candidates = people.slice(0, 100).map((person) => ({ name: full(person), birthDate: '1801-01-01' }));
    const { data } = await graph.ask(MATCH, { candidates });
    expect((data as unknown as { match: { matches: unknown[] }[] }).match.flatMap(({ matches }) => matches)).toEqual(
      [],
    );
  });
});

describe('people who exist are found', () => {
  it('by their last name without accents, the first of all whose name it is', async () => {
    for (const person of people.slice(0, 40)) {
      const { data } = await graph.ask('query($query: String!) { search(query: $query, first: 50) { nodes { id } } }', {
        query: plain(person.name.last),
      });
      const { nodes } = (data as unknown as { search: { nodes: { id: string }[] } }).search;
      expect(
        nodes.map(({ id }) => id),
        full(person),
      ).toContain(idOf(person));
    }
  });
});
