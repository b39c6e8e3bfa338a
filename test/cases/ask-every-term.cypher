CYPHER 5 RETURN [COUNT { MATCH (n0:Agreement) WHERE NOT EXISTS { MATCH (n0)<-[r1:TERM_OF]-(n2) WHERE NOT coalesce((EXISTS { MATCH (n2)-[r3:COVERS]->(n4) }), false) } AND n0.id IS NOT NULL }] AS head, null AS row;

:params {p1: 25}
CYPHER 5 MATCH (n0:AgreementTerm) WHERE NOT EXISTS { MATCH (n0)-[r1:COVERS]->(n2) } AND n0.id IS NOT NULL WITH n0 ORDER BY n0.id LIMIT $p1 RETURN null AS head, [[n0.name]] AS row;
