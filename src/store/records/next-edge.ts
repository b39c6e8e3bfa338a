import { isSource } from '../../model/common-fields.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import { type Model, typeOfId } from '../../model/model.ts';
import type { StoredEdge } from '../graph/graph-state.ts';
import { withField } from '../graph/properties.ts';
import type { EdgeDraft } from './drafts.ts';
import { cleared, conflict, type NextEdge, recordedProperties } from './next.ts';
import { type Problems, within } from './problems.ts';

/** Lays an edge's draft over what is there; null when it names an edge by id that is not there and gives no ends. */
export function nextEdge(
  draft: EdgeDraft,
  earlier: NextEdge | undefined,
  stored: StoredEdge | undefined,
  problems: Problems,
): NextEdge | null {
  const before = earlier?.before ?? stored ?? null;
  conflict(draft.place, draft.expectedVersion, before, draft.id, problems);
  const from = before?.from ?? earlier?.from ?? draft.from;
  const to = before?.to ?? earlier?.to ?? draft.to;
  if (from === undefined || to === undefined) {
    problems.add(
      within(draft.place, 'id'),
      'UNKNOWN_REFERENCE',
      `There is no relationship ${draft.id}.`,
      'To make one, name both ends with from and to.',
    );
    return null;
  }
  for (const [end, has, given] of [
    ['from', from, draft.from],
    ['to', to, draft.to],
  ] as const)
    if (given !== undefined && given !== has)
      problems.add(
        within(draft.place, end),
        'IDENTITY_CHANGED',
        `${draft.id} has ${has} at this end, not ${given}.`,
        'Leave the id out to record another relationship.',
      );
  const fields = edgeFields(draft.type);
  let recorded = earlier ? earlier.asRecorded : before ? recordedProperties(before, fields) : {};
  const dates = {
    [draft.type.time.from]: 'validFrom',
    ...(draft.type.time.to ? { [draft.type.time.to]: 'validTo' } : {}),
  };
  recorded = cleared(
    recorded,
    fields,
    draft.clear.map((name) => dates[name] ?? name),
    draft.place,
    problems,
  );
  for (const field of fields)
    if (draft.fields[field.name] !== undefined) recorded = withField(recorded, field, draft.fields[field.name]);
  for (const field of fields)
    if (field.required && recorded[field.name] === undefined)
      problems.add(
        draft.place,
        'MISSING_FIELD',
        `${draft.type.name} needs ${field.name}.`,
        `Add ${field.name}: ${field.description}`,
      );
  const claims = earlier ? earlier.claims : new Set((before?.properties['claims'] as string[] | undefined) ?? []);
  return { before, place: draft.place, id: draft.id, type: draft.type, from, to, asRecorded: recorded, claims };
}

/** An edge that is touched only because a claim of it is. */
export const sameEdge = (stored: StoredEdge): NextEdge => ({
  before: stored,
  place: null,
  id: stored.id,
  type: stored.type,
  from: stored.from,
  to: stored.to,
  asRecorded: recordedProperties(stored, edgeFields(stored.type)),
  claims: new Set((stored.properties['claims'] as string[] | undefined) ?? []),
});

/** The fields of an edge that records and claims may give, under their stored names. */
export function edgeFields(type: RelationshipType): Field[] {
  const day = (name: string): Field => ({ kind: 'partialDate', name, description: 'Its day.', required: false });
  return [day('validFrom'), ...(type.time.to ? [day('validTo')] : []), ...type.fields];
}

/** Whether the edge needs no claim, since its start is a source. */
export const isOwnEvidence = (edge: NextEdge, model: Model): boolean => {
  const start = typeOfId(model, edge.from);
  return start?.is === 'entity' && isSource(start);
};
