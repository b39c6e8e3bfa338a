import type { Random } from './random.ts';
import { drawName } from './world-names.ts';
import type { WorldNode } from './world-shape.ts';

/** The entities of one block. */

interface Sort {
  readonly type: string;
  /** What its ids begin with. */
  readonly prefix: string;
  /** How many a block has. */
  readonly count: number;
  name(draw: Random, nth: number): string;
  fields(draw: Random, nth: number): Record<string, unknown>;
}

const of = (type: string, prefix: string, count: number, name: Sort['name'], fields: Sort['fields']): Sort => ({
  type,
  prefix,
  count,
  name,
  fields,
});
const called =
  (what: string, parts = 1): Sort['name'] =>
  (draw) =>
    `${drawName(draw, parts)}${what}`;

const KINDS = {
  agency: ['MINISTRY', 'COURT', 'LEGISLATURE', 'SECURITY_FORCE', 'COMMITTEE', 'REGULATOR'],
  company: ['PUBLIC', 'PRIVATE', 'PRIVATE', 'PRIVATE', 'STATE_OWNED'],
  post: [
    'MINISTER',
    'LEGISLATOR',
    'LEGISLATOR',
    'JUDGE',
    'AMBASSADOR',
    'PARTY_OFFICE',
    'ORGANIZATION_OFFICE',
    'ACADEMIC',
  ],
  event: ['MEETING', 'ANNOUNCEMENT', 'VISIT', 'STATEMENT', 'ELECTION'],
};

/** A day, a month or a year: sources differ in how much they know. */
export function drawDate(draw: Random, from: number, to: number): string {
  const year = from + draw.below(to - from + 1);
  const two = (number: number): string => String(number).padStart(2, '0');
  const precision = draw.next();
  if (precision < 0.3) return `${year}`;
  const month = `${year}-${two(1 + draw.below(12))}`;
  return precision < 0.5 ? month : `${month}-${two(1 + draw.below(28))}`;
}

const founded = (draw: Random): Record<string, unknown> =>
  draw.chance(0.7) ? { foundedOn: drawDate(draw, 1850, 2020) } : {};
const kind =
  (kinds: readonly string[]): Sort['fields'] =>
  (draw) => ({ kind: draw.pick(kinds), ...founded(draw) });

const SORTS: readonly Sort[] = [
  of('Country', 'country', 1, called('land'), () => ({})),
  of('Area', 'area', 30, called(' District'), (draw) => ({
    kind: draw.pick(['REGION', 'PROVINCE', 'DISTRICT', 'CITY']),
  })),
  of('Government', 'government', 4, called(' Government'), (draw) => ({
    level: draw.pick(['NATIONAL', 'REGIONAL', 'LOCAL']),
    ...founded(draw),
  })),
  of('Agency', 'agency', 50, called(' Office', 2), kind(KINDS.agency)),
  of('Company', 'company', 60, called(' & Co.', 2), kind(KINDS.company)),
  of('University', 'university', 6, called(' University'), founded),
  of('PoliticalParty', 'political-party', 10, called(' Party'), founded),
  of(
    'CivilSocietyOrganization',
    'civil-society-organization',
    20,
    called(' Union'),
    kind(['RIGHTS_GROUP', 'UNION', 'RELIGIOUS', 'FOUNDATION']),
  ),
  of('MediaOrganization', 'media-organization', 10, called(' Post'), kind(['NEWSPAPER', 'BROADCASTER', 'WEBSITE'])),
  of('Gang', 'gang', 4, called(' Crew'), kind(['STREET', 'PRISON'])),
  of('Prison', 'prison', 6, called(' Prison'), (draw) => ({
    capacity: 100 + draw.below(5000),
    securityLevel: draw.pick(['MINIMUM', 'MEDIUM', 'MAXIMUM']),
  })),
  of('Position', 'position', 120, called(' Seat', 2), (draw) => ({ kind: draw.pick(KINDS.post) })),
  of('Agreement', 'agreement', 20, called(' Accord', 2), (draw) => ({
    kind: draw.pick(['TREATY', 'DEAL', 'TRADE']),
    signedOn: drawDate(draw, 1990, 2024),
  })),
  of('AgreementTerm', 'agreement-term', 40, called(' Clause'), (draw) => ({
    kind: draw.pick(['OBLIGATION', 'PAYMENT', 'CONDITION']),
    text: `The parties see to ${drawName(draw, 3)}.`,
  })),
  of('Policy', 'policy', 9, called(' Act'), (draw) => ({
    kind: draw.pick(['LAW', 'DECREE', 'PROGRAMME']),
    adoptedOn: drawDate(draw, 1980, 2024),
  })),
  of('Event', 'event', 10, called(' Talks'), (draw) => ({
    kind: draw.pick(KINDS.event),
    start: drawDate(draw, 2000, 2024),
  })),
  of(
    'Person',
    'person',
    600,
    (draw) => drawName(draw, 2),
    (draw) => ({
      ...(draw.chance(0.8) ? { birthDate: drawDate(draw, 1930, 2000) } : {}),
      ...(draw.chance(0.6) ? { gender: draw.pick(['female', 'male']) } : {}),
    }),
  ),
];

const ofType = new Map(SORTS.map((sort) => [sort.type, sort]));

/** How many entities of a type a block has: all of them in a whole block, at least one in a smaller one. */
export function countOf(type: string, scale: number): number {
  const sort = ofType.get(type);
  if (!sort) throw new Error(`no ${type} in a block`);
  return Math.max(1, Math.round(sort.count * scale));
}

/** The id of an entity by its type, its block and its place there. */
export const worldId = (type: string, block: number, nth: number): string =>
  `${ofType.get(type)?.prefix}:${block}-${nth}`;

/** The entities of a block. */
export function blockNodes(draw: Random, block: number, scale: number): WorldNode[] {
  return SORTS.flatMap((sort) =>
    Array.from({ length: countOf(sort.type, scale) }, (_, nth): WorldNode => {
      const name = sort.name(draw, nth);
      const aliases = draw.chance(0.15) ? { aliases: [drawName(draw, 1)] } : {};
      const fields = sort.fields(draw, nth);
      return { type: sort.type, id: worldId(sort.type, block, nth), fields: { name, ...aliases, ...fields } };
    }),
  );
}
