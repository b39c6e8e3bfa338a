import { createClient } from '@redis/client';
import type { Logger } from '../log.ts';

/** Redis, in which several processes count together. */

export interface SharedCounts extends AsyncDisposable {
  readonly client: ReturnType<typeof clientOf>;
}

/** Milliseconds until a connection, or an answer, is given up: counting must hold nothing up. */
const PATIENCE = { connecting: 2_000, answering: 500 };
/** Milliseconds between attempts to find it again. */
const LONGEST_PAUSE = 5_000;

const clientOf = (url: string) =>
  createClient({
    url,
    // What cannot be counted there now is counted here, not later.
    disableOfflineQueue: true,
    commandOptions: { timeout: PATIENCE.answering },
    socket: {
      connectTimeout: PATIENCE.connecting,
      reconnectStrategy: (attempts) => Math.min(attempts * 100, LONGEST_PAUSE),
    },
  });

/** Connects to Redis. Where it is not there, that is logged once, and it is looked for until it is. */
export async function shareCounts(url: string, log: Logger): Promise<SharedCounts> {
  const client = clientOf(url);
  let isThere: boolean | null = null;
  const told = new Promise<void>((resolve) => {
    client.on('error', (error: unknown) => {
      if (isThere !== false) log.warn({ err: error }, 'Redis does not answer: this process counts requests by itself');
      isThere = false;
      resolve();
    });
    client.on('ready', () => {
      if (isThere === false) log.info('Redis answers again: requests are counted together');
      isThere = true;
      resolve();
    });
  });
  // It goes on trying by itself; whatever goes wrong is told above.
  client.connect().catch(() => {});
  await told;
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
}
