:params {p2: 25, p3: 25, p4: "agreement:el-salvador-united-states"}
CYPHER 5 MATCH (n0:Agreement {id: $p4}) RETURN [n0.name, COLLECT { MATCH (n0)<-[r1:TERM_OF]-(n2) WITH r1, n2 ORDER BY r1.ordinal, r1.id LIMIT $p3 RETURN [[r1.ordinal, r1.status], [n2.name, COLLECT { MATCH (n2)-[r3:CARRIED_OUT_AT]->(n4) WHERE (n4:Prison) WITH r3, n4 ORDER BY r3.id LIMIT $p2 RETURN [[labels(n4), [n4.name]]] }]] }];
