:params {p0: "claim:f1"}
CYPHER 5 MATCH (c:Claim {id: $p0}) RETURN [c.text, c.commitment, head(COLLECT { MATCH (c)-[:SPEAKER]->(n0) RETURN [labels(n0), [n0.name]] }), COLLECT { MATCH (c)<-[:QUALIFIES]-(c1:Claim) WHERE c1.retractedAt IS NULL WITH c1 ORDER BY c1.id RETURN [c1.id, c1.text, c1.commitment] }];
