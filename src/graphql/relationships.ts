import { relationshipFields } from '../model/common-fields.ts';
import type { RelationshipType } from '../model/declarations.ts';
import { datesOf, relationshipTypeName, storedName } from '../model/model.ts';
import { TemporalState } from '../model/vocabulary.ts';
import { claimConnection, entityConnection, forward } from './connections.ts';
import { endRef, idSpec, nodeInterface } from './entities.ts';
import { closedListEnum, relationshipTypeEnum } from './enums.ts';
import { claimFilter } from './filters.ts';
import type { FieldSpec, Output, Registry } from './registry.ts';
import { historySpec } from './revisions.ts';
import { scalar } from './scalars.ts';
import { propertySpec } from './values.ts';

/** Relationships: one interface, an object type each. */

export const relationshipInterface = (registry: Registry): Output =>
  registry.interface('reader', 'Relationship', {
    description: 'A relationship between two entities, with its dates, its commitment and the claims that it rests on.',
    interfaces: () => [nodeInterface(registry)],
    specs: () => commonSpecs(registry),
  });

/** `HoldsPosition` and its like. */
export function relationshipRef(registry: Registry, type: RelationshipType): Output {
  return registry.object(
    'reader',
    relationshipTypeName(type),
    type.description,
    () =>
      Object.fromEntries(
        [...datesOf(type), ...type.fields].map((field) => [
          field.name,
          propertySpec(registry, field, storedName(type, field.name)),
        ]),
      ),
    () => [relationshipInterface(registry), nodeInterface(registry)],
  );
}

function commonSpecs(registry: Registry): Record<string, FieldSpec> {
  const end = (which: 'from' | 'to', description: string): FieldSpec => ({
    type: endRef(registry, 'Entity'),
    nullable: false,
    description,
    meaning: { is: 'end', end: which },
  });
  return {
    id: idSpec('Its id: made from its type, its ends and what identifies it.'),
    type: {
      type: relationshipTypeEnum(registry),
      nullable: false,
      description: 'Its type.',
      meaning: { is: 'relationshipType' },
    },
    from: end('from', 'Where it starts.'),
    to: end('to', 'Where it ends.'),
    ...Object.fromEntries(relationshipFields.map((field) => [field.name, propertySpec(registry, field)])),
    state: {
      type: closedListEnum(registry, TemporalState),
      nullable: false,
      description: 'Where it stands in time.',
      args: registry.args({
        asOf: {
          type: scalar('Date'),
          description: 'Seen from this day; unless said, from that of the list or root above, else today.',
        },
      }),
      meaning: { is: 'state' },
    },
    claims: {
      type: claimConnection(registry),
      nullable: false,
      description: 'The claims that assert or deny it. Retracted and deprecated claims are left out unless asked for.',
      args: registry.args({ where: { type: claimFilter(registry), description: 'Which of them.' }, ...forward() }),
      meaning: { is: 'claims', of: 'relationship' },
    },
    sources: {
      type: entityConnection(registry, sourceEnd(registry)),
      nullable: false,
      description: 'The sources of those claims, each once.',
      args: registry.args(forward()),
      meaning: { is: 'sources', of: 'relationship' },
    },
    history: historySpec(registry),
  };
}

function sourceEnd(registry: Registry) {
  const source = registry.model.entities.find((type) => type.name === 'Source');
  if (!source) throw new Error('the model has no Source');
  return source;
}
