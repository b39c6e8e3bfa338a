// How many relationships of each type some entities have; one between two of them counts once.
MATCH (n:Entity)
WHERE true/*< matching *//*> matching */
MATCH (n)-[r/*< types *//*> types */]-()
WHERE true/*< kept *//*> kept */
WITH DISTINCT r
RETURN type(r) AS type, count(*) AS relationships;
