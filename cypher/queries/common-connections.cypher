// What several entities share: everything that at least so many of them are tied to. Posts are seen through: whoever holds
// one is tied to the body that it belongs to. Whatever m of n entities are tied to is tied to one of the n - m + 1 that have
// the fewest ties. So only those are followed, and what they lead to is looked for from the others, which may be hubs.
// :param ids => ['person:marco-rubio', 'person:nayib-bukele']
// :param minShared => 2
// :param first => 25
UNWIND $ids AS id
OPTIONAL MATCH (gone:Removed {id: id})
MATCH (n:Entity {id: coalesce(gone.survivor, id)})
WITH collect(DISTINCT n) AS given
CALL (given) {
  UNWIND given AS n
  WITH n, COLLECT { MATCH (n)<-[:POSITION_IN]-(post) RETURN COUNT { (post)<-[:HOLDS_POSITION]-() } } AS holders
  WITH n, reduce(ties = COUNT { (n)--() }, each IN holders | ties + each) AS ties
  ORDER BY ties, n.id
  RETURN collect(n) AS sorted
}
WITH given, sorted, size(sorted) - $minShared + 1 AS few
WITH given, CASE WHEN few < 1 THEN [] ELSE sorted[..few] END AS near, CASE WHEN few < 1 THEN [] ELSE sorted[few..] END AS far
UNWIND near AS n
CALL (n) {
  MATCH (n)-[r/*< types *//*> types */]-(x)
  WHERE x <> n/*< kept *//*> kept */
  RETURN x
  UNION
  MATCH (n)-[h:HOLDS_POSITION]->(post)-[i:POSITION_IN]->(x)
  WHERE /*< seenThrough */true/*> seenThrough */
  RETURN x
  UNION
  MATCH (n)<-[i:POSITION_IN]-(post)<-[h:HOLDS_POSITION]-(x)
  WHERE /*< seenThrough */true/*> seenThrough */
  RETURN x
}
WITH x, given, far, collect(n) AS tied
WHERE /*< allowed */NOT x:Source/*> allowed */
WITH x, given, tied + [n IN far WHERE n <> x AND (
  EXISTS { (n)-[r/*< types *//*> types */]-(x) WHERE true/*< kept *//*> kept */ }
  OR EXISTS { (n)-[h:HOLDS_POSITION]->(post) WHERE EXISTS { (post)-[i:POSITION_IN]->(x) WHERE /*< seenThrough */true/*> seenThrough */ } }
  OR EXISTS { (x)-[h:HOLDS_POSITION]->(post) WHERE EXISTS { (post)-[i:POSITION_IN]->(n) WHERE /*< seenThrough */true/*> seenThrough */ } }
)] AS tied
WHERE size(tied) >= $minShared
WITH x AS entity, [n IN given WHERE n IN tied] AS connectedTo, COUNT { (x)--() } AS degree
ORDER BY size(connectedTo) DESC, degree, entity.id
LIMIT $first
RETURN entity, connectedTo, degree, COLLECT {
  UNWIND CASE WHEN /*< listed */true/*> listed */ THEN connectedTo ELSE [] END AS n
  CALL (n, entity) {
    MATCH (n)-[r/*< types *//*> types */]-(entity)
    WHERE true/*< kept *//*> kept */
    RETURN r
    UNION
    MATCH (n)-[h:HOLDS_POSITION]->(post)
    CALL (post, h, entity) {
      MATCH (post)-[i:POSITION_IN]->(body)
      WHERE body = entity AND /*< seenThrough */true/*> seenThrough */
      RETURN i
    }
    UNWIND [h, i] AS r
    RETURN r
    UNION
    MATCH (entity)-[h:HOLDS_POSITION]->(post)
    CALL (post, h, n) {
      MATCH (post)-[i:POSITION_IN]->(body)
      WHERE body = n AND /*< seenThrough */true/*> seenThrough */
      RETURN i
    }
    UNWIND [h, i] AS r
    RETURN r
  }
  WITH DISTINCT r ORDER BY r.id
  RETURN r
} AS relationships;
