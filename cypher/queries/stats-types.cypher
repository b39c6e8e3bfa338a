// How many entities of each type there are.
MATCH (n:Entity)
WHERE true/*< matching *//*> matching */
RETURN labels(n) AS labels, count(*) AS entities;
