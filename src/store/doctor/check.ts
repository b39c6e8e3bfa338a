import type { Model } from '../../model/model.ts';
import type { Connection } from '../connection.ts';

/** What must hold of a store, and what was found not to: the words that the doctor is written in. */

/** Something that must hold. */
export interface Check {
  readonly name: string;
  /** What must hold, in a sentence. */
  readonly meaning: string;
  /** How it is mended where that follows from the rest of the store; null where a person must decide. */
  readonly mends: string | null;
  /** What to do about what is not mended. */
  readonly wayOut: string;
  /** Whether it is only worth knowing: nothing is wrong by it. */
  readonly isNotice?: boolean;
}

/** One thing of which a check does not hold. */
export interface Finding {
  readonly check: Check;
  /** Of the thing: its id, or where it has none, the database's own. */
  readonly id: string;
  /** What is wrong with it, in a few words. */
  readonly what: string;
  /** Puts it right, together with others that are to be mended alike; absent where it cannot be told what is right. */
  readonly mend?: Mend;
}

/** Puts several things right in one transaction; `arguments` are what each needs. Answers how many were. */
export interface Mend {
  readonly by: Mender;
  readonly with: unknown;
}

export type Mender = (
  ward: Ward,
  findings: readonly { readonly id: string; readonly with: unknown }[],
) => Promise<number>;

/** What is looked at, and by whom it is mended. */
export interface Ward {
  readonly connection: Connection;
  readonly model: Model;
  /** Folder of migrations. */
  readonly migrations: string;
  readonly signal: AbortSignal;
  /** Told how many things were looked at, beside those before. */
  readonly looked: (things: number) => void;
}

/** A look at one sort of things, from the first to the last, as they are read: nothing is kept. */
export interface Round {
  /** What is looked at: `entities`. */
  readonly name: string;
  readonly checks: readonly Check[];
  findings(ward: Ward): AsyncIterable<Finding>;
}

/** Under this name the doctor's changes stand in the history. */
export const DOCTOR = 'doctor';

/** Rows of a statement, one at a time, read as they are taken. */
export async function* rowsOf(
  { connection, signal }: Pick<Ward, 'connection' | 'signal'>,
  text: string,
  parameters: Record<string, unknown> = {},
): AsyncIterable<unknown[][]> {
  yield* connection.stream({ text: `CYPHER 5 ${text}`, parameters }, { operation: 'doctor', signal });
}

/** All rows of a statement that brings few. */
export const allRows = (
  { connection, signal }: Pick<Ward, 'connection' | 'signal'>,
  text: string,
  parameters: Record<string, unknown> = {},
): Promise<unknown[][]> => connection.read({ text: `CYPHER 5 ${text}`, parameters }, { operation: 'doctor', signal });
