/** Where a database can come from: the end of every message that says there is none. */
export const waysOut = `Ways out:
  - set NEO4J_URI (with NEO4J_USERNAME and NEO4J_PASSWORD) to a Neo4j that runs;
  - install a JDK 17 or newer (21 for Neo4j 2025 and later) and Maven, or set NEO4J_HOME to an installed Neo4j;
  - start a Docker engine;
  - run \`docker compose up\`, which starts the database and the API as containers.`;
