import { readFileSync } from 'node:fs';
import { type GraphQLNamedType, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { mayAct } from '../../src/model/roles.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { accessOf } from '../../src/server/access/authorize.ts';
import { OWN_ROUTES } from '../../src/server/access/routes.ts';
import { projectFile } from '../support/project.ts';
import { testServer } from '../support/server.ts';

/** That somebody has decided about everything. */

const schema = buildSchema(ontology);
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
  (each) => each ?? [],
);
const withFields = Object.values(schema.getTypeMap()).filter(
  (type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'),
);

describe('who may ask for it is said', () => {
  it('of every root field', () => {
    const undecided = roots.flatMap((root) =>
      Object.values(root.getFields())
        .filter((field) => !accessOf(field))
        .map((field) => `${root.name}.${field.name}`),
    );
    expect(undecided).toEqual([]);
  });

  it('of every type of objects, and so of all their fields', () => {
    const undecided = withFields.filter((type) => !(roots as GraphQLNamedType[]).includes(type) && !accessOf(type));
    expect(undecided.map((type) => type.name)).toEqual([]);
  });

  it('of every mutation, and it is no reader', () => {
    const open = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
      (field) => !mayAct(accessOf(field) ?? 'reader', 'editor'),
    );
    expect(open.map((field) => field.name)).toEqual([]);
  });

  it('and nothing is reached through an interface or union that takes less than it does', () => {
    const leaks = Object.values(schema.getTypeMap())
      .filter(isAbstractType)
      .flatMap((type) =>
        schema
          .getPossibleTypes(type)
          .filter((possible) => !mayAct(accessOf(type as never) ?? 'reader', accessOf(possible) ?? 'admin'))
          .map((possible) => `${possible.name} as ${type.name}`),
      );
    expect(leaks).toEqual([]);
  });

  it('nor is any field', () => {
    const leaks = Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .flatMap((type) =>
        schema.getPossibleTypes(type).flatMap((possible) =>
          Object.values(type.getFields())
            .filter((field) => {
              const own = accessOf(possible.getFields()[field.name] ?? field);
              return own && !mayAct(accessOf(field) ?? accessOf(type) ?? 'reader', own);
            })
            .map((field) => `${possible.name}.${field.name} as ${type.name}.${field.name}`),
        ),
      );
    expect(leaks).toEqual([]);
  });

  it('of every address: what is not in the table is not there', async () => {
    const app = readFileSync(projectFile('src/server/app.ts'), 'utf8');
    const handled = [...app.matchAll(/pathname === '([^']+)'/g)].map(([, path = '']) => path);
    expect(handled.length).toBeGreaterThan(3);
    expect(handled.filter((path) => !Object.hasOwn(OWN_ROUTES, path))).toEqual([]);
    for (const path of ['/nothing', '/toString', '/__proto__', '/constructor'])
      expect(await testServer().send(path)).toMatchObject({ status: 404 });
  });
});

describe('while only those may read who are known', () => {
  const document = { contentType: 'text/plain', access: 'reader', body: () => 'text' } as const;
  const { send, ask } = testServer({ documents: { '/a.txt': document }, who: { anonymousReading: false } });

  it.each(['/live', '/ready'])('%s is for anybody', async (path) => {
    expect(await send(path)).toMatchObject({ status: 200 });
    expect(await send(path, { headers: { authorization: 'Bearer nonsense' } })).toMatchObject({ status: 200 });
  });

  it('so is the page of GraphiQL, but nothing that it asks', async () => {
    expect(await send('/graphql', { headers: { accept: 'text/html' } })).toMatchObject({ status: 200 });
    for (const query of ['{ __typename }', '{ __schema { queryType { name } } }', '{ nonsense', '{ nonsense }'])
      expect(await ask(query)).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('texts are refused, and nothing of them is told', async () => {
    const { status, text, headers } = await send('/a.txt');
    expect([status, headers.get('www-authenticate'), headers.get('etag')]).toEqual([401, 'Bearer', null]);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});
