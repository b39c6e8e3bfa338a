import { CLAIM_TIES, claimFields } from '../../model/common-fields.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { claimId } from '../../model/identity.ts';
import { fieldsOfEntity, type Model, relationshipNamed, typeOfId } from '../../model/model.ts';
import { nearest } from '../../model/nearest.ts';
import type { ClaimRecord, ClaimValue, Ref } from '../../model/records.ts';
import type { StoredClaim, TieName } from '../graph/graph-state.ts';
import { type Properties, withField } from '../graph/properties.ts';
import type { ClaimDraft, Drafts } from './drafts.ts';
import { CLAIM_BOOKKEEPING, cleared, conflict, mergeStates, type NextClaim, plain, type Stated } from './next.ts';
import { type Problems, within } from './problems.ts';

/** A claim's triple and what it asserts, with the defaults that its place gives. */
export interface ClaimTriple {
  readonly subject: string | null;
  readonly predicate: string | null;
  readonly object: string | null;
  readonly asserts: string[];
  readonly states: Stated[];
}

/** The value of a stored claim about a field. */
export const storedValue = (properties: Properties): ClaimValue => ({
  kind: properties['valueKind'] as ClaimValue['kind'],
  value: JSON.parse(properties['valueJson'] as string),
});

/** Fills in what a claim leaves to its place: inside an edge it asserts that edge, and its triple is the first edge's. */
export function tripleOf(
  model: Model,
  draft: ClaimDraft,
  resolve: Drafts['resolve'],
  edges: ReadonlyMap<string, { type: RelationshipType; from: string; to: string }>,
): ClaimTriple {
  const { record, place } = draft;
  const at = (...steps: (string | number)[]) => within(place, ...steps);
  const insideEdge =
    draft.inside !== null && typeOfId(model, draft.inside)?.is === 'relationship' ? draft.inside : null;
  const asserts = record.asserts.flatMap((ref, nth) => resolve(ref, at('asserts', nth)) ?? []);
  if (insideEdge !== null && asserts.length === 0) asserts.push(insideEdge);
  const first = asserts[0] === undefined ? undefined : edges.get(asserts[0]);
  const given = (ref: ClaimRecord['subject'], step: string) => (ref ? resolve(ref, at(step)) : null);
  const states = record.states.flatMap((stated, nth): Stated[] => {
    const edge = stated.relationship
      ? resolve(stated.relationship, at('states', nth, 'relationship'))
      : (asserts[0] ?? null);
    return edge === null ? [] : [{ relationship: edge, property: stated.property, value: stated.value }];
  });
  if (insideEdge !== null)
    for (const [property, value] of Object.entries(draft.lent))
      states.push({ relationship: insideEdge, property, value });
  const hasValue = record.value !== undefined;
  return {
    subject: given(record.subject, 'subject') ?? first?.from ?? (insideEdge === null ? draft.inside : null),
    predicate: record.predicate ?? first?.type.name ?? (hasValue ? null : 'REMARK'),
    object:
      given(record.object, 'object') ??
      (hasValue || (record.predicate !== undefined && record.predicate !== first?.type.name)
        ? null
        : (first?.to ?? null)),
    asserts: [...new Set(asserts)],
    states,
  };
}

const DEFAULTS: Properties = { hedged: false, polarity: 'POSITIVE', rank: 'NORMAL' };

/** The id of a claim: its own, or made from what it says. */
export function idOfClaim(
  draft: ClaimDraft,
  triple: ClaimTriple,
  speaker: string | null,
  source: string | null,
): string {
  const { record } = draft;
  if (record.id) return record.id;
  const quote = record.fields['quote'] as { text?: string } | undefined;
  return claimId([
    triple.subject,
    triple.predicate,
    triple.object ?? record.value ?? null,
    record.fields['act'] ?? null,
    record.fields['polarity'] ?? DEFAULTS['polarity'],
    record.fields['commitment'] ?? null,
    speaker,
    source,
    record.fields['locator'] ?? null,
    record.fields['validFrom'] ?? null,
    record.fields['validTo'] ?? null,
    quote?.text ?? record.fields['text'] ?? null,
  ]);
}

/** Lays a claim's draft over what is there. A draft that names no triple of its own leaves the stored one as it is. */
export function nextClaim(
  model: Model,
  draft: ClaimDraft,
  id: string,
  triple: ClaimTriple,
  ends: { speaker: string | null; source: string | null },
  drafts: Drafts,
  stored: StoredClaim | undefined,
  problems: Problems,
): NextClaim {
  const { record, place } = draft;
  conflict(place, draft.expectedVersion, stored ?? null, id, problems);
  const told = !stored || draft.inside !== null || record.subject !== undefined || triple.asserts.length > 0;
  const value = record.value ?? (stored?.properties['valueKind'] ? storedValue(stored.properties) : null);
  const predicate = told ? triple.predicate : (record.predicate ?? (stored.properties['predicate'] as string));
  let properties: Properties = stored ? plain(stored.properties, CLAIM_BOOKKEEPING) : { ...DEFAULTS };
  properties = cleared(properties, claimFields, draft.clear, place, problems);
  for (const field of claimFields) {
    const given = field.name === 'locator' ? undefined : record.fields[field.name];
    if (given === undefined) continue;
    const resolved = field.kind === 'reference' ? drafts.resolve(given as Ref, within(place, field.name)) : given;
    if (resolved !== null) properties = withField(properties, field, resolved);
  }
  if (predicate !== null) properties = { ...properties, predicate };
  for (const field of claimFields)
    if (field.required && properties[field.name] === undefined)
      problems.add(
        place,
        'MISSING_FIELD',
        `The claim has no ${field.name}.`,
        `Add ${field.name}: ${field.description}`,
      );
  if (told) checkPredicate(model, draft, predicate, triple, problems);
  return {
    before: stored ?? null,
    place,
    id,
    properties,
    value,
    subject: told ? triple.subject : stored.subject,
    object: told ? triple.object : stored.object,
    speaker: ends.speaker ?? stored?.speaker ?? null,
    source: ends.source ?? stored?.source ?? null,
    locator:
      (record.fields['locator'] as string | undefined) ??
      (draft.clear.includes('locator') ? null : (stored?.locator ?? null)),
    asserts: [...new Set([...listOf<string>(stored?.properties['asserts']), ...triple.asserts])],
    states: mergeStates(
      triple.states,
      listOf<string>(stored?.properties['states']).map((text) => JSON.parse(text)),
    ),
    ties: tiesOf(draft, drafts, stored),
  };
}

const listOf = <T>(value: unknown): T[] => (Array.isArray(value) ? value : []);

function tiesOf(draft: ClaimDraft, drafts: Drafts, stored: StoredClaim | undefined): NextClaim['ties'] {
  const named = (tie: TieName): string[] => {
    const key = CLAIM_TIES[tie].forward;
    const ids = draft.record[key].flatMap((ref, nth) => drafts.resolve(ref, within(draft.place, key, nth)) ?? []);
    return [...new Set([...(stored?.ties[tie] ?? []), ...ids])].sort();
  };
  return {
    SUPPORTS: named('SUPPORTS'),
    DISPUTES: named('DISPUTES'),
    QUALIFIES: named('QUALIFIES'),
    SUPERSEDES: named('SUPERSEDES'),
  };
}

/** A predicate is a relationship type, a declared field of the subject's type, or REMARK. */
function checkPredicate(
  model: Model,
  draft: ClaimDraft,
  predicate: string | null,
  triple: ClaimTriple,
  problems: Problems,
): void {
  if (predicate === null || triple.subject === null) return;
  const at = within(draft.place, 'predicate');
  const type = typeOfId(model, triple.subject);
  if (predicate === 'REMARK') {
    if (triple.object !== null || draft.record.value)
      problems.add(
        at,
        'INVALID_VALUE',
        'A claim with predicate REMARK has neither object nor value.',
        'Name the relationship type or the field that it is about.',
      );
    return;
  }
  if (relationshipNamed(model, predicate)) {
    if (triple.object === null)
      problems.add(
        within(draft.place, 'object'),
        'MISSING_FIELD',
        `A claim with predicate ${predicate} needs an object.`,
        'Name what the subject is tied to.',
      );
    return;
  }
  const fields = type?.is === 'entity' ? fieldsOfEntity(type) : [];
  const field = fields.find((each) => each.name === predicate);
  if (!field) {
    const near = nearest(predicate, [
      ...model.relationships.map((each) => each.name),
      ...fields.map((each) => each.name),
      'REMARK',
    ]);
    problems.add(
      at,
      'INVALID_VALUE',
      `"${predicate}" is neither a relationship type, nor a field of ${type?.name ?? triple.subject}, nor REMARK.`,
      near ? `Did you mean ${near}?` : undefined,
    );
  } else if (!draft.record.value && triple.object === null)
    problems.add(
      within(draft.place, 'value'),
      'MISSING_FIELD',
      `A claim about the field ${predicate} needs a value.`,
      'Add value: {text: …} or another kind.',
    );
}
