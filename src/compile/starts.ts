import { AnyEntity } from '../model/common-fields.ts';
import type { End } from '../model/declarations.ts';
import { endNamed, type RelationField, relationFields } from '../model/model.ts';
import { type Argument, isGiven, items, keysGiven, under } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { externalKey, ID } from './filter-leaves.ts';
import { CLAIM_ENDS } from './filtering.ts';
import { identifier } from './identifier.ts';
import { arrow } from './meaning.ts';
import { fieldPredicate } from './operators.ts';
import { asList } from './values.ts';

/**
 * Where to begin when a filter names something far away. Left to itself, the database would look at every person and
 * ask of each whether it is tied to the one agreement that the filter names; what is named is found at once, and what is
 * tied to it is few. What begins here is still held to the whole filter.
 */
export interface Start {
  /** Clauses that bind the list's variable, perhaps more than once to the same thing. */
  readonly text: string;
  /** The named thing and how many edges lead from it, where it is but a step away. */
  readonly near: { readonly named: string; readonly degree: string } | null;
}

/** A list's match that begins at a start: each thing once. */
export const fromStart = ({ text }: Start, variable: string): string =>
  `CALL () { ${text} RETURN DISTINCT ${variable} } WITH *`;

/** A start for entities that a filter is on; null where nothing far away is named. */
export function startOf(emitter: Emitter, where: Argument, end: End, variable: string): Start | null {
  for (const part of conjuncts(where)) {
    // What names the entity itself is where the database begins by itself.
    if (names(part)) return null;
  }
  for (const part of conjuncts(where)) {
    const external = externalStart(emitter, under(part, 'externalIds'), variable);
    if (external) return { text: external, near: null };
    for (const key of keysGiven(part)) {
      const relation = relationFields(emitter.model, end).find((each) => each.name === key);
      const node = under(under(under(part, key), 'some'), 'node');
      if (!relation || !isGiven(node)) continue;
      const start = farStart(emitter, node, relation, variable);
      if (start) return start;
    }
  }
  return null;
}

/** From the far end of a relationship, named itself or by what it is tied to in turn. */
function farStart(emitter: Emitter, node: Argument, relation: RelationField, variable: string): Start | null {
  const far = emitter.variable('n');
  const { relationship, side } = relation;
  const step = (inside: string, there: string) =>
    arrow(relationship, side === 'forward' ? 'reverse' : 'forward', inside) + there;
  const type = `:${identifier(relationship.name)}`;
  const onward = `MATCH (${far})${step(type, `(${variable})`)}`;
  const named = namedText(emitter, node, far);
  if (named)
    return {
      text: `${named} ${onward}`,
      near: { named, degree: `COUNT { (${far})${step(type, '()')} }` },
    };
  const before = startOf(emitter, node, relation.far, far);
  return before ? { text: `${before.text} WITH DISTINCT ${far} ${onward}`, near: null } : null;
}

/** A match of what a filter names by id or name; null where it names nothing. */
function namedText(emitter: Emitter, filter: Argument, variable: string): string | null {
  for (const part of conjuncts(filter)) {
    const external = externalStart(emitter, under(part, 'externalIds'), variable);
    if (external) return external;
    for (const key of ['id', 'name'] as const) {
      const operators = under(part, key);
      const given = (['eq', 'in'] as const).filter((operator) => isGiven(under(operators, operator)));
      if (given.length === 0) continue;
      const field = key === 'id' ? ID : { ...ID, name: key };
      const conditions = fieldPredicate(emitter, operators, field, key, variable);
      return `MATCH (${variable}:Entity) WHERE ${conditions.join(' AND ')}`;
    }
  }
  return null;
}

const names = (filter: Argument): boolean =>
  ['id', 'name'].some((key) => ['eq', 'in'].some((operator) => isGiven(under(under(filter, key), operator))));

/** What must hold in any case: the filter itself and what its `and` holds. */
function conjuncts(filter: Argument): Argument[] {
  if (!isGiven(filter)) return [];
  return [filter, ...items(under(filter, 'and')).flatMap(conjuncts)];
}

function externalStart(emitter: Emitter, filter: Argument, variable: string): string | null {
  const operator = (['has', 'hasAny'] as const).find((each) => isGiven(under(filter, each)));
  if (!operator) return null;
  const given = under(filter, operator);
  const keys = emitter.param(given, (argument) =>
    operator === 'has' ? [externalKey(argument.value)] : asList(argument, externalKey),
  );
  const found = emitter.variable('x');
  return `MATCH (${found}:ExternalId) WHERE ${found}.key IN ${keys} MATCH (${found})<-[:IDENTIFIED_BY]-(${variable})`;
}

/** A start for claims: from what they are about, who makes them, or where they are stated. */
export function claimStart(emitter: Emitter, where: Argument, claim: string): Start | null {
  for (const part of conjuncts(where)) {
    const about = under(part, 'about');
    const node = emitter.variable('n');
    if (isGiven(about)) {
      const ids = emitter.param(about, (argument) => asList(argument));
      return {
        text: `MATCH (${node}:Entity) WHERE ${node}.id IN ${ids} MATCH (${node})<-[:SUBJECT|OBJECT]-(${claim})`,
        near: null,
      };
    }
    for (const [key, [edge, end]] of Object.entries(CLAIM_ENDS)) {
      const filter = under(part, key);
      const named = isGiven(filter) ? namedText(emitter, filter, node) : null;
      const before =
        named ??
        (isGiven(filter) ? startOf(emitter, filter, endNamed(emitter.model, end) ?? AnyEntity, node)?.text : null);
      if (before) return { text: `${before} MATCH (${node})<-[:${edge}]-(${claim})`, near: null };
    }
  }
  return null;
}
