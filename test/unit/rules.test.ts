import { describe, expect, test } from 'vitest';
import { foldName, slug } from '../../src/model/folding.ts';
import { edgeId, entityId } from '../../src/model/identity.ts';
import { relationshipNamed } from '../../src/model/model.ts';
import { nearest } from '../../src/model/nearest.ts';
import { parsePartialDate } from '../../src/model/partial-date.ts';
import { type Dates, stateOn } from '../../src/model/temporal.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { byPrecedence, carries, deriveEdge, type Evidence } from '../../src/store/graph/claim-rules.ts';

describe('a partial date', () => {
  test.each([
    ['2022', '2022-01-01', '2022-12-31'],
    ['2022-03', '2022-03-01', '2022-03-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['2022-03-27', '2022-03-27', '2022-03-27'],
    ['0099-02', '0099-02-01', '0099-02-28'],
  ])('%s can mean %s to %s', (text, earliest, latest) => {
    expect(parsePartialDate(text)).toEqual({ text, earliest, latest });
  });

  test.each([
    '',
    '22',
    '2022-13',
    '2022-00',
    '2023-02-29',
    '2022-3',
    '2022-03-32',
    '0000',
    '2022-03-27T00:00',
    ' 2022',
    '20222',
  ])('%j is none', (text) => {
    expect(parsePartialDate(text)).toBeNull();
  });
});

describe('a name', () => {
  test.each([
    ['Nayib Bukele', 'nayib bukele'],
    ['  NAYIB \t Bukélé ', 'nayib bukele'],
    ['Farabundo Martí', 'farabundo marti'],
    ['Ｔｒｅｎ', 'tren'],
    ['Đặng', 'đang'],
  ])('%j folds to %j', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  test('makes a slug of its letters and digits', () => {
    expect(slug('MS-13 (Mara Salvatrucha)')).toBe('ms-13-mara-salvatrucha');
    expect(slug('…')).toBe('');
  });
});

describe('an id', () => {
  const person = ontology.entities.find((type) => type.name === 'Person');
  const holds = relationshipNamed(ontology, 'HOLDS_POSITION');
  const allied = relationshipNamed(ontology, 'ALLIED_WITH');
  if (!person || !holds || !allied) throw new Error('the ontology lacks a type');

  test('is made from the first external id, else from the name', () => {
    expect(entityId(person, 'Ana Lima', [])).toBe('person:ana-lima');
    expect(entityId(person, 'Ana Lima', [{ scheme: 'ISO_3166', value: 'SV-X' }])).toBe('person:iso-3166-SV-X');
    // What may not stand in an id is told apart by a digest, so that two values never give one.
    const spaced = entityId(person, 'Ana Lima', [{ scheme: 'ISO_3166', value: 'SV X' }]);
    expect(spaced).toMatch(/^person:iso-3166-sv-x~[0-9a-f]{24}$/);
    expect(entityId(person, 'Ana Lima', [{ scheme: 'ISO_3166', value: 'SV_X ' }])).not.toBe(spaced);
    expect(entityId(person, '…', [])).toBeNull();
  });

  test('tells two terms in one office apart, and one seat told twice not', () => {
    const id = (validFrom?: string) => edgeId(holds, 'person:a', 'position:b', { validFrom });
    expect(id('2019')).not.toBe(id('2024'));
    expect(id('2019')).toBe(id('2019'));
    expect(id()).not.toBe(id('2019'));
  });

  test('is the same from either end of a symmetric relationship', () => {
    expect(edgeId(allied, 'gang:a', 'gang:b', {})).toBe(edgeId(allied, 'gang:b', 'gang:a', {}));
  });
});

describe('the nearest valid value', () => {
  test('is offered when it is near, and nothing when none is', () => {
    expect(nearest('postionsHeld', ['positionsHeld', 'positionIn'])).toBe('positionsHeld');
    expect(nearest('zebra', ['positionsHeld'])).toBeUndefined();
  });
});

describe('the state of an edge on a day', () => {
  const none: Dates = {
    fromEarliest: null,
    fromLatest: null,
    toEarliest: null,
    toLatest: null,
    observedFrom: null,
    observedTo: null,
  };
  const on = '2025-02-03';
  test.each<[string, Parameters<typeof stateOn>[1], Partial<Dates>, string]>([
    ['is UNKNOWN when nothing is known', 'state', {}, 'UNKNOWN'],
    [
      'is UNKNOWN when it began and its end is not known',
      'state',
      { fromEarliest: '2022-01-01', fromLatest: '2022-12-31' },
      'UNKNOWN',
    ],
    [
      'is CURRENT when it began before and surely ends after',
      'state',
      { fromLatest: '2022-12-31', fromEarliest: '2022-01-01', toEarliest: '2026-01-01', toLatest: '2026-12-31' },
      'CURRENT',
    ],
    ['is CURRENT on a day on which it was seen to hold', 'state', { observedFrom: on, observedTo: on }, 'CURRENT'],
    [
      'is CURRENT when it began before and was seen to hold later',
      'state',
      { fromEarliest: '2022-01-01', fromLatest: '2022-12-31', observedFrom: '2025-03-01', observedTo: '2025-03-01' },
      'CURRENT',
    ],
    [
      'is UNKNOWN the day after it was last seen',
      'state',
      { observedFrom: '2025-02-02', observedTo: '2025-02-02' },
      'UNKNOWN',
    ],
    [
      'is PAST from the day on which it ends',
      'state',
      { fromLatest: '2020-01-01', fromEarliest: '2020-01-01', toEarliest: on, toLatest: on },
      'PAST',
    ],
    [
      'is FUTURE when it surely has not begun',
      'state',
      { fromEarliest: '2026-01-01', fromLatest: '2026-12-31' },
      'FUTURE',
    ],
    [
      'is UNKNOWN within the year in which it begins',
      'state',
      { fromEarliest: '2025-01-01', fromLatest: '2025-12-31', toEarliest: '2030-01-01', toLatest: '2030-12-31' },
      'UNKNOWN',
    ],
    ['of an act is PAST from its day', 'act', { fromEarliest: on, fromLatest: on }, 'PAST'],
    ['of an act is FUTURE before its day', 'act', { fromEarliest: '2025-02-04', fromLatest: '2025-02-04' }, 'FUTURE'],
    ['of an act is UNKNOWN when it is undated', 'act', {}, 'UNKNOWN'],
    ['of what is timeless is always CURRENT', 'timeless', { toLatest: '1999-01-01' }, 'CURRENT'],
  ])('%s', (_, time, dates, expected) => {
    expect(stateOn(on, time, { ...none, ...dates })).toBe(expected);
  });
});

describe('what follows from claims', () => {
  const termOf = relationshipNamed(ontology, 'TERM_OF');
  const spokeOf = relationshipNamed(ontology, 'SPOKE_OF');
  if (!termOf || !spokeOf) throw new Error('the ontology lacks a type');
  let nth = 0;
  const claim = (given: Partial<Evidence>): Evidence => ({
    id: `claim:${nth++}`,
    commitment: 'FACT',
    hedged: false,
    polarity: 'POSITIVE',
    attribution: 'NARRATED',
    act: null,
    rank: 'NORMAL',
    confidence: null,
    speaker: null,
    source: 'source:a',
    observedOn: null,
    assertedAt: null,
    publishedAt: null,
    recordedAt: '2025-01-01T00:00:00Z',
    retracted: false,
    disputed: false,
    ...given,
  });
  const edge = { type: termOf, from: 'agreement-term:a', act: undefined };
  const derive = (...claims: Evidence[]) => deriveEdge(edge, claims, (source) => source);

  test('the status is the strongest standing claim’s, the weakest the weakest’s', () => {
    expect(
      derive(claim({ commitment: 'OFFERED' }), claim({ commitment: 'AGREED' }), claim({ commitment: 'ALLEGED' })),
    ).toMatchObject({ status: 'AGREED', weakestStatus: 'ALLEGED', claimCount: 3 });
  });

  test('kinds of speech come after every grade', () => {
    expect(derive(claim({ commitment: 'EVALUATION' }), claim({ commitment: 'ALLEGED' }))).toMatchObject({
      status: 'ALLEGED',
      weakestStatus: 'EVALUATION',
    });
  });

  test('an analyst’s claim counts for the status only where no other stands', () => {
    expect(
      derive(claim({ commitment: 'OFFERED' }), claim({ commitment: 'FACT', attribution: 'ANALYST' })),
    ).toMatchObject({ status: 'OFFERED', claimCount: 2 });
    expect(derive(claim({ commitment: 'PREDICTED', attribution: 'ANALYST' }))).toMatchObject({ status: 'PREDICTED' });
  });

  test('negated, retracted and deprecated claims carry nothing', () => {
    expect(
      derive(claim({ polarity: 'NEGATED' }), claim({ retracted: true }), claim({ rank: 'DEPRECATED' })),
    ).toBeNull();
  });

  test('a negated claim, or one that disputes a standing one, makes it disputed; a retracted one does not', () => {
    expect(derive(claim({}))?.disputed).toBe(false);
    expect(derive(claim({}), claim({ polarity: 'NEGATED' }))?.disputed).toBe(true);
    expect(derive(claim({}), claim({ polarity: 'NEGATED', retracted: true }))?.disputed).toBe(false);
    expect(derive(claim({ disputed: true }))?.disputed).toBe(true);
  });

  test('it is hedged when every standing claim of its grade is', () => {
    expect(derive(claim({ hedged: true }), claim({ hedged: false }))?.hedged).toBe(false);
    expect(derive(claim({ hedged: true }), claim({ commitment: 'ALLEGED', hedged: false }))?.hedged).toBe(true);
  });

  test('the confidence is the highest of its grade, or unknown', () => {
    expect(
      derive(claim({ confidence: 40 }), claim({ confidence: 70 }), claim({ commitment: 'ALLEGED', confidence: 99 }))
        ?.confidence,
    ).toBe(70);
    expect(derive(claim({}))?.confidence).toBeNull();
  });

  test('only full days are observations', () => {
    expect(
      derive(claim({ observedOn: '2025' }), claim({ observedOn: '2025-02-03' }), claim({ observedOn: '2024-01-01' })),
    ).toMatchObject({ observedFrom: '2024-01-01', observedTo: '2025-02-03' });
  });

  test('republications of one source count once', () => {
    const claims = [claim({ source: 'source:a' }), claim({ source: 'source:copy' }), claim({ source: 'source:b' })];
    expect(deriveEdge(edge, claims, (source) => (source === 'source:copy' ? 'source:a' : source))?.sourceCount).toBe(2);
  });

  test('a question carries only that its own speaker questioned', () => {
    const question = claim({ commitment: 'QUESTION', speaker: 'person:a' });
    expect(carries(question, edge)).toBe(false);
    expect(carries(question, { type: spokeOf, from: 'person:a', act: 'QUESTIONED' })).toBe(true);
    expect(carries(question, { type: spokeOf, from: 'person:b', act: 'QUESTIONED' })).toBe(false);
    expect(carries(question, { type: spokeOf, from: 'person:a', act: 'ALLEGED' })).toBe(false);
  });

  test('the value that is shown is the preferred, then the most committed, then the latest said, printed, recorded', () => {
    const order = (...claims: Evidence[]) => [...claims].sort(byPrecedence)[0];
    const preferred = claim({ rank: 'PREFERRED', commitment: 'ALLEGED' });
    expect(order(claim({}), preferred)).toBe(preferred);
    const fact = claim({});
    expect(order(claim({ commitment: 'OFFERED' }), fact)).toBe(fact);
    const later = claim({ assertedAt: '2024-05' });
    expect(order(claim({ assertedAt: '2024-04-30' }), later, claim({}))).toBe(later);
    const printed = claim({ publishedAt: '2024' });
    expect(order(claim({ publishedAt: '2023' }), printed)).toBe(printed);
    const recorded = claim({ recordedAt: '2025-01-02T00:00:00Z' });
    expect(order(claim({}), recorded)).toBe(recorded);
  });
});
