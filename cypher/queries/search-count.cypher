// How many things a search finds, by their labels: no property of them is read.
// :param exactly => '+(searchNames:bukele^4 searchNames:bukele*^2 searchText:bukele)'
// :param oneTypo => 'searchType:0'
// :param twoTypos => 'searchType:0'
CALL () {
  CALL db.index.fulltext.queryNodes('entity_search', $exactly) YIELD node RETURN node AS n
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_search', $oneTypo) YIELD node RETURN node AS n
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_search', $twoTypos) YIELD node RETURN node AS n
}
RETURN n;
