import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findOnPath, isProgram } from './run-command.ts';
import { compareVersions, isCalendarVersion } from './versions.ts';

export interface JavaRuntime {
  /** Folder that holds `bin/java`, for `JAVA_HOME`. */
  readonly home: string;
  readonly program: string;
  /** Such as 17.0.15. */
  readonly version: string;
}

/** What was looked for and what was there, whether or not it served. */
export interface JavaSearch {
  readonly java: JavaRuntime | undefined;
  readonly minimum: number;
  readonly found: readonly JavaRuntime[];
}

/** Folders in which systems keep JDKs, one a subfolder. */
const usualPlaces = [
  '/usr/lib/jvm',
  '/opt',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.sdkman', 'candidates', 'java'),
];

/** The oldest JDK that a version of Neo4j runs on. */
export function minimumJava(neo4jVersion: string): number {
  return isCalendarVersion(neo4jVersion) ? 21 : 17;
}

/**
 * Looks for a Java of at least `minimum`: in `JAVA_HOME`, on `PATH`, then in the usual places, where the oldest that
 * serves is taken as the one nearest to what Neo4j was tested on.
 */
export function findJava(
  minimum: number,
  env: Readonly<Record<string, string | undefined>>,
  places: readonly string[] = usualPlaces,
): JavaSearch {
  const serves = (java: JavaRuntime) => Number.parseInt(java.version, 10) >= minimum;
  const found: JavaRuntime[] = [];
  const onPath = findOnPath('java', env);
  const named = [env['JAVA_HOME'] ? join(env['JAVA_HOME'], 'bin', 'java') : undefined, onPath];
  for (const program of named) {
    const java = program === undefined ? undefined : describeJava(program);
    if (java === undefined) continue;
    found.push(java);
    if (serves(java)) return { java, minimum, found };
  }
  const elsewhere = places
    .flatMap(subfolders)
    .flatMap((home) => [join(home, 'bin', 'java'), join(home, 'Contents', 'Home', 'bin', 'java')])
    .flatMap((program) => describeJava(program) ?? [])
    .filter((java) => !found.some((other) => other.home === java.home))
    .sort((a, b) => compareVersions(a.version, b.version));
  const distinct = elsewhere.filter((java, i) => elsewhere.findIndex((other) => other.home === java.home) === i);
  return { java: distinct.find(serves), minimum, found: [...found, ...distinct] };
}

/** One sentence about a search that failed. */
export function explainJava({ minimum, found }: JavaSearch): string {
  if (found.length === 0) return `No Java was found (JAVA_HOME, PATH, ${usualPlaces.join(', ')}).`;
  return `No Java ${minimum} or newer was found, only ${found.map((java) => `${java.version} (${java.home})`).join(', ')}.`;
}

/** The file `release` tells the version without starting a JVM; macOS' own `java` has none beside it and is asked. */
function describeJava(program: string): JavaRuntime | undefined {
  if (!isProgram(program)) return undefined;
  const real = realpathSync(program);
  const home = dirname(dirname(real));
  try {
    const version = /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1];
    if (version !== undefined) return { home, program: real, version };
  } catch {
    // Asked below.
  }
  const answer = spawnSync(program, ['-XshowSettings:properties', '-version'], { encoding: 'utf8', timeout: 10_000 });
  const version = /java\.version = (\S+)/.exec(answer.stderr ?? '')?.[1];
  const actual = /java\.home = (.+)/.exec(answer.stderr ?? '')?.[1]?.trim();
  if (version === undefined || actual === undefined) return undefined;
  return { home: actual, program: join(actual, 'bin', 'java'), version };
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
