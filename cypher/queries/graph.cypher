// The induced sub-graph: some entities, in the order in which they are asked for, and every relationship among them.
// Relationships are found from the end that has few; between two ends that have many, by looking from one to the other.
// :param ids => ['person:marco-rubio', 'government:united-states']
/*< entities */
UNWIND $ids AS id
OPTIONAL MATCH (gone:Removed {id: id})
MATCH (n:Entity {id: coalesce(gone.survivor, id)})
WITH collect(DISTINCT n) AS nodes
/*> entities */
WITH nodes, [n IN nodes WHERE COUNT { (n)--() } > 1000] AS hubs
RETURN nodes AS entities, COLLECT {
  CALL (nodes, hubs) {
    UNWIND [n IN nodes WHERE NOT n IN hubs] AS a
    MATCH (a)-[r/*< types *//*> types */]-(b)
    WHERE b IN nodes /*< kept *//*> kept */
    RETURN r
    UNION
    UNWIND hubs AS a
    UNWIND hubs AS b
    MATCH (a)-[r/*< types *//*> types */]->(b)
    WHERE true /*< kept *//*> kept */
    RETURN r
  }
  WITH r ORDER BY r.id
  RETURN r
} AS edges;
