import { belonging } from '../model/belonging.ts';
import { AnyEntity } from '../model/common-fields.ts';
import type { RelationshipType } from '../model/declarations.ts';
import { endNamed } from '../model/model.ts';
import { type Argument, under } from './arguments.ts';
import { where } from './clauses.ts';
import { at, decodeList, type Emitted, type Emitter, type Place } from './emitter.ts';
import { entityPredicate } from './filtering.ts';
import { identifier } from './identifier.ts';
import type { Listing } from './listing.ts';
import { entityKey } from './listings.ts';
import { emitAnyEdge, emitEntity } from './objects.ts';
import { idKey } from './ordering.ts';
import { inScope } from './scope.ts';
import type { Selected } from './selection.ts';

/** The people of an organization: members, employees, leaders, and who holds a post in it; each once, by name. */
export function people(emitter: Emitter, near: string, given: Argument, place: Place): Listing {
  const { direct, holds, within } = belonging(emitter.model);
  const person = endNamed(emitter.model, 'Person') ?? AnyEntity;
  const node = emitter.variable('n');
  const predicate = entityPredicate(emitter, under(given, 'where'), person, node, place.scope);
  const kept = (...edges: readonly (readonly [string, readonly RelationshipType[]])[]): string => {
    return where(edges.flatMap(([edge, types]) => inScope(emitter, place.scope, types, edge)));
  };
  const types = (of: readonly RelationshipType[]): string => of.map((type) => identifier(type.name)).join('|');
  /** The edges by which a person belongs: directly, and to a post. */
  const ways = (edge: string, one: string, post: string, post2: string): readonly [string, string] => [
    `MATCH (${near})<-[${edge}:${types(direct)}]-(${one})${kept([edge, direct])}`,
    `MATCH (${near})<-[${post2}:${identifier(within.name)}]-(${post})<-[${edge}:${identifier(holds.name)}]-(${one})${kept([edge, [holds]], [post2, [within]])}`,
  ];
  const [byThemselves, byPost] = ways('r', node, 'p', 'i');
  const found = `CALL (${near}) { ${byThemselves} RETURN ${node} UNION ${byPost} RETURN ${node} } WITH ${node}`;
  const label = `${node}:${identifier(person.name)}`;
  return {
    match: found,
    where: [label, ...(predicate === null ? [] : [predicate])],
    variables: [node],
    keys: [entityKey(emitter, person, node, 'name', false, place.scope), idKey(node)],
    count: null,
    node: (selected) => emitEntity(emitter, person, selected, node, at(place, selected.key)),
    part: (part, selected) => {
      const inner = at(place, selected.key);
      const [edge, post, post2] = ['r', 'n', 'i'].map((prefix) => emitter.variable(prefix)) as [string, string, string];
      const [themselves, posts] = ways(edge, node, post, post2);
      return part === 'positions'
        ? positions(emitter, selected, inner, posts, post)
        : relationships(emitter, selected, inner, [near, node], [themselves, posts], edge, [...direct, holds]);
    },
  };
}

function positions(emitter: Emitter, selected: Selected, place: Place, match: string, post: string): Emitted {
  const position = endNamed(emitter.model, 'Position') ?? AnyEntity;
  const each = emitEntity(emitter, position, selected, post, place);
  return {
    text: `COLLECT { ${match} WITH DISTINCT ${post} ORDER BY ${post}.name, ${post}.id RETURN ${each.text} }`,
    decode: decodeList(each.decode),
  };
}

function relationships(
  emitter: Emitter,
  selected: Selected,
  place: Place,
  given: readonly string[],
  matches: readonly string[],
  edge: string,
  types: readonly RelationshipType[],
): Emitted {
  const each = emitAnyEdge(emitter, types, selected, edge, place, {});
  const found = matches.map((match) => `${match} RETURN ${edge}`).join(' UNION ');
  return {
    text: `COLLECT { CALL (${given.join(', ')}) { ${found} } WITH ${edge} ORDER BY ${edge}.id RETURN ${each.text} }`,
    decode: decodeList(each.decode),
  };
}
