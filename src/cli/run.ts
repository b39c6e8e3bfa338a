import { type Config, loadConfig } from '../config.ts';
import { StartError } from '../errors.ts';
import { errorText } from './error-text.ts';
import { EXIT } from './exit-codes.ts';
import { createTerminal } from './terminal.ts';

/** Running a command: the configuration is read once, and signals become an orderly end. */

export interface Given {
  readonly config: Config;
  /** Aborted when the command is to stop. */
  readonly signal: AbortSignal;
  /** What is said when the command is stopped: what was done, and how to go on. */
  readonly whenStopped: (words: () => string) => void;
}

export interface RunOptions {
  /** Whether being told to stop is how it ends: of a server. */
  readonly servesUntilStopped?: boolean;
}

export type Run = (command: (given: Given) => Promise<unknown>, options?: RunOptions) => Promise<void>;

/** Nobody reads standard output any more, as after `| head`. */
class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** Runs a command until it is done or told to stop; a second signal ends it at once. */
export const run: Run = async (command, { servesUntilStopped = false } = {}) => {
  const { warn } = createTerminal();
  const stop = new AbortController();
  let code: number = EXIT.INTERRUPTED;
  let words: (() => string) | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(EXIT.INTERRUPTED);
      code = signal === 'SIGINT' ? EXIT.INTERRUPTED : EXIT.TERMINATED;
      warn(`${signal}: stopping.`);
      stop.abort(new StartError(`Stopped by ${signal}.`));
    });
  whenReaderIsGone(() => stop.abort(new ReaderGone()));
  whenLeftBehind(() => {
    warn('npm is gone: stopping.');
    stop.abort(new StartError('Stopped, since npm is gone.'));
  });
  try {
    await command({
      config: loadConfig(process.env),
      signal: stop.signal,
      whenStopped: (say) => {
        words = say;
      },
    });
    // What was told to stop has stopped, whether it threw or returned.
    stop.signal.throwIfAborted();
    process.exit(process.exitCode ?? EXIT.DONE);
  } catch (error) {
    if (stop.signal.reason instanceof ReaderGone) process.exit(EXIT.DONE);
    if (stop.signal.aborted && servesUntilStopped) process.exit(EXIT.DONE);
    if (!stop.signal.aborted) fail(error);
    warn(words?.() ?? 'Stopped before it was done.');
    process.exit(code);
  }
};

/** Says what went wrong, and ends. */
export function fail(error: unknown): never {
  const terminal = createTerminal();
  terminal.warn(errorText(error, terminal));
  process.exit(EXIT.FAILED);
}

function whenReaderIsGone(stop: () => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop();
  });
}

/** npm does not hand every signal on: when it is ended, what it ran is left to init, and is meant to end too. */
function whenLeftBehind(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}
