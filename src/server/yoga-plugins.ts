import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import { execute } from '../graphql/execute.ts';
import { readingVariables } from '../graphql/mutations/reading-variables.ts';
import { subscribe } from '../graphql/subscriptions/subscribe.ts';
import type { Asker } from './access/access.ts';
import { atTheGate } from './cost-gate.ts';
import {
  filtersBeyond,
  isTokenLimit,
  type Limits,
  limitsRule,
  nestsBeyond,
  tooManyTokens,
  tooNested,
} from './limits.ts';
import type { Logger } from './log.ts';
import { mapError } from './map-error.ts';
import { operationOf } from './selected.ts';
import { variablesBeyond } from './sizes.ts';
import { fragmentsOf } from './spreading.ts';

/** What is added to Yoga's way from a request to an answer. */

/** What a request carries through the handlers, for its log line. */
export interface Trace {
  readonly requestId: string;
  operation?: string;
  /** What it was found to cost, where it came that far. */
  cost?: number;
  isSubscription?: true;
  /** Of a subscription that was let begin: notes that it is over. */
  endStream?: () => void;
  /** The address at the other end of the connection. */
  readonly socket?: string;
  /** Who sends it, where that was asked. */
  asker?: Asker;
}

export interface Traced {
  readonly trace: Trace;
}

/** Whoever sends one of these cannot be a form or a link on somebody else's page. */
const NO_SIMPLE_REQUEST = [
  'x-graphql-yoga-csrf',
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-requested-with',
];

/** Refuses requests that a page of somebody else can make a browser send without asking us first. */
export function useNoForeignPages(): Plugin {
  const { onRequestParse } = useCSRFPrevention({ requestHeaders: NO_SIMPLE_REQUEST });
  return {
    onRequestParse(payload) {
      try {
        return onRequestParse?.(payload);
      } catch {
        throw new GraphQLError('The request could have been sent by any page that a browser has open.', {
          extensions: {
            code: 'BAD_USER_INPUT',
            path: ['headers'],
            suggestion: 'Send the header content-type: application/json, or x-graphql-yoga-csrf with any value.',
            http: { status: 403 },
          },
        });
      }
    },
  };
}

/** Notes the name of the operation: the one that is asked for, or that of the only one in the document. */
export function useOperationName(): Plugin<object, Traced> {
  return {
    onParse({ context }) {
      return ({ result }) => {
        const { params, trace } = context as object as Traced & { params?: { operationName?: string | null } };
        const document: DocumentNode | null = result instanceof Error ? null : result;
        const names = (document?.definitions ?? []).flatMap((node) =>
          node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
        );
        const asked = params?.operationName;
        const name = asked ? names.find((each) => each === asked) : names.length === 1 ? names[0] : undefined;
        if (name) trace.operation = name.slice(0, 100);
      };
    },
  };
}

/**
 * Limits on documents: tokens while they are parsed, the rest before any other rule, since some of those take long on
 * documents beyond a limit.
 */
export function useLimits(limits: Limits): Plugin {
  const rule = limitsRule(limits);
  return {
    onParams({ params }) {
      for (const name of ['variables', 'extensions'] as const)
        if (nestsBeyond(params[name], limits.values + 1)) throw tooNested(limits.values, { path: [name] });
    },
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        try {
          return parse(source, { ...options, maxTokens: limits.tokens });
        } catch (error) {
          // The parser calls itself for each level, and runs out of stack long before it runs out of tokens.
          if (error instanceof RangeError) throw tooNested(limits.nesting, { path: ['query'] });
          throw isTokenLimit(error) ? tooManyTokens(limits.tokens) : error;
        }
      });
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn((schema, document, ...rest) => {
        const beyond = validate(schema, document, [rule]);
        return beyond.length > 0 ? beyond : (validateFn as typeof validate)(schema, document, ...rest);
      });
    },
    ...beforeRunning(({ schema, document, operationName, variableValues }) => {
      const variables = variableValues ?? {};
      const operation = operationOf(document, operationName);
      const beyond =
        variablesBeyond(readBy(schema, document, operation, variables), limits) ??
        filtersBeyond(document, operationName, variables, limits.filters);
      return beyond ? [beyond] : misfits(schema, operation, variables);
    }),
  };
}

/** The variables that an operation reads by: all of a query's; of a mutation's, those that are not what it writes. */
function readBy(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (operation?.operation !== 'mutation') return variables;
  const names = readingVariables(schema, operation, Object.fromEntries(fragmentsOf(document)));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}

/** A look at an operation before it runs, whether it is answered once or again and again; errors keep it from running. */
export function beforeRunning(
  look: (args: ExecutionArgs) => readonly GraphQLError[] | Promise<readonly GraphQLError[]>,
): Required<Pick<Plugin, 'onExecute' | 'onSubscribe'>> {
  const hook = async ({ args, setResultAndStopExecution }: Looked): Promise<undefined> => {
    const errors = await look(args);
    if (errors.length > 0) setResultAndStopExecution({ errors });
  };
  return { onExecute: hook, onSubscribe: hook };
}

interface Looked {
  readonly args: ExecutionArgs;
  setResultAndStopExecution(result: ExecutionResult): void;
}

/** Variables that do not fit their types, as far as a caller needs to see them. */
const MISFITS = 5;

/** The executor itself would find fifty, each with the whole value in its message. */
function misfits(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const definitions = operation?.variableDefinitions ?? [];
  if (definitions.length === 0) return [];
  const { errors = [] } = getVariableValues(schema, definitions, variables, { maxErrors: MISFITS });
  // Beyond those stands one that only says that there are more.
  return errors.slice(0, MISFITS);
}

/** Refuses what costs too much before anything of it runs, and notes what everything costs. */
export function useCostGate(limit: number): Plugin {
  return {
    ...beforeRunning(({ schema, document, operationName, variableValues, contextValue }) => {
      const { cost, refusal } = atTheGate(schema, document, operationName, variableValues ?? {}, limit);
      const { trace } = contextValue as Traced;
      trace.cost = cost;
      // What a subscription costs is what one event does; they come in batches that cost no more than a query may.
      Object.assign(contextValue as object, { batch: Math.max(1, Math.floor(limit / Math.max(1, cost))) });
      return refusal ? [refusal] : [];
    }),
  };
}

/** Executes queries by their statements, without a resolver a field. */
export const useStatements = (): Plugin => ({
  onExecute({ setExecuteFn }) {
    setExecuteFn(execute);
  },
  onSubscribe({ args, setSubscribeFn }) {
    (args.contextValue as object as Traced).trace.isSubscription = true;
    setSubscribeFn(subscribe);
  },
});

/** Maps every error of every answer, whichever stage it comes from. */
export function useMappedErrors(log: Logger, bodyLimit: number): Plugin<object, Traced> {
  return {
    onResultProcess({ request, result, setResult, serverContext }) {
      const { trace, params } = serverContext as Traced & { params?: { variables?: unknown } };
      const asked = { requestId: trace.requestId, bodyLimit, variables: params?.variables };
      const mapped = (one: ExecutionResult): ExecutionResult => {
        if (!one.errors) return one;
        const errors = one.errors.map((error) => {
          const { shown, hidden } = mapError(error, asked);
          // What is interrupted because the client went away is no failure of ours.
          const level = request.signal.aborted ? 'debug' : 'error';
          if (hidden) log[level]({ err: hidden, requestId: trace.requestId }, 'an unexpected error was masked');
          return shown;
        });
        return { ...one, errors };
      };
      if (isAsyncIterable(result)) setResult(mapAsyncIterator(result as AsyncIterable<ExecutionResult>, mapped));
      else if (!Array.isArray(result)) setResult(mapped(result as ExecutionResult));
    },
  };
}
