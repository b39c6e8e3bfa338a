import { CLAIM_TIES, claimFields } from '../model/common-fields.ts';
import { endRef, idSpec, nodeInterface } from './entities.ts';
import type { FieldSpec, Output, Registry } from './registry.ts';
import { relationshipInterface } from './relationships.ts';
import { historySpec } from './revisions.ts';
import { scalar } from './scalars.ts';
import { claimValueType, propertySpec, retractionType } from './values.ts';

/** Claims: one assertion by one speaker in one source. */
export const claimRef = (registry: Registry): Output =>
  registry.object(
    'reader',
    'Claim',
    'One assertion by one speaker in one source.',
    () => claimSpecs(registry),
    () => [nodeInterface(registry)],
  );

function claimSpecs(registry: Registry): Record<string, FieldSpec> {
  const end = (
    edge: 'SUBJECT' | 'OBJECT' | 'SPEAKER' | 'STATED_IN',
    to: string,
    nullable: boolean,
    description: string,
  ): FieldSpec => ({
    type: endRef(registry, to),
    nullable,
    description,
    meaning: { is: 'claimEnd', edge, to },
  });
  const own = claimFields.filter((field) => field.name !== 'locator');
  return {
    id: idSpec('Its id: given, or made from what it says, who says it and where.'),
    ...Object.fromEntries(own.map((field) => [field.name, propertySpec(registry, field)])),
    subject: end('SUBJECT', 'Entity', false, 'What it is about.'),
    object: end('OBJECT', 'Entity', true, 'What it ties its subject to.'),
    value: {
      type: claimValueType(registry),
      nullable: true,
      description: 'The value that it gives a field.',
      meaning: { is: 'claimValue' },
    },
    speaker: end('SPEAKER', 'Actor', true, 'Who says it; absent where the source itself tells it.'),
    source: end('STATED_IN', 'Source', false, 'Where it is stated.'),
    locator: {
      type: scalar('String'),
      nullable: true,
      description: 'Where in the source.',
      meaning: { is: 'locator' },
    },
    relationships: {
      type: [relationshipInterface(registry)],
      nullable: false,
      description: 'The relationships that rest on it, or that it denies.',
      meaning: { is: 'claimRelationships' },
    },
    retraction: {
      type: retractionType(registry),
      nullable: true,
      description: 'That it was taken back, if it was.',
      meaning: { is: 'retraction' },
    },
    history: historySpec(registry),
    ...Object.fromEntries(
      Object.entries(CLAIM_TIES).flatMap(([tie, names]): [string, FieldSpec][] =>
        (['forward', 'reverse'] as const).map((side) => [
          names[side],
          {
            type: [claimRef(registry)],
            nullable: false,
            description: side === 'forward' ? names.says : names.back,
            meaning: { is: 'claimTies', tie: tie as keyof typeof CLAIM_TIES, side },
          },
        ]),
      ),
    ),
  };
}
