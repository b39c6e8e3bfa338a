import type { Random } from '../random.ts';

/** One set of values that a question is asked with: variables to the GraphQL arms, parameters to the floor. */
export type Sample = Readonly<Record<string, unknown>>;

/** Where samples are drawn from. */
export interface Sampling {
  readonly draw: Random;
  /** Rows of a statement. */
  rows(cypher: string, parameters?: Sample): Promise<unknown[][]>;
  /** `data` of an operation of ours. */
  ask<T>(query: string, variables?: Sample): Promise<T>;
}

/** A question in the words of each arm; `read` takes `data` in the shape that its own query has. What each answers is read into one form, and compared, before anything is timed. */
export interface Question {
  /** A word for the command line. */
  readonly key: string;
  readonly title: string;
  /** The most that concordat ÷ floor may be. */
  readonly goal: number | null;
  /** The statement somebody would write by hand; its rows are lists. Null where there is none worth the name. */
  readonly floor: { readonly cypher: string; read(rows: readonly unknown[][]): unknown } | null;
  readonly concordat: { readonly query: string; read(data: never): unknown };
  readonly peer: { readonly query: string; read(data: never): unknown } | null;
  samples(from: Sampling): Promise<Sample[]>;
  /** What each arm's answer must be by itself, where several answers are right; else they must be the same. */
  readonly isRight?: (answer: unknown, sample: Sample, from: Sampling) => Promise<boolean>;
}

/** A list whose order is not asked for: in an order of its own. */
export const inAnyOrder = (list: unknown): unknown[] =>
  [...(list as unknown[])].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Some of a list, each once, in an order drawn anew. */
export function some<T>(draw: Random, list: readonly T[], count: number): T[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(draw.below(left.length), 1)[0] as T);
}
