import { claimOwn, writableEdgeFields, writableEntityFields } from '../../derive/records.ts';
import { CLAIM_TIES } from '../../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import { lookupName, recordName, relationshipTypeName } from '../../model/model.ts';
import { externalIdInput } from '../kind-filters.ts';
import type { Input, InputSpec, Registry } from '../registry.ts';
import { wellKnown } from '../values.ts';
import { claimValueInput, inputTypeOf, nameInput, refInput } from './value-inputs.ts';

/**
 * Records as input types, one a type of the model, with the fields that its record has wherever it comes from. What a new
 * thing needs is not required here, since what is there already is changed by naming only what changes; the store says what
 * is missing, together with every other problem.
 */

type Specs = Record<string, InputSpec>;

/** One record: exactly one key, its type. */
export const recordInput = (registry: Registry): Input =>
  registry.input(
    'RecordInput',
    'One thing to record: an entity, a relationship with its claims, or a claim.',
    () => ({
      ...Object.fromEntries(
        registry.model.entities.map((type) => [
          lookupName(type),
          { type: entityInput(registry, type), description: type.description },
        ]),
      ),
      ...Object.fromEntries(
        registry.model.relationships.map((type) => [
          recordName(type),
          { type: relationshipInput(registry, type), description: type.description },
        ]),
      ),
      claim: { type: claimInput(registry), description: 'One assertion by one speaker in one source.' },
    }),
    true,
  );

const entityInput = (registry: Registry, type: EntityType): Input =>
  registry.input(`${type.name}Input`, `Records this: ${type.description}`, () => ({
    ...written(
      'Its id, such as person:nayib-bukele; where none is given, its first external id or its name makes one.',
    ),
    ...own(registry, writableEntityFields(type)),
    names: {
      type: [nameInput(registry)],
      description: 'Names with their language, sort and time; added to its others.',
    },
    externalIds: {
      type: [externalIdInput(registry)],
      description:
        'What it is called in other data sets; added to its others. One that is known says which thing is meant.',
    },
    claims: {
      type: [claimInput(registry)],
      description: 'Claims about it: their subject is this, unless they say otherwise.',
    },
  }));

const relationshipInput = (registry: Registry, type: RelationshipType): Input =>
  registry.input(`${relationshipTypeName(type)}Input`, `Records this: ${type.description}`, () => ({
    ...written('Its id, to change one that is there; without it, its ends and what identifies it say which is meant.'),
    from: { type: refInput(registry), description: 'Where it starts. Needed unless its id is given.' },
    to: { type: refInput(registry), description: 'Where it ends. Needed unless its id is given.' },
    ...own(registry, writableEdgeFields(type)),
    claims: {
      type: [claimInput(registry)],
      description:
        'Claims that assert it: subject, predicate, object and asserts follow from it. A new one needs at least one.',
    },
  }));

export const claimInput = (registry: Registry): Input =>
  registry.input('ClaimInput', 'One assertion by one speaker in one source.', () => {
    const ref = { type: refInput(registry) };
    const refs = { type: [refInput(registry)] as const };
    return {
      ...written(
        'Its id, such as claim:the-fee-is-offered; made from what it says, who says it and where, if none is given.',
      ),
      ...own(registry, claimOwn),
      subject: { ...ref, description: 'What it is about. Follows from the record around it, or from what it asserts.' },
      predicate: {
        type: 'String',
        description:
          'What is said of the subject: a relationship type, a field’s name, or REMARK where neither can hold it. Follows from the relationship around it.',
      },
      object: { ...ref, description: 'What it ties its subject to. Follows from the relationship around it.' },
      value: {
        type: claimValueInput(registry),
        description: 'The value that it gives the field which its predicate names.',
      },
      asserts: {
        ...refs,
        description: 'Relationships that rest on it, or that it denies; the one around it is among them.',
      },
      states: {
        type: [statedPropertyInput(registry)],
        description: 'What it says of properties of the relationships that it asserts.',
      },
      speaker: { ...ref, description: 'The actor who says it; absent where the source itself tells it.' },
      source: {
        ...ref,
        description: 'The source in which it is stated. Every new claim needs one; an analyst’s own note is one too.',
      },
      ...Object.fromEntries(
        Object.values(CLAIM_TIES).map(({ forward, says }) => [forward, { ...refs, description: says }]),
      ),
    };
  });

const statedPropertyInput = (registry: Registry): Input =>
  registry.input('StatedPropertyInput', 'What a claim says of one property of one relationship.', () => ({
    relationship: {
      type: refInput(registry),
      description: 'A relationship that the claim asserts; the one around the claim unless said.',
    },
    property: { type: 'String', description: 'The property, such as role.', required: true },
    value: { type: claimValueInput(registry), description: 'Its value.', required: true },
  }));

const written = (id: string): Specs => ({
  id: { type: 'ID', description: id },
  clear: {
    type: ['String'],
    description: 'Names of fields whose values are to be taken away. What is only left out keeps its value.',
  },
  expectedVersion: {
    type: 'Int',
    description:
      'The version that it must have; 0, that it must be new. Else nothing is written, and the problem CONFLICT says so.',
  },
});

const own = (registry: Registry, fields: readonly Field[]): Specs =>
  Object.fromEntries(
    fields.map((field) => [
      field.name,
      {
        type: inputTypeOf(registry, field),
        description: `${wellKnown(field)}${field.required ? ' Needed where it is new.' : ''}`,
      },
    ]),
  );

/** A record as the store takes it: what a claim states of a property is the value itself there, without its kind. */
export function recordGiven(input: unknown): unknown {
  const [entry] = Object.entries(input as Record<string, Given>);
  if (!entry) return input;
  const [key, value] = entry;
  const claims = value.claims?.map(claimGiven);
  return { [key]: key === 'claim' ? claimGiven(value) : { ...value, ...(claims ? { claims } : {}) } };
}

interface Given {
  readonly claims?: readonly Given[] | null;
  readonly states?: readonly { readonly value: object }[] | null;
}

const claimGiven = (claim: Given): Given =>
  claim.states
    ? { ...claim, states: claim.states.map((one) => ({ ...one, value: Object.values(one.value)[0] as object })) }
    : claim;
