import { loadConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open-database.ts';

/**
 * A process that opens a database by its environment, says so on standard output (one JSON object a line) and holds it
 * until SIGTERM: what the command line does, small enough to be killed in a test.
 */
const print = (object: object) => process.stdout.write(`${JSON.stringify(object)}\n`);
const cancel = new AbortController();
const term = new Promise<void>((resolve) => {
  process.once('SIGTERM', () => {
    cancel.abort(new Error('SIGTERM'));
    resolve();
  });
});
const alive = setInterval(() => {}, 60_000);
try {
  await using database = await openDatabase({
    config: loadConfig(process.env),
    say: (say) => print({ say }),
    signal: cancel.signal,
  });
  const { uri, username, password, origin } = database;
  print({ uri, username, password, origin, database: database.database });
  await term;
} catch (error) {
  print({ error: String(error) });
  process.exitCode = 1;
}
clearInterval(alive);
