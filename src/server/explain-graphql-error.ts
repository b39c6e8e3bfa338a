import { type DocumentNode, GraphQLError, Kind, parse, print, type Source, visit } from 'graphql';
import type { ErrorCode } from '../errors.ts';

/**
 * What GraphQL's own errors, and Yoga's, leave unsaid: code, place, value, way out. They carry nothing but a message and
 * a position in the document, so their messages are read; one that is not known here still has a code and a place.
 */

export interface Explained {
  readonly message: string;
  readonly code: ErrorCode;
  readonly path?: readonly (string | number)[];
  readonly value?: unknown;
  readonly suggestion?: string;
  /** What the value may be at most. */
  readonly limit?: number;
}

export interface Sent {
  readonly bodyLimit: number;
  readonly variables: unknown;
}

type Path = readonly (string | number)[];

export function explain(error: GraphQLError, sent: Sent): Explained {
  const message = endsOf(error.message);
  const { code, path, value, suggestion, limit } = error.extensions as Partial<Explained> & { code?: string };
  const held = limitOf(error, sent);
  if (held) return held;
  const variable = ofVariable(message, sent.variables);
  const place = path ?? error.path ?? variable?.path ?? pathInDocument(error) ?? placeOfMessage(message);
  const found = value ?? (variable ? variable.value : valueInDocument(error));
  const way = suggestion ?? wayOut(message);
  return {
    message,
    code: CODES.has(code as ErrorCode) ? (code as ErrorCode) : 'BAD_USER_INPUT',
    ...(place && place.length > 0 ? { path: place } : {}),
    ...(found === undefined ? {} : { value: found }),
    ...(way ? { suggestion: way } : {}),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** What stands between quotes what was sent, which may be a megabyte; what an error is, and where, it says at its ends. */
const endsOf = (message: string): string =>
  message.length <= 2_000 ? message : `${message.slice(0, 1_000)} … ${message.slice(-1_000)}`;

/** Codes that our own rules gave; Yoga's, such as `BAD_REQUEST`, all mean bad input. */
const CODES = new Set<ErrorCode>([
  'LIMIT_EXCEEDED',
  'QUERY_TOO_COSTLY',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
]);

/** Limits that others than our rule hold. */
function limitOf(error: GraphQLError, { bodyLimit }: Sent): Explained | null {
  const { message } = error;
  if (message === 'Maximum introspection depth exceeded')
    return {
      message: 'Introspection nests too many lists of fields, values or types in each other.',
      code: 'LIMIT_EXCEEDED',
      path: pathInDocument(error) ?? ['query'],
      suggestion: 'Ask for types by name, or read /schema.graphql.',
    };
  if (message === 'Request body too large')
    return {
      message: `The body of the request has more than ${bodyLimit} bytes.`,
      code: 'LIMIT_EXCEEDED',
      path: ['body'],
      suggestion: 'Send less in one request.',
    };
  if (/^(Validation aborted|Too many validation errors)/.test(message))
    return {
      message: 'The document has more mistakes, or asks more often for the same fields, than are looked into.',
      code: 'LIMIT_EXCEEDED',
      path: ['query'],
      suggestion: 'Mend the first mistakes, and ask for each field once.',
    };
  return null;
}

/** `Variable "$where" got invalid value 3 at "where.name.in[0]"; …`: where in the variables, and what stands there. */
function ofVariable(message: string, variables: unknown): { path: Path; value: unknown } | null {
  const name = /^Variable "\$(\w+)" (?:got invalid value|of (?:required|non-null) type .* (?:was not|must not))/s.exec(
    message,
  )?.[1];
  if (!name) return null;
  const inside = / at "(\w+)((?:\.\w+|\[\d+\])+)"; /.exec(message);
  const steps = inside?.[1] === name ? [...(inside[2] ?? '').matchAll(/\.(\w+)|\[(\d+)\]/g)] : [];
  const path = [name, ...steps.map((step) => step[1] ?? Number(step[2]))];
  return { path: ['variables', ...path], value: path.reduce<unknown>(at, variables) };
}

const at = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;

/** The literal, name or part that the error points to. */
function valueInDocument({ nodes, message, source, positions }: GraphQLError): unknown {
  const node = nodes?.[0];
  switch (node?.kind) {
    case Kind.STRING:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.BOOLEAN:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.LIST:
    case Kind.OBJECT:
      return print(node);
    case Kind.VARIABLE:
      return `$${node.name.value}`;
    case Kind.FIELD:
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
    case Kind.NAMED_TYPE:
    case Kind.FRAGMENT_SPREAD:
    case Kind.DIRECTIVE:
      return node.name.value;
    default: {
      const start = positions?.[0];
      if (source && start !== undefined && message.startsWith('Syntax Error'))
        return /^(\w+|\S)/.exec(source.body.slice(start, start + 50))?.[0];
      return (node ? /"([^"]+)"/ : /^Unexpected parameter "(.*)"/).exec(message)?.[1];
    }
  }
}

/** Documents of the errors at hand: several errors of one document should not parse it again. */
const parsed = new WeakMap<Source, DocumentNode | null>();

function documentOf(source: Source): DocumentNode | null {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  let document: DocumentNode | null = null;
  try {
    document = parse(source);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  parsed.set(source, document);
  return document;
}

/** The keys of the answer that lead to where an error stands in its document; `query` where none do. */
function pathInDocument({ source, positions }: GraphQLError): Path | null {
  const position = positions?.[0];
  if (!source || position === undefined) return null;
  const document = documentOf(source);
  const path: (string | number)[] = [];
  if (document)
    visit(document, {
      enter(node, key, parent) {
        if (node.kind === Kind.DOCUMENT) return undefined;
        if (!node.loc || position < node.loc.start || position >= node.loc.end) return false;
        if (node.kind === Kind.FIELD) path.push(node.alias?.value ?? node.name.value);
        if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) path.push(node.name.value);
        // A place in a list of values: lists are the only parents that are arrays of them.
        if (Array.isArray(parent) && typeof key === 'number' && isValue(node.kind)) path.push(key);
        return undefined;
      },
    });
  return path.length > 0 ? path : ['query'];
}

const isValue = (kind: Kind): boolean =>
  [Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.NULL, Kind.ENUM, Kind.LIST, Kind.OBJECT, Kind.VARIABLE].some(
    (each) => each === kind,
  );

/** Of Yoga's errors about the request as a whole. */
const placeOfMessage = (message: string): Path | null =>
  (
    [
      [/operation (named|name|to execute)/i, ['operationName']],
      [/"(query|variables|extensions)" param/, [/"(query|variables|extensions)" param/.exec(message)?.[1] ?? 'query']],
      [/query string|mutation operation/, ['query']],
      [/^Unexpected parameter/, [/"(.*?)"/.exec(message)?.[1] ?? 'body']],
      [/body|Batching|params/, ['body']],
      [/GET and POST/, ['method']],
      [/Content-Length/, ['headers', 'content-length']],
    ] as const
  ).find(([pattern]) => pattern.test(message))?.[1] ?? null;

/** Ways out by message; `$1`, `$2` stand for what a pattern caught. The first that fits is taken. */
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [/(Did you mean .+\?)/s, '$1'],
  [/^Syntax Error: .*found <EOF>/s, 'The document ends too early: close every brace, bracket and quote.'],
  [/^Syntax Error: Unterminated string/, 'Close the string with a quote; """ opens and closes one of several lines.'],
  [/^Syntax Error: Expected Name, found "?\}/, 'Name at least one field between { and }.'],
  [/^Syntax Error/, 'See the position in locations; https://spec.graphql.org explains the grammar.'],
  [/^Cannot query field ".*" on type "(.*)"\./, 'The fields of $1 are listed in /schema.graphql.'],
  [/^Unknown argument ".*" on (?:field|directive) "(.*?)"/, 'The arguments of $1 are listed in /schema.graphql.'],
  [/^Unknown (?:type|directive)/, 'All of them are listed in /schema.graphql.'],
  [/^Unknown fragment "(.*)"/, 'Add: fragment $1 on … { … }'],
  [/^Unknown operation named/, 'Name one that is in the document.'],
  [/must not have a selection/, 'Leave out the braces behind it, and what is between them.'],
  [/Variable "(\$\w+)" is not defined/, 'Declare it: query ($1: …) { … }'],
  [/^(Variable|Fragment) ".*" is never used/, 'Use it, or leave it out.'],
  [/of type "(.+)" used in position expecting type "(.+)"/, 'Declare it as $2.'],
  [/^Variable "\$(\w+)" of required type "(.+)" was not provided/, 'Send variables with a value of type $2 for $1.'],
  [
    /of (?:required |)type "(.+)" (?:is required, but it|of required type .*|was) (?:was )?not provided/,
    'Give a value of type $1.',
  ],
  [/Field "(.+)" of required type "(.+)" was not provided/, 'Give $1 a value of type $2.'],
  [/(?:argument|Argument) "(.+?)" of type "(.+?)" is required/, 'Give $1 a value of type $2.'],
  [
    /Exactly one key must be (?:specified|provided)|must specify exactly one key|exactly one/i,
    'Give exactly one of its fields.',
  ],
  [/must not be null/, 'Send a value that is not null.'],
  [/^Fragment .*cannot condition on/, 'Spread on a type that has fields.'],
  [/is not defined by type "(.+?)"/, 'The fields of $1 are listed in /schema.graphql.'],
  [/Value ".*" does not exist in "(.+)" enum/s, 'The values of $1 are listed in /schema.graphql.'],
  [/Enum "(.+)" cannot represent/, 'Give one of the values of $1 that /schema.graphql lists.'],
  [/Int cannot represent non 32-bit/, 'Give a whole number between -2147483648 and 2147483647.'],
  [/Int cannot represent/, 'Give a whole number, without quotes.'],
  [/Float cannot represent/, 'Give a number, without quotes.'],
  [/String cannot represent/, 'Give a text, in quotes.'],
  [/Boolean cannot represent/, 'Give true or false, without quotes.'],
  [/ID cannot represent/, 'Give an id as text, such as "person:…".'],
  [/Expected (?:value of )?(?:non-nullable )?type "(.+?)"/, 'Give a value of type $1.'],
  [/ must be (.+?); it is /, 'Give $1.'],
  [/conflict because .*Use different aliases/s, 'Give one of them an alias of its own.'],
  [/can never be of type/, 'Spread it where its type is possible.'],
  [/Cannot spread fragment ".*" within itself/, 'Take the spread out that leads back to the fragment.'],
  [
    /There can be only one|must be unique|can only be used once|anonymous operation must be the only/i,
    'Keep one of them.',
  ],
  [
    /[Cc]ould not determine what operation|Must provide operation name/,
    'Send operationName with the name of an operation that the document has.',
  ],
  [/invalid JSON/, 'Send a JSON object with query, and variables where it has some.'],
  [/query string|"query" param/, 'Send a JSON object such as {"query": "{ __typename }"}.'],
  [/"variables" param|"extensions" param/, 'Send a JSON object there, or leave it out.'],
  [/^Unexpected parameter/, 'Send query, variables, operationName and extensions only.'],
  [/Batching is not supported/, 'Send one operation a request; one operation may ask for several root fields.'],
  [/body is expected to be object|params/, 'Send a JSON object such as {"query": "{ __typename }"}.'],
  [/mutation operation from a POST/, 'Send it with POST.'],
  [/GET and POST requests/, 'Use POST.'],
  [/not configured to execute (\w+)/, 'Only queries are served here.'],
  [/Content-Length/, 'Send the length of the body as one number.'],
];

function wayOut(message: string): string | undefined {
  for (const [pattern, way] of WAYS_OUT) {
    const match = pattern.exec(message);
    if (match) return way.replace(/\$([12])(?!\w)/g, (_, group: string) => match[Number(group)] ?? '…');
  }
  return undefined;
}
