:params {p1: "ANALYST", p2: true, p3: 25}
CYPHER 5 MATCH (c:Claim) WHERE c.retractedAt IS NULL AND c.rank <> 'DEPRECATED' AND (NOT coalesce((c.attribution = $p1), false) AND c.hedged = $p2) AND c.id IS NOT NULL WITH c ORDER BY c.id LIMIT $p3 RETURN null AS head, [[c.text, c.commitment, head(COLLECT { MATCH (c)-[:SPEAKER]->(n1) RETURN [labels(n1), [n1.name]] })]] AS row;
