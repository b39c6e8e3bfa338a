import type { EntityType } from '../../../src/model/declarations.ts';
import { isLegal } from '../../../src/model/model.ts';
import { Attribution, Commitment, SpeechAct } from '../../../src/model/vocabulary.ts';
import { Choices } from '../oracle/choices.ts';
import type { Cast, Drawn } from './graph.ts';
import { claimedValue, DATES, DAYS } from './values.ts';

/** Claims for random graphs: hedged, denied, outdated, tied to one another, of every commitment. */

type Claim = Readonly<Record<string, unknown>>;

const COMMITMENTS = Object.keys(Commitment.values);
const ATTRIBUTIONS = Object.keys(Attribution.values);
const ACTS = Object.keys(SpeechAct.values);
const TIES = ['supports', 'disputes', 'qualifies', 'supersedes'] as const;

/** What every claim has, and some of what it may have. */
function claim(cast: Cast, id: string, choices: Choices, more: Claim): Claim {
  const maybe = (often: number, part: () => Claim): Claim => (choices.once(often) ? part() : {});
  const someone = (end: string, name: string) => () => {
    const found = cast.idOf(end, choices);
    return found === undefined ? {} : { [name]: found };
  };
  return {
    id,
    text: `What ${id} says of the mole.`,
    commitment: choices.one(COMMITMENTS),
    attribution: choices.one(ATTRIBUTIONS),
    source: cast.idOf('Source', choices),
    ...maybe(3, () => ({ hedged: true })),
    ...maybe(3, () => ({ observedOn: choices.one([...DAYS, '2021']) })),
    ...maybe(4, () => ({ confidence: choices.below(3) * 50 })),
    ...maybe(4, someone('Actor', 'speaker')),
    ...maybe(6, someone('Actor', 'onBehalfOf')),
    ...maybe(6, () => ({ act: choices.one(ACTS) })),
    ...maybe(6, () => ({ assertedAt: choices.one(DATES) })),
    ...maybe(6, () => ({ locator: 'p. 3' })),
    ...maybe(6, () => ({ quote: { text: 'Así', language: 'es' } })),
    ...more,
  };
}

/** The claims that an edge rests on: the first carries it; the others may deny it, question it, or be outdated. */
export function claimsOfEdge(cast: Cast, nth: number, choices: Choices): Claim[] {
  const carrying = { commitment: choices.one(COMMITMENTS.filter((each) => each !== 'QUESTION')) };
  const claims = [claim(cast, `claim:e${nth}-0`, choices, carrying)];
  for (let more = choices.below(3); more > 0; more--) {
    const tie = choices.one(TIES);
    claims.push(
      claim(cast, `claim:e${nth}-${more}`, choices, {
        ...(choices.once(2) ? { polarity: 'NEGATED' } : {}),
        ...(choices.once(5) ? { rank: 'DEPRECATED' } : {}),
        ...(choices.once(3) ? { [tie]: [`claim:e${nth}-0`] } : {}),
      }),
    );
  }
  return claims;
}

/** Claims about an entity's own fields, which may have several values; and remarks. */
export function claimsAbout(cast: Cast, type: EntityType, nth: number, choices: Choices): Claim[] {
  const [field] = choices.some(type.fields, 1);
  if (!field || !choices.once(2)) return [];
  return Array.from({ length: 1 + choices.below(3) }, (_, which) => {
    const value = claimedValue(field, choices);
    return claim(cast, `claim:v${nth}-${which}`, choices, {
      ...(value ? { predicate: field.name, value } : { predicate: 'REMARK' }),
      ...(choices.once(4) ? { polarity: 'NEGATED' } : {}),
      ...(choices.once(6) ? { rank: 'DEPRECATED' } : {}),
    });
  });
}

/** Claims that tie two entities without an edge between them: denials and questions. */
export function standalone(cast: Cast, lists: readonly (readonly number[])[]): Drawn[] {
  return lists.flatMap((list, nth): Drawn[] => {
    const choices = new Choices(list);
    const [subject, object] = [choices.one(cast.entities), choices.one(cast.entities)];
    const legal = cast.model.relationships.filter((type) => isLegal(type, subject.type, object.type));
    if (subject === object || legal.length === 0) return [];
    const said = { subject: subject.id, object: object.id, predicate: choices.one(legal).name };
    return [{ claim: claim(cast, `claim:s${nth}`, choices, { ...said, polarity: 'NEGATED' }) }];
  });
}
