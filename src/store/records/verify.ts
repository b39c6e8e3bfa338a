import { fieldsOfEntity, typeOfId } from '../../model/model.ts';
import type { CallState } from '../graph/call-state.ts';
import { checkValues, settleEdge } from '../graph/settle.ts';
import { checkClaim, checkEdge, checkEntity, type Known } from './checks.ts';
import { within } from './problems.ts';

/** Every check on the graph as it would be, before anything is written. */

export async function verify(state: CallState): Promise<void> {
  await checkReferences(state);
  checkRecords(state);
}

async function checkReferences(state: CallState): Promise<void> {
  const ids = new Set<string>();
  const add = (id: unknown) => typeof id === 'string' && !state.entities.has(id) && ids.add(id);
  for (const entity of state.entities.values())
    for (const field of fieldsOfEntity(entity.type)) if (field.kind === 'reference') add(entity.asRecorded[field.name]);
  for (const edge of state.edges.values()) {
    add(edge.from);
    add(edge.to);
    for (const field of edge.type.fields) if (field.kind === 'reference') add(edge.asRecorded[field.name]);
  }
  for (const claim of state.claims.values())
    for (const id of [
      claim.subject,
      claim.object,
      claim.speaker,
      claim.source,
      ...['onBehalfOf', 'inCapacityOf', 'addressee', 'event'].map((name) => claim.properties[name]),
    ])
      add(id);
  const stored = await state.loadTypes([...ids]);
  await state.loadGone([...ids].filter((id) => !stored.has(id)));
  const typeOf = (id: string) => {
    const next = state.entities.get(id);
    return next ? (next.fate ? undefined : next.type) : stored.get(id);
  };
  const known: Known = { typeOf, isRemoved: (id) => state.gone.has(id) };
  const ties = [...state.claims.values()].flatMap((claim) => Object.values(claim.ties).flat());
  await state.loadClaims(ties);
  const exists = (id: string) => state.claims.has(id) || state.storedClaims.has(id);
  for (const entity of state.entities.values()) checkEntity(state.model, entity, known, state.findings);
  for (const edge of state.edges.values()) checkEdge(state.model, edge, known, state.findings);
  for (const claim of state.claims.values()) {
    checkClaim(state.model, claim, known, exists, state.findings);
    const subject = claim.subject === null ? undefined : typeOf(claim.subject);
    checkValues(state.model, claim, state.edges, subject ? fieldsOfEntity(subject) : [], state.problems);
  }
}

function checkRecords(state: CallState): void {
  for (const claim of state.claims.values())
    for (const id of claim.asserts) {
      if (typeOfId(state.model, id)?.is !== 'relationship' && claim.place)
        state.problems.add(
          within(claim.place, 'asserts'),
          'WRONG_TYPE',
          `${id} is no relationship, so that a claim cannot assert it.`,
          'Name the subject instead.',
        );
      else if (
        !state.edges.has(id) &&
        claim.place &&
        (claim.properties['polarity'] ?? 'POSITIVE') === 'POSITIVE' &&
        claim.properties['commitment'] !== 'QUESTION'
      )
        state.problems.add(
          within(claim.place, 'asserts'),
          'UNKNOWN_REFERENCE',
          `There is no relationship ${id}.`,
          'Record it in the same call, with its ends.',
        );
    }
  for (const edge of state.edges.values())
    if (edge.place && settleEdge(state.model, edge, state.testimonies(edge), (source) => source) === null) {
      // What would have carried it is retracted or removed, and the record is passed over with that.
      if (!edge.before && state.passedOver.has(edge.id)) {
        state.edges.delete(edge.id);
        state.ledger.unchanged(edge.id);
        continue;
      }
      state.problems.add(
        edge.place,
        'RELATIONSHIP_WITHOUT_CLAIM',
        `${edge.type.name} from ${edge.from} to ${edge.to} rests on no claim.`,
        'Add claims: inside the record, or a claim in the same call that asserts it; questions and negated claims carry none.',
      );
    }
}
