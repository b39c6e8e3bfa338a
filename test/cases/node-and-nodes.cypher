:params {p0: "claim:f10"}
CYPHER 5 CALL () { MATCH (c0:Claim {id: $p0}) RETURN c0 UNION ALL MATCH (gone:Removed {id: $p0}) MATCH (c0:Claim {id: gone.survivor}) RETURN c0 } WITH c0 LIMIT 1 RETURN [c0.id, c0.commitment, c0.text, COLLECT { MATCH (c0)-[:QUALIFIES]->(c1:Claim) WHERE c1.retractedAt IS NULL WITH c1 ORDER BY c1.id RETURN [c1.id] }];

:params {p1: ["agreement:el-salvador-united-states"], p2: ["claim:f3"], p3: ["person:marco-rubio", "person:nobody"]}
CYPHER 5 UNWIND $p1 AS id OPTIONAL MATCH (gone:Removed {id: id}) MATCH (n0:Agreement {id: coalesce(gone.survivor, id)}) RETURN 'Agreement' AS kind, id AS id, [n0.id, n0.name] AS row UNION ALL UNWIND $p2 AS id OPTIONAL MATCH (gone:Removed {id: id}) MATCH (c1:Claim {id: coalesce(gone.survivor, id)}) RETURN 'Claim' AS kind, id AS id, [c1.id] AS row UNION ALL UNWIND $p3 AS id OPTIONAL MATCH (gone:Removed {id: id}) MATCH (n2:Person {id: coalesce(gone.survivor, id)}) RETURN 'Person' AS kind, id AS id, [n2.id, n2.name] AS row;
