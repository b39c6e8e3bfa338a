import type { Random } from './random.ts';

/** Names in several scripts, with and without accents, made from syllables so that few are the same. */

interface Script {
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  readonly syllables: readonly string[];
  /** How many syllables a word has. */
  readonly length: readonly [number, number];
  readonly space: string;
}

const words = (text: string): string[] => text.split(' ');

const LATIN: Script = {
  weight: 60,
  syllables: words(
    'ba be bo da de do el fa fe ga go ha he in ka ke ko la le li lo ma me mi mo na ne ni no or pa pe ra re ri ro sa se si ta te ti to va ve vi za',
  ),
  length: [2, 4],
  space: ' ',
};
const SCRIPTS: readonly Script[] = [
  LATIN,
  {
    ...LATIN,
    weight: 18,
    syllables: words('á bé ção dé ên fí gó hü ïs já kö lé mañ né ñu ör pé rú sé šk té ün vé žá łó ğa'),
  },
  {
    weight: 8,
    syllables: words('ба ве го да жи за ки ла ми но по ра си та ур фе хо че ша ян'),
    length: [2, 4],
    space: ' ',
  },
  { weight: 3, syllables: words('άλ βα γε δί έλ ζω ηρ θε κα λέ μα νί πα ρο σώ τα φί χά'), length: [2, 3], space: ' ' },
  {
    weight: 5,
    syllables: words('با تا جا حم خا دا را زي سا شا صا طا عب فا قا كا لا ما نا هد يا'),
    length: [2, 3],
    space: ' ',
  },
  {
    weight: 3,
    syllables: words('王 李 张 刘 陈 杨 赵 黄 周 吴 明 华 伟 芳 秀 英 敏 静 丽 强'),
    length: [1, 2],
    space: '',
  },
  { weight: 2, syllables: words('김 이 박 최 정 민 서 지 현 우 준 하 은 수'), length: [1, 2], space: ' ' },
  { weight: 1, syllables: words('रा मि ता नी सु ल क वि जा शा दे पू'), length: [2, 3], space: ' ' },
];
/** Each as often as it weighs. */
const DRAWN = SCRIPTS.flatMap((script) => Array.from({ length: script.weight }, () => script));

/** A name of some words in one script. */
export function drawName(random: Random, parts: number): string {
  const script = random.pick(DRAWN);
  return Array.from({ length: parts }, () => drawWord(random, script)).join(script.space);
}

function drawWord(random: Random, { syllables, length: [least, most] }: Script): string {
  const count = least + random.below(most - least + 1);
  const word = Array.from({ length: count }, () => random.pick(syllables)).join('');
  // By code point, since a capital may be one of two units.
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('');
}
