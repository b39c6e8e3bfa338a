import { dateTime, type FieldDeclaration, integer, text } from '../model/kinds.ts';
import { claimRef } from './claims.ts';
import { connection, forward } from './connections.ts';
import { endRef, idSpec, nodeInterface } from './entities.ts';
import type { FieldSpec, InputSpec, Output, Registry } from './registry.ts';
import { relationshipInterface } from './relationships.ts';
import { scalar } from './scalars.ts';
import { typeOfField } from './values.ts';

/** Revisions: what has happened to things, as their history and as the feed of all changes. */

const property = (registry: Registry, name: string, field: FieldDeclaration, nullable = false): FieldSpec => {
  const declared = { ...field, name };
  return {
    type: typeOfField(registry, declared),
    nullable,
    description: field.description,
    meaning: { is: 'property', field: declared, stored: name },
  };
};

export const revisionRef = (registry: Registry): Output =>
  registry.object(
    'reader',
    'Revision',
    'One change of one thing: what was done, by whom, when, and what it was before and after.',
    () => revisionSpecs(registry),
    () => [nodeInterface(registry)],
  );

function revisionSpecs(registry: Registry): Record<string, FieldSpec> {
  const id = (stored: string, nullable: boolean, description: string): FieldSpec => ({
    type: scalar('ID'),
    nullable,
    description,
    meaning: { is: 'property', stored, field: { ...text(description), name: stored } },
  });
  const state = (which: 'before' | 'after', description: string): FieldSpec => ({
    type: scalar('JSON'),
    nullable: true,
    description,
    meaning: { is: 'revisionState', which },
  });
  const now = (kind: 'ENTITY' | 'RELATIONSHIP' | 'CLAIM', type: Output, description: string): FieldSpec => ({
    type,
    nullable: true,
    description,
    meaning: { is: 'revised', kind },
  });
  return {
    id: idSpec('Its id.'),
    sequence: property(
      registry,
      'sequence',
      integer('Counts all changes, from 1, in the order in which they happened.'),
    ),
    cursor: {
      type: scalar('String'),
      nullable: false,
      description: 'Opaque place among all changes, for `since`.',
      meaning: { is: 'revisionCursor' },
    },
    at: property(registry, 'at', dateTime('When it was done.')),
    by: property(registry, 'by', text('Who did it.')),
    reason: property(registry, 'reason', text('Why, where somebody said so.'), true),
    action: property(
      registry,
      'action',
      text('What was done: CREATED, UPDATED, RETRACTED, REMOVED, RESTORED, MERGED, UNMERGED or JUDGED.'),
    ),
    call: property(registry, 'call', text('Id of the call that it was done in; all of a call is done at once.')),
    of: id('of', false, 'Id of what was changed.'),
    kind: property(registry, 'kind', text('What that is: ENTITY, RELATIONSHIP, CLAIM or JUDGEMENT.')),
    type: property(registry, 'type', text('Its type, as the store calls it: Person, HOLDS_POSITION, Claim.')),
    version: property(registry, 'version', integer('Its version after the change; null where it was gone then.'), true),
    from: id('from', true, 'Where a relationship starts; the subject of a claim.'),
    to: id('to', true, 'Where a relationship ends; the object of a claim.'),
    before: state('before', 'What it was before; null where it was not there. Its properties are named as in records.'),
    after: state('after', 'What it was after it; null where it was gone. Its properties are named as in records.'),
    changes: {
      type: [fieldChange(registry)],
      nullable: false,
      description: 'The fields in which before and after differ, by name, without what counts and dates changes.',
      meaning: { is: 'revisionState', which: 'changes' },
    },
    entity: now('ENTITY', endRef(registry, 'Entity'), 'The entity, as it is now; null where it is gone.'),
    relationship: now(
      'RELATIONSHIP',
      relationshipInterface(registry),
      'The relationship, as it is now; null where it is gone.',
    ),
    claim: now('CLAIM', claimRef(registry), 'The claim, as it is now; null where it is gone.'),
  };
}

const fieldChange = (registry: Registry): Output =>
  registry.object('reader', 'FieldChange', 'A field that was changed.', () => ({
    field: { type: scalar('String'), nullable: false, description: 'Its name, as records give it.' },
    before: { type: scalar('JSON'), nullable: true, description: 'Its value before; null where it had none.' },
    after: { type: scalar('JSON'), nullable: true, description: 'Its value after; null where it has none.' },
  }));

/** `RevisionConnection`, of `history`. */
export const revisionConnection = (registry: Registry): Output =>
  connection(registry, 'Revision', 'changes of one thing', () => revisionRef(registry));

/** `ChangeConnection`, of `changes`. */
export const changeConnection = (registry: Registry): Output =>
  connection(registry, 'Change', 'changes', () => revisionRef(registry));

/** The argument by which a history is also that of what is tied to the thing. */
export const connectedArgument: Record<string, InputSpec> = {
  connected: {
    type: 'Boolean',
    description: 'Also what has happened to its relationships, and to claims about it, those that are gone included.',
    defaultValue: false,
  },
};

/** `history`, of whatever has revisions. */
export const historySpec = (registry: Registry, more: Record<string, InputSpec> = {}): FieldSpec => ({
  type: revisionConnection(registry),
  nullable: false,
  description: 'What has happened to it, the last first.',
  args: registry.args({ ...more, ...forward() }),
  meaning: { is: 'history' },
});
