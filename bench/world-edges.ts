import type { Random } from './random.ts';
import { countOf, drawDate, worldId } from './world-nodes.ts';
import { FIRST_HUB_BLOCK, type Tie } from './world-shape.ts';

/** The relationships of one block, and those of hubs. */

/** How many blocks back an edge may lead. */
const REACH = 4;
const ROLES = ['MEMBER', 'MEMBER', 'MEMBER', 'CHAIR', 'SPOKESPERSON', 'ADVISER'];
const EMPLOYERS = ['Agency', 'Company', 'University', 'MediaOrganization'];

/** A state's dates: begun in some year before 2024, ended or not. */
function drawSpan(draw: Random, year = 1970 + draw.below(54)): Record<string, unknown> {
  return {
    validFrom: drawDate(draw, year, year),
    ...(draw.chance(0.6) ? { validTo: drawDate(draw, year + 1, year + 9) } : {}),
  };
}

/** Ends and dates drawn within reach of one block. */
class Drawer {
  readonly ties: Tie[] = [];
  constructor(
    readonly draw: Random,
    readonly block: number,
    readonly scale: number,
  ) {}

  count(type: string): number {
    return countOf(type, this.scale);
  }

  own(type: string, nth: number): string {
    return worldId(type, this.block, nth);
  }

  /** One of a block within reach; in each, the first are drawn by far the most. */
  near(type: string): string {
    const back = Math.min(this.block, this.draw.below(REACH + 1));
    return worldId(type, this.block - back, this.draw.zipf(this.count(type)));
  }

  tie(type: string, from: string, to: string, fields: Record<string, unknown> = {}): void {
    if (from !== to) this.ties.push({ type, from, to, fields });
  }

  each(type: string, visit: (id: string, nth: number) => void): void {
    for (let nth = 0; nth < this.count(type); nth++) visit(this.own(type, nth), nth);
  }
}

/** The edges that start in a block, and some that end there. */
export function blockEdges(draw: Random, block: number, scale: number): Tie[] {
  const at = new Drawer(draw, block, scale);
  people(at);
  bodies(at);
  instruments(at);
  return at.ties;
}

function people(at: Drawer): void {
  const { draw } = at;
  at.each('Person', (id) => {
    for (let held = draw.chance(0.5) ? 1 + draw.zipf(4) : 0; held > 0; held--)
      at.tie('HOLDS_POSITION', id, at.near('Position'), {
        ...drawSpan(draw),
        role: draw.pick(ROLES),
        how: draw.pick(['ELECTED', 'APPOINTED', 'ACTING']),
      });
    if (draw.chance(0.6))
      at.tie('EMPLOYED_BY', id, at.near(draw.pick(EMPLOYERS)), { ...drawSpan(draw), role: draw.pick(ROLES) });
    if (draw.chance(0.3))
      at.tie('MEMBER_OF', id, at.near(draw.pick(['PoliticalParty', 'CivilSocietyOrganization', 'Gang'])), {
        ...drawSpan(draw),
        role: draw.pick(ROLES),
      });
    if (draw.chance(0.2)) at.tie('CITIZEN_OF', id, at.own('Country', 0));
    if (draw.chance(0.1))
      at.tie('FAMILY_OF', id, at.near('Person'), { kinship: draw.pick(['SIBLING', 'SPOUSE', 'COUSIN']) });
    if (draw.chance(0.05))
      at.tie('ASSOCIATED_WITH', id, at.near('Person'), { ...drawSpan(draw), text: 'met at a fair' });
  });
}

function bodies(at: Drawer): void {
  const { draw } = at;
  at.each('Position', (id) =>
    at.tie(
      'POSITION_IN',
      id,
      at.near(draw.chance(0.1) ? 'Prison' : draw.pick(['Agency', 'Government', 'Company', 'PoliticalParty'])),
    ),
  );
  at.each('Agency', (id) => {
    at.tie('PART_OF', id, at.near(draw.chance(0.5) ? 'Government' : 'Agency'));
    at.tie('LOCATED_IN', id, at.near('Area'), { validFrom: drawDate(draw, 1950, 2000) });
  });
  at.each('Company', (id) => {
    at.tie('LOCATED_IN', id, at.near('Area'), { validFrom: drawDate(draw, 1950, 2000) });
    if (draw.chance(0.4)) at.tie('OWNS', at.near(draw.pick(['Company', 'Person'])), id, { share: 1 + draw.below(100) });
  });
  at.each('Gang', (id) => at.tie('OPERATES_IN', id, at.near('Area')));
  at.each('Prison', (id) => {
    at.tie('OPERATES', at.near('Agency'), id);
    at.tie('LOCATED_IN', id, at.near('Area'));
  });
  at.each('Area', (id) => at.tie('PART_OF', id, at.own('Country', 0)));
  at.each('Government', (id) => at.tie('GOVERNS', id, at.own('Country', 0), drawSpan(draw)));
}

function instruments(at: Drawer): void {
  const { draw } = at;
  at.each('Agreement', (id) => {
    for (const role of ['SENDING_STATE', 'RECEIVING_STATE'])
      at.tie('PARTY_TO', at.near('Government'), id, {
        role,
        participation: 'PARTY',
        signedOn: drawDate(draw, 1990, 2024),
      });
  });
  at.each('AgreementTerm', (id, nth) => {
    at.tie('TERM_OF', id, at.own('Agreement', nth % at.count('Agreement')), {
      ordinal: 1 + Math.floor(nth / at.count('Agreement')),
    });
    at.tie('OBLIGATES', id, at.near(draw.pick(['Government', 'Agency'])), { role: draw.pick(['PAYER', 'HOST']) });
  });
  at.each('Policy', (id) => {
    at.tie('ENACTED', at.near('Government'), id, { on: drawDate(draw, 1980, 2024) });
    at.tie('APPLIES_IN', id, at.near('Area'));
  });
  at.each('Event', (id) => {
    for (let nth = 0; nth < 5; nth++)
      at.tie('PARTICIPATED_IN', at.near('Person'), id, { role: 'ACTOR', on: drawDate(draw, 2000, 2024) });
    at.tie('ABOUT', id, at.near('Agreement'));
  });
}

/** The largest hubs have as many neighbours, where there are as many people beyond the blocks that are asked for. */
export const HUB_DEGREE = 20_000;
/** How a hub's neighbours are tied to it. */
export const HUBS = {
  employer: worldId('Agency', FIRST_HUB_BLOCK, 0),
  party: worldId('PoliticalParty', FIRST_HUB_BLOCK, 0),
  country: worldId('Country', 0, 0),
};
/** No edge of a block begins in this year, so that none of a hub can be the same. */
const HUB_YEAR = 2024;
/** How steeply the smaller hubs fall off. */
const EXPONENT = 1.2;

/** Three hubs, then companies each smaller than the one before: in each batch, one hub's edges. */
export function* hubEdges(draw: Random, blocks: number, scale: number): Generator<Tie[]> {
  if (blocks <= FIRST_HUB_BLOCK) return;
  const perBlock = countOf('Person', scale);
  const people = (blocks - FIRST_HUB_BLOCK) * perBlock;
  const person = (nth: number): string =>
    worldId('Person', FIRST_HUB_BLOCK + Math.floor(nth / perBlock), nth % perBlock);
  /** Different people, scattered: steps of a number that shares no factor with how many there are. */
  const scattered = (count: number): string[] => {
    const start = draw.below(people);
    const step = coprime(1 + draw.below(people), people);
    return Array.from({ length: Math.min(count, people) }, (_, nth) => person((start + nth * step) % people));
  };
  const jobs = (to: string, count: number): Tie[] =>
    scattered(count).map((from) => ({
      type: 'EMPLOYED_BY',
      from,
      to,
      fields: { ...drawSpan(draw, HUB_YEAR), role: draw.pick(ROLES) },
    }));
  yield jobs(HUBS.employer, HUB_DEGREE);
  yield scattered(HUB_DEGREE).map((from) => ({
    type: 'MEMBER_OF',
    from,
    to: HUBS.party,
    fields: { ...drawSpan(draw, HUB_YEAR), role: draw.pick(ROLES) },
  }));
  yield scattered(HUB_DEGREE).map((from) => ({ type: 'CITIZEN_OF', from, to: HUBS.country, fields: {} }));
  for (let block = FIRST_HUB_BLOCK; block < blocks; block++)
    yield jobs(worldId('Company', block, 0), Math.floor(HUB_DEGREE / (block - FIRST_HUB_BLOCK + 2) ** EXPONENT));
}

function coprime(from: number, to: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = from;
  while (divisor(step, to) !== 1) step++;
  return step;
}
