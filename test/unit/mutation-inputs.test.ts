import { getNamedType, isInputObjectType, isNonNullType, parse, valueFromAST } from 'graphql';
import { describe, expect, it } from 'vitest';
import { recordSchemas } from '../../src/derive/records.ts';
import { recordGiven } from '../../src/graphql/mutations/record-inputs.ts';
import { fieldsOfRelationship, lookupName, recordName } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { schema } from '../support/oracle/compiled.ts';

/** Records in GraphQL are the records of files: the same keys, the same fields, read by the same schemas. */

const records = recordSchemas(ontology);

function fieldsOf(name: string) {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`${name} is no input`);
  return type.getFields();
}
const inputOf = (key: string): string => String(fieldsOf('RecordInput')[key]?.type);

describe('the inputs of records', () => {
  it('are one for each record that a file may have', () => {
    expect(Object.keys(fieldsOf('RecordInput')).sort()).toEqual([...records.keys].sort());
    expect(schema.getType('RecordInput')).toMatchObject({ isOneOf: true });
  });

  it.each(records.keys)('%s takes the fields that a file gives it, but for tags', (key) => {
    const expected = records.fieldsOf(key).filter((field) => field !== 'tag');
    expect(Object.keys(fieldsOf(inputOf(key))).sort()).toEqual([...expected].sort());
  });

  it.each(records.keys)('%s requires nothing, so that a change names only what changes', (key) => {
    for (const field of Object.values(fieldsOf(inputOf(key))))
      expect(isNonNullType(field.type), field.name).toBe(false);
  });

  it('calls dates of relationships as records do', () => {
    expect(Object.keys(fieldsOf('PartyToInput'))).toEqual(expect.arrayContaining(['inForceOn', 'endedOn', 'signedOn']));
    expect(Object.keys(fieldsOf('SpokeOfInput'))).toContain('on');
    expect(Object.keys(fieldsOf('SpokeOfInput'))).not.toContain('validFrom');
    expect(Object.keys(fieldsOf('TargetsInput'))).toEqual(expect.arrayContaining(['listedOn', 'delistedOn']));
  });

  it('lets a claim state every kind of property that a relationship has', () => {
    const kinds = new Set(ontology.relationships.flatMap(fieldsOfRelationship).map(({ kind }) => kind));
    // A list of texts, or a quote, is the property of no relationship: there is no kind of value for either.
    expect(kinds).not.toContain('textList');
    expect(kinds).not.toContain('quote');
  });
});

/** A value for a field, as a client would give it. */
const SAMPLES: Record<string, string> = {
  String: '"SOME_TEXT"',
  Int: '1',
  Float: '1.5',
  Boolean: 'true',
  PartialDate: '"2024-05"',
  Date: '"2024-05-06"',
  ID: '"x:y"',
  RefInput: '{id: "person:ana"}',
  CountInput: '{exact: 3, text: "three"}',
  AmountInput: '{value: 1.5, currency: "USD"}',
  QuoteInput: '{text: "Bread!", language: "en"}',
  NameInput: '{value: "Ana", kind: "LEGAL"}',
  ExternalIdInput: '{scheme: "WIKIDATA", value: "Q1"}',
  ClaimValueInput: '{amount: {text: "a lot"}}',
  StatedPropertyInput: '{property: "role", value: {text: "HEAD"}}',
  ClaimInput: '{text: "So it is.", source: {record: 0}, states: [{property: "count", value: {count: {atLeast: 2}}}]}',
};

const OWN: Record<string, string> = {
  clear: '["description"]',
  id: '"claim:x"',
  language: '"en"',
  expectedVersion: '3',
};

describe('a record with everything that its input takes', () => {
  it.each(records.keys)('%s is one that the store’s schemas read', (key) => {
    const input = fieldsOf(inputOf(key));
    const given = Object.values(input).map((field) => {
      const named = getNamedType(field.type);
      const enumeration = 'getValues' in named ? named.getValues()[0]?.name : undefined;
      const one = OWN[field.name] ?? enumeration ?? SAMPLES[named.name];
      expect(one, `${key}.${field.name}: ${named.name}`).toBeDefined();
      return `${field.name}: ${String(field.type).startsWith('[') && !OWN[field.name]?.startsWith('[') ? `[${one}]` : one}`;
    });
    const document = parse(`{ a(b: {${key}: {${given.join(', ')}}}) }`);
    const [operation] = document.definitions;
    const argument =
      operation?.kind === 'OperationDefinition' && operation.selectionSet.selections[0]?.kind === 'Field'
        ? operation.selectionSet.selections[0].arguments?.[0]?.value
        : undefined;
    const value = valueFromAST(argument as never, schema.getType('RecordInput') as never);
    expect(value).toBeDefined();
    expect(records.parse(recordGiven(value), 0)).toHaveProperty('record');
  });

  it('has a key that is the type’s own name in records', () => {
    const keys = [...ontology.entities.map(lookupName), ...ontology.relationships.map(recordName), 'claim'];
    expect(keys).toEqual(records.keys);
  });
});

describe('null in a record', () => {
  const problemOf = (input: object) => {
    const read = records.parse(recordGiven(input), 4);
    return 'problems' in read ? read.problems : [];
  };

  it('is a problem that leads to clear, where a value could be taken away', () => {
    expect(problemOf({ person: { id: 'person:ana', birthDate: null } })).toEqual([
      {
        record: 4,
        path: ['person', 'birthDate'],
        code: 'INVALID_VALUE',
        message: 'person.birthDate is null, which says neither that it is unknown nor that it is to be taken away.',
        suggestion: 'Leave it out to keep what is there; to take that away, name it in clear: ["birthDate"].',
      },
    ]);
    expect(problemOf({ partyTo: { inForceOn: null } })[0]?.suggestion).toContain('clear: ["inForceOn"]');
    expect(problemOf({ termOf: { claims: [{ text: 'a', confidence: null }] } })[0]).toMatchObject({
      path: ['termOf', 'claims', 0, 'confidence'],
      suggestion: expect.stringContaining('clear: ["confidence"]'),
    });
  });

  it.each([
    { person: { name: null } },
    { person: { claims: null } },
    { person: { expectedVersion: null } },
    { termOf: { from: null } },
    { claim: { source: null, states: null } },
    { agreementTerm: { amount: { text: 'low', value: null } } },
  ])('is a problem anywhere else: %j', (input) => {
    for (const problem of problemOf(input))
      expect(problem).toMatchObject({ code: 'INVALID_VALUE', suggestion: 'Leave it out.' });
    expect(problemOf(input).length).toBeGreaterThan(0);
  });
});
