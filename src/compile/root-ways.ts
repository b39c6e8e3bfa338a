import { where } from './clauses.ts';
import type { Emitter } from './emitter.ts';
import type { PageText, Ways } from './listing.ts';
import { type OrderKey, orderText } from './ordering.ts';
import type { Start } from './starts.ts';

/** How a page of all entities of a type or family is read, where there is more than one way. */

/** What the page is a page of. */
interface Listed {
  readonly node: string;
  readonly label: string;
  readonly conditions: readonly string[];
  readonly start: Start | null;
}

/** The ways to read a page, asked once everything else of the statement is there. */
export const rootWays =
  (emitter: Emitter, listed: Listed) =>
  (page: PageText): Ways | null => {
    const [first] = page.keys;
    if (!first?.indexed) return null;
    const given = emitter.prelude.map(({ variable }) => variable).join(', ');
    if (listed.start) return first.nullable ? null : fromFarOrAlong(listed, first, page, given);
    return first.nullable ? { given, queries: [presentThenAbsent(listed, first, page)] } : null;
  };

const closing = ({ node }: Listed, { order, limit }: PageText): string =>
  `WITH ${node} ORDER BY ${order} LIMIT ${limit} RETURN ${node}`;

/**
 * From what the filter names, where few are tied to it; else along the index of the order, which comes upon some of many
 * soon. Of n entities of which d are tied to it, a page of k takes about k·n/d steps along the index.
 */
function fromFarOrAlong(listed: Listed, first: OrderKey, page: PageText, given: string): Ways | null {
  const { node, label, conditions, start } = listed;
  if (!start?.near) return null;
  const { named, degree } = start.near;
  const beyond = page.beyond?.whole;
  const entered = page.beyond?.entry ?? `${first.text} IS NOT NULL`;
  // A condition on what is worked out here is met before what follows begins; one on what comes from outside need not be.
  const kept = where([`${node}:${label}`, ...conditions, beyond]);
  return {
    before: `CALL () { ${named} WITH ${degree} AS each RETURN sum(each) AS held } WITH *, held * held > 4 * COUNT { (:${label}) } * ${page.limit} AS isMany `,
    given: given === '' ? 'isMany' : `${given}, isMany`,
    queries: [
      `WITH isMany = false AS goes WHERE goes CALL () { ${start.text} RETURN DISTINCT ${node} } WITH *${kept} ${closing(listed, page)}`,
      `WITH isMany = true AS goes WHERE goes MATCH (${node}:${label})${where([entered, ...conditions, beyond])} ${closing(listed, page)}`,
    ],
  };
}

/** An index does not hold what lacks the key, which comes last both ways: two walks, the second where the first ends. */
function presentThenAbsent({ node, label, conditions }: Listed, first: OrderKey, page: PageText): string {
  const { beyond, isBackward, limit } = page;
  const rest = page.keys.slice(1);
  const walk = (condition: string, keys: readonly OrderKey[]): string =>
    `MATCH (${node}:${label})${where([condition, ...conditions, beyond?.whole])} WITH ${node} ORDER BY ${orderText(keys, isBackward)} LIMIT ${limit} RETURN ${node}`;
  const present = walk(`${beyond?.present ?? `${first.text} IS NOT NULL`}`, [{ ...first, nullable: false }, ...rest]);
  const absent = walk(
    `${first.text} IS NULL${rest[0]?.indexed && !rest[0].nullable ? ` AND ${rest[0].text} IS NOT NULL` : ''}`,
    rest,
  );
  const both = beyond && beyond.present === null ? [absent] : isBackward ? [absent, present] : [present, absent];
  return `CALL (*) { ${both.join(' UNION ALL ')} } WITH ${node} LIMIT ${limit} RETURN ${node}`;
}
