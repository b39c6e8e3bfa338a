import { type ExecutionResult, GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import type { Config } from '../../config.ts';
import { execute } from '../../graphql/execute.ts';
import { buildSchema } from '../../graphql/schema.ts';
import { ontology } from '../../ontology/ontology.ts';
import { atTheGate } from '../../server/cost-gate.ts';
import { DOCUMENT_LIMITS, limitsRule } from '../../server/limits.ts';
import { mapError } from '../../server/map-error.ts';
import type { Connection } from '../../store/connection.ts';
import { asRecorded } from '../../store/log/as-recorded.ts';
import { createWriter } from '../../store/writer.ts';
import type { AnsweredError } from '../error-text.ts';
import type { Answer, Asker, Question } from './asker.ts';

/**
 * The store in this process, asked as the server asks it: the same schema, the same statements, and the same limits, by the
 * same settings. Whoever may open the database may do anything, so the limits do not keep anybody out; they keep one
 * query from holding up the database, and what runs here runs on a server too.
 */
export function askStore(connection: Connection, config: Config, signal: AbortSignal): Asker {
  const schema = buildSchema(ontology);
  const writer = createWriter(connection, ontology);
  const limits = limitsRule({ depth: config.CONCORDAT_MAX_DEPTH, ...DOCUMENT_LIMITS });

  const answer = async ({ query, variables = {}, operation }: Question): Promise<ExecutionResult> => {
    const document = parse(query, { maxTokens: DOCUMENT_LIMITS.tokens });
    const beyond = validate(schema, document, [limits]);
    const errors = beyond.length > 0 ? beyond : validate(schema, document, specifiedRules);
    if (errors.length > 0) return { errors };
    if (getOperationAST(document, operation)?.operation === 'subscription') return { errors: [NO_SUBSCRIPTIONS] };
    const { refusal } = atTheGate(schema, document, operation, variables, config.CONCORDAT_COST_LIMIT);
    if (refusal) return { errors: [refusal] };
    const contextValue = {
      model: ontology,
      reader: connection,
      writer,
      recordedAsOf: (at: string, ids: readonly string[]) => asRecorded(connection, ontology, new Date(at), ids),
      caller: { name: 'command line', role: 'admin' as const },
      signal,
      today: new Date().toISOString().slice(0, 10),
    };
    return execute({ schema, document, variableValues: variables, operationName: operation, contextValue });
  };

  return {
    async ask(question) {
      const { data, errors = [] } = await answer(question).catch((error: unknown): ExecutionResult => {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      });
      const asked = { requestId: '', bodyLimit: config.CONCORDAT_BODY_LIMIT, variables: question.variables };
      const shown = errors.map((error): AnsweredError => {
        const mapped = mapError(error, asked);
        // On a server it would go to the log; here whoever asks is who reads the log.
        if (mapped.hidden) throw mapped.hidden;
        const { http: _, ...extensions } = mapped.shown.extensions;
        return { message: mapped.shown.message, path: mapped.shown.path, extensions };
      });
      // Objects of graphql-js have no prototype, and those of the compiler hidden keys: what JSON keeps is the answer.
      const plain = data === undefined ? {} : { data: JSON.parse(JSON.stringify(data)) as Answer['data'] };
      return { ...(plain as Pick<Answer, 'data'>), ...(shown.length > 0 ? { errors: shown } : {}) };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const NO_SUBSCRIPTIONS = new GraphQLError('A subscription is told by a server, as long as it runs.', {
  extensions: {
    code: 'BAD_USER_INPUT',
    path: ['query'],
    suggestion: 'Start one with `concordat serve`, and follow it with curl -N; docs/following-changes.md shows how.',
  },
});
