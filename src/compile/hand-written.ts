import { readFileSync } from 'node:fs';
import type { Argument } from './arguments.ts';
import type { Emitter } from './emitter.ts';

/**
 * Statements written by hand, one a file in `cypher/queries/`, each runnable in Neo4j Browser as it stands. Their
 * parameters have speaking names. What a parameter cannot be, such as a list of types in a pattern, stands between marks
 * with a name, and what is between them is what the file runs with by itself.
 */

/** A value for one of a file's parameters. */
export interface Filling {
  readonly argument: Argument;
  readonly convert: (argument: Argument) => unknown;
}

const texts = new Map<string, string>();
const folder = new URL('../../cypher/queries/', import.meta.url);

/** A file's statement without its comments, on one line. */
function textOf(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`${name}.cypher`, folder), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !line.startsWith(':'))
    .join(' ')
    .replace(/;$/, '');
  texts.set(name, text);
  return text;
}

/** What a mark's place is filled with: Cypher of the model's own names and of literals, or its own text, changed. */
export type Mark = string | ((inside: string) => string);

const MARK = /\/\*< (\w+) \*\/(.*?)\/\*> \1 \*\//gs;

function fillMarks(name: string, text: string, marks: Readonly<Record<string, Mark>>): string {
  return text.replace(MARK, (_, key: string, inside: string) => {
    const mark = marks[key];
    if (mark === undefined) throw new Error(`${name}.cypher has a mark ${key} that nothing fills`);
    return typeof mark === 'string' ? mark : fillMarks(name, mark(inside), marks);
  });
}

/** The statement of a file with its marked places filled; its parameters keep their names. */
export const asItStands = (name: string, marks: Readonly<Record<string, Mark>> = {}): string =>
  fillMarks(name, textOf(name), marks);

/**
 * The statement of a file with this call's parameters and marked places.
 * @param fillings by the parameter's name in the file, without its `$`
 */
export function handWritten(
  emitter: Emitter,
  name: string,
  fillings: Readonly<Record<string, Filling>>,
  marks: Readonly<Record<string, Mark>> = {},
): string {
  const parameters = new Map<string, string>();
  const text = fillMarks(name, textOf(name), marks);
  // A mark that does not end with the name it begins with would be a comment, and the statement another than is meant.
  if (text.includes('/*')) throw new Error(`${name}.cypher has a mark that does not end with its name`);
  return text.replace(/\$([A-Za-z]\w*)/g, (asIs, parameter: string) => {
    // Marks have been filled with texts that have parameters of their own.
    if (/^p\d+$/.test(parameter)) return asIs;
    const filling = fillings[parameter];
    if (!filling) throw new Error(`${name}.cypher has a parameter $${parameter} that nothing fills`);
    const known = parameters.get(parameter) ?? emitter.param(filling.argument, filling.convert);
    parameters.set(parameter, known);
    return known;
  });
}
