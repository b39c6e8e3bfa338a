// What is found by words, each thing once with how well it fits, from 0 to 1: what matches to the letter, what takes a
// typo in a word of four letters or more, what takes two in one of eight. The best 5,000 by the index's own order are ranked.
// Names are in the index in words of Latin letters (see docs/searching.md), whatever they are written in.
// :param exactly => '+(searchNames:bukele^4 searchNames:bukele*^2 searchText:bukele) searchWhole:bukele^1000'
// :param oneTypo => '+(searchNames:bukele searchNames:bukele~1) -(searchNames:bukele searchNames:bukele*)'
// :param twoTypos => 'searchType:0'
// :param name => 'bukele'
// :param keys => ['bukele']
// :param words => [['bukele']]
// :param length => 6
CALL () {
  CALL db.index.fulltext.queryNodes('entity_search', $exactly/*< first *//*> first */) YIELD node
  RETURN node AS n, 0 AS typos
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_search', $oneTypo/*< first *//*> first */) YIELD node
  RETURN node AS n, 1 AS typos
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_search', $twoTypos/*< first *//*> first */) YIELD node
  RETURN node AS n, 2 AS typos
}
WITH n, typos /*< most */LIMIT 5000/*> most */
WITH n, typos,
  reduce(best = 0.0, fit IN [k IN n.searchNames |
    CASE
      WHEN k IN $keys THEN 0.81
      WHEN any(key IN $keys WHERE k STARTS WITH key) THEN 0.8
      WHEN any(each IN $words WHERE all(w IN each WHERE (' ' + k + ' ') CONTAINS (' ' + w + ' '))) THEN 0.7
      WHEN any(each IN $words WHERE all(w IN each WHERE (' ' + k) CONTAINS (' ' + w))) THEN 0.6
      ELSE -1.0
    END + 0.09 * CASE WHEN $length < size(k) THEN 1.0 * $length / size(k) ELSE 1.0 END
  ] | CASE WHEN fit > best THEN fit ELSE best END) AS likeness
RETURN n,
  CASE
    WHEN n.nameKey = $name THEN 1.0
    WHEN $name IN n.aliasKeys THEN 0.95
    WHEN likeness > 0 THEN likeness
    ELSE [0.4, 0.2, 0.1][typos]
      + 0.05 * size([w IN $words[0] WHERE any(k IN n.searchNames WHERE (' ' + k) CONTAINS (' ' + w))]) / size($words[0])
      + 0.04 / (1 + reduce(least = 1000, k IN n.searchNames | CASE WHEN abs(size(k) - $length) < least THEN abs(size(k) - $length) ELSE least END))
  END AS score;
