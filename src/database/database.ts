import type { Config } from '../config.ts';

/** A Neo4j that answers, and how to reach it. Disposing it stops what was started for it, and nothing else. */
export interface Database extends AsyncDisposable {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** Name of the database within that Neo4j. */
  readonly database: string;
  /** One sentence for people: what is used, where it came from, where its data lie. Holds no secret. */
  readonly origin: string;
  /** Whether this process runs the Neo4j and stops it on disposal; false for one named by `NEO4J_URI`. */
  readonly started: boolean;
}

/** The settings that this room reads. */
export type DatabaseConfig = Pick<
  Config,
  | 'NEO4J_URI'
  | 'NEO4J_USERNAME'
  | 'NEO4J_PASSWORD'
  | 'NEO4J_DATABASE'
  | 'NEO4J_HOME'
  | 'NEO4J_VERSION'
  | 'CONCORDAT_DATABASE'
  | 'folders'
>;

/** What opening a database needs beside its settings. */
export interface DatabaseOptions {
  readonly config: DatabaseConfig;
  /** Called with one line at a time while things go on: what is resolved, started, waited for. */
  readonly say: (line: string) => void;
  /** Whether the local database will do that another process runs. */
  readonly shared?: boolean | undefined;
  /** Gives up, and stops what was started so far. */
  readonly signal?: AbortSignal | undefined;
  /** Where `PATH`, `JAVA_HOME` and `MAVEN_HOME` are looked up. Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}
