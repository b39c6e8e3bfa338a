import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Candidate, type Known, likenessOf } from '../../src/model/candidate-match.ts';
import { editDistance } from '../../src/model/edit-distance.ts';
import { nameLikeness } from '../../src/model/name-likeness.ts';

/** How alike names are, and how names, dates, countries and ids together make a score. */

const word = fc.string({ unit: fc.constantFrom(...'abcdefghilmnoprstu'), minLength: 2, maxLength: 9 });
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

describe('the edit distance', () => {
  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['bukele', 'bukelle', 1],
    ['bukele', 'bukeel', 1],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is symmetric, and zero for equals alone', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('the likeness of names', () => {
  it('is the same both ways, from 0 to 1, and 1 for equals', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const likeness = nameLikeness(a, b);
        expect(likeness).toBe(nameLikeness(b, a));
        expect(likeness >= 0 && likeness <= 1).toBe(true);
        expect(nameLikeness(a, a)).toBe(1);
        expect(nameLikeness(a.toUpperCase(), a)).toBe(1);
      }),
    );
  });

  it('is the same both ways and bounded for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        (a, b) => {
          expect(nameLikeness(a, b)).toBe(nameLikeness(b, a));
          expect(nameLikeness(a, b) >= 0 && nameLikeness(a, b) <= 1).toBe(true);
        },
      ),
    );
  });

  it('does not grow as more letters of a word are replaced', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abdeflmnoprt'), minLength: 5, maxLength: 12 }), (text) => {
        const likenesses = [...text].map((_, count) => nameLikeness(text, '9'.repeat(count) + text.slice(count)));
        expect(likenesses).toEqual([...likenesses].sort((a, b) => b - a));
        expect(likenesses[1]).toBeLessThan(1);
      }),
    );
  });

  test.each([
    ['Nayib Bukele', 'Nayib Bukélé', 1, 1],
    ['Nayib Bukele', 'Bukele, Nayib', 0.95, 0.99],
    ['Nayib Bukele', 'Nayib Armando Bukele Ortez', 0.8, 0.95],
    ['Nayib Bukele', 'N. Bukele', 0.85, 0.99],
    ['Nayib Bukele', 'Nayeb Bukelle', 0.8, 0.99],
    ['Sergey Shoygu', 'Сергей Шойгу', 1, 1],
    ['Sergei Shoigu', 'Сергей Шойгу', 0.9, 1],
    ['Volodymyr Zelensky', 'Volodymyr Zelenskyy', 0.9, 1],
    ['Mohammed bin Salman', 'محمد بن سلمان', 0.7, 1],
    ['Xi Jinping', '习近平', 1, 1],
    ['Al-Assad', 'Alassad', 1, 1],
    ['李娜', '李纳', 0.7, 0.8],
    ['Nayib Bukele', 'Karim Bukele', 0, 0.75],
    ['Nayib Bukele', 'Marco Rubio', 0, 0.3],
    ['Resolution 1325', 'Resolution 1324', 0, 0.8],
    ['Bukele', 'Nayib Bukele', 0.5, 0.85],
    ['Ministry of Justice', 'Ministry of Defence', 0, 0.85],
    ['', 'x', 0, 0],
    ['🏳️', '🏳️', 1, 1],
  ])('of %s and %s is from %d', (a, b, least, most) => {
    expect(nameLikeness(a, b)).toBeGreaterThanOrEqual(least);
    expect(nameLikeness(a, b)).toBeLessThanOrEqual(most);
  });
});

describe('the score of a candidate', () => {
  const candidate = (more: Partial<Candidate> = {}): Candidate => ({
    name: 'Ana Ferro',
    aliases: [],
    country: null,
    birthDate: null,
    externalIds: [],
    ...more,
  });
  const known = (more: Partial<Known> = {}): Known => ({
    name: 'Ana Ferro',
    otherNames: [],
    countries: [],
    birthDate: null,
    externalIds: [],
    ...more,
  });
  const score = (mine: Partial<Candidate>, theirs: Partial<Known>) => likenessOf(candidate(mine), known(theirs)).score;

  it('is at most 0.9 by names alone, and 1 where something else bears it out', () => {
    expect(score({}, {})).toBe(0.9);
    expect(score({ birthDate: '1970-03-02' }, { birthDate: '1970-03-02' })).toBe(1);
    expect(score({ country: 'LM' }, { countries: [['Lima', 'LM']] })).toBe(1);
  });

  it('is 1 for an id that both have, whatever else is different', () => {
    const same = { externalIds: ['WIKIDATA:Q1', 'ISNI:1'] };
    const theirs = { name: 'Nobody', birthDate: '1900', externalIds: ['ISNI:1', 'WIKIDATA:Q2'] };
    expect(score({ ...same, birthDate: '1970' }, theirs)).toBe(1);
  });

  it('falls with how far birth dates are apart', () => {
    const scores = ['1970-03-02', '1970-03', '1970', '1970-02-03', '1970-03-09', '1971-03-02'].map((birthDate) =>
      score({ birthDate }, { birthDate: '1970-03-02' }),
    );
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBe(1);
    expect(scores.at(-1)).toBeLessThan(0.7);
  });

  it('says its reasons in words, and nothing of what is not known of both', () => {
    const { reasons } = likenessOf(
      candidate({ aliases: ['A. F.'], country: 'Veld', birthDate: '1970' }),
      known({ name: 'Somebody', otherNames: ['A. F.'], countries: [['Lima', 'LM']], externalIds: ['WIKIDATA:Q1'] }),
    );
    expect(reasons.map(({ feature, text }) => [feature, text])).toEqual([
      ['alias', '"A. F." and "A. F." are the same.'],
      ['country', 'Veld is not among: Lima.'],
    ]);
  });

  it('is from 0 to 1 whatever is given, and the weighted mean of its reasons but for what decides', () => {
    const date = fc.option(fc.constantFrom('1970', '1970-03', '1970-03-02', '1999-12-31'), { nil: null });
    const ids = fc.subarray(['WIKIDATA:Q1', 'WIKIDATA:Q2', 'ISNI:1']);
    fc.assert(
      fc.property(name, name, date, date, ids, ids, (a, b, birth, otherBirth, mine, theirs) => {
        const { score: found, reasons } = likenessOf(
          candidate({ name: a, birthDate: birth, externalIds: mine }),
          known({ name: b, birthDate: otherBirth, externalIds: theirs }),
        );
        expect(found >= 0 && found <= 1).toBe(true);
        expect(reasons.length).toBeGreaterThan(0);
        if (mine.some((id) => theirs.includes(id))) expect(found).toBe(1);
      }),
    );
  });
});
