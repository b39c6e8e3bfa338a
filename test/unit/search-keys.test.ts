import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { beginningWith, likely, simpleSearch } from '../../src/compile/search-query.ts';
import { findBest, highlight } from '../../src/model/highlight.ts';
import { keysOfName, searchKey, wordsOf } from '../../src/model/search-keys.ts';

/** How names are spelled in Latin letters, what becomes of a user's words, and how what was found is marked. */

describe('a name', () => {
  test.each([
    ['Nayib Bukélé', ['nayib bukele']],
    ['  NAYIB\t Bukele ', ['nayib bukele']],
    ['Straße Ørsted Łódź Đorđe', ['strasse orsted lodz dorde']],
    ['Владимир Зеленский', ['vladimir zelenskiy']],
    ['Ελλάδα', ['ellada']],
    ['محمد بن سلمان', ['mhmd bn slmn']],
    ['مُحَمَّد بن سَلْمان', ['mhmd bn slmn']],
    ['习近平', ['xi jin ping', 'xi jinping', 'xijinping']],
    ['김정은', ['gim jeong eun', 'gim jeongeun', 'gimjeongeun']],
    ['中华人民共和国', ['zhong hua ren min gong he guo']],
    ['トランプ', ['toranpu']],
    ['MS-13', ['ms 13', 'ms13']],
    ['O’Brien', ['o brien', 'obrien']],
    ['U.S. Senate', ['u s senate', 'us senate']],
    ['ＦＵＬＬ　ｗｉｄｔｈ', ['full width']],
    ['!?* 🏳️', []],
    ['', []],
  ])('%s is found by %j', (name, keys) => {
    expect(keysOfName(name)).toEqual(keys);
  });

  it('is spelled in a–z, 0–9 and single spaces, whatever it is, and alike however often', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const key = searchKey(name);
        expect(key).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/);
        expect(searchKey(key)).toBe(key);
        expect(searchKey(name.normalize('NFD'))).toBe(searchKey(name.normalize('NFC')));
      }),
    );
  });

  it('is not read to its end when it is a megabyte', () => {
    expect(searchKey('x y '.repeat(250_000)).length).toBeLessThanOrEqual(1_000);
  });
});

describe('a query', () => {
  it('holds nothing of what a user writes but letters and digits of its keys', () => {
    const SYNTAX = /searchNames|searchWhole|searchText|searchType|[-+():*^~ _.\d]/g;
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.string({ maxLength: 50 })), (text) => {
        const letters = new Set([...keysOfName(text).join('')]);
        const { exactly, oneTypo, twoTypos } = simpleSearch(text, []);
        const queries = [exactly, oneTypo, twoTypos, beginningWith(text, []).query, likely([text], null)].join(' ');
        const left = new Set(queries.replace(SYNTAX, ''));
        expect([...left].filter((char) => !letters.has(char))).toEqual([]);
      }),
    );
  });

  it('forgives nothing in short words, one typo from four letters on, two from eight', () => {
    expect(simpleSearch('abc', [])).toMatchObject({ oneTypo: 'searchType:0', twoTypos: 'searchType:0' });
    expect(simpleSearch('1325', []).oneTypo).toBe('searchType:0');
    expect(simpleSearch('abcd', []).oneTypo).toContain('searchNames:abcd~1');
    expect(simpleSearch('abcd', []).twoTypos).toBe('searchType:0');
    expect(simpleSearch('abcdefgh', []).twoTypos).toContain('searchNames:abcdefgh~2');
  });

  it('names types as the index has them', () => {
    expect(simpleSearch('x', ['CIVIL_SOCIETY_ORGANIZATION', 'Person']).exactly).toContain(
      '+searchType:(civilsocietyorganization person)',
    );
  });
});

describe('what was found', () => {
  const marked = (text: string, query: string) => highlight(text, keysOfName(query).flatMap(wordsOf));

  test.each([
    ['Nayib Bukele', 'bukele', 'Nayib **Bukele**'],
    ['Nayib Bukele', 'buk', 'Nayib **Bukele**'],
    ['Nayib Bukélé,', 'BUKELE', 'Nayib **Bukélé**,'],
    ['Nayib Bukele', 'bukelle', 'Nayib **Bukele**'],
    ['Владимир Путин', 'putin', 'Владимир **Путин**'],
    ['习近平', 'xi jinping', '**习近平**'],
    ['the MS-13 gang', 'ms13', 'the **MS-13** gang'],
    ['the MS-13 gang', 'MS', 'the **MS**-13 gang'],
    ['<b>Ana</b> & *Bo*', 'ana bo', '&lt;b&gt;**Ana**&lt;/b&gt; &amp; &#42;**Bo**&#42;'],
    ['nothing here', 'x', 'nothing here'],
  ])('marks %s for %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it('is cut around the first word that fits', () => {
    const shown = marked(`${'before '.repeat(100)}Bukele ${'after '.repeat(100)}`, 'bukele');
    expect(shown).toMatch(/^….*\*\*Bukele\*\*.*…$/s);
    expect(shown.length).toBeLessThan(300);
  });

  it('keeps every letter, and adds marks and entities only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ maxLength: 10 }), (text, query) => {
        const plain = marked(text, query)
          .replaceAll('**', '')
          .replace(/&(#42|amp|lt|gt);/g, (_, name: string) => ({ '#42': '*', amp: '&', lt: '<', gt: '>' })[name] ?? '');
        expect(plain).toBe(text.trim());
      }),
    );
  });

  it('is the name in its own script before one that is spelled alike', () => {
    const held = [
      { field: 'name', text: 'Xi Jinping' },
      { field: 'aliases', text: '习近平' },
    ];
    const asked = keysOfName('习近平').map(wordsOf);
    expect(findBest(held, () => true, '习近平', asked)).toMatchObject({ field: 'aliases' });
    expect(findBest(held, () => true, 'xi jinping', asked)).toMatchObject({ field: 'name' });
    expect(findBest(held, () => true, 'zzzz', [['zzzz']])).toBeNull();
  });
});
