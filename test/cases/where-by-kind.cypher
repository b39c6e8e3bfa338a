:params {p1: "name:(+\"bukele\" +\"NAYIB\")", p2: 25}
CYPHER 5 CALL () { CALL db.index.fulltext.queryNodes('entity_text', $p1) YIELD node RETURN collect(node) AS t1 } MATCH (n0:Person) WHERE n0 IN t1 AND n0.id IS NOT NULL WITH n0, t1 ORDER BY n0.id LIMIT $p2 RETURN null AS head, [[n0.name]] AS row;

:params {p1: "Security", p2: "FMLN", p3: 25}
CYPHER 5 MATCH (n0:Organization) WHERE (n0.name STARTS WITH $p1 OR $p2 IN coalesce(n0.aliases, [])) AND n0.id IS NOT NULL WITH n0 ORDER BY n0.id LIMIT $p3 RETURN null AS head, [[labels(n0), [n0.name]]] AS row;

:params {p1: "Aragua", p2: 25}
CYPHER 5 MATCH (n0:Gang) WHERE NOT coalesce((n0.name CONTAINS $p1), false) AND n0.id IS NOT NULL WITH n0 ORDER BY n0.id LIMIT $p2 RETURN null AS head, [[n0.name]] AS row;

:params {p1: "2025-01-01", p2: "2025-12-31", p3: 25}
CYPHER 5 MATCH (n0:Event) WHERE (n0.startEarliest >= date($p1) AND n0.startLatest <= date($p2)) AND n0.id IS NOT NULL WITH n0 ORDER BY n0.id LIMIT $p3 RETURN null AS head, [[n0.name]] AS row;

CYPHER 5 RETURN [COUNT { MATCH (n0:Event) WHERE n0.start IS NULL AND n0.id IS NOT NULL }] AS head, null AS row;

:params {p1: 25}
CYPHER 5 MATCH (n0:Entity) WHERE (n0:Prison OR n0:LegalNorm) AND n0.id IS NOT NULL WITH n0 ORDER BY n0.id LIMIT $p1 RETURN null AS head, [[labels(n0), [n0.name]]] AS row;
