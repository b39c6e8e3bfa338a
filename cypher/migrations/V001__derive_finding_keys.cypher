// Asks for the keys by which entities are found (searchNames, searchWhole, searchText, searchType) to be derived for every
// entity that is there already. Cypher cannot spell other scripts in Latin letters; the program does it after the
// migrations, in batches, and sets `done`. A later change of how things are spelled asks again in the same way.
MERGE (d:ConcordatDerivation {name: 'finding keys'}) SET d.done = false, d.upTo = null;
