:params {p1: 2, p2: "OFFERED", p4: 25}
CYPHER 5 MATCH (n0:Agreement) WHERE (COUNT { (n0)<-[:PARTY_TO]-() } >= $p1 AND EXISTS { MATCH (n0)<-[r3:TERM_OF]-(n4) WHERE r3.status = $p2 }) AND n0.id IS NOT NULL WITH n0 ORDER BY n0.id LIMIT $p4 RETURN null AS head, [[n0.name, [[], COUNT { (n0)<-[:PARTY_TO]-() }]]] AS row;
