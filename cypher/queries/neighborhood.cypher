// What lies around some entities, step by step: of each entity at the rim, so many relationships are followed, in the
// order of their ids. Of an entity with very many, any are, so that it costs no more than others.
// :param ids => ['agreement:el-salvador-united-states']
// :param perNode => 25
// :param limit => 500
UNWIND $ids AS id
OPTIONAL MATCH (gone:Removed {id: id})
MATCH (n:Entity {id: coalesce(gone.survivor, id)})
WITH collect(DISTINCT n) AS found
WITH found[..$limit] AS nodes, found[..$limit] AS rim, size(found) > $limit AS full, 0 AS cut
/*< step */
CALL (nodes, rim) {
  UNWIND rim AS n
  WITH n, COUNT { (n)--() } > 1000 AS isHub
  CALL (n, isHub) {
    CALL (n, isHub) {
      WITH isHub = false AS goes WHERE goes
      MATCH (n)-[r/*< types *//*> types */]-(m)
      WHERE m:Entity /*< kept *//*> kept */
      RETURN m ORDER BY r.id LIMIT $perNode + 1
      UNION ALL
      WITH isHub = true AS goes WHERE goes
      MATCH (n)-[r/*< types *//*> types */]-(m)
      WHERE m:Entity /*< kept *//*> kept */
      RETURN m LIMIT $perNode + 1
    }
    RETURN collect(m) AS far
  }
  WITH collect(far) AS fars
  RETURN size([far IN fars WHERE size(far) > $perNode]) AS more, COLLECT {
    UNWIND fars AS far
    UNWIND far[..$perNode] AS m
    WITH DISTINCT m
    WHERE NOT m IN nodes
    WITH m LIMIT $limit + 1
    RETURN m ORDER BY m.id
  } AS next
}
WITH (nodes + next)[..$limit] AS nodes, next[..($limit - size(nodes))] AS rim,
  full OR size(nodes) + size(next) > $limit AS full, cut + more AS cut
/*> step */
RETURN nodes, full, cut;
