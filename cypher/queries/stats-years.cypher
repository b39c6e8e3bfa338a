// How many entities of a type began in each year.
MATCH (n:/*< type */Person/*> */)
WHERE n./*< date */birthDateEarliest/*> */ IS NOT NULL/*< matching *//*> */
RETURN n./*< date */birthDateEarliest/*> */.year AS year, count(*) AS entities;
