// How many entities belong to each country: by citizenship, place, government, validity or activity.
MATCH (country:Country)<-[r:CITIZEN_OF|LOCATED_IN|GOVERNS|APPLIES_IN|OPERATES_IN|PART_OF]-(n)
WHERE true/*< kept *//*> kept *//*< matching *//*> matching */
WITH country, count(DISTINCT n) AS entities
RETURN country, entities
ORDER BY entities DESC, country.id;
