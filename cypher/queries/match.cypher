// For each candidate, what it may be: whatever has one of its external ids, and the twenty that its names find first.
// A candidate is [the query for its names, its external ids as SCHEME:value, the label that it must have or null].
// :param candidates => [['searchNames:bukele', ['WIKIDATA:Q2071797'], 'Person']]
UNWIND range(0, size($candidates) - 1) AS nth
WITH nth, $candidates[nth] AS candidate
RETURN nth, COLLECT {
  CALL (candidate) {
    UNWIND candidate[1] AS key
    MATCH (:ExternalId {key: key})<-[:IDENTIFIED_BY]-(n:Entity)
    WHERE candidate[2] IS NULL OR candidate[2] IN labels(n)
    RETURN n
    UNION
    CALL db.index.fulltext.queryNodes('entity_search', candidate[0], {limit: 20}) YIELD node AS n
    RETURN n
  }
  RETURN n
} AS found;
