import { type AnsweredError, AnswerRefused } from '../error-text.ts';

/** Asking in GraphQL, whoever answers: the local store in this process, or a server. */

export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Which operation of the document; needed where it has several. */
  readonly operation?: string;
}

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AnsweredError[];
}

export interface Asker extends AsyncDisposable {
  ask(question: Question): Promise<Answer>;
}

/**
 * The whole answer.
 * @throws AnswerRefused where there is an error in it
 */
export async function answerOf<T>(asker: Asker, question: Question): Promise<T> {
  const { data, errors } = await asker.ask(question);
  if (errors && errors.length > 0) throw new AnswerRefused(errors);
  return data as T;
}
