import { totalmem } from 'node:os';
import { isCalendarVersion } from './versions.ts';

const MiB = 1024 * 1024;

/** How the memory of the machine is shared out, in MiB. */
export interface MemorySizes {
  readonly heap: number;
  readonly pageCache: number;
  /** What one transaction may take of the heap. */
  readonly transaction: number;
}

/** Bytes that this process may use: the machine's, or fewer where a control group (a container) limits it. */
export function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

/**
 * A quarter of the memory as heap, an eighth for pages of the store, within bounds that a laptop does not feel. A quarter
 * of the heap for one transaction: two that take all they may leave room for others, which Neo4j stops, whichever of them
 * asks next, once all together have seven tenths of the heap.
 */
export function memorySizes(bytes: number): MemorySizes {
  const between = (low: number, value: number, high: number) => Math.round(Math.min(high, Math.max(low, value)));
  const heap = between(384, bytes / 4 / MiB, 2048);
  return { heap, pageCache: between(64, bytes / 8 / MiB, 1024), transaction: between(128, heap / 4, 512) };
}

/**
 * Settings wherever this project runs Neo4j itself. Bolt only, and bounds on what one statement may take, since Neo4j
 * has none by default. Callers that need longer (imports, migrations) say so per transaction.
 */
export function neo4jSettings(version: string, sizes: MemorySizes): Readonly<Record<string, string>> {
  return {
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'dbms.usage_report.enabled': 'false',
    'server.memory.pagecache.size': `${sizes.pageCache}m`,
    'db.memory.transaction.max': `${sizes.transaction}m`,
    'db.transaction.timeout': '5m',
    'db.lock.acquisition.timeout': '15s',
    // The stores are closed by then; by default Neo4j goes on to wait 10 s for Bolt to stay quiet.
    ...(isCalendarVersion(version)
      ? {
          'internal.dbms.bolt.netty_server_shutdown_quiet_period_duration': '0s',
          // Broadcasts that would tell the network of this database. Not known to every version, hence not strict.
          'server.fleet_discovery.enabled': 'false',
          'dbms.fleet_manager.enabled': 'false',
          'server.config.strict_validation.enabled': 'false',
        }
      : { 'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0' }),
  };
}

/** neo4j.conf for a Neo4j on loopback, written anew on each start. */
export function neo4jConf(version: string, boltPort: number, sizes: MemorySizes): string {
  const settings = {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${boltPort}`,
    'server.bolt.advertised_address': `127.0.0.1:${boltPort}`,
    ...neo4jSettings(version, sizes),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return `# Written on each start; changes made here are lost.\n${lines.join('')}`;
}

/** The same settings as the official image reads them: a dot is one underscore, an underscore two. */
export function neo4jContainerEnv(version: string, sizes: MemorySizes): Record<string, string> {
  const settings = { 'server.memory.heap.max_size': `${sizes.heap}m`, ...neo4jSettings(version, sizes) };
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      `NEO4J_${name.replaceAll('_', '__').replaceAll('.', '_')}`,
      value,
    ]),
  );
}

/** Options for the JVM. The heap belongs here: neo4j.conf's is read by Neo4j's own scripts only. */
export function javaOptions(javaVersion: string, sizes: MemorySizes): string[] {
  return [
    `-Xms${Math.min(256, sizes.heap)}m`,
    `-Xmx${sizes.heap}m`,
    // A database that is out of memory is better gone than half alive.
    '-XX:+ExitOnOutOfMemoryError',
    '-Dfile.encoding=UTF-8',
    ...['java.nio', 'java.io', 'sun.nio.ch'].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    // What Neo4j does anyway, without the warnings of newer Javas in its log.
    ...(Number.parseInt(javaVersion, 10) >= 24
      ? ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow']
      : []),
  ];
}

/** The class that `java` is given. */
export function mainClass(version: string): string {
  return isCalendarVersion(version) ? 'org.neo4j.server.Neo4jCommunity' : 'org.neo4j.server.CommunityEntryPoint';
}
