import { ConcordatError, ModelError, StartError } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** Errors as a person reads them on standard error: what, where, which value, and the way out. */

/** An error of an answer in GraphQL, with what its extensions tell. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Errors that came instead of an answer, or beside a part of it. */
export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused';

  constructor(readonly errors: readonly AnsweredError[]) {
    super(errors.map(({ message }) => message).join('\n'));
  }
}

/** An error in words. A stack is shown only where nobody foresaw the error. */
export function errorText(error: unknown, terminal: Pick<Terminal, 'styleError'>): string {
  if (error instanceof AnswerRefused)
    return error.errors
      .map(({ message, path, extensions = {} }) =>
        told(message, { ...extensions, path: (extensions['path'] as typeof path) ?? path }, terminal),
      )
      .join('\n');
  if (error instanceof ConcordatError) return told(error.message, error.details, terminal);
  if (error instanceof StartError || error instanceof ModelError) return told(error.message, {}, terminal);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

interface Details {
  readonly path?: readonly (string | number)[] | undefined;
  readonly value?: unknown;
  readonly suggestion?: unknown;
  readonly candidates?: unknown;
}

function told(
  message: string,
  { path, value, suggestion, candidates }: Details,
  terminal: Pick<Terminal, 'styleError'>,
): string {
  const dim = (text: string) => terminal.styleError('dim', text);
  // Candidates stand below, one a line.
  const what = Array.isArray(candidates) ? message.replace(/(the name ".*"): [\s\S]*$/u, '$1:') : message;
  return [
    `${terminal.styleError(['red', 'bold'], 'error:')} ${what}`,
    ...(path && path.length > 0 ? [`  ${dim('at')}     ${path.join('.')}`] : []),
    ...(value === undefined ? [] : [`  ${dim('value')}  ${shortened(value)}`]),
    ...listed(candidates),
    ...(suggestion ? [`  ${terminal.styleError('cyan', '→')} ${String(suggestion)}`] : []),
  ].join('\n');
}

/** What an ambiguous name may mean. */
function listed(candidates: unknown): string[] {
  if (!Array.isArray(candidates)) return [];
  return candidates.map((each: Readonly<Record<string, unknown>>) => {
    const { id, name, type, ...rest } = each;
    const more = Object.values(rest).filter((one) => typeof one === 'string' && one !== '');
    return `  - ${[name, type, ...more].filter(Boolean).join(', ')}: ${String(id)}`;
  });
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
