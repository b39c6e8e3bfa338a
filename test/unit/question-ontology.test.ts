import { describe, expect, it } from 'vitest';
import { legend } from '../../src/derive/legend.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { compiled, schema } from '../support/oracle/compiled.ts';

/** `ontology`: the model's own answer. No database is asked, so that none is here. */

async function asked(selection: string): Promise<Record<string, never>> {
  const { data, statements, errors } = await compiled(`{ ontology { ${selection} } }`);
  expect(errors).toEqual([]);
  expect(statements).toEqual([]);
  return (data as { ontology: Record<string, never> }).ontology;
}

describe('the ontology', () => {
  it('has every type with its fields, whole', async () => {
    const { entityTypes } = (await asked(
      'entityTypes { type name plural families fields { name kind required description wellKnown values to } mappings { ftm wikidata } }',
    )) as unknown as { entityTypes: { name: string; fields: { name: string }[] }[] };
    expect(entityTypes.map(({ name }) => name)).toEqual(ontology.entities.map(({ name }) => name));
    const agreement = entityTypes.find(({ name }) => name === 'Agreement');
    expect(agreement).toMatchObject({
      ...{ type: 'AGREEMENT', plural: 'agreements', families: ['Instrument', 'Entity'] },
      mappings: { ftm: null, wikidata: ['Q131569'] },
    });
    expect(agreement?.fields.find(({ name }) => name === 'kind')).toMatchObject({
      ...{ kind: 'openList', required: false, values: [], to: null },
      wellKnown: expect.arrayContaining(['TREATY']),
    });
    expect(agreement?.fields.find(({ name }) => name === 'signedOn')).toMatchObject({ kind: 'partialDate' });
  });

  it('has every relationship, with its legal ends as types', async () => {
    const { relationshipTypes } = (await asked(
      'relationshipTypes { type name forward reverse phrase { forward reverse } symmetric time { class from to } ends { from to } identity fields { name values } }',
    )) as unknown as { relationshipTypes: { type: string; fields: { name: string; values: string[] }[] }[] };
    expect(relationshipTypes).toHaveLength(ontology.relationships.length);
    const named = (type: string) => relationshipTypes.find((each) => each.type === type);
    expect(named('PARTY_TO')).toMatchObject({
      ...{ name: 'PartyTo', forward: 'agreements', reverse: 'parties', symmetric: false },
      time: { class: 'state', from: 'inForceOn', to: 'endedOn' },
      identity: ['role'],
    });
    expect(named('PARTY_TO')?.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['inForceOn', 'endedOn', 'signedOn', 'role']),
    );
    expect(named('CITIZEN_OF')).toMatchObject({ ends: [{ from: ['PERSON', 'POPULATION_GROUP'], to: ['COUNTRY'] }] });
    expect(named('STANCE_ON')).toMatchObject({ time: { class: 'act', from: 'on', to: null } });
    expect(named('STANCE_ON')?.fields.find(({ name }) => name === 'stance')?.values).toContain('STRONGLY_OPPOSES');
    expect(named('FAMILY_OF')).toMatchObject({ symmetric: true, forward: 'family', reverse: 'family' });
  });

  it('tells under any name, through fragments and but once, what /ontology.json tells', async () => {
    const { data } = await compiled(
      '{ a: ontology { kinds: families { name types } __typename } b: ontology { ...All } } fragment All on Ontology { lists: closedLists { name values { value } } common { claim { name } } }',
    );
    const told = legend(ontology);
    expect(data).toEqual({
      a: {
        kinds: told.families.map(({ name }) => ({ name, types: expect.any(Array) })),
        __typename: 'Ontology',
      },
      b: {
        lists: told.closedLists.map(({ name, values }) => ({
          name,
          values: Object.keys(values).map((value) => ({ value })),
        })),
        common: { claim: told.common.claim.map(({ name }) => ({ name })) },
      },
    });
  });

  it('has nothing missing in any field', async () => {
    const type = (name: string): string => {
      const found = schema.getType(name);
      if (!found || !('getFields' in found)) throw new Error(`no type ${name}`);
      return Object.values(found.getFields())
        .map((field) => {
          const inner = String(field.type).replace(/[[\]!]/g, '');
          return inner.startsWith('Ontology') ? `${field.name} { ${type(inner)} }` : field.name;
        })
        .join(' ');
    };
    expect(Object.keys(await asked(type('Ontology')))).toHaveLength(5);
  });
});
