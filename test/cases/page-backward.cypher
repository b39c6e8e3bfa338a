:params {p1: 3}
CYPHER 5 RETURN [false] AS head, null AS row UNION ALL MATCH (n0:Person) WHERE n0.name IS NOT NULL WITH n0 ORDER BY n0.name, n0.id DESC LIMIT $p1 RETURN null AS head, [[n0.name]] AS row;
