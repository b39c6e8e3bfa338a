import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../src/database/neo4j-child.ts';
import { projectFile } from '../support/project.ts';
import { compose, docker, inspect, poll } from './engine.ts';

const project = `concordat-test-${randomBytes(4).toString('hex')}`;
const password = randomBytes(12).toString('hex');
const folder = mkdtempSync(join(tmpdir(), `${project}-`));
// Where a bridge does not reach a package registry, the host's network does.
const override = join(folder, 'build-on-host-network.yml');
const envFile = join(folder, 'empty.env');
writeFileSync(envFile, '');
writeFileSync(override, 'services: { api: { build: { network: host } } }\n');

describe('docker compose up', () => {
  const ports = { api: 0, bolt: 0, http: 0 };
  let stack: Awaited<ReturnType<typeof compose>>;

  const healthy = async (service: string) => {
    const id = await stack.container(service);
    await poll(
      `${service} is healthy`,
      async () => (await inspect(id)).State,
      (state) => state.Health?.Status === 'healthy',
    );
    return id;
  };
  const get = (path: string) => fetch(`http://127.0.0.1:${ports.api}${path}`, { signal: AbortSignal.timeout(10_000) });
  const positions = async () => {
    const response = await fetch(`http://127.0.0.1:${ports.api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ person(name: "Nayib Bukele") { positionsHeld { nodes { name } } } }' }),
      signal: AbortSignal.timeout(10_000),
    });
    return (await response.json()) as unknown;
  };
  const bukele = {
    data: {
      person: { positionsHeld: { nodes: expect.arrayContaining([{ name: expect.stringContaining('President') }]) } },
    },
  };
  const cypher = async (statement: string) => {
    const driver = neo4j.driver(`bolt://127.0.0.1:${ports.bolt}`, neo4j.auth.basic('neo4j', password));
    try {
      return (await driver.executeQuery(statement)).records.map((record) => record.toObject());
    } finally {
      await driver.close();
    }
  };

  beforeAll(async () => {
    for (const name of ['api', 'bolt', 'http'] as const) ports[name] = await freePort();
    stack = await compose({
      project,
      files: [projectFile('docker-compose.yml'), override],
      envFile,
      env: {
        NEO4J_PASSWORD: password,
        PORT: String(ports.api),
        NEO4J_BOLT_PORT: String(ports.bolt),
        NEO4J_HTTP_PORT: String(ports.http),
        NEO4J_HEAP: '512M',
        NEO4J_PAGE_CACHE: '128M',
      },
    });
  });
  afterAll(async () => {
    try {
      await stack.must('down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '20');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test('refuses without a password, and says which setting is missing', async () => {
    for (const missing of [undefined, '']) {
      const { code, lines } = await stack.run(['up', '--detach'], { NEO4J_PASSWORD: missing });
      expect(code).not.toBe(0);
      expect(lines.join('\n')).toContain('set NEO4J_PASSWORD to 8 characters or more');
    }
    expect(await docker('ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${project}`)).toBe('');
  });

  test('builds the API, starts it once the database is healthy, and both become healthy', async () => {
    await stack.must('build');
    await stack.must('up', '--detach');
    await healthy('neo4j');
    await healthy('api');
    expect((await get('/live')).status).toBe(200);
    expect((await get('/ready')).status).toBe(200);
  }, 420_000);

  test('answers a question about the first data set', async () => {
    expect(await positions()).toEqual(bukele);
  });

  test('publishes every port on loopback, and no other', async () => {
    for (const [service, expected] of [
      ['api', { '4000/tcp': ports.api }],
      ['neo4j', { '7687/tcp': ports.bolt, '7474/tcp': ports.http }],
    ] as const) {
      const { Ports } = (await inspect(await stack.container(service))).NetworkSettings;
      const published = Object.entries(Ports).flatMap(([port, hosts]) =>
        (hosts ?? []).map((host) => [port, `${host.HostIp}:${host.HostPort}`]),
      );
      expect(Object.fromEntries(published)).toEqual(
        Object.fromEntries(Object.entries(expected).map(([port, host]) => [port, `127.0.0.1:${host}`])),
      );
    }
  });

  test('runs the API without privileges, unable to change its own code', async () => {
    const id = await stack.container('api');
    expect(await docker('exec', id, 'node', '-p', 'process.getuid()')).toBe('1000');
    expect((await inspect(id)).HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Init: true });
    const status = await docker('exec', id, 'cat', '/proc/self/status');
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    await expect(docker('exec', id, 'touch', '/app/dist/cli.js')).rejects.toThrow(/Read-only file system|denied/);
  });

  test('has an image with what runs, and neither sources nor tools nor a secret', async () => {
    const id = await stack.container('api');
    const files = (await docker('exec', id, 'ls', '-A', '/app', '/app/node_modules', '/app/test')).split('\n');
    expect(files).toEqual(expect.arrayContaining(['dist', 'cypher', 'seeds', 'cases', 'graphql', 'neo4j-driver']));
    for (const unwanted of ['src', '.git', '.env', 'typescript', 'vitest', 'testcontainers', 'integration'])
      expect(files).not.toContain(unwanted);
    const image = await docker('inspect', '--format', '{{.Image}}', id);
    expect(await docker('history', '--no-trunc', image)).not.toContain(password);
    expect(await docker('image', 'inspect', image)).not.toMatch(/password/i);
  });

  test('stops the API in order on SIGTERM, well within its grace', async () => {
    const id = await stack.container('api');
    const before = Date.now();
    await docker('stop', '--time', '20', id);
    expect(Date.now() - before).toBeLessThan(15_000);
    // 0: its own way out; 137 would be a kill, 143 a process without a handler.
    expect((await inspect(id)).State).toMatchObject({ Status: 'exited', ExitCode: 0, OOMKilled: false });
    await docker('start', id);
    await healthy('api');
  });

  test('says that it is not ready while the database is away, and recovers by itself', async () => {
    const id = await stack.container('neo4j');
    await docker('stop', '--time', '60', id);
    await poll(
      '/ready is 503',
      async () => (await get('/ready')).status,
      (status) => status === 503,
    );
    expect((await get('/live')).status).toBe(200);
    await docker('start', id);
    await poll(
      '/ready is 200',
      async () => (await get('/ready')).status,
      (status) => status === 200,
    );
    expect(await positions()).toEqual(bukele);
  }, 150_000);

  test('keeps its data when containers are taken down and made anew', async () => {
    const before = await stack.container('neo4j');
    await cypher("CREATE (:Kept {by: 'a named volume'})");
    await stack.must('down', '--timeout', '60');
    await stack.must('up', '--detach');
    await healthy('api');
    expect(await stack.container('neo4j')).not.toBe(before);
    expect(await cypher('MATCH (k:Kept) RETURN k.by AS by')).toEqual([{ by: 'a named volume' }]);
    expect(await positions()).toEqual(bukele);
    const mounts = JSON.parse(await docker('inspect', '--format', '{{json .Mounts}}', await stack.container('neo4j')));
    expect(
      Object.fromEntries(mounts.map((each: Record<string, string>) => [each['Destination'], each['Name']])),
    ).toEqual({ '/data': `${project}_neo4j-data`, '/logs': `${project}_neo4j-logs` });
  }, 240_000);
});
