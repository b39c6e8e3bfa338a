import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { expect, inject } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/start.ts';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/server/log.ts';
import { projectFile } from './project.ts';
import { watched } from './server-browser.ts';

/** The explorer as people meet it: built, served over the test run's database, in a browser. */

/** A browser on a busy machine takes its time, and draws in software. */
export const SOON = { timeout: 60_000 };

/** Builds the page and starts a server that serves it. */
export async function serveExplorer(more: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const { uri, username, password, database } = inject('database');
  const config = loadConfig({
    ...{ NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database, PORT: '0' },
    ...more,
  });
  const log = createLog({ LOG_LEVEL: 'silent' });
  return startServer({ config, log, say: () => {}, signal: new AbortController().signal }, null);
}

export const buildExplorer = (): Promise<unknown> =>
  build({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    root: projectFile('src/explorer'),
  });

export interface Explorer {
  readonly page: Page;
  /** What nobody wants: errors, requests to others, what the policy refused. */
  readonly unwanted: string[];
  /** Ids of the entities and relationships on screen. */
  nodes(): Promise<string[]>;
  edges(): Promise<string[]>;
  /** Waits until an entity is on screen, or is not. */
  has(id: string): Promise<void>;
  lacks(id: string): Promise<void>;
  /** Searches for a name and takes what comes first. */
  find(name: string): Promise<void>;
}

/** Opens the page in a new tab, and waits until something is on screen. */
export async function openExplorer(context: BrowserContext, url: string, hash = ''): Promise<Explorer> {
  const origin = new URL(url).origin;
  const { page, unwanted } = await watched(context, origin);
  await page.goto(`${origin}/explore${hash}`);
  const ids = (list: string) =>
    page.locator(`#${list} > li[data-id]`).evaluateAll((items) => items.map((item) => item.dataset['id'] ?? ''));
  const nodes = () => ids('node-list');
  return {
    page,
    unwanted,
    nodes,
    edges: () => ids('edge-list'),
    has: (id) => expect.poll(nodes, SOON).toContain(id),
    lacks: (id) => expect.poll(nodes, SOON).not.toContain(id),
    async find(name) {
      const search = page.locator('#search');
      await search.fill(name);
      await page.locator('#search-list [role=option]').first().waitFor(SOON);
      await search.press('ArrowDown');
      await search.press('Enter');
    },
  };
}
