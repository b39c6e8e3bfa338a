// What a query in Lucene's own syntax finds among names, aliases, descriptions and texts, with Lucene's score.
// :param query => 'name:bukele~1 AND NOT description:"prime minister"'
// :param labels => []
CALL db.index.fulltext.queryNodes('entity_text', $query) YIELD node AS n, score
WHERE size($labels) = 0 OR any(label IN labels(n) WHERE label IN $labels)
RETURN n, score /*< most */LIMIT 5000/*> most */;
