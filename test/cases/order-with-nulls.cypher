:params {p1: 25}
CYPHER 5 CALL () { CALL (*) { MATCH (n0:Event) WHERE n0.startEarliest IS NOT NULL WITH n0 ORDER BY n0.startEarliest, n0.name, n0.id LIMIT $p1 RETURN n0 UNION ALL MATCH (n0:Event) WHERE n0.startEarliest IS NULL AND n0.name IS NOT NULL WITH n0 ORDER BY n0.name, n0.id LIMIT $p1 RETURN n0 } WITH n0 LIMIT $p1 RETURN n0 } WITH n0 ORDER BY n0.startEarliest, n0.name, n0.id LIMIT $p1 RETURN null AS head, [[n0.name, n0.start]] AS row;

:params {p1: 2}
CYPHER 5 CALL () { CALL (*) { MATCH (n0:Event) WHERE n0.startEarliest IS NOT NULL WITH n0 ORDER BY n0.startEarliest DESC, n0.name DESC, n0.id LIMIT $p1 RETURN n0 UNION ALL MATCH (n0:Event) WHERE n0.startEarliest IS NULL AND n0.name IS NOT NULL WITH n0 ORDER BY n0.name DESC, n0.id LIMIT $p1 RETURN n0 } WITH n0 LIMIT $p1 RETURN n0 } WITH n0 ORDER BY n0.startEarliest IS NULL, n0.startEarliest DESC, n0.name DESC, n0.id LIMIT $p1 RETURN null AS head, [[n0.name, n0.start]] AS row;
