import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  print,
  type ValidationRule,
} from 'graphql';
import { isWritten } from '../graphql/mutations/reading-variables.ts';
import { beyondLimit, type Place } from './beyond-limit.ts';
import { operationOf } from './selected.ts';
import { nodeBeyond, type Sizes } from './sizes.ts';
import { type Field, fragmentsOf, sizer, tooDeep } from './spreading.ts';

/** What a document may be before anything of it is looked at closer: how deep, how many fields, aliases, directives. */

export interface Limits extends Sizes {
  /** Levels of nested fields; a root field is level 1. */
  readonly depth: number;
  /** Fields, each counted as often as its fragment is spread. */
  readonly fields: number;
  /** Those of them that have fields of their own: each is a part of the statement that the database must plan. */
  readonly objects: number;
  readonly aliases: number;
  readonly directives: number;
  /** Objects, all in all, of the filters in a request: conditions, and what holds them together. */
  readonly filters: number;
  /** Lists and objects within each other, in the document and in variables. */
  readonly values: number;
  /** Nodes of a document that are within each other, two for a level of fields; whoever walks a document or a value must not run out of stack. */
  readonly nesting: number;
  /** Tokens of the document. */
  readonly tokens: number;
}

/**
 * Ten fragments that spread each other a few times over make a short document, without many aliases and not deep, that
 * asks for millions of fields: hence limits on what is counted after spreading. 300 objects were planned in 8 s by a
 * Neo4j on two cores; the introspection query of GraphiQL has some 100. Filters likewise: 500 conditions took it 6 s to
 * plan, and 5000 more time than its own limit on time, which does not interrupt the planning.
 * 90 of them within each other made its planner run out of stack, and never answer.
 */
export const DOCUMENT_LIMITS = {
  fields: 3_000,
  objects: 300,
  aliases: 200,
  directives: 50,
  filters: 400,
  values: 40,
  nesting: 200,
  tokens: 10_000,
  text: 10_000,
  list: 1_000,
  name: 500,
} as const;

/** A validation rule that holds a document to its limits; it works without any other, and on documents that break others. */
export const limitsRule =
  (limits: Limits): ValidationRule =>
  (context) => {
    const counts = { aliases: 0, directives: 0, filters: 0 };
    const fragments = fragmentsOf(context.getDocument());
    const sizeOf = sizer(fragments);
    const count = (what: 'aliases' | 'directives', nodes: GraphQLError['nodes']) => {
      if (++counts[what] !== limits[what] + 1) return;
      const message = `The document has more than ${limits[what]} ${what}.`;
      context.reportError(beyondLimit(message, 'Ask in several requests.', counts[what], nodes ? { nodes } : {}));
    };
    const checkDepth = ({ selectionSet }: OperationDefinitionNode) => {
      const deep = tooDeep(selectionSet, limits.depth, fragments);
      if (!deep) return;
      const { path, node, limit } = deep;
      context.reportError(
        beyondLimit(
          `The query nests ${path.length} levels of fields or more at ${path.join('.')}; at most ${limit} are allowed.`,
          `Leave out what is below ${path.at(-2) ?? path[0]}, or ask for it in a query of its own, by id.`,
          path.length,
          { path, nodes: [node] },
        ),
      );
    };
    const checkSize = ({ selectionSet }: OperationDefinitionNode) => {
      const { fields, objects, largest } = sizeOf(selectionSet);
      const place = largest ? { path: [keyOf(largest)], nodes: [largest] } : {};
      const way = `Ask in several queries${largest ? `; most of it is below ${keyOf(largest)}` : ''}.`;
      if (fields > limits.fields)
        context.reportError(
          beyondLimit(
            `The query asks for ${amount(fields)} fields, fragments counted wherever they are spread; at most ${limits.fields} are allowed.`,
            way,
            fields,
            place,
          ),
        );
      else if (objects > limits.objects)
        context.reportError(
          beyondLimit(
            `The query asks for ${amount(objects)} fields that have fields of their own, fragments counted wherever they are spread; at most ${limits.objects} are allowed.`,
            way,
            objects,
            place,
          ),
        );
    };
    let nesting = 0;
    let values = 0;
    // What is written may be more, and longer, than what is read by.
    let written: ASTNode | null = null;
    return {
      // The visitor itself needs no stack; what is called at the end does.
      enter(node) {
        if (isNest(node)) values += 1;
        const limit = ++nesting > limits.nesting ? limits.nesting : values > limits.values ? limits.values : null;
        if (limit !== null) {
          context.reportError(tooNested(limit, { nodes: [node] }));
          return BREAK;
        }
        if (node.kind === Kind.ARGUMENT && isWritten(context.getSchema(), context)) written = node;
        const large = nodeBeyond(node, limits, written === null);
        if (large) {
          context.reportError(large);
          return BREAK;
        }
        if (node.kind === Kind.FIELD && node.alias) count('aliases', [node]);
        if (node.kind === Kind.DIRECTIVE) count('directives', [node]);
        if (node.kind === Kind.OBJECT && written === null && ++counts.filters === limits.filters + 1)
          context.reportError(tooManyFilters(limits.filters, counts.filters, { nodes: [node] }));
        return undefined;
      },
      leave(node) {
        nesting -= 1;
        if (node === written) written = null;
        if (isNest(node)) values -= 1;
        if (node.kind !== Kind.DOCUMENT) return;
        for (const operation of node.definitions) {
          if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
          checkDepth(operation);
          checkSize(operation);
        }
      },
    };
  };

/** The error of what is nested so much that it cannot be walked. */
export const tooNested = (limit: number, place: Place): GraphQLError =>
  beyondLimit(`The request nests more than ${limit} levels.`, 'Nest less.', limit + 1, place);

const tooManyFilters = (limit: number, found: number, place: Place): GraphQLError =>
  beyondLimit(
    `The filters of the request have ${found} conditions and groups of them; at most ${limit} are allowed.`,
    'Name values in a list, with in, and ask in several queries.',
    found,
    place,
  );

/**
 * The error of variables whose filters and orders have too many objects, if they have. Other variables may hold more, such as the
 * records of one call.
 */
export function filtersBeyond(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
  limit: number,
): GraphQLError | null {
  const operation = operationOf(document, operationName);
  let found = 0;
  for (const { variable, type } of operation?.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (/(Filter|Match|Count|Order)[\]!]*$/.test(print(type))) found += objectsIn(variables[name]);
    if (found > limit) return tooManyFilters(limit, found, { path: ['variables', name] });
  }
  return null;
}

function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + objectsIn(each), Array.isArray(value) ? 0 : 1);
}

/** Whether lists and objects stand more than `limit` deep in each other. */
export function nestsBeyond(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit < 0) return true;
  if (Array.isArray(value)) return value.some((each) => nestsBeyond(each, limit - 1));
  // An object of a great many keys takes long to be listed.
  for (const key in value) if (nestsBeyond((value as Record<string, unknown>)[key], limit - 1)) return true;
  return false;
}

const isNest = ({ kind }: ASTNode): boolean => kind === Kind.OBJECT || kind === Kind.LIST;
const keyOf = (field: Field): string => field.alias?.value ?? field.name.value;
const amount = (count: number): string => (Number.isSafeInteger(count) ? String(count) : 'countless');

/** Whether an error is the one by which graphql-js ends a document with more tokens than it may have. */
export const isTokenLimit = (error: unknown): boolean =>
  error instanceof GraphQLError && /^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message);

export const tooManyTokens = (limit: number): GraphQLError =>
  beyondLimit(
    `The document has more than ${limit} tokens.`,
    'Ask in several requests, and send long lists as variables.',
    limit + 1,
    { path: ['query'] },
  );
