// How many entities have how many relationships. It looks at every one of them.
MATCH (n:Entity)
WHERE true/*< matching *//*> matching */
CALL (n) {
  MATCH (n)-[r/*< types *//*> types */]-()
  WHERE true/*< kept *//*> kept */
  RETURN count(r) AS degree
}
RETURN degree, count(*) AS entities
ORDER BY degree;
