/**
 * Files as strangers publish them, some hundred rows each, drawn from a seed: names in many scripts, ids that stand twice,
 * ends that lead nowhere, values that are none, and rows that are broken.
 */

/** Numbers from 0 to below 1, always the same of one seed (mulberry32). */
export function draw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface WildFile {
  readonly name: string;
  readonly text: string;
  /** The mapping, for a file with columns. */
  readonly mapping?: object;
}

const GIVEN = ['Ana', 'Zoë', 'Дмитрий', 'ليلى', '遥', 'Ελένη', 'Nguyễn Thị', 'ಅನು', 'O’Brien', 'Şule', '𝒵ed', 'שרה'];
const FAMILY = ['Lima', 'Ängström', 'Иванов', 'الحسن', '伊藤', 'Παππάς', 'Ek-Dal', 'Łoś', '김', 'de la Cruz'];

interface Draw {
  /** A whole number below. */
  below(count: number): number;
  of<Item>(items: readonly Item[]): Item;
  /** Whether it happens, so many times in a hundred. */
  percent(chance: number): boolean;
  name(): string;
}

function drawing(seed: number): Draw {
  const next = draw(seed);
  const below = (count: number) => Math.floor(next() * count);
  const of = <Item>(items: readonly Item[]) => items[below(items.length)] as Item;
  return { below, of, percent: (chance) => next() * 100 < chance, name: () => `${of(GIVEN)} ${of(FAMILY)}` };
}

const rows = (count: number, row: (nth: number) => string) => Array.from({ length: count }, (_, nth) => row(nth));

/** People with their parties and parents. */
export function wildTable(seed: number, count: number): WildFile {
  const { below, of, percent, name } = drawing(seed);
  const line = (nth: number): string => {
    if (percent(3)) return `${nth},a "quote" in the middle,1990,,,`;
    if (percent(2)) return `${nth},too short`;
    const id = percent(3) ? '' : percent(8) ? below(nth + 1) : nth;
    const born = percent(4) ? '31/31/1970' : percent(30) ? '' : `0${1 + below(9)}/0${1 + below(9)}/19${10 + below(89)}`;
    const parent = percent(70) ? '' : percent(15) ? 90_000 + nth : below(count);
    return [
      id,
      `"${name()}"`,
      born,
      `"${rows(below(3), name).join(';')}"`,
      of(['', 'Harbour', 'Κόμμα', 'حزب']),
      parent,
    ].join();
  };
  return {
    name: 'people.csv',
    text: `${['id,name,born,also,party,parent', ...rows(count, line)].join('\r\n')}\r\n`,
    mapping: {
      source: { id: 'source:register', name: 'The register', licence: 'CC0' },
      entities: [
        {
          person: {
            id: 'person:{id}',
            name: 'name',
            birthDate: { value: 'born', date: 'dd/mm/yyyy' },
            aliases: { value: 'also', split: ';' },
          },
        },
        { politicalParty: { when: 'party', id: 'political-party:{party|slug}', name: 'party' } },
      ],
      relationships: [
        { memberOf: { when: 'party', from: 'person:{id}', to: 'political-party:{party|slug}', role: '=MEMBER' } },
        { familyOf: { when: 'parent', from: 'person:{parent}', to: 'person:{id}', kinship: '=PARENT_CHILD' } },
      ],
    },
  };
}

/** Entities of FollowTheMoney, and what joins them, in any order. */
export function wildFtm(seed: number, count: number): WildFile {
  const { below, of, percent, name } = drawing(seed);
  const some = () => (percent(5) ? 'nobody' : `p-${below(count)}`);
  const firm = () => (percent(5) ? 'no-firm' : `f-${below(20)}`);
  const entity = (nth: number): object => {
    if (nth < 20)
      return { id: `f-${nth}`, schema: 'Company', properties: { name: [`${name()} & Co`], jurisdiction: ['ee'] } };
    if (percent(20))
      return {
        id: `d-${nth}`,
        schema: 'Directorship',
        properties: { director: [some()], organization: [firm()], startDate: ['2012'] },
      };
    if (percent(15))
      return {
        id: `k-${nth}`,
        schema: 'Family',
        properties: { person: [some()], relative: [some()], relationship: ['sibling'] },
      };
    if (percent(4)) return { id: `v-${nth}`, schema: 'Vessel', properties: { name: ['A ship'] } };
    if (percent(3)) return { id: `x-${nth}`, schema: 'Persona', properties: {} };
    const id = percent(4) ? {} : { id: `p-${percent(10) ? below(nth) : nth}` };
    const birthDate = percent(50) ? {} : { birthDate: [of(['1970', '1970-05-02', 'unknown', '1955-00-00'])] };
    return {
      ...id,
      schema: 'Person',
      properties: { name: rows(1 + below(3), name), ...birthDate, nationality: [of(['ru', 'ee', 'suhh'])] },
    };
  };
  const line = (nth: number) => {
    const text = JSON.stringify(entity(nth));
    return percent(3) ? text.slice(0, below(text.length)) : text;
  };
  return { name: 'listed.ftm.jsonl', text: `${rows(count, line).join('\n')}\n` };
}

/** A parliament in Popolo. */
export function wildPopolo(seed: number, count: number): WildFile {
  const { below, of, percent, name } = drawing(seed);
  const person = (nth: number): object => ({
    ...(percent(3) ? {} : { id: percent(8) ? below(nth + 1) : nth }),
    name: percent(3) ? 7 : name(),
    other_names: rows(below(2), name).map((each) => ({ name: each, note: 'maiden' })),
    birth_date: of(['1970-05-02', '1970', 'once', null]),
    identifiers: percent(30) ? [{ scheme: 'wikidata', identifier: `Q${below(count)}` }] : [],
  });
  const membership = (nth: number): unknown => {
    if (percent(3)) return nth;
    return {
      person_id: percent(5) ? 90_000 + nth : below(count),
      organization_id: percent(4) ? 'nowhere' : 'house',
      on_behalf_of_id: of(['reds', 'greens', 'lost', undefined]),
      role: of(['member', 'Speaker', 'Председатель']),
      area_id: percent(20) ? 'town' : undefined,
      start_date: of(['2015-03-30', '2019', undefined]),
    };
  };
  const organizations = [
    { id: 'house', name: 'House of Veld', classification: 'legislature' },
    { id: 'reds', name: 'Reds', classification: 'party' },
    { id: 'greens', name: 'Οι Πράσινοι', classification: 'party' },
    { id: 'reds', name: 'The Reds', classification: 'party' },
    { name: 'Without an id' },
  ];
  const half = Math.ceil(count / 2);
  const memberships = Array.from({ length: half }, (_, nth) => membership(nth));
  const persons = Array.from({ length: half }, (_, nth) => person(nth));
  const document = { memberships, areas: [{ id: 'town', name: 'Veld town' }], persons, organizations };
  return { name: 'veld.popolo.json', text: JSON.stringify(document, null, 1) };
}
