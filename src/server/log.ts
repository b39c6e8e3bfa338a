import { pino } from 'pino';
import type { Config } from '../config.ts';

export type Logger = pino.Logger;

/** Names under which secrets travel, at the top of a log line or one level down. */
const SECRETS = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'token',
  'secret',
  'apiKey',
  'x-api-key',
  'NEO4J_PASSWORD',
];

/** Structured logs, a JSON object a line, on standard error; secrets are cut out wherever they may stand. */
export function createLog(
  config: Pick<Config, 'LOG_LEVEL'>,
  destination: pino.DestinationStream = pino.destination(2),
): Logger {
  const quoted = SECRETS.map((name) => `["${name}"]`);
  return pino(
    {
      level: config.LOG_LEVEL,
      base: { app: 'concordat' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: [...quoted, ...quoted.map((name) => `*${name}`), ...quoted.map((name) => `*.*${name}`)],
        censor: '(hidden)',
      },
    },
    destination,
  );
}
