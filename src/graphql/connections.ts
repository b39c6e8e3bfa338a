import type { End } from '../model/declarations.ts';
import { type RelationField, relationshipTypeName } from '../model/model.ts';
import type { Role } from '../model/roles.ts';
import { Direction } from '../model/vocabulary.ts';
import { claimRef } from './claims.ts';
import { endRef } from './entities.ts';
import { closedListEnum } from './enums.ts';
import type { FieldSpec, InputSpec, Output, Registry, TypeParameter } from './registry.ts';
import { relationshipInterface, relationshipRef } from './relationships.ts';
import { scalar } from './scalars.ts';

/** Connections, after the Relay specification: https://relay.dev/graphql/connections.htm */

const list = (type: Output): TypeParameter => [type];

export const pageInfoType = (registry: Registry): Output =>
  registry.object('reader', 'PageInfo', 'Where a page stands in its list.', () => ({
    hasNextPage: {
      type: scalar('Boolean'),
      nullable: false,
      description: 'Whether there is more after it.',
      meaning: { is: 'part', part: 'hasNextPage' },
    },
    hasPreviousPage: {
      type: scalar('Boolean'),
      nullable: false,
      description: 'Whether there is more before it.',
      meaning: { is: 'part', part: 'hasPreviousPage' },
    },
    startCursor: {
      type: scalar('String'),
      nullable: true,
      description: 'Cursor of its first item.',
      meaning: { is: 'part', part: 'startCursor' },
    },
    endCursor: {
      type: scalar('String'),
      nullable: true,
      description: 'Cursor of its last item; pass it as `after` for the next page.',
      meaning: { is: 'part', part: 'endCursor' },
    },
  }));

/**
 * A connection type of a node type, with what its edges hold beside cursor and node, and what it holds as a whole.
 * @param access the role that it takes to see one
 */
export function connection(
  registry: Registry,
  name: string,
  what: string,
  node: () => Output,
  more: () => Record<string, FieldSpec> = () => ({}),
  whole: () => Record<string, FieldSpec> = () => ({}),
  access: Role = 'reader',
): Output {
  const edge = (): Output =>
    registry.object(access, `${name}Edge`, `An item of a list of ${what}.`, () => ({
      cursor: {
        type: scalar('String'),
        nullable: false,
        description: 'Opaque place in the list.',
        meaning: { is: 'part', part: 'cursor' },
      },
      node: { type: node(), nullable: false, description: 'The item itself.', meaning: { is: 'part', part: 'node' } },
      ...more(),
    }));
  return registry.object(access, `${name}Connection`, `A page of a list of ${what}.`, () => ({
    edges: {
      type: list(edge()),
      nullable: false,
      description: 'The items with their cursors.',
      meaning: { is: 'part', part: 'edges' },
    },
    nodes: {
      type: list(node()),
      nullable: false,
      description: 'The items alone.',
      meaning: { is: 'part', part: 'nodes' },
    },
    totalCount: {
      type: scalar('Int'),
      nullable: false,
      description: 'How many there are in all, whatever the page.',
      meaning: { is: 'part', part: 'totalCount' },
    },
    pageInfo: {
      type: pageInfoType(registry),
      nullable: false,
      description: 'Where the page stands in the list.',
      meaning: { is: 'part', part: 'pageInfo' },
    },
    ...whole(),
  }));
}

/** `PersonConnection` and its like, families included. */
export const entityConnection = (registry: Registry, end: End): Output =>
  connection(registry, end.name, end.plural, () => endRef(registry, end));

/** `ClaimConnection`. */
export const claimConnection = (registry: Registry): Output =>
  connection(registry, 'Claim', 'claims', () => claimRef(registry));

/** `RelationshipConnection`, of `relationships`. */
export const relationshipConnection = (registry: Registry): Output =>
  connection(
    registry,
    'Relationship',
    'relationships of any type',
    () => relationshipInterface(registry),
    () => ({
      direction: {
        type: closedListEnum(registry, Direction),
        nullable: false,
        description: 'Seen from the entity asked; BOTH for symmetric types.',
        meaning: { is: 'part', part: 'direction' },
      },
      other: {
        type: endRef(registry, 'Entity'),
        nullable: false,
        description: 'The far end, seen from the entity asked.',
        meaning: { is: 'part', part: 'other' },
      },
    }),
  );

/** What a relationship's connection is called: after the widest end that it is declared for. */
export const relationName = (field: RelationField): string =>
  `${field.host.name}${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;

/** `PersonPositionsHeldConnection` and its like. */
export const relationConnection = (registry: Registry, field: RelationField): Output =>
  connection(
    registry,
    relationName(field),
    `${field.name} of ${field.host.name}`,
    () => endRef(registry, field.far),
    () => ({
      relationship: {
        type: relationshipRef(registry, field.relationship),
        nullable: false,
        description: `The ${relationshipTypeName(field.relationship)} relationship itself.`,
        meaning: { is: 'part', part: 'relationship' },
      },
    }),
  );

/** `OrganizationPeopleConnection`: who belongs to an organization, and by what. */
export const peopleConnection = (registry: Registry, person: End): Output =>
  connection(
    registry,
    'OrganizationPeople',
    'people of an organization',
    () => endRef(registry, person),
    () => ({
      relationships: {
        type: list(relationshipInterface(registry)),
        nullable: false,
        description: 'The relationships by which the person belongs to it: to itself, or to a post in it.',
        meaning: { is: 'part', part: 'relationships' },
      },
      positions: {
        type: list(endRef(registry, 'Position')),
        nullable: false,
        description: 'The posts in it that the person holds.',
        meaning: { is: 'part', part: 'positions' },
      },
    }),
  );

/** Arguments of every page. */
export const forward = (): Record<string, InputSpec> => ({
  first: { type: 'Int', description: 'How many items, 1 to 200; 25 unless said.' },
  after: { type: 'String', description: 'Cursor that the page begins after.' },
});

/** Arguments of pages that can be read from the end as well. */
export const bothWays = (): Record<string, InputSpec> => ({
  ...forward(),
  last: { type: 'Int', description: 'How many items from the end, 1 to 200.' },
  before: { type: 'String', description: 'Cursor that the page ends before.' },
});
