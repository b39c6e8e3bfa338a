:params {p1: 25}
CYPHER 5 MATCH (c:Claim) WHERE c.retractedAt IS NULL AND c.rank <> 'DEPRECATED' AND EXISTS { MATCH (c)-[:QUALIFIES]->(c1) WHERE c1.retractedAt IS NULL } AND c.id IS NOT NULL WITH c ORDER BY c.id LIMIT $p1 RETURN null AS head, [[c.id, c.text, COLLECT { MATCH (c)-[:QUALIFIES]->(c2:Claim) WHERE c2.retractedAt IS NULL WITH c2 ORDER BY c2.id RETURN [c2.id] }]] AS row;
