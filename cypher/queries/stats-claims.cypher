// How many claims are about some entities, and how many sources state them.
MATCH (n:Entity)
WHERE true/*< matching *//*> matching */
MATCH (n)<-[:SUBJECT|OBJECT]-(claim:Claim)
WITH DISTINCT claim
OPTIONAL MATCH (claim)-[:STATED_IN]->(source:Source)
RETURN count(DISTINCT claim) AS claims, count(DISTINCT source) AS sources;
