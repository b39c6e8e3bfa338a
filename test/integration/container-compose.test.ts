import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, printConfig } from '../../src/config.ts';
import { neo4jContainerEnv } from '../../src/database/neo4j-settings.ts';
import { projectFile } from '../support/project.ts';

/** What docker-compose.yml promises, as far as it can be read; `test/containers` brings it up. */

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment: Readonly<Record<string, string | null>>;
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly [other: string]: unknown;
}

const file = parse(readFileSync(projectFile('docker-compose.yml'), 'utf8')) as {
  readonly services: { readonly neo4j: Service; readonly api: Service };
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
};
const { neo4j, api } = file.services;
const config = loadConfig({});

describe('docker-compose.yml', () => {
  test('has a database and an API, and no version that one Compose wants and the other warns of', () => {
    expect(Object.keys(file).sort()).toEqual(['services', 'volumes']);
    expect(Object.keys(file.services).sort()).toEqual(['api', 'neo4j']);
  });

  test('publishes ports on loopback only', () => {
    const ports = [...neo4j.ports, ...api.ports];
    expect(ports).toHaveLength(3);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z0-9_]+:-\d+\}:\d+$/);
    expect(api.ports).toEqual([`127.0.0.1:\${PORT:-${config.PORT}}:${config.PORT}`]);
  });

  test('takes the password from the environment, for both, and refuses to go without', () => {
    const required = /^\$\{NEO4J_PASSWORD:\?set NEO4J_PASSWORD to 8 characters or more[^}]*\}$/;
    expect(neo4j.environment['NEO4J_AUTH']?.replace(/^neo4j\//, '')).toMatch(required);
    expect(api.environment['NEO4J_PASSWORD']).toMatch(required);
  });

  test('starts the API once the database is healthy, and points it there', () => {
    expect(api.depends_on).toEqual({ neo4j: { condition: 'service_healthy' } });
    expect(api.environment['NEO4J_URI']).toBe('bolt://neo4j:7687');
    // Nothing but what every image has that Neo4j's own scripts run in.
    expect(neo4j.healthcheck?.test.slice(0, 2)).toEqual(['CMD', 'bash']);
  });

  test('keeps data and logs in named volumes', () => {
    expect(neo4j.volumes).toEqual(['neo4j-data:/data', 'neo4j-logs:/logs']);
    expect(Object.keys(file.volumes)).toEqual(['neo4j-data', 'neo4j-logs']);
    expect(api.volumes).toBeUndefined();
  });

  test('runs the official image of the version that is started everywhere else, with the same bounds', () => {
    expect(neo4j.image).toBe(`neo4j:${config.NEO4J_VERSION}-community`);
    const elsewhere = neo4jContainerEnv(config.NEO4J_VERSION, { heap: 1, pageCache: 1, transaction: 1 });
    // Sizes are for the one who runs it to say; HTTP is on, for Neo4j Browser.
    const own = /memory|_https?_enabled/;
    for (const [setting, value] of Object.entries(elsewhere))
      if (!own.test(setting)) expect([setting, neo4j.environment[setting]]).toEqual([setting, value]);
    for (const setting of Object.keys(elsewhere).filter((name) => name.includes('memory')))
      expect(neo4j.environment[setting]).toMatch(/^\$\{NEO4J_[A-Z_]+:-\d+[MG]\}$/);
  });

  test('hands on settings that exist, and every setting of a server that has its database given', () => {
    const known = [...printConfig(config).matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
    const given = Object.keys(api.environment);
    for (const setting of given) expect(known).toContain(setting);
    const aboutStarting = ['CONCORDAT_HOME', 'CONCORDAT_DATABASE', 'NEO4J_HOME', 'NEO4J_VERSION'];
    const fixed = ['HOST', 'PORT', 'NEO4J_USERNAME', 'NEO4J_DATABASE'];
    const ofClients = ['CONCORDAT_URL', 'CONCORDAT_KEY'];
    const others = [...aboutStarting, ...fixed, ...ofClients];
    expect(given.sort()).toEqual(known.filter((name) => !others.includes(name)).sort());
  });

  test('lets those read who are not known, while only this machine can reach it, and can be told not to', () => {
    expect(api.environment['CONCORDAT_ANONYMOUS_READING']).toBe(`\${CONCORDAT_ANONYMOUS_READING:-true}`);
    expect(loadConfig({ CONCORDAT_ANONYMOUS_READING: 'true' })).toHaveProperty('CONCORDAT_ANONYMOUS_READING', 'true');
  });

  test('gives the API no more than it needs', () => {
    expect(api).toMatchObject({
      build: '.',
      init: true,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(api['privileged'] ?? neo4j['privileged']).toBeUndefined();
    const grace = Number.parseInt(String(api['stop_grace_period']), 10) * 1000;
    expect(grace).toBeGreaterThan(config.CONCORDAT_SHUTDOWN_GRACE);
  });

  test('holds no secret and no path of a machine', () => {
    const values = [...Object.entries(neo4j.environment), ...Object.entries(api.environment)];
    const secrets = values.filter(([name, value]) => /AUTH|PASSWORD|TOKEN|SECRET/.test(name) && value !== null);
    for (const [, value] of secrets) expect(value).toContain('${');
    for (const volume of neo4j.volumes ?? []) expect(volume).not.toMatch(/^[./~]/);
  });
});
