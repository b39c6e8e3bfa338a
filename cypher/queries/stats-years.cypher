// How many entities of a type began in each year.
MATCH (n:/*< type */Person/*> type */)
WHERE n./*< date */birthDateEarliest/*> date */ IS NOT NULL/*< matching *//*> matching */
RETURN n./*< date */birthDateEarliest/*> date */.year AS year, count(*) AS entities;
