/** Texts as other programs write them. */

const MARKS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
};
const SIGNS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  ndash: '–',
  mdash: '—',
  oslash: 'ø',
  Oslash: 'Ø',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  eth: 'ð',
  thorn: 'þ',
};

/** The text of a piece of HTML: without tags, and with signs instead of their names. */
export const plainText = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&#(x[0-9a-f]+|\d+);/gi, (whole, code: string) => {
      const number = Number(code.startsWith('x') || code.startsWith('X') ? `0${code}` : code);
      return number > 0 && number <= 0x10ffff ? String.fromCodePoint(number) : whole;
    })
    .replace(/&([A-Za-z])([a-z]+);/g, (whole, letter: string, rest: string) => {
      const mark = MARKS[rest];
      return SIGNS[letter + rest] ?? (mark === undefined ? whole : (letter + mark).normalize('NFC'));
    })
    .replace(/\s+/g, ' ')
    .trim();

/** `13 50 N, 88 55 W` → 13.8333 or -88.9167; null where the text does not name it. */
export function degreesIn(text: string, which: 'latitude' | 'longitude'): number | null {
  const [positive, negative] = which === 'latitude' ? ['N', 'S'] : ['E', 'W'];
  const match = new RegExp(`(\\d+)(?:\\D+(\\d+))?(?:\\D+(\\d+(?:\\.\\d+)?))?\\W*([${positive}${negative}])`).exec(
    text.split(',').find((part) => new RegExp(`[${positive}${negative}]`).test(part)) ?? '',
  );
  if (!match) return null;
  const value = Number(match[1]) + Number(match[2] ?? 0) / 60 + Number(match[3] ?? 0) / 3_600;
  return Math.round((match[4] === negative ? -value : value) * 10_000) / 10_000;
}
