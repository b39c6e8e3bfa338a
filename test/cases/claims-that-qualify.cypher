:params {p1: 25}
CYPHER 5 MATCH (c:Claim) WHERE c.retractedAt IS NULL AND c.rank <> 'DEPRECATED' AND EXISTS { (c)-[:QUALIFIES]->() } WITH c ORDER BY c.id LIMIT $p1 RETURN null AS head, [[c.id, c.text, COLLECT { MATCH (c)-[:QUALIFIES]->(c0:Claim) WHERE c0.retractedAt IS NULL WITH c0 ORDER BY c0.id RETURN [c0.id] }]] AS row;
