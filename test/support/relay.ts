import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to the database that can fall silent: what the database says no longer comes through, what it is told does. */
export interface Relay extends AsyncDisposable {
  readonly uri: string;
  /** Connections that clients hold open. */
  open(): number;
  /** From now on, on the connections that there are, nothing comes through; new ones are not concerned. */
  fallSilent(): void;
}

/** @param uri of the database, with its port */
export async function relayTo(uri: string): Promise<Relay> {
  const { hostname, port } = new URL(uri.replace(/^\w+/, 'http'));
  const clients = new Set<Socket>();
  const silent = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    clients.add(client);
    client.on('data', (part) => database.write(part)).on('error', () => {});
    database.on('data', (part) => silent.has(client) || client.write(part)).on('error', () => {});
    client.on('close', () => {
      clients.delete(client);
      database.destroy();
    });
    database.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    uri: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => clients.size,
    fallSilent: () => {
      for (const client of clients) silent.add(client);
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
