:params {p2: 25}
CYPHER 5 MATCH (n0:Actor) WHERE (NOT (n0:Person) AND EXISTS { MATCH (n0)-[r2:STANCE_ON]->(n3) }) WITH n0, COUNT { (n0)-[:STANCE_ON]->() } AS k4 WITH n0, k4 ORDER BY k4 DESC, n0.name, n0.id LIMIT $p2 RETURN null AS head, [[labels(n0), [n0.name, [[], COUNT { (n0)-[:STANCE_ON]->() }]]]] AS row;
