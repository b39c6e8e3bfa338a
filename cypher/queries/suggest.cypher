// What begins like this, by any word of any of its names: those whose whole name begins so first, then those that much
// leads to, then the shorter. Of the 2,000 that the index finds first.
// :param query => '+searchNames:buk* searchWhole:buk^100 searchWhole:buk*^10'
// :param key => 'buk'
// :param first => 10
CALL db.index.fulltext.queryNodes('entity_search', $query, {limit: 2000}) YIELD node AS n
WITH n, COUNT { (n)--() } AS degree,
  reduce(best = 0.0, fit IN [k IN n.searchNames WHERE (' ' + k) CONTAINS (' ' + $key) |
    CASE WHEN k = $key THEN 0.6 WHEN k STARTS WITH $key THEN 0.4 ELSE 0.2 END + 0.1 * size($key) / size(k)
  ] | CASE WHEN fit > best THEN fit ELSE best END) AS likeness
WITH n, likeness + 0.3 * degree / (degree + 20.0) AS score
ORDER BY score DESC, n.id LIMIT $first
RETURN n, score;
