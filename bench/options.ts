import { parseArgs } from 'node:util';
import { COMPARED, GROWING } from './questions/all.ts';

/** What the command line asks of a run. */
export interface BenchOptions {
  /** Worlds in which all arms are compared, by how many entities they have. */
  readonly sizes: readonly number[];
  /** Worlds in which growth is measured. */
  readonly growth: readonly number[];
  /** Keys of questions; null for all. */
  readonly questions: readonly string[] | null;
  readonly rounds: number;
  readonly seed: number;
  /** A folder in which worlds are kept, and found again; null for one that is removed. */
  readonly keep: string | null;
  /** Whether `docs/performance.*` are written. */
  readonly write: boolean;
}

export const USAGE = `npm run bench -- [options]

  --sizes 100k            worlds in which floor, concordat and peer are compared; "none" for none
  --growth 10k,100k       worlds in which growth is measured; "none" for none
  --questions a,b         only these: ${[...new Set([...COMPARED, ...GROWING].map(({ key }) => key))].join(', ')}
  --rounds 100            how often each question is asked of each arm
  --seed 1                which world
  --keep folder           keep the worlds there, and use those that are there
  --print                 print only, and leave docs/performance.md and docs/performance.svg alone

Numbers of entities may end in k or m. With NEO4J_URI that Neo4j is used, which must be empty, for one world.`;

/** @throws Error that says which option is wrong, and how it must be */
export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '100k' },
      growth: { type: 'string', default: '10k,100k' },
      questions: { type: 'string' },
      rounds: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      keep: { type: 'string' },
      print: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const known = new Set([...COMPARED, ...GROWING].map(({ key }) => key));
  const questions = values.questions?.split(',') ?? null;
  const strange = questions?.find((key) => !known.has(key));
  if (strange !== undefined) throw new Error(`There is no question "${strange}". There are: ${[...known].join(', ')}.`);
  return {
    sizes: sizesOf('sizes', values.sizes),
    growth: sizesOf('growth', values.growth),
    questions,
    rounds: whole('rounds', values.rounds),
    seed: whole('seed', values.seed),
    keep: values.keep ?? null,
    write: !values.print && questions === null,
  };
}

function sizesOf(option: string, text: string): number[] {
  if (text === 'none') return [];
  return text.split(',').map((size) => {
    const [, digits, unit] = /^(\d+)(k|m)?$/i.exec(size) ?? [];
    const nodes = Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit?.toLowerCase() ?? ''] ?? 1);
    if (!(nodes >= 10_000))
      throw new Error(`--${option} ${size}: worlds have 10k entities or more, such as 10k, 100k, 1m.`);
    return nodes;
  });
}

function whole(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} ${text}: must be a whole number from 1.`);
  return number;
}

/** `100000` → `100k`. */
export const sizeName = (nodes: number): string =>
  nodes % 1_000_000 === 0 ? `${nodes / 1_000_000}m` : nodes % 1_000 === 0 ? `${nodes / 1_000}k` : `${nodes}`;
