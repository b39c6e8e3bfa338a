import { CLAIM_TIES, claimFields, entityFields, relationshipFields } from '../../../src/model/common-fields.ts';
import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { byCodePoint } from './comparing.ts';
import { contradictions } from './contradicting.ts';
import { fieldsNamed, statusOf } from './fields.ts';
import { matching } from './matching.ts';
import { fieldFulfils, fulfils, type Given, operators, scalar } from './operators.ts';
import type { PlainClaim, PlainEdge, PlainEntity, PlainGraph } from './plain-graph.ts';
import type { Relations } from './relations.ts';
import type { Scope } from './scope.ts';
import { overlapsRange, type Range } from './temporal.ts';

/** `where` of entities, edges and claims, under the scope in force where it stands. */

type Where = Given | null | undefined;

/** Filters over one graph. */
export function filters(model: Model, graph: PlainGraph, relations: Relations) {
  const isContradicted = contradictions(model, graph);
  const typeEnum = (type: string) => type.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

  const externalIds = (entity: PlainEntity, given: unknown): boolean =>
    operators(given, (operator, wanted) => {
      if (wanted === null) return false;
      if (operator === 'isEmpty') return (entity.externalIds.length === 0) === wanted;
      const some = (operator === 'has' ? [wanted] : wanted) as Given[];
      return some.some((one) =>
        entity.externalIds.some((each) => each['scheme'] === one['scheme'] && each['value'] === one['value']),
      );
    });

  const entity = (each: PlainEntity, where: Where, scope: Scope): boolean =>
    fulfils(where, (key, value) => {
      if (key === 'id') return scalar(each.id, value);
      if (key === 'type') return scalar(typeEnum(each.type), value);
      if (key === 'externalIds') return externalIds(each, value);
      const field = [...entityFields, ...fieldsNamed(model, each.type)].find((one) => one.name === key);
      const relation = field ? null : relations.relationOf(each.type, key);
      if (relation) return match.relation(relations.stepsOf(each, relation), value as Given, scope);
      if (!field) throw new Error(`${each.type} has no field ${key}`);
      return fieldFulfils(field, key, each.properties, statusOf(each, field), value);
    });

  const edge = (each: PlainEdge, where: Where, other: PlainEntity, scope: Scope): boolean =>
    fulfils(where, (key, value) => {
      if (key === 'id') return scalar(each.id, value);
      if (key === 'type') return scalar(each.type, value);
      if (key === 'other') return entity(other, value as Given, scope);
      if (key === 'hasClaim') return hasClaim(each, value as Given, scope);
      if (key === 'overlaps')
        return overlapsRange(relations.relationshipNamed(each.type), each.properties, value as Range, scope.certain);
      const { field, stored } = edgeField(model, each.type, key);
      return fieldFulfils(field, stored, each.properties, null, value);
    });

  const hasClaim = (each: PlainEdge, where: Given, scope: Scope): boolean =>
    ((each.properties['claims'] ?? []) as string[]).some((id) => {
      const found = graph.claims.get(id);
      return found !== undefined && claim(found, where, scope);
    });

  const claim = (each: PlainClaim, where: Where, scope: Scope): boolean => {
    if (where?.['includeRetracted'] !== true && each.properties['retractedAt'] !== undefined) return false;
    if (where?.['includeDeprecated'] !== true && each.properties['rank'] === 'DEPRECATED') return false;
    return fulfils(where, (key, value) => claimLeaf(each, key, value, scope));
  };

  const ENDS: Readonly<Record<string, string>> = {
    subject: 'SUBJECT',
    object: 'OBJECT',
    speaker: 'SPEAKER',
    source: 'STATED_IN',
  };

  const claimLeaf = (each: PlainClaim, key: string, value: unknown, scope: Scope): boolean => {
    if (key === 'includeRetracted' || key === 'includeDeprecated') return true;
    if (key === 'id') return scalar(each.id, value);
    if (key === 'about')
      return ['SUBJECT', 'OBJECT'].some((end) => (value as string[]).includes(each.ends[end]?.id ?? ''));
    const end = ENDS[key];
    if (end) {
      const found = each.ends[end];
      return found !== undefined && entity(found, value as Given, scope);
    }
    if (key === 'contradicted') return isContradicted(each) === value;
    for (const [tie, names] of Object.entries(CLAIM_TIES)) {
      if (key === names.forward) return unretracted(each.ties[tie]).length > 0 === value;
      if (key === names.reverse) return unretracted(each.tiedBy[tie]).length > 0 === value;
    }
    const field = claimFields.find((one) => one.name === key);
    if (!field) throw new Error(`claims have no field ${key}`);
    return fieldFulfils(field, key, each.properties, null, value);
  };

  const match = matching(relations, { entity, edge, hasClaim });
  return { entity, edge, claim, match };
}

/** A field of an edge by its name in GraphQL, and the property that holds it: own dates are stored as the common ones. */
export function edgeField(model: Model, typeName: string, name: string): { field: Field; stored: string } {
  const type = model.relationships.find((each) => each.name === typeName);
  const stored = name === type?.time.from ? 'validFrom' : name === type?.time.to ? 'validTo' : name;
  const field = [...relationshipFields, ...(type?.fields ?? [])].find((each) => each.name === stored);
  if (!field) throw new Error(`${typeName} has no field ${name}`);
  return { field, stored };
}

/** Those that were not taken back. */
export const unretracted = (claims: readonly PlainClaim[] = []): PlainClaim[] =>
  claims.filter((each) => each.properties['retractedAt'] === undefined);

/** By id, code point by code point. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number => byCodePoint(a.id, b.id);
