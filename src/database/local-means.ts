import type { DatabaseConfig } from './database.ts';
import { explainJava, findJava, type JavaRuntime, minimumJava } from './java-runtime.ts';
import { cachedJars, findMaven, installedJars, type Neo4jJars } from './neo4j-jars.ts';

/** All that running Neo4j as a child process takes; the jars perhaps still to be resolved. */
export interface LocalMeans {
  readonly java: JavaRuntime;
  readonly version: string;
  readonly jars: Neo4jJars | { readonly maven: string };
}

/**
 * What this machine has for running Neo4j locally, or else sentences that say what is missing.
 * @throws StartError when `NEO4J_HOME` names no Neo4j.
 */
export function localMeans(
  config: DatabaseConfig,
  env: Readonly<Record<string, string | undefined>>,
): LocalMeans | { readonly missing: readonly string[] } {
  const installed = config.NEO4J_HOME === undefined ? undefined : installedJars(config.NEO4J_HOME);
  const version = installed?.version ?? config.NEO4J_VERSION;
  const jars = installed ?? cachedJars(config.folders.cache, version);
  const maven = findMaven(env);
  const search = findJava(minimumJava(version), env);
  if (search.java !== undefined) {
    if (jars !== undefined) return { java: search.java, version, jars };
    if (maven !== undefined) return { java: search.java, version, jars: { maven } };
  }
  const missing: string[] = [];
  if (search.java === undefined)
    missing.push(`Neo4j ${version} needs a JDK ${search.minimum} or newer. ${explainJava(search)}`);
  if (jars === undefined && maven === undefined)
    missing.push(`Neo4j ${version} is not in the cache, and no Maven (mvn) was found on PATH.`);
  return { missing };
}
