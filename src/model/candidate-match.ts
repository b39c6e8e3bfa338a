import { foldName } from './folding.ts';
import { howAlike, nameLikeness } from './name-likeness.ts';
import { parsePartialDate } from './partial-date.ts';

/** Whether a candidate from another data set is an entity of the graph: a score, and the reasons for it. */

/** What is known of whom somebody looks for. */
export interface Candidate {
  readonly name: string;
  readonly aliases: readonly string[];
  /** A name or an ISO 3166 code. */
  readonly country: string | null;
  /** An ISO prefix. */
  readonly birthDate: string | null;
  /** `SCHEME:value`. */
  readonly externalIds: readonly string[];
}

/** What the graph knows of an entity that it may be. */
export interface Known {
  readonly name: string;
  readonly otherNames: readonly string[];
  /** What the countries are called that it belongs to: for each, its names and codes. */
  readonly countries: readonly (readonly string[])[];
  readonly birthDate: string | null;
  readonly externalIds: readonly string[];
}

/** One feature's part in a score, from 0 (against) to 1 (for). */
export interface Reason {
  readonly feature: 'name' | 'alias' | 'birthDate' | 'country' | 'externalId';
  readonly score: number;
  readonly weight: number;
  readonly text: string;
}

export interface Likeness {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** What a feature weighs when it speaks for, and when it speaks against. */
const WEIGHT = {
  name: 0.6,
  birthDate: { for: 0.25, against: 0.4 },
  country: { for: 0.1, against: 0.15 },
  externalId: { for: 1, against: 0.3 },
} as const;

/** Names alone never make it surer than this: several people have one name. */
export const BY_NAME_ALONE = 0.9;

/**
 * The weighted mean of what is known of both; what is not known of one of them counts neither way. An external id that
 * both have decides: the score is 1, whatever else is different.
 */
export function likenessOf(candidate: Candidate, known: Known): Likeness {
  const found = [
    byName(candidate, known),
    byBirth(candidate.birthDate, known.birthDate),
    byCountry(candidate.country, known.countries),
    byExternalId(candidate.externalIds, known.externalIds),
  ];
  const reasons = found.filter((reason): reason is Reason => reason !== null);
  if (reasons.some(({ feature, score }) => feature === 'externalId' && score === 1)) return { score: 1, reasons };
  const weight = reasons.reduce((sum, reason) => sum + reason.weight, 0);
  const mean = reasons.reduce((sum, reason) => sum + reason.weight * reason.score, 0) / weight;
  const isBorneOut = reasons.some(({ feature, score }) => feature !== 'name' && feature !== 'alias' && score > 0.5);
  return { score: rounded(isBorneOut ? mean : mean * BY_NAME_ALONE), reasons };
}

const rounded = (score: number): number => Math.round(score * 1e4) / 1e4;

function byName(candidate: Candidate, known: Known): Reason {
  const pairs = [candidate.name, ...candidate.aliases].flatMap((mine, i) =>
    [known.name, ...known.otherNames].map((theirs, j) => ({
      mine,
      theirs,
      feature: i === 0 && j === 0 ? ('name' as const) : ('alias' as const),
      score: nameLikeness(mine, theirs),
    })),
  );
  const { mine, theirs, feature, score } = pairs.reduce((best, pair) => (pair.score > best.score ? pair : best));
  const text = `"${mine}" and "${theirs}" ${howAlike(mine, theirs, score)}.`;
  return { feature, score: rounded(score), weight: WEIGHT.name, text };
}

function byBirth(mine: string | null, theirs: string | null): Reason | null {
  const [a, b] = [mine, theirs].map((text) => (text === null ? null : parsePartialDate(text)));
  if (!a || !b) return null;
  const birth = (score: number, text: string): Reason => ({
    feature: 'birthDate',
    score,
    weight: score > 0.5 ? WEIGHT.birthDate.for : WEIGHT.birthDate.against,
    text,
  });
  if (a.text === b.text) {
    if (a.earliest === a.latest) return birth(1, `Both were born on ${a.text}.`);
    return birth(0.9, `Both were born in ${a.text}.`);
  }
  if (a.earliest <= b.latest && b.earliest <= a.latest)
    return birth(0.8, `${a.text} and ${b.text} can be one birth date, told with different precision.`);
  const [[year, month, day], [otherYear, otherMonth, otherDay]] = [a, b].map(({ text }) => text.split('-')) as [
    string[],
    string[],
  ];
  if (year === otherYear && day !== undefined && month === otherDay && day === otherMonth)
    return birth(0.7, `${a.text} and ${b.text} differ by day and month having changed places.`);
  if (year === otherYear) return birth(0.3, `Born in the same year, but on different days: ${a.text} and ${b.text}.`);
  return birth(0, `Born at different times: ${a.text} and ${b.text}.`);
}

function byCountry(mine: string | null, theirs: readonly (readonly string[])[]): Reason | null {
  if (mine === null || mine.trim() === '' || theirs.length === 0) return null;
  const shared = theirs.find((names) => names.some((name) => foldName(name) === foldName(mine)));
  const called = theirs.map(([name]) => name).join(', ');
  return shared
    ? { feature: 'country', score: 1, weight: WEIGHT.country.for, text: `Both belong to ${shared[0]}.` }
    : { feature: 'country', score: 0, weight: WEIGHT.country.against, text: `${mine} is not among: ${called}.` };
}

function byExternalId(mine: readonly string[], theirs: readonly string[]): Reason | null {
  const shared = mine.find((key) => theirs.includes(key));
  if (shared !== undefined)
    return { feature: 'externalId', score: 1, weight: WEIGHT.externalId.for, text: `Both have ${shared}.` };
  const schemeOf = (key: string): string => key.slice(0, key.indexOf(':'));
  const rival = mine.find((key) => theirs.some((other) => schemeOf(other) === schemeOf(key)));
  const other = rival && theirs.find((key) => schemeOf(key) === schemeOf(rival));
  return other
    ? {
        feature: 'externalId',
        score: 0,
        weight: WEIGHT.externalId.against,
        text: `They have different ids in one data set: ${rival} and ${other}.`,
      }
    : null;
}
