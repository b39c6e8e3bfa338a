:params {p1: 3, p2: "source:agreement-article"}
CYPHER 5 MATCH (n0:Source {id: $p2}) RETURN [n0.name, n0.kind, n0.publishedAt, [COLLECT { MATCH (n0)-[r1:MENTIONS]->(n2) WITH r1, n2 ORDER BY n2.name, r1.id LIMIT $p1 RETURN [[labels(n2), [n2.name, labels(n2)]]] }, COUNT { (n0)-[:MENTIONS]->() }]];
