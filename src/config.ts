import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from './errors.ts';

/**
 * The one place that reads the environment. `loadConfig(process.env)` is called once, by the command line; everything
 * else is handed the values it needs.
 */

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.stringbool();
const words = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Algorithms whose key to sign with is not the one to check with; `none` and shared secrets (HS256) are none of them. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** One entry a setting: how it is read, what it means, whether it must be hidden when printed. */
const settings = {
  HOST: { schema: z.string().min(1).default('127.0.0.1'), about: 'Address the HTTP server listens on.' },
  PORT: { schema: port.default(4000), about: 'Port the HTTP server listens on; 0 takes a free one.' },
  NEO4J_URI: {
    schema: z
      .string()
      .regex(/^(neo4j|bolt)(\+s|\+ssc)?:\/\/.+/, 'must start with neo4j://, neo4j+s://, bolt:// or bolt+s://')
      .optional(),
    about: 'A Neo4j to use. Unset: one is started locally.',
  },
  NEO4J_USERNAME: { schema: z.string().min(1).default('neo4j'), about: 'User for NEO4J_URI.' },
  NEO4J_PASSWORD: { schema: z.string().optional(), about: 'Password for NEO4J_URI.', secret: true },
  NEO4J_DATABASE: { schema: z.string().min(1).default('neo4j'), about: 'Database name.' },
  NEO4J_HOME: {
    schema: z.string().optional(),
    about: 'An installed Neo4j to start locally instead of one from Maven.',
  },
  NEO4J_VERSION: {
    schema: z
      .string()
      .regex(/^\d+\.\d+(\.\d+)?$/, 'must look like 5.26.31 or 2026.09.0')
      .default('5.26.31'),
    about: 'Version of the locally started Neo4j. 2026.x needs a JDK 21 or newer.',
  },
  CONCORDAT_HOME: {
    schema: z.string().optional(),
    about: 'Folder for the local database: cache, data, password. Default: by the XDG base directories.',
  },
  CONCORDAT_DATABASE: {
    schema: z.enum(['auto', 'local', 'docker']).default('auto'),
    about:
      'Without NEO4J_URI: start Neo4j as a child process (local), as a container (docker), or whichever can be had.',
  },
  CONCORDAT_QUERY_TIMEOUT: {
    schema: z.coerce.number().int().min(1).max(3_600_000).default(30_000),
    about: 'Milliseconds that one statement may run on the database.',
  },
  CONCORDAT_EXPORT_TIMEOUT: {
    schema: z.coerce.number().int().min(1).max(86_400_000).default(600_000),
    about: 'Milliseconds that one statement of an export may run, as slowly as its client may take it.',
  },
  CONCORDAT_EXPORT_SECRET: {
    schema: z.string().min(32, 'must have 32 characters or more').optional(),
    about: 'What addresses of exports are signed with. Unset: one is made and kept in the store.',
    secret: true,
  },
  CONCORDAT_MAX_DEPTH: {
    schema: z.coerce.number().int().min(1).max(100).default(12),
    about: 'Levels that a query may nest fields.',
  },
  CONCORDAT_COST_LIMIT: {
    schema: z.coerce.number().int().min(1).default(60_000),
    about: 'Entities, relationships and claims that one query may bring or look at, told from its selection.',
  },
  CONCORDAT_BODY_LIMIT: {
    schema: z.coerce.number().int().min(1024).default(2_097_152),
    about: 'Bytes that one HTTP request body may have: a thousand records with two full claims each fit in.',
  },
  CONCORDAT_GRAPHIQL: { schema: flag.default(true), about: 'Serve the GraphiQL page on /graphql.' },
  CONCORDAT_CORS_ORIGINS: {
    schema: z.string().default('').transform(words),
    about: 'Origins, separated by commas, whose pages may call the API. Empty: none.',
  },
  CONCORDAT_ANONYMOUS_READING: {
    schema: z.enum(['auto', 'true', 'false']).default('auto'),
    about: 'Whether those may read who send neither key nor token. auto: only while HOST is this machine alone.',
  },
  CONCORDAT_JWT_JWKS: {
    schema: z
      .string()
      .refine(isSafeSource, 'must be a file, or begin with https://; with http:// only on this machine')
      .optional(),
    about: 'Public keys of whoever issues tokens (a JWK set): a URL or a file. Unset: only keys are taken.',
  },
  CONCORDAT_JWT_ISSUER: { schema: z.string().optional(), about: 'What tokens must have as iss.' },
  CONCORDAT_JWT_AUDIENCE: { schema: z.string().optional(), about: 'What tokens must have as aud.' },
  CONCORDAT_JWT_ALGORITHMS: {
    schema: z
      .string()
      .default('RS256')
      .transform(words)
      .refine((list) => list.length > 0 && list.every((each) => ALGORITHMS.includes(each)), {
        error: `must be some of ${ALGORITHMS.join(', ')}, separated by commas`,
      }),
    about: 'Algorithms that tokens may be signed with, separated by commas.',
  },
  CONCORDAT_JWT_ROLE_CLAIM: {
    schema: z.string().min(1).default('role'),
    about: 'Claim of tokens that names the role, or several of which the highest counts.',
  },
  CONCORDAT_RATE_LIMIT: {
    schema: z.coerce.number().int().min(0).max(1e12).default(600_000),
    about: 'Units of cost that a key, a token, or an unknown address may ask for in a minute; 0: no limit.',
  },
  CONCORDAT_STREAM_LIMIT: {
    schema: z.coerce.number().int().min(0).max(1e6).default(20),
    about: 'Subscriptions that a key, a token, or an unknown address may have open at once; 0: no limit.',
  },
  CONCORDAT_REDIS_URL: {
    schema: z
      .string()
      .regex(/^rediss?:\/\/.+/, 'must start with redis:// or rediss://')
      .optional(),
    about: 'A Redis in which several processes count requests together. Unset: each counts by itself.',
    secret: true,
  },
  CONCORDAT_TRUSTED_PROXIES: {
    schema: z.coerce.number().int().min(0).max(10).default(0),
    about: 'Proxies of yours before this server: so many addresses at the end of X-Forwarded-For are believed.',
  },
  CONCORDAT_FEED_INTERVAL: {
    schema: z.coerce.number().int().min(10).max(60_000).default(250),
    about: 'Milliseconds between two looks for changes that others have written, while somebody follows them.',
  },
  CONCORDAT_SHUTDOWN_GRACE: {
    schema: z.coerce.number().int().min(0).default(10_000),
    about: 'Milliseconds that requests in flight have to finish after SIGTERM.',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    about: 'Least serious level that is logged.',
  },
} satisfies Record<string, { schema: z.ZodType; about: string; secret?: boolean }>;

type Settings = typeof settings;
type Values = { [K in keyof Settings]: z.output<Settings[K]['schema']> };

/** The settings, read and checked, and the folders that follow from them. */
export interface Config extends Values {
  /** Where jars, data and the generated password of the local database live. */
  readonly folders: { readonly cache: string; readonly data: string };
}

/**
 * Reads the configuration from an environment.
 * @throws StartError naming every setting that is wrong, its value (hidden when secret) and what it must be.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const given = env[name] === '' ? undefined : env[name];
    const result = setting.schema.safeParse(given);
    if (result.success) values[name] = result.data;
    else {
      const shown = 'secret' in setting ? '(hidden)' : JSON.stringify(given);
      problems.push(
        `${name}=${shown}: ${result.error.issues.map((issue) => issue.message).join('; ')}. ${setting.about}`,
      );
    }
  }
  problems.push(...incomplete(env));
  if (problems.length > 0) throw new StartError(`The configuration is not usable:\n  ${problems.join('\n  ')}`);
  return { ...(values as Values), folders: folders(env) };
}

/** Whether those may read who are not known. */
export const readsAnonymously = (config: Pick<Config, 'HOST' | 'CONCORDAT_ANONYMOUS_READING'>): boolean =>
  config.CONCORDAT_ANONYMOUS_READING === 'auto'
    ? LOOPBACK.test(config.HOST)
    : config.CONCORDAT_ANONYMOUS_READING === 'true';

/** Settings that only make sense together: a token is checked against all of them, or none is taken. */
function incomplete(env: Readonly<Record<string, string | undefined>>): string[] {
  const needed = ['CONCORDAT_JWT_JWKS', 'CONCORDAT_JWT_ISSUER', 'CONCORDAT_JWT_AUDIENCE'];
  const given = Object.keys(settings).filter((name) => name.startsWith('CONCORDAT_JWT_') && env[name]);
  const missing = needed.filter((name) => !env[name]);
  return given.length === 0 || missing.length === 0
    ? []
    : [`${given.join(', ')}: tokens take ${missing.join(' and ')} as well. Set all of them, or none.`];
}

/** Whoever can change the keys on their way here can make tokens. */
function isSafeSource(source: string): boolean {
  if (!/^\w+:\/\//.test(source)) return true;
  const url = URL.canParse(source) ? new URL(source) : null;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/** The configuration as text, one setting a line with its meaning, secrets hidden. */
export function printConfig(config: Config): string {
  const lines = Object.entries(settings).map(([name, setting]) => {
    const value = config[name as keyof Values];
    const shown = value === undefined ? '(unset)' : 'secret' in setting ? '(hidden)' : String(value);
    return `${`${name}=${shown}`.padEnd(44)} # ${setting.about}`;
  });
  lines.push(
    `${''.padEnd(44)} # cache folder: ${config.folders.cache}`,
    `${''.padEnd(44)} # data folder: ${config.folders.data}`,
  );
  return lines.join('\n');
}

/** https://specifications.freedesktop.org/basedir-spec/: cache may be deleted, data may not. */
function folders(env: Readonly<Record<string, string | undefined>>): Config['folders'] {
  const home = env['CONCORDAT_HOME'];
  if (home) return { cache: join(home, 'cache'), data: join(home, 'data') };
  return {
    cache: join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'concordat'),
    data: join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'concordat'),
  };
}
