// How two entities are connected: the shortest paths first, no entity twice.
//
// A path grows from both of its ends; each time it is the end with fewer relationships that is followed one step
// further, and then looked whether the two ends meet. An entity with very many relationships is thereby entered from
// its neighbours, and not left in all directions. Longer paths are looked for only while there are too few. Of equally
// long ones those are found that are come upon first, where there are more than are asked for.
//
// A state is [nodes from the start, their relationships, nodes to the end, their relationships].
// :param from => 'political-party:fmln'
// :param to => 'person:marco-rubio'
// :param avoid => []
// :param limit => 26
OPTIONAL MATCH (gone:Removed {id: $from})
OPTIONAL MATCH (merged:Removed {id: $to})
OPTIONAL MATCH (a:Entity {id: coalesce(gone.survivor, $from)})
OPTIONAL MATCH (b:Entity {id: coalesce(merged.survivor, $to)})
WITH a, b, [[[a], [], [b], []]] AS states, $avoid + COLLECT {
  MATCH (t:Removed) WHERE t.id IN $avoid AND t.survivor IS NOT NULL RETURN t.survivor
} AS avoided
CALL (states) {
  UNWIND states AS s
  WITH s, s[0][-1] AS x, s[2][0] AS y
  MATCH (x)-[r/*< types *//*> types */]-(y)
  WHERE true /*< kept *//*> kept */
  WITH [s[0] + s[2], [r]] AS path LIMIT $limit
  RETURN collect(path) AS found
}
/*< longer */
CALL (states, found, avoided) {
  UNWIND CASE WHEN size(found) < $limit THEN states ELSE [] END AS s
  WITH s, s[0][-1] AS x, s[2][0] AS y
  WITH s, COUNT { (x)--() } <= COUNT { (y)--() } AS first, x, y
  WITH s, first, CASE WHEN first THEN x ELSE y END AS near
  MATCH (near)-[r/*< types *//*> types */]-(m)
  WHERE m:Entity AND NOT m IN s[0] AND NOT m IN s[2] AND NOT m.id IN avoided /*< entered *//*> entered */ /*< kept *//*> kept */
  WITH CASE WHEN first THEN [s[0] + m, s[1] + r, s[2], s[3]] ELSE [s[0], s[1], [m] + s[2], [r] + s[3]] END AS s
  WITH s, s[0][-1] AS x, s[2][0] AS y
  MATCH (x)-[r/*< types *//*> types */]-(y)
  WHERE true /*< kept *//*> kept */
  WITH [s[0] + s[2], s[1] + [r] + s[3]] AS path LIMIT $limit
  RETURN collect(path) AS more
}
CALL (states, found, more, avoided) {
  UNWIND CASE WHEN size(found) + size(more) < $limit THEN states ELSE [] END AS s
  WITH s, s[0][-1] AS x, s[2][0] AS y
  WITH s, COUNT { (x)--() } <= COUNT { (y)--() } AS first, x, y
  WITH s, first, CASE WHEN first THEN x ELSE y END AS near
  MATCH (near)-[r/*< types *//*> types */]-(m)
  WHERE m:Entity AND NOT m IN s[0] AND NOT m IN s[2] AND NOT m.id IN avoided /*< entered *//*> entered */ /*< kept *//*> kept */
  RETURN collect(CASE WHEN first THEN [s[0] + m, s[1] + r, s[2], s[3]] ELSE [s[0], s[1], [m] + s[2], [r] + s[3]] END) AS next
}
WITH a, b, next AS states, found + more AS found, avoided
/*> longer */
RETURN a.id AS start, b.id AS goal, COLLECT {
  UNWIND found AS path
  WITH path, [r IN path[1] | r.id] AS ids ORDER BY size(ids), ids LIMIT $limit
  RETURN path
} AS paths;
