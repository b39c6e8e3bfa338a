import { AnyEntity, CLAIM_TIES, claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import {
  endNamed,
  fieldsOfEntity,
  fieldsOfRelationship,
  type RelationField,
  relationFields,
  storedName,
} from '../model/model.ts';
import { type Argument, isGiven, items, keysGiven, under } from './arguments.ts';
import { where } from './clauses.ts';
import { contradicted } from './contradictions.ts';
import type { Emitter } from './emitter.ts';
import { edgeTypePredicate, externalIds, ID, typePredicate } from './filter-leaves.ts';
import { identifier } from './identifier.ts';
import { arrow } from './meaning.ts';
import { comparesNumber, fieldPredicate } from './operators.ts';
import { inScope, SCOPE_KEYS, type Scope, scopeWithin } from './scope.ts';
import { asList } from './values.ts';

/** `where`, compiled: a predicate over variables that are bound already. */

type Leaf = (key: string, given: Argument) => string[];
/** What a filter's object adds for itself, and its leaves; called for the filter and for each within its `and or not`. */
type Enter = (given: Argument) => {
  readonly conditions: readonly string[];
  readonly leaf: Leaf;
  readonly enter: Enter;
};

/** `and or not` around leaves; null where nothing is asked. */
function logic(given: Argument, enter: Enter): string | null {
  if (!isGiven(given)) return null;
  const here = enter(given);
  const all: string[] = [...here.conditions];
  for (const key of keysGiven(given)) {
    const value = under(given, key);
    if (key === 'and') all.push(...items(value).flatMap((item) => logic(item, here.enter) ?? []));
    else if (key === 'or') {
      if (!isGiven(value)) continue;
      const some = items(value).map((item) => logic(item, here.enter) ?? 'true');
      all.push(some.length === 0 ? 'false' : `(${some.join(' OR ')})`);
    } else if (key === 'not') {
      if (!isGiven(value)) continue;
      const inner = logic(value, here.enter);
      // The complement: what is unknown does not fulfil the inner filter, and so is in.
      all.push(inner === null ? 'false' : `NOT coalesce((${inner}), false)`);
    } else if (value.value !== null) all.push(...here.leaf(key, value));
  }
  return all.length === 0 ? null : all.length === 1 ? (all[0] ?? null) : `(${all.join(' AND ')})`;
}

/** A filter whose leaves are the same at every depth. */
const plainly = (leaf: Leaf): Enter => {
  const enter: Enter = () => ({ conditions: [], leaf, enter });
  return enter;
};

/** An entity filter on a variable. `end` is the type or family that the filter was written for. */
export function entityPredicate(
  emitter: Emitter,
  given: Argument,
  end: End,
  variable: string,
  scope: Scope,
): string | null {
  const fields = end.is === 'entity' ? fieldsOfEntity(end) : entityFields;
  return logic(
    given,
    plainly((key, value) => {
      if (key === 'id') return fieldPredicate(emitter, value, ID, 'id', variable);
      if (key === 'type') return typePredicate(emitter.model, value, variable);
      if (key === 'externalIds') return externalIds(emitter, value, variable);
      const field = fields.find((each) => each.name === key);
      if (field) return fieldPredicate(emitter, value, field, field.name, variable);
      const relation = relationFields(emitter.model, end).find((each) => each.name === key);
      return relation ? quantified(emitter, value, relation, variable, scope) : [];
    }),
  );
}

/**
 * A filter on an edge of one type, or of any of these types, of which only the common fields are asked. `far` is the
 * variable of its far end, for filters that have `other`.
 */
export function edgePredicate(
  emitter: Emitter,
  given: Argument,
  types: RelationshipType | readonly RelationshipType[],
  variable: string,
  scope: Scope,
  far: string | null = null,
): string | null {
  const one = 'is' in types ? types : null;
  const fields = one ? fieldsOfRelationship(one) : relationshipFields;
  return logic(
    given,
    plainly((key, value) => {
      if (key === 'id') return fieldPredicate(emitter, value, ID, 'id', variable);
      if (key === 'type') return edgeTypePredicate(emitter.model, value, variable);
      if (key === 'other' && far !== null) return listed(entityPredicate(emitter, value, AnyEntity, far, scope));
      if (key === 'hasClaim') return [hasClaim(emitter, value, variable, scope)];
      if (key === 'overlaps') {
        const only = { ...scope, asOf: null, minCommitment: null };
        return inScope(emitter, only, 'is' in types ? [types] : types, variable, value);
      }
      const field = fields.find((each) => each.name === key);
      return field ? fieldPredicate(emitter, value, field, one ? storedName(one, key) : key, variable) : [];
    }),
  );
}

/** An edge and its far end, in variables. */
interface Pair {
  readonly edge: string;
  readonly node: string;
}

/** What a filter on pairs of edge and far end asks: which edges it is about at all, and what must hold of them. */
export interface MatchPredicate {
  readonly base: readonly string[];
  readonly condition: string | null;
}

/**
 * `where` of a relationship's list, and what `some none every count` hold. The scope that the filter names itself takes
 * the place of the inherited one; within `and or not` it is a condition like others.
 */
export function matchPredicate(
  emitter: Emitter,
  given: Argument,
  relation: RelationField,
  pair: Pair,
  inherited: Scope,
): MatchPredicate {
  const { relationship } = relation;
  const outer = isGiven(given) ? scopeWithin(given, inherited) : inherited;
  const leafIn =
    (scope: Scope): Leaf =>
    (key, value) => {
      if (key === 'relationship') return listed(edgePredicate(emitter, value, relationship, pair.edge, scope));
      if (key === 'node') return listed(entityPredicate(emitter, value, relation.far, pair.node, scope));
      if (key === 'hasClaim') return [hasClaim(emitter, value, pair.edge, scope)];
      return [];
    };
  const entering =
    (around: Scope): Enter =>
    (element) => {
      const scope = scopeWithin(element, around);
      const says = [...SCOPE_KEYS, 'overlaps'].some((key) => under(element, key).value !== undefined);
      const conditions = says ? inScope(emitter, scope, [relationship], pair.edge, under(element, 'overlaps')) : [];
      return { conditions, leaf: leafIn(scope), enter: entering(scope) };
    };
  return {
    base: inScope(emitter, outer, [relationship], pair.edge, under(given, 'overlaps')),
    condition: logic(given, () => ({ conditions: [], leaf: leafIn(outer), enter: entering(outer) })),
  };
}

const listed = (predicate: string | null): string[] => (predicate === null ? [] : [predicate]);

/** `some none every count` of a relationship, as seen from an entity. */
function quantified(emitter: Emitter, given: Argument, relation: RelationField, near: string, scope: Scope): string[] {
  return keysGiven(given).flatMap((key) => {
    const value = under(given, key);
    if (!isGiven(value)) return [];
    const match = key === 'count' ? under(value, 'where') : value;
    const pair = { edge: emitter.variable('r'), node: emitter.variable('n') };
    const { base, condition } = matchPredicate(emitter, match, relation, pair, scope);
    const all = [...base, ...listed(condition)];
    const found = `MATCH (${near})${arrow(relation.relationship, relation.side, `${pair.edge}:${identifier(relation.relationship.name)}`)}(${pair.node})`;
    switch (key) {
      case 'some':
        return [`EXISTS { ${found}${where(all)} }`];
      case 'none':
        return [`NOT EXISTS { ${found}${where(all)} }`];
      case 'every':
        // True of every one that it is about: none of them fails it.
        return condition === null
          ? []
          : [`NOT EXISTS { ${found}${where([...base, `NOT coalesce((${condition}), false)`])} }`];
      default:
        return comparesNumber(emitter, value, countOf(relation, near, found, all));
    }
  });
}

/** Counts edges; where nothing is asked of them, the store has counted them already. */
const countOf = (relation: RelationField, near: string, found: string, conditions: readonly string[]): string =>
  conditions.length > 0
    ? `COUNT { ${found}${where(conditions)} }`
    : `COUNT { (${near})${arrow(relation.relationship, relation.side, `:${identifier(relation.relationship.name)}`)}() }`;

/** How many edges of a relationship an entity has within a scope. */
export function degree(emitter: Emitter, relation: RelationField, near: string, scope: Scope): string {
  const edge = emitter.variable('r');
  const type = relation.relationship;
  const found = `MATCH (${near})${arrow(type, relation.side, `${edge}:${identifier(type.name)}`)}()`;
  return countOf(relation, near, found, inScope(emitter, scope, [type], edge));
}

/** Whether an edge rests on a claim that fulfils a filter, or is denied by one. */
function hasClaim(emitter: Emitter, given: Argument, edge: string, scope: Scope): string {
  const claim = emitter.variable('c');
  const fulfils = claimPredicate(emitter, given, claim, scope);
  return `EXISTS { MATCH (${claim}:Claim) WHERE ${claim}.id IN ${edge}.claims AND ${fulfils} }`;
}

/** A claim filter. What is retracted or deprecated is left out unless the filter asks for it. */
export function claimPredicate(emitter: Emitter, given: Argument, variable: string, scope: Scope): string {
  const wanted = isGiven(given) ? given : null;
  const flag = (name: string) => wanted !== null && under(wanted, name).value === true;
  const standing = [
    ...(flag('includeRetracted') ? [] : [`${variable}.retractedAt IS NULL`]),
    ...(flag('includeDeprecated') ? [] : [`${variable}.rank <> 'DEPRECATED'`]),
  ];
  const leaf: Leaf = (key, value) => claimLeaf(emitter, key, value, variable, scope);
  const asked = wanted ? logic(wanted, plainly(leaf)) : null;
  return [...standing, ...(asked ? [asked] : [])].join(' AND ') || 'true';
}

/** The filters of a claim's ends: the edge that leads there, and what is there. */
export const CLAIM_ENDS: Readonly<Record<string, readonly [edge: string, end: string]>> = {
  subject: ['SUBJECT', 'Entity'],
  object: ['OBJECT', 'Entity'],
  speaker: ['SPEAKER', 'Actor'],
  source: ['STATED_IN', 'Source'],
};

function claimLeaf(emitter: Emitter, key: string, given: Argument, variable: string, scope: Scope): string[] {
  if (key === 'includeRetracted' || key === 'includeDeprecated') return [];
  if (key === 'id') return fieldPredicate(emitter, given, ID, 'id', variable);
  if (key === 'about') {
    const ids = emitter.param(given, (argument) => asList(argument));
    const node = emitter.variable('n');
    return [`EXISTS { MATCH (${variable})-[:SUBJECT|OBJECT]->(${node}) WHERE ${node}.id IN ${ids} }`];
  }
  if (key === 'contradicted') return [`${given.value === true ? '' : 'NOT '}${contradicted(emitter, variable)}`];
  const end = CLAIM_ENDS[key];
  if (end) {
    const node = emitter.variable('n');
    const inner = entityPredicate(emitter, given, endNamed(emitter.model, end[1]) ?? AnyEntity, node, scope);
    return [`EXISTS { MATCH (${variable})-[:${end[0]}]->(${node})${inner ? ` WHERE ${inner}` : ''} }`];
  }
  for (const [tie, names] of Object.entries(CLAIM_TIES)) {
    if (key !== names.forward && key !== names.reverse) continue;
    const other = emitter.variable('c');
    const [left, right] = key === names.forward ? ['-', '->'] : ['<-', '-'];
    const tied = `EXISTS { MATCH (${variable})${left}[:${tie}]${right}(${other}) WHERE ${other}.retractedAt IS NULL }`;
    return [`${given.value === true ? '' : 'NOT '}${tied}`];
  }
  const field = claimFields.find((each) => each.name === key);
  return field ? fieldPredicate(emitter, given, field, field.name, variable) : [];
}
