// What is dated about some entities: their own dates, and those of their relationships. A relationship between two of the
// entities comes once, at the one where it starts. What happens or holds and of which no day is known comes without a date.
// :param about => ['agreement:el-salvador-united-states', 'policy:state-of-emergency']
// :param from => null
// :param to => null
UNWIND $about AS id
OPTIONAL MATCH (gone:Removed {id: id})
MATCH (n:Entity {id: coalesce(gone.survivor, id)})
WITH collect(DISTINCT n) AS entities
UNWIND entities AS entity
CALL (entity, entities) {
  UNWIND /*< fields */['birthDate', 'foundedOn', 'signedOn', 'adoptedOn', 'inForceFrom', 'start', 'publishedAt']/*> fields */ AS field
  WITH field, toString(entity[field]) AS date, coalesce(entity[field + 'Earliest'], entity[field]) AS earliest, coalesce(entity[field + 'Latest'], entity[field]) AS latest
  WHERE date IS NOT NULL
  RETURN null AS r, field, date, earliest, latest
  UNION ALL
  MATCH (entity)-[r/*< types *//*> types */]-()
  WHERE (startNode(r) = entity OR NOT startNode(r) IN entities)/*< kept *//*> kept */
  WITH r, /*< dates */[['validFrom', 'validFrom'], ['validTo', 'validTo']]/*> dates */ AS dates
  WITH r, [each IN dates WHERE r[each[1]] IS NOT NULL] AS known, /*< undated */dates[0][0]/*> undated */ AS beginning
  UNWIND CASE WHEN size(known) > 0 THEN known WHEN beginning IS NULL THEN [] ELSE [[beginning, null]] END AS each
  WITH r, each[0] AS field, each[1] AS stored
  RETURN r, field, toString(r[stored]) AS date, coalesce(r[stored + 'Earliest'], r[stored]) AS earliest, coalesce(r[stored + 'Latest'], r[stored]) AS latest
}
WITH entity, r, field, date, earliest, latest
WHERE ($from IS NULL OR latest IS NULL OR latest >= date($from)) AND ($to IS NULL OR earliest IS NULL OR earliest <= date($to))
RETURN entity, r, field, date, earliest;
