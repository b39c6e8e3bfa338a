// What begins like this, by any word of any of its names: of the 1,000 that the index finds first, by whether a whole name is
// or begins so, how much leads there, and how short the name is. Whole names are told by the index's own score, in which
// each word begun counts 1, a name that begins so 10, one that is so far more: reading their keys would take the longest.
// :param query => '+searchNames:buk* searchWhole:buk^100 searchWhole:buk*^10'
// :param words => 1
// :param length => 3
// :param first => 10
CALL db.index.fulltext.queryNodes('entity_search', $query, {limit: 1000}) YIELD node AS n, score AS found
WITH n, found, COUNT { (n)--() } AS degree
WITH n,
  CASE WHEN found > $words + 10.5 THEN 0.6 WHEN found > $words + 9.5 THEN 0.4 ELSE 0.2 END
  + 0.25 * CASE WHEN $length < size(n.name) THEN 10.0 / (10 + size(n.name) - $length) ELSE 1.0 END
  + 0.15 * degree / (degree + 20.0) AS score
ORDER BY score DESC, n.id LIMIT $first
RETURN n, score;
