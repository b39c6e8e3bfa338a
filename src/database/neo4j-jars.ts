import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import { tryLock } from './lock.ts';
import { withProgress } from './progress.ts';
import { findOnPath, isProgram, runCommand } from './run-command.ts';

/** The jars of one Neo4j. */
export interface Neo4jJars {
  readonly lib: string;
  readonly version: string;
}

export interface ResolveOptions {
  readonly cache: string;
  readonly version: string;
  /** Path of `mvn`. */
  readonly maven: string;
  readonly javaHome: string;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The jars of a version, if they were resolved before. */
export function cachedJars(cache: string, version: string): Neo4jJars | undefined {
  const lib = join(cache, `neo4j-${version}`, 'lib');
  return existsSync(lib) ? { lib, version } : undefined;
}

/**
 * The jars of an installed Neo4j, such as one unpacked from its archive.
 * @throws StartError when the folder holds none.
 */
export function installedJars(home: string): Neo4jJars {
  const lib = join(home, 'lib');
  const jar = existsSync(lib) ? readdirSync(lib).find((file) => /^neo4j-\d[\d.]*\.jar$/.test(file)) : undefined;
  if (jar === undefined) {
    throw new StartError(
      `NEO4J_HOME=${home} is no installed Neo4j: it has no lib/neo4j-<version>.jar.\n` +
        'Ways out: name the folder that holds bin and lib of a Neo4j, or unset NEO4J_HOME to have one resolved with Maven.',
    );
  }
  return { lib, version: jar.slice('neo4j-'.length, -'.jar'.length) };
}

/** The program `mvn`, in `MAVEN_HOME` or on `PATH`. */
export function findMaven(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env['MAVEN_HOME'] ? join(env['MAVEN_HOME'], 'bin', 'mvn') : undefined;
  return named !== undefined && isProgram(named) ? named : findOnPath('mvn', env);
}

/**
 * Resolves the jars of Neo4j Community with Maven into `<cache>/neo4j-<version>/lib`, once.
 *
 * Maven fills a folder of another name, which gets its real name when all is there: a folder of that name is complete,
 * whatever happened. Processes that want the same version wait for the first; leftovers of dead ones are removed.
 * @throws StartError with what Maven said, when it fails.
 */
export async function resolveJars(options: ResolveOptions): Promise<Neo4jJars> {
  const { cache, version, say, signal } = options;
  mkdirSync(cache, { recursive: true });
  for (let waiting = false; ; waiting = true) {
    const ready = cachedJars(cache, version);
    if (ready !== undefined) return ready;
    const lock = tryLock(cache, `neo4j-${version}.lock`);
    if (lock.taken) {
      try {
        return cachedJars(cache, version) ?? (await resolveWithMaven(options));
      } finally {
        lock.release();
      }
    }
    if (!waiting) say(`Waiting for process ${lock.holder.pid}, which resolves Neo4j ${version}.`);
    await sleep(200, undefined, { signal });
  }
}

async function resolveWithMaven(options: ResolveOptions): Promise<Neo4jJars> {
  const { cache, version, say } = options;
  const prefix = `neo4j-${version}.resolving-`;
  for (const leftover of readdirSync(cache).filter((name) => name.startsWith(prefix))) discard(join(cache, leftover));

  say(`Resolving Neo4j ${version} with Maven into ${join(cache, `neo4j-${version}`)}; only once, up to 160 MB.`);
  const draft = join(cache, `${prefix}${randomBytes(4).toString('hex')}`);
  mkdirSync(join(draft, 'lib'), { recursive: true });
  writeFileSync(join(draft, 'pom.xml'), pom(version));
  let downloaded = 0;
  let copied = 0;
  try {
    const { code, lines } = await withProgress(
      say,
      (seconds) => `  ${copied > 0 ? `${copied} jars in place` : `${downloaded} files downloaded`}, ${seconds} s`,
      2_000,
      () =>
        runCommand(
          options.maven,
          [
            // Without --no-transfer-progress: its "Downloaded" lines are what the progress is counted from.
            ...['--batch-mode', '--file', join(draft, 'pom.xml'), 'dependency:copy-dependencies'],
            ...['-DincludeScope=runtime', `-DoutputDirectory=${join(draft, 'lib')}`],
          ],
          {
            env: { ...options.env, JAVA_HOME: options.javaHome },
            signal: options.signal,
            onLine: (line) => {
              if (line.includes('Downloaded from ')) downloaded++;
              else if (/Copying .*\.jar\b/.test(line)) copied++;
            },
          },
        ),
    );
    const jars = readdirSync(join(draft, 'lib'));
    if (code !== 0 || !jars.includes(`neo4j-${version}.jar`)) throw mavenFailed(version, lines);
    renameSync(draft, join(cache, `neo4j-${version}`));
    say(`  ${jars.length} jars resolved.`);
    return { lib: join(cache, `neo4j-${version}`, 'lib'), version };
  } finally {
    discard(draft);
  }
}

/** A Maven whose parent was killed may still write here for a moment; what it leaves goes the next time. */
function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Next time.
  }
}

/**
 * Text here rather than a file in the repository, since the version is a setting. The plug-in is pinned, too: Maven
 * would take another one with each of its own versions.
 */
function pom(version: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>concordat-neo4j</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${version}</version></dependency>
  </dependencies>
  <build><pluginManagement><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version>
  </plugin></plugins></pluginManagement></build>
</project>
`;
}

function mavenFailed(version: string, lines: readonly string[]): StartError {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Maven colours its lines.
  const plain = lines.map((line) => line.replace(/\u001b\[[\d;]*m/g, ''));
  const errors = plain.filter((line) => line.startsWith('[ERROR]') && line.length > '[ERROR] '.length);
  const unknown = errors.some((line) => line.includes(`org.neo4j:neo4j:jar:${version}`) && /find artifact/.test(line));
  return new StartError(
    [
      `Maven could not resolve Neo4j ${version}${unknown ? ': there is no such version' : ''}.`,
      ...(errors.length > 0 ? errors : plain).slice(0, 4).map((line) => `  ${line}`),
      'Ways out: check the network and NEO4J_VERSION (such as 5.26.31), set NEO4J_HOME to an installed Neo4j, set ' +
        'CONCORDAT_DATABASE=docker to use a Docker engine, or set NEO4J_URI to a Neo4j that runs.',
    ].join('\n'),
  );
}
