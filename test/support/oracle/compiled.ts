import { type DocumentNode, execute, type GraphQLSchema, parse } from 'graphql';
import type { Statement } from '../../../src/compile/plan.ts';
import { ConcordatError } from '../../../src/errors.ts';
import { buildSchema } from '../../../src/graphql/schema.ts';
import { ontology } from '../../../src/ontology/ontology.ts';

/** Operations compiled without a database: a reader that answers prepared rows and keeps the statements. */

export const schema: GraphQLSchema = buildSchema(ontology);

export interface Compiled {
  readonly statements: readonly Statement[];
  readonly data: unknown;
  readonly errors: readonly ConcordatError[];
}

/** Compiles an operation. Each statement is answered with `rows`. */
export async function compiled(
  source: string | DocumentNode,
  variableValues: Record<string, unknown> = {},
  rows: unknown[][] = [],
): Promise<Compiled> {
  const statements: Statement[] = [];
  const reader = {
    async read(statement: Statement) {
      statements.push(statement);
      return rows;
    },
  };
  const document = typeof source === 'string' ? parse(source) : source;
  const contextValue = { model: ontology, reader, today: '2025-02-04' };
  const result = await execute({ schema, document, variableValues, contextValue });
  const errors = (result.errors ?? []).map((error) => {
    if (error.originalError instanceof ConcordatError) return error.originalError;
    throw error.originalError ?? error;
  });
  return { statements, data: result.data, errors };
}

/** The text of an operation's only statement. */
export async function textOf(source: string | DocumentNode, variables: Record<string, unknown> = {}): Promise<string> {
  const { statements, errors } = await compiled(source, variables);
  const [only] = statements;
  if (!only || statements.length > 1) throw errors[0] ?? new Error(`${statements.length} statements`);
  return only.text;
}

/** The texts of all statements of an operation, whatever would be made of their rows. */
export async function textsOf(
  document: DocumentNode | string,
  variables: Record<string, unknown> = {},
): Promise<string[]> {
  const texts: string[] = [];
  const reader = {
    async read({ text }: Statement) {
      texts.push(text);
      return [];
    },
  };
  await execute({
    schema,
    document: typeof document === 'string' ? parse(document) : document,
    variableValues: variables,
    contextValue: { model: ontology, reader, today: '2025-02-04' },
  });
  return texts;
}
