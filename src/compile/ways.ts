import type { RelationField } from '../model/model.ts';
import { where } from './clauses.ts';
import { identifier } from './identifier.ts';
import type { PageText, Ways } from './listing.ts';
import { arrow } from './meaning.ts';

/**
 * How a page of an entity's relationships is read. Most entities have few: all are looked at and put in order. An entity
 * may have very many; then the index that has the order is walked, and what does not hang on the entity is passed by.
 * How many it has, and how many there are at all, the store knows without looking, so that each list takes the way that
 * is shorter for it, in one and the same statement.
 */

/** What the list hangs on, its edges and their far ends. */
interface Variables {
  readonly near: string;
  readonly edge: string;
  readonly node: string;
}

/** A walk along an index, from MATCH to where the page's conditions are met. */
interface Walk {
  /** How many things the index holds. */
  readonly all: string;
  /** How much a step costs beside looking at one of the entity's relationships, as a factor. */
  readonly step: '' | '4 * ';
  readonly text: string;
}

/**
 * The ways to read a relationship's list; null where its order is none that an index has. Of n things of which d hang on
 * the entity, walking an index to a page of k takes about k·n/d steps, and looking at all takes d: the index is shorter
 * where d² > k·n.
 */
export const waysOf =
  (field: RelationField, variables: Variables, match: string, base: readonly string[]) =>
  (page: PageText): Ways | null => {
    const { near, edge, node } = variables;
    const { relationship, side } = field;
    const walk = relationship.symmetric
      ? null
      : (alongEdges(field, variables, page, base) ?? alongNodes(field, variables, page, match, base));
    if (!walk) return null;
    const degree = `COUNT { (${near})${arrow(relationship, side, `:${identifier(relationship.name)}`)}() }`;
    const bound = `${edge}, ${node}`;
    return {
      before: `WITH ${degree} AS held, ${walk.all} AS total WITH held * held > ${walk.step}total * ${page.limit} AS isLong `,
      given: `${near}, isLong`,
      // A condition on what is worked out here is met before what follows begins; one on what comes from outside need not be.
      queries: [
        `WITH isLong = false AS goes WHERE goes ${match}${where([...base, page.beyond?.whole ?? null])} RETURN ${bound}`,
        `WITH isLong = true AS goes WHERE goes ${walk.text} WITH ${bound} ORDER BY ${page.order} LIMIT ${page.limit} RETURN ${bound}`,
      ],
    };
  };

/** Along the ids of all edges of the type. */
function alongEdges(
  { relationship, side }: RelationField,
  { near, edge, node }: Variables,
  { keys: [first], order, beyond }: PageText,
  base: readonly string[],
): Walk | null {
  if (first?.text !== `${edge}.id`) return null;
  const type = identifier(relationship.name);
  const end = `${near}_`;
  const [from, to] = side === 'forward' ? [end, node] : [node, end];
  const entered = beyond?.entry ?? `${first.text} IS NOT NULL`;
  const bound = `${edge}, ${node}, ${end}`;
  return {
    all: `COUNT { ()-[:${type}]->() }`,
    step: '',
    text: `MATCH (${from})-[${edge}:${type}]->(${to}) WHERE ${entered} WITH ${bound} ORDER BY ${order} WITH ${bound}${where([`${end} = ${near}`, ...base, beyond?.whole ?? null])}`,
  };
}

/** Along the names or ids of all entities at the far end, looking from each for an edge. */
function alongNodes(
  { far }: RelationField,
  { node }: Variables,
  { keys: [first], beyond }: PageText,
  match: string,
  base: readonly string[],
): Walk | null {
  if (first?.text !== `${node}.name` && first?.text !== `${node}.id`) return null;
  const label = identifier(far.name);
  const entered = beyond?.entry ?? `${first.text} IS NOT NULL`;
  const order = `${first.text}${first.descending ? ' DESC' : ''}`;
  return {
    all: `COUNT { (:${label}) }`,
    step: '4 * ',
    text: `MATCH (${node}:${label}) WHERE ${entered} WITH ${node} ORDER BY ${order} ${match}${where([...base, beyond?.whole ?? null])}`,
  };
}
