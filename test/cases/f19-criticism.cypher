:params {p1: "source:agreement-article", p3: 25, p4: 25}
CYPHER 5 MATCH (n0:UnnamedActor) WHERE n0.source = $p1 AND n0.name IS NOT NULL WITH n0 ORDER BY n0.name, n0.id LIMIT $p4 RETURN null AS head, [[n0.name, n0.number, COLLECT { MATCH (n0)-[r1:SPOKE_OF]->(n2) WITH r1, n2 ORDER BY n2.name, r1.id LIMIT $p3 RETURN [[labels(n2), [n2.name]], [r1.act]] }]] AS row;
