import { buildSchema, type DocumentNode, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/model/roles.ts';
import { needOf } from '../../src/server/access/authorize.ts';
import { decided, holding, KEY, testServer } from '../support/server.ts';

/** Who may run which operation. */

const HARBOUR = /* GraphQL */ `
  type Query { ship(name: String): Ship  ships: [Ship!]!  ledger: [Entry!]!  thing: Thing }
  type Mutation { launch(name: String!): Ship  merge(a: String, b: String): Ship  careless: Ship }
  type Subscription { arrivals: Ship  audits: Entry }
  interface Thing { name: String }
  type Ship implements Thing { name: String  cargo: String  next: Ship  seal: Seal }
  type Seal implements Thing { name: String }
  type Entry { text: String  ship: Ship }
`;
const access: Record<string, Role> = {
  'Query.ledger': 'admin',
  Entry: 'admin',
  Seal: 'curator',
  'Ship.cargo': 'editor',
  'Mutation.launch': 'editor',
  'Mutation.merge': 'curator',
  'Subscription.audits': 'admin',
};
const harbour = () => decided(buildSchema(HARBOUR), access);
const schema = harbour();

function need(text: string, operation = 0) {
  const document: DocumentNode = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const { role, field, path } = needOf(schema, document, document.definitions[operation] as OperationDefinitionNode);
  return `${role} for ${field} at ${path.join('.')}`;
}

describe('an operation takes the highest role of all that it selects', () => {
  it.each([
    ['{ ships { name } }', 'reader for Query.ships at ships'],
    ['{ __typename }', 'reader for __typename at __typename'],
    ['{ __schema { types { name } } }', 'reader for __schema at __schema'],
    ['{ ships { name } ledger { text } }', 'admin for Query.ledger at ledger'],
    ['{ ships { name } other: ledger { text } }', 'admin for Query.ledger at other'],
    ['{ ship { next { next { cargo } } } }', 'editor for Ship.cargo at ship.next.next.cargo'],
    ['{ ship { next { seal { name } } } }', 'curator for Ship.seal at ship.next.seal'],
    [
      '{ ...A } fragment A on Query { x: ship { ...B } } fragment B on Ship { cargo }',
      'editor for Ship.cargo at x.cargo',
    ],
    ['{ ... { ... on Query { ledger { text } } } }', 'admin for Query.ledger at ledger'],
    ['{ ... @include(if: false) { ledger { text } } }', 'admin for Query.ledger at ledger'],
    ['query($no: Boolean = true) { ledger @skip(if: $no) { text } }', 'admin for Query.ledger at ledger'],
    ['{ thing { ... on Seal { name } } }', 'curator for Seal at thing'],
    ['{ thing { ...S } } fragment S on Seal { __typename }', 'curator for Seal at thing'],
    ['mutation { launch(name: "a") { name } }', 'editor for Mutation.launch at launch'],
    ['mutation { launch(name: "a") { name } merge { name } }', 'curator for Mutation.merge at merge'],
    ['mutation { launch(name: "a") { seal { name } } }', 'curator for Ship.seal at launch.seal'],
    ['mutation { careless { name } }', 'editor for Mutation.careless at careless'],
    ['mutation { __typename }', 'editor for __typename at __typename'],
    ['subscription { arrivals { name } }', 'reader for Subscription.arrivals at arrivals'],
    ['subscription { arrivals { cargo } }', 'editor for Ship.cargo at arrivals.cargo'],
    ['subscription { audits { text } }', 'admin for Subscription.audits at audits'],
  ])('%s: %s', (text, expected) => {
    expect(need(text)).toBe(expected);
  });

  it('of those that its document has, only that which is asked for counts', () => {
    const text = 'query A { ships { name } } query B { ledger { text } }';
    expect(need(text, 0)).toBe('reader for Query.ships at ships');
    expect(need(text, 1)).toBe('admin for Query.ledger at ledger');
  });

  it('and what nobody decided about is for admins', () => {
    const undecided = buildSchema(HARBOUR);
    const document = parse('{ ships { name } }');
    expect(needOf(undecided, document, document.definitions[0] as OperationDefinitionNode).role).toBe('admin');
  });
});

describe('a server', () => {
  const asked: string[] = [];
  const served = (who: Parameters<typeof testServer>[0] = {}) => {
    const schema = harbour();
    for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
      for (const field of Object.values(type?.getFields() ?? {})) {
        field.resolve = (value) => {
          asked.push(field.name);
          return value?.[field.name] ?? null;
        };
        field.subscribe = async function* () {
          asked.push(`${field.name} again and again`);
          yield { [field.name]: { name: 'Ondine' } };
        };
      }
    return testServer({ schema, ...who });
  };
  const as = (role: Role) => served({ who: holding(role) });
  const withKey = { authorization: KEY };

  it('refuses a whole operation before anything of it runs, naming field, role had and role needed', async () => {
    asked.length = 0;
    const { status, data, errors } = await as('editor').ask('{ ships { name } a: ledger { text } }', {}, withKey);
    expect({ status, data, asked }).toEqual({ status: 403, data: undefined, asked: [] });
    expect(errors).toEqual([
      {
        message: 'Query.ledger takes the role admin; that of the request is editor.',
        extensions: {
          code: 'FORBIDDEN',
          path: ['a'],
          value: 'editor',
          needed: 'admin',
          suggestion: 'Leave Query.ledger out, or ask with a key or token whose role is admin or higher.',
        },
      },
    ]);
  });

  it.each([
    ['reader', 'mutation { launch(name: "a") { name } }', 403],
    ['editor', 'mutation { launch(name: "a") { name } }', 200],
    ['editor', 'mutation { merge { name } }', 403],
    ['curator', 'mutation { merge { name } }', 200],
    ['admin', '{ thing { name } }', 200],
    ['reader', 'subscription { audits { text } }', 403],
    ['reader', 'subscription { arrivals { name } }', 200],
  ] as const)('lets %s run %s: %d', async (role, query, status) => {
    asked.length = 0;
    const accept = query.startsWith('subscription') ? 'text/event-stream' : 'application/graphql-response+json';
    const answer = await as(role).ask(query, {}, { ...withKey, accept });
    expect(status === 200 ? [answer.status, asked.length > 0] : [asked.length > 0]).toEqual(
      status === 200 ? [200, true] : [false],
    );
    if (status === 403) expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('FORBIDDEN')]);
  });

  it('tells nobody known to say who they are, whatever they would write', async () => {
    asked.length = 0;
    for (const query of [
      'mutation { launch(name: "a") { name } }',
      'mutation { careless { name } }',
      '{ ledger { text } }',
    ]) {
      const { status, errors, headers } = await served().ask(query);
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', needed: expect.any(String) });
    }
    expect(asked).toEqual([]);
  });

  it('refuses credentials that are not valid even where anybody may read', async () => {
    for (const authorization of [
      `${KEY}x`,
      KEY.replace('abc', 'xyz'),
      'Bearer',
      'Bearer  ',
      'Basic YTpi',
      'nonsense',
      'Bearer a, Bearer b',
    ]) {
      const { status, errors, headers } = await as('admin').ask('{ ships { name } }', {}, { authorization });
      expect([authorization, status, headers.get('www-authenticate')]).toEqual([authorization, 401, 'Bearer']);
      expect(errors).toEqual([
        {
          message: 'The key or token that the request carries is not valid.',
          extensions: {
            code: 'UNAUTHENTICATED',
            path: ['headers', 'authorization'],
            suggestion: 'Send "Authorization: Bearer" with a key or token that is valid.',
          },
        },
      ]);
    }
  });

  it('tells resolvers who asks, and lets nothing on the way keep what is answered to somebody', async () => {
    const contexts: Record<string, unknown>[] = [];
    const schema = harbour();
    (schema.getQueryType()?.getFields()['ships'] ?? ({} as never)).resolve = (_, __, context) => {
      contexts.push(context as never);
      return [];
    };
    const server = testServer({ schema, who: holding('curator') });
    const { headers } = await server.ask('{ ships { name } }', {}, withKey);
    expect(headers.get('cache-control')).toBe('no-store');
    await server.ask('{ ships { name } }');
    expect(contexts.map(({ caller }) => caller)).toEqual([
      { name: 'Ana', role: 'curator', address: 'unknown' },
      { name: 'anonymous', role: 'reader', address: 'unknown' },
    ]);
    expect(await Promise.all(contexts.map(({ stillMay }) => (stillMay as () => Promise<boolean>)()))).toEqual([
      true,
      true,
    ]);
  });
});
