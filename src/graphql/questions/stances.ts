import { isGiven } from '../../compile/arguments.ts';
import { asIs, at, decodeList, type Emitted, type Place } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import type { Listing } from '../../compile/listing.ts';
import { entityKey } from '../../compile/listings.ts';
import { emitClaim, emitEdge, emitEntity, emitParts, emitReference, endOf } from '../../compile/objects.ts';
import { fieldKey, idKey } from '../../compile/ordering.ts';
import type { Selected } from '../../compile/selection.ts';
import { AnyEntity } from '../../model/common-fields.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { Stance } from '../../model/vocabulary.ts';
import { claimRef } from '../claims.ts';
import { connection, forward } from '../connections.ts';
import { endRef } from '../entities.ts';
import { closedListEnum } from '../enums.ts';
import type { Output, Registry } from '../registry.ts';
import { relationshipRef } from '../relationships.ts';
import { rootScope } from '../scope.ts';
import { type Asked, andInScope, argument, filled, listedBy, type QuestionSpec, text, typeNamed } from './question.ts';

/** `stances(on)`: who is for something and who is against it. */
export const stances = (registry: Registry): QuestionSpec => ({
  type: connection(registry, 'Stance', 'stances', () => stanceTaken(registry)),
  nullable: false,
  description:
    'Who is for something and who is against it, unnamed ones included: first those most against it, last those most for it; among equals by the actor’s name.',
  args: registry.args({
    on: {
      type: 'ID',
      description: 'What the stances are on. Nothing is found where nothing has the id.',
      required: true,
    },
    stance: {
      type: [closedListEnum(registry, Stance)],
      description: 'Which stances; any unless said, none where the list is empty.',
    },
    includeTerms: {
      type: 'Boolean',
      description:
        'Also the stances on the terms of an agreement, as far as the terms themselves hold then, with that commitment.',
      defaultValue: true,
    },
    ...rootScope(registry),
    ...forward(),
  }),
  access: 'reader',
  meaning: listedBy(stancesListing),
});

const stanceTaken = (registry: Registry): Output =>
  registry.object('reader', 'StanceTaken', 'That somebody is for or against something.', () => ({
    actor: { type: endRef(registry, 'Actor'), nullable: false, description: 'Whose stance it is.' },
    stance: { type: closedListEnum(registry, Stance), nullable: false, description: Stance.description },
    toward: {
      type: endRef(registry, 'Entity'),
      nullable: false,
      description: 'What it is on: what was asked, or a term.',
    },
    onBehalfOf: { type: endRef(registry, 'Actor'), nullable: true, description: 'For whom the actor speaks.' },
    inCapacityOf: {
      type: endRef(registry, 'Position'),
      nullable: true,
      description: 'In which post the actor speaks.',
    },
    relationship: {
      type: relationshipRef(registry, typeNamed(registry.model, 'STANCE_ON')),
      nullable: false,
      description: 'The relationship from the actor to what the stance is on.',
    },
    claims: {
      type: [claimRef(registry)],
      nullable: false,
      description:
        'The standing claims that it rests on: neither denials, nor taken back, nor deprecated. Where all of them have the attribution ANALYST, the stance is read from what somebody said, and nobody says it outright.',
    },
  }));

/** The variables of the statement. */
const [ACTOR, EDGE, TOWARD] = ['actor', 'r', 'toward'] as const;

function stancesListing(asked: Asked): Listing {
  const { emitter, place } = asked;
  const stanceOn = typeNamed(emitter.model, 'STANCE_ON');
  const stance = stanceOn.fields.find(({ name }) => name === 'stance');
  if (!stance) throw new Error('STANCE_ON has no stance');
  const includeTerms = argument(asked, 'includeTerms');
  const found = handWritten(
    emitter,
    'stances',
    {
      on: text(argument(asked, 'on')),
      stances: filled(argument(asked, 'stance'), (given) =>
        isGiven(given) ? given.value : Object.keys(Stance.values),
      ),
      includeTerms: filled(includeTerms, (given) => given.value !== false),
    },
    {
      kept: andInScope(asked, [stanceOn], EDGE),
      termKept: andInScope(asked, [typeNamed(emitter.model, 'TERM_OF')], 't'),
    },
  );
  return {
    match: `CALL () { ${found} } WITH ${ACTOR}, ${EDGE}, ${TOWARD}`,
    where: [],
    variables: [ACTOR, EDGE, TOWARD],
    keys: [
      fieldKey(emitter, stance, 'stance', EDGE, false),
      entityKey(emitter, endOf(emitter, 'Actor'), ACTOR, 'name', false, place.scope),
      idKey(EDGE),
    ],
    count: null,
    node: (selected) => taken(asked, selected, at(place, selected.key), stanceOn),
    part: () => {
      throw new Error('an edge to a stance has a cursor and a node');
    },
  };
}

function taken({ emitter }: Asked, selected: Selected, place: Place, stanceOn: RelationshipType): Emitted {
  const reference = (to: string, property: string) => (each: Selected, inner: Place) =>
    emitReference(emitter, to, `${EDGE}.${property}`, each, inner);
  return emitParts(emitter, selected, place, {
    actor: (each, inner) => emitEntity(emitter, endOf(emitter, 'Actor'), each, ACTOR, inner),
    stance: () => ({ text: `${EDGE}.stance`, decode: asIs }),
    toward: (each, inner) => emitEntity(emitter, AnyEntity, each, TOWARD, inner),
    onBehalfOf: reference('Actor', 'onBehalfOf'),
    inCapacityOf: reference('Position', 'inCapacityOf'),
    relationship: (each, inner) => emitEdge(emitter, stanceOn, each, EDGE, inner, { from: ACTOR, to: TOWARD }),
    claims: (each, inner) => {
      const claim = emitter.variable('c');
      const one = emitClaim(emitter, each, claim, inner);
      return {
        text: `COLLECT { MATCH (${claim}:Claim) WHERE ${claim}.id IN ${EDGE}.claims AND ${claim}.polarity = 'POSITIVE' AND ${claim}.retractedAt IS NULL AND ${claim}.rank <> 'DEPRECATED' WITH ${claim} ORDER BY ${claim}.id RETURN ${one.text} }`,
        decode: decodeList(one.decode),
      };
    },
  });
}
