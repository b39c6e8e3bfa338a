import { pino } from 'pino';
import type { Config } from '../config.ts';

export type Logger = pino.Logger;

/** Names under which secrets travel, however they are written: `apiKey`, `x-api-key`, `NEO4J_PASSWORD`. */
const SECRET = /authorization|cookie|passw(or)?d|token|secret|credential|apikey|privatekey/i;

/** Structured logs, a JSON object a line, on standard error; secrets are cut out wherever they may stand. */
export function createLog(
  config: Pick<Config, 'LOG_LEVEL'>,
  destination: pino.DestinationStream = pino.destination(2),
): Logger {
  return pino(
    {
      level: config.LOG_LEVEL,
      base: { app: 'concordat' },
      timestamp: pino.stdTimeFunctions.isoTime,
      // By then the formatter below has made plain objects of errors, which pino would take for errors again.
      serializers: { err: (error: unknown) => error },
      // pino's own `redact` wants the depth at which a name stands, and its capitals.
      formatters: { level: (level) => ({ level }), log: (line) => withoutSecrets(line) as Record<string, unknown> },
    },
    destination,
  );
}

/** Levels that a line may nest; what is below is cut off, circles with it. */
const DEEPEST = 16;

function withoutSecrets(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return withoutSecrets({ ...pino.stdSerializers.err(value) }, depth);
  // A date, and the like, say themselves how they are written.
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  if (depth >= DEEPEST) return '(cut off)';
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      SECRET.test(name.replaceAll(/[-_]/g, '')) && each !== undefined ? '(hidden)' : withoutSecrets(each, depth + 1),
    ]),
  );
}
