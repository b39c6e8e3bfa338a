:params {p1: 25}
CYPHER 5 MATCH (c:Claim) WHERE c.retractedAt IS NULL AND c.rank <> 'DEPRECATED' AND EXISTS { MATCH (c)-[:QUALIFIES]->(c0) WHERE c0.retractedAt IS NULL } WITH c ORDER BY c.id LIMIT $p1 RETURN null AS head, [[c.id, c.text, COLLECT { MATCH (c)-[:QUALIFIES]->(c1:Claim) WHERE c1.retractedAt IS NULL WITH c1 ORDER BY c1.id RETURN [c1.id] }]] AS row;
