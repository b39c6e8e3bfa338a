import { existsSync, readFileSync, statSync } from 'node:fs';
import { StartError } from '../errors.ts';

/** Texts that a command is given: in place, in a file, or on standard input. */

export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** @throws StartError where it cannot be read */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StartError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** `-` or nothing is standard input; what begins with a brace or is called an operation is itself; else a file. */
export async function readOperation(given: string | undefined): Promise<string> {
  if (given === undefined && process.stdin.isTTY)
    throw new StartError(
      "There is no query. Give one: concordat query '{ people { nodes { name } } }', the name of a file, or - for standard input.",
    );
  if (given === undefined || given === '-') return readStandardInput();
  if (isFile(given)) return readTextFile(given);
  if (/^\s*(\{|#|query\b|mutation\b|subscription\b|fragment\b)/.test(given)) return given;
  throw new StartError(`There is no file ${given}, and it is no GraphQL operation: those begin with { or with query.`);
}

/** Variables: JSON in place, or `@file`. @throws StartError where it is no JSON object */
export function readVariables(given: string | undefined): Record<string, unknown> | undefined {
  if (given === undefined) return undefined;
  const text = given.startsWith('@') ? readTextFile(given.slice(1)) : given;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new StartError(
      `The variables are no JSON: ${(cause as Error).message}\nGive an object: --variables '{"id": "person:…"}', or @file.`,
      { cause },
    );
  }
  throw new StartError(`The variables must be an object: --variables '{"id": "person:…"}', or @file.`);
}
