import { z } from 'zod';
import { fieldSchema } from '../../derive/field-schemas.ts';
import type { Field } from '../../model/kinds.ts';
import { fieldsOfEntity, type Model, relationshipNamed } from '../../model/model.ts';
import type { ClaimValue } from '../../model/records.ts';
import { findingKeys } from '../finding-keys.ts';
import type { NextClaim, NextEdge, NextEntity, Stated } from '../records/next.ts';
import { edgeFields, isOwnEvidence } from '../records/next-edge.ts';
import { type Problems, within } from '../records/problems.ts';
import {
  byPrecedence,
  carries,
  type Derived,
  deriveEdge,
  type Evidence,
  isStanding,
  OWN_EVIDENCE,
} from './claim-rules.ts';
import type { StoredClaim } from './graph-state.ts';
import { fingerprint, fromProperties, nativeDate, type Properties, withField } from './properties.ts';

/** The rules about claims, applied to the graph as it would be: what each edge and each field shows in the end. */

/** A claim with what it says, whether it is in this call or in the store. */
export interface Testimony {
  readonly evidence: Evidence;
  readonly subject: string | null;
  readonly predicate: string;
  readonly value: ClaimValue | null;
  readonly states: readonly Stated[];
  readonly validFrom: unknown;
  readonly validTo: unknown;
}

/** A claim of this call or of the store, as the rules look at it. */
export function testimony(id: string, claim: NextClaim | StoredClaim, disputed: boolean, now: string): Testimony {
  const of = claim.properties;
  const text = (name: string): string | null => (of[name] === undefined || of[name] === null ? null : String(of[name]));
  const stored = 'disputedBy' in claim;
  return {
    evidence: {
      id,
      commitment: of['commitment'] as Evidence['commitment'],
      hedged: of['hedged'] === true,
      polarity: of['polarity'] as Evidence['polarity'],
      attribution: of['attribution'] as Evidence['attribution'],
      act: (of['act'] ?? null) as Evidence['act'],
      rank: of['rank'] as Evidence['rank'],
      confidence: of['confidence'] === undefined || of['confidence'] === null ? null : Number(of['confidence']),
      speaker: claim.speaker,
      source: claim.source ?? '',
      observedOn: text('observedOn'),
      assertedAt: text('assertedAt'),
      publishedAt: text('publishedAt'),
      recordedAt: stored
        ? String(of['recordedAt'])
        : claim.before
          ? String(claim.before.properties['recordedAt'])
          : now,
      retracted: of['retractedAt'] !== undefined && of['retractedAt'] !== null,
      disputed,
    },
    subject: claim.subject,
    predicate: String(of['predicate']),
    value: stored
      ? of['valueKind']
        ? { kind: of['valueKind'] as ClaimValue['kind'], value: JSON.parse(String(of['valueJson'])) }
        : null
      : claim.value,
    states: stored
      ? ((of['states'] as string[] | undefined) ?? []).map((one) => JSON.parse(one) as Stated)
      : claim.states,
    validFrom: of['validFrom'],
    validTo: of['validTo'],
  };
}

/** Records' values with those of claims laid over, and the records' values that are thereby hidden. */
function overlay(
  recorded: Properties,
  fields: readonly Field[],
  stated: ReadonlyMap<string, unknown>,
): { shown: Properties; hidden: Record<string, unknown> } {
  let shown = recorded;
  const hidden: Record<string, unknown> = {};
  for (const field of fields) {
    if (!stated.has(field.name)) continue;
    const next = withField(shown, field, stated.get(field.name));
    if (fingerprint(next) !== fingerprint(shown)) hidden[field.name] = fromProperties(field, recorded) ?? null;
    shown = next;
  }
  return { shown, hidden };
}

const withHidden = (shown: Properties, hidden: Record<string, unknown>): Properties =>
  Object.keys(hidden).length > 0 ? { ...shown, asRecorded: JSON.stringify(hidden) } : shown;

/** An entity's properties, hidden keys included, with the values of standing claims about its fields laid over. */
export function settleEntity(entity: NextEntity, claims: readonly Testimony[]): Properties {
  const fields = fieldsOfEntity(entity.type);
  const stated = new Map<string, unknown>();
  for (const claim of [...claims].sort((a, b) => byPrecedence(a.evidence, b.evidence))) {
    if (!isStanding(claim.evidence) || claim.subject !== entity.id || !claim.value || stated.has(claim.predicate))
      continue;
    stated.set(claim.predicate, claim.value.value);
  }
  const { shown, hidden } = overlay(entity.asRecorded, fields, stated);
  return withHidden({ id: entity.id, ...shown, ...findingKeys(entity.type, shown, entity.names) }, hidden);
}

/** An edge's properties with what follows from its claims; null when no claim carries it. */
export function settleEdge(
  model: Model,
  edge: NextEdge,
  claims: readonly Testimony[],
  rootOf: (source: string) => string,
): Properties | null {
  const shape = { type: edge.type, from: edge.from, act: edge.asRecorded['act'] };
  const derived =
    claims.length === 0 && isOwnEvidence(edge, model)
      ? OWN_EVIDENCE
      : deriveEdge(
          shape,
          claims.map((claim) => claim.evidence),
          rootOf,
        );
  if (!derived) return null;
  const identity = new Set(edge.type.identity.map((name) => (name === edge.type.time.from ? 'validFrom' : name)));
  const stated = new Map<string, unknown>();
  for (const claim of [...claims].sort((a, b) => byPrecedence(a.evidence, b.evidence))) {
    if (!carries(claim.evidence, shape)) continue;
    const said = claim.states
      .filter((one) => one.relationship === edge.id)
      .map((one) => [one.property, one.value] as const);
    const dates =
      edge.type.time.class === 'state'
        ? ([
            ['validFrom', claim.validFrom],
            ['validTo', claim.validTo],
          ] as const)
        : [];
    for (const [name, value] of [...said, ...dates]) {
      const property = name === edge.type.time.from ? 'validFrom' : name === edge.type.time.to ? 'validTo' : name;
      if (value !== undefined && value !== null && !identity.has(property) && !stated.has(property))
        stated.set(property, value);
    }
  }
  const { shown, hidden } = overlay(edge.asRecorded, edgeFields(edge.type), stated);
  return withHidden({ id: edge.id, ...shown, ...derivedProperties(derived), claims: [...edge.claims].sort() }, hidden);
}

function derivedProperties(derived: Derived): Properties {
  const { confidence, observedFrom, observedTo, ...rest } = derived;
  return {
    ...rest,
    ...(confidence !== null ? { confidence } : {}),
    ...(observedFrom !== null ? { observedFrom: nativeDate(observedFrom) } : {}),
    ...(observedTo !== null ? { observedTo: nativeDate(observedTo) } : {}),
  };
}

const VALUE_KINDS: Readonly<Record<ClaimValue['kind'], readonly Field['kind'][]>> = {
  TEXT: ['text', 'openList', 'closedList', 'reference'],
  NUMBER: ['integer', 'float'],
  BOOLEAN: ['boolean'],
  DATE: ['partialDate', 'date'],
  AMOUNT: ['amount'],
  COUNT: ['count'],
};

const anyId = z.string({ error: 'must be an id' });

/** Checks that what a claim says of a field, or of an edge's properties, is something that they can hold. */
export function checkValues(
  model: Model,
  claim: NextClaim,
  edges: ReadonlyMap<string, NextEdge>,
  subjectFields: readonly Field[],
  problems: Problems,
): void {
  const { place } = claim;
  if (!place) return;
  const predicate = String(claim.properties['predicate']);
  const field = subjectFields.find((each) => each.name === predicate);
  if (claim.value && field && !relationshipNamed(model, predicate)) {
    if (!VALUE_KINDS[claim.value.kind].includes(field.kind))
      problems.add(
        within(place, 'value'),
        'INVALID_VALUE',
        `A value of kind ${claim.value.kind.toLowerCase()} cannot be the ${predicate} of ${claim.subject}.`,
        `Give ${
          Object.entries(VALUE_KINDS)
            .filter(([, kinds]) => kinds.includes(field.kind))
            .map(([kind]) => `value: { ${kind.toLowerCase()}: … }`)
            .join(' or ') || 'another predicate'
        }.`,
      );
    else {
      const result = fieldSchema(field, anyId).safeParse(claim.value.value);
      if (!result.success)
        problems.add(
          within(place, 'value'),
          'INVALID_VALUE',
          `${predicate} ${result.error.issues[0]?.message ?? 'is not valid'}.`,
        );
    }
  }
  claim.states.forEach((stated, nth) => {
    const edge = edges.get(stated.relationship);
    const at = within(place, 'states', nth);
    if (!edge || !claim.asserts.includes(stated.relationship)) {
      problems.add(
        at,
        'UNKNOWN_REFERENCE',
        `The claim says something of ${stated.relationship}, which it does not assert.`,
        'Name the relationship in asserts too.',
      );
      return;
    }
    const own = edgeFields(edge.type);
    const target = own.find(
      (each) =>
        each.name ===
        (stated.property === edge.type.time.from
          ? 'validFrom'
          : stated.property === edge.type.time.to
            ? 'validTo'
            : stated.property),
    );
    if (!target) {
      problems.add(
        within(at, 'property'),
        'UNKNOWN_FIELD',
        `"${stated.property}" is no property of ${edge.type.name}.`,
        `It has: ${own.map((each) => each.name).join(', ')}.`,
      );
      return;
    }
    const result = fieldSchema(target, anyId).safeParse(stated.value);
    if (!result.success)
      problems.add(
        within(at, 'value'),
        'INVALID_VALUE',
        `${stated.property} ${result.error.issues[0]?.message ?? 'is not valid'}.`,
      );
  });
}
