import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  validateSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { schema } from '../support/oracle/compiled.ts';

/** The names and meanings that users of the API rely on, told apart from the ontology that they are made of. */

const types: GraphQLNamedType[] = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

function fieldsOf(name: string): Record<string, GraphQLField<unknown, unknown>> {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${name} has no fields`);
  return type.getFields();
}
const typeOf = (type: string, field: string): string => String(fieldsOf(type)[field]?.type);
const argumentsOf = (type: string, field: string): Record<string, string> =>
  Object.fromEntries((fieldsOf(type)[field]?.args ?? []).map((each) => [each.name, String(each.type)]));
const implementing = (name: string): readonly GraphQLObjectType[] => {
  const type = schema.getType(name);
  return isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
};

const LOOKUPS = {
  person: 'people',
  government: 'governments',
  agency: 'agencies',
  politicalParty: 'politicalParties',
  civilSocietyOrganization: 'civilSocietyOrganizations',
  gang: 'gangs',
  unnamedActor: 'unnamedActors',
  internationalOrganization: 'internationalOrganizations',
  company: 'companies',
  mediaOrganization: 'mediaOrganizations',
  university: 'universities',
  prison: 'prisons',
  country: 'countries',
  area: 'areas',
  position: 'positions',
  populationGroup: 'populationGroups',
  agreement: 'agreements',
  agreementTerm: 'agreementTerms',
  policy: 'policies',
  legalNorm: 'legalNorms',
  event: 'events',
  source: 'sources',
} as const;
const FAMILIES = {
  entities: 'Entity',
  actors: 'Actor',
  organizations: 'Organization',
  institutions: 'Institution',
  instruments: 'Instrument',
  places: 'Place',
} as const;
const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

describe('the schema', () => {
  it('is valid', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  it('describes every type, field, argument and value', () => {
    const silent: string[] = [];
    const look = (place: string, { description }: { readonly description?: string | null | undefined }) => {
      if (!description?.trim()) silent.push(place);
    };
    for (const type of types) {
      if (!BUILT_IN.has(type.name)) look(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        if ('args' in field) for (const each of field.args) look(`${type.name}.${field.name}(${each.name})`, each);
      }
    }
    expect(silent).toEqual([]);
  });

  it.each(['Entity', 'Relationship'])('gives a field one type on every %s, so that fragments merge', (name) => {
    const seen = new Map<string, string>();
    // A list is named after the end that declares it; what merging asks is that all are lists alike.
    const shape = (type: unknown) => String(type).replace(/^\w+Connection/, 'Connection');
    for (const type of implementing(name))
      for (const field of Object.values(type.getFields())) {
        const known = seen.get(field.name) ?? shape(field.type);
        expect(`${field.name}: ${shape(field.type)}`, type.name).toBe(`${field.name}: ${known}`);
        seen.set(field.name, known);
      }
  });

  it('lets one selection stand under a relationship’s name on several types', () => {
    const list =
      'memberOf { edges { cursor node { id name } relationship { id role validFrom } } nodes { id } totalCount }';
    const document = parse(
      `{ entities { nodes { ${['Person', 'Organization', 'Country'].map((on) => `... on ${on} { ${list} }`).join(' ')} } } }`,
    );
    expect(validate(schema, document)).toEqual([]);
  });

  it('has no unions, and no enums but for closed lists', () => {
    expect(types.filter(isUnionType)).toEqual([]);
    const closed =
      'EntityType RelationshipType Direction OrderDirection Commitment Polarity Attribution Rank SpeechAct Stance TemporalState ClaimRole SearchMode Judgement'.split(
        ' ',
      );
    for (const type of types.filter(isEnumType)) expect(closed).toContain(type.name);
  });

  it('leaves what may be unknown nullable', () => {
    expect(typeOf('MemberOf', 'rank')).toBe('Int');
    expect(typeOf('AgreementTerm', 'text')).toBe('String');
    expect(typeOf('AgreementTerm', 'status')).toBe('Commitment');
    expect(typeOf('Claim', 'rank')).toBe('Rank!');
    expect(typeOf('Relationship', 'status')).toBe('Commitment!');
    expect(typeOf('Relationship', 'confidence')).toBe('Int');
  });
});

describe('the root', () => {
  it.each(Object.entries(LOOKUPS))('looks up %s and lists %s', (one, many) => {
    expect(typeOf('Query', one)).toBe(pascal(one));
    expect(argumentsOf('Query', one)).toMatchObject({ id: 'ID', name: 'String' });
    expect(typeOf('Query', many)).toBe(`${pascal(one)}Connection!`);
    expect(argumentsOf('Query', many)).toMatchObject({
      where: `${pascal(one)}Filter`,
      orderBy: `[${pascal(one)}Order!]`,
      first: 'Int',
      after: 'String',
      last: 'Int',
      before: 'String',
    });
  });

  it('has a look-up and a list for every type that the ontology declares', () => {
    expect(ontology.entities.map((type) => [type.name, type.plural]).sort()).toEqual(
      Object.entries(LOOKUPS)
        .map(([one, many]) => [pascal(one), many])
        .sort(),
    );
  });

  it.each(Object.entries(FAMILIES))('lists %s', (many, family) => {
    expect(typeOf('Query', many)).toBe(`${family}Connection!`);
    expect(isInterfaceType(schema.getType(family))).toBe(true);
  });

  it('finds anything by id, and claims', () => {
    expect([typeOf('Query', 'node'), typeOf('Query', 'nodes')]).toEqual(['Node', '[Node]!']);
    const scope = { asOf: 'Date', certain: 'Boolean', minCommitment: 'Commitment' };
    expect(argumentsOf('Query', 'node')).toEqual({ id: 'ID!', ...scope, recordedAsOf: 'DateTime' });
    expect(argumentsOf('Query', 'nodes')).toEqual({ ids: '[ID!]!', ...scope });
    expect([typeOf('Query', 'entity'), typeOf('Query', 'claim'), typeOf('Query', 'claims')]).toEqual([
      'Entity',
      'Claim',
      'ClaimConnection!',
    ]);
    expect(argumentsOf('Query', 'claim')).toMatchObject({ id: 'ID!' });
  });
});

describe('an entity', () => {
  it('has what every entity has', () => {
    const expected = {
      id: 'ID!',
      name: 'String!',
      aliases: '[String!]!',
      description: 'String',
      externalIds: '[ExternalId!]!',
      type: 'EntityType!',
      names: '[Name!]!',
      topics: '[String!]!',
      createdAt: 'DateTime!',
      updatedAt: 'DateTime!',
      version: 'Int!',
      relationships: 'RelationshipConnection!',
      relationshipCounts: '[RelationshipCount!]!',
      claims: 'ClaimConnection!',
    };
    for (const [field, type] of Object.entries(expected))
      expect(`${field}: ${typeOf('Entity', field)}`).toBe(`${field}: ${type}`);
    expect(typeOf('Actor', 'statements')).toBe('ClaimConnection!');
    expect(argumentsOf('Entity', 'relationships')).toMatchObject({
      types: '[RelationshipType!]',
      direction: 'Direction!',
      where: 'RelationshipFilter',
    });
    expect(argumentsOf('Entity', 'claims')).toMatchObject({
      as: 'ClaimRole!',
      where: 'ClaimFilter',
      first: 'Int',
      after: 'String',
    });
  });

  it('has a relationship’s names on its declared ends and on what implements them, and nowhere else', () => {
    const has = (type: string, field: string) => field in fieldsOf(type);
    expect(has('Institution', 'locatedIn')).toBe(false);
    for (const type of ['Organization', 'Gang', 'Prison', 'Event', 'Person'])
      expect(has(type, 'locatedIn'), type).toBe(true);
    for (const type of ['Actor', 'Entity', 'Place', 'Country', 'Position'])
      expect(has(type, 'locatedIn'), type).toBe(false);
    for (const type of ['Entity', 'Actor', 'Country', 'Claim', 'Source'])
      expect(has(type, 'speechActsToward'), type).toBe(type !== 'Claim');
    expect(has('Entity', 'stances')).toBe(false);
  });

  it.each([
    ['Actor', 'stances', 'ActorStancesConnection'],
    ['Organization', 'stances', 'ActorStancesConnection'],
    ['Gang', 'stances', 'ActorStancesConnection'],
    ['Person', 'positionsHeld', 'PersonPositionsHeldConnection'],
    ['University', 'members', 'OrganizationMembersConnection'],
    ['Prison', 'parts', 'PlacePartsConnection'],
    ['Agreement', 'basedOn', 'InstrumentBasedOnConnection'],
  ])('names the list of %s.%s after the widest that has it: %s', (type, field, connection) => {
    expect(typeOf(type, field)).toBe(`${connection}!`);
  });

  it.each([
    ['Agreement', 'parties', 'Entity'],
    ['AgreementTerm', 'covers', 'Entity'],
    ['Person', 'positionsHeld', 'Position'],
    ['Actor', 'stances', 'Entity'],
    ['Policy', 'empowers', 'Actor'],
    ['Place', 'termsCarriedOutHere', 'AgreementTerm'],
    ['Organization', 'locatedIn', 'Place'],
  ])('leads by %s.%s to %s', (type, field, far) => {
    const connection = typeOf(type, field).replace('!', '');
    expect(typeOf(connection, 'nodes')).toBe(`[${far}!]!`);
  });
});

describe('a connection', () => {
  // What several entities have in common is called a connection too, and is no page of a list.
  const connections = types.filter(({ name }) => name.endsWith('Connection') && name !== 'CommonConnection');

  it('has edges, nodes, totalCount and pageInfo, everywhere', () => {
    expect(connections.length).toBeGreaterThan(100);
    for (const { name } of connections) {
      const edge = name.replace('Connection', 'Edge');
      expect(typeOf(name, 'edges'), name).toBe(`[${edge}!]!`);
      expect(typeOf(name, 'nodes'), name).toBe(`[${typeOf(edge, 'node')}]!`);
      expect([typeOf(name, 'totalCount'), typeOf(name, 'pageInfo'), typeOf(edge, 'cursor')], name).toEqual([
        // Paths beyond those that are asked for are not counted: their number is unknown then, and said to be so.
        name === 'PathConnection' ? 'Int' : 'Int!',
        'PageInfo!',
        'String!',
      ]);
    }
  });

  it('of a relationship holds it on its edges; of all relationships, the direction and the far end', () => {
    expect(typeOf('PersonPositionsHeldEdge', 'relationship')).toBe('HoldsPosition!');
    expect([
      typeOf('RelationshipEdge', 'direction'),
      typeOf('RelationshipEdge', 'other'),
      typeOf('RelationshipEdge', 'node'),
    ]).toEqual(['Direction!', 'Entity!', 'Relationship!']);
  });

  it('of a relationship is asked by where, orderBy, first and after', () => {
    expect(argumentsOf('Person', 'positionsHeld')).toMatchObject({
      where: 'PersonPositionsHeldMatch',
      orderBy: '[PersonPositionsHeldOrder!]',
      first: 'Int',
      after: 'String',
    });
  });
});

describe('a relationship and a claim', () => {
  it('of every type implements Relationship and Node', () => {
    expect(implementing('Relationship')).toHaveLength(ontology.relationships.length);
    for (const type of implementing('Relationship'))
      expect(
        type
          .getInterfaces()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['Node', 'Relationship']);
  });

  it('has the fixed fields', () => {
    const expected = {
      type: 'RelationshipType!',
      from: 'Entity!',
      to: 'Entity!',
      validFrom: 'PartialDate',
      observedFrom: 'Date',
      state: 'TemporalState!',
      weakestStatus: 'Commitment!',
      claimCount: 'Int!',
      createdBy: 'String',
      claims: 'ClaimConnection!',
    };
    for (const [field, type] of Object.entries(expected)) expect(typeOf('Relationship', field)).toBe(type);
    const claim = {
      text: 'String!',
      subject: 'Entity!',
      predicate: 'String!',
      object: 'Entity',
      value: 'ClaimValue',
      relationships: '[Relationship!]!',
      commitment: 'Commitment!',
      attribution: 'Attribution!',
      act: 'SpeechAct',
      speaker: 'Actor',
      inCapacityOf: 'Position',
      quote: 'Quote',
      source: 'Source!',
      recordedAt: 'DateTime!',
      retraction: 'Retraction',
      supports: '[Claim!]!',
      supersededBy: '[Claim!]!',
    };
    for (const [field, type] of Object.entries(claim)) expect(typeOf('Claim', field)).toBe(type);
  });

  it('calls its dates as the ontology does, beside the common names', () => {
    expect([
      typeOf('PartyTo', 'inForceOn'),
      typeOf('PartyTo', 'endedOn'),
      typeOf('SpokeOf', 'on'),
      typeOf('Targets', 'listedOn'),
    ]).toEqual(Array(4).fill('PartialDate'));
    expect(typeOf('PartyTo', 'validFrom')).toBe('PartialDate');
  });
});
