import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A relay on loopback in front of a Bolt port that counts the bytes that pass, both ways. Disposing it cuts what passes. */
export interface BoltMeter extends AsyncDisposable {
  readonly uri: string;
  /** Bytes so far. */
  bytes(): number;
}

export async function openBoltMeter(uri: string): Promise<BoltMeter> {
  const { hostname, port } = new URL(uri);
  let passed = 0;
  const sockets = new Set<Socket>();
  const relay = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (chunk) => {
      passed += chunk.length;
    });
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    relay(near, far);
    relay(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => passed,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
