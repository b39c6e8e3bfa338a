import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../src/cli/start.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { createKey } from '../../src/store/keys.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { buildExplorer, type Explorer, openExplorer, SOON, serveExplorer } from '../support/explorer.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { findBrowser, type OpenBrowser, openBrowser } from '../support/server-browser.ts';

/** The explorer on the first data set, as somebody uses it in a browser. */

const executable = findBrowser(process.env);
if (executable === null) console.warn('No browser was found, so the explorer is not opened. Set CHROMIUM_PATH to one.');

const graph = testGraph();
const AGREEMENT = 'agreement:el-salvador-united-states';
const BUKELE = 'person:nayib-bukele';
const HOSTILE = '<img src=x onerror=alert(1)>"\'&</script>\u202eevil\u200b';

let server: RunningServer;
let browser: OpenBrowser | null = null;
let opened: Explorer[] = [];
const context = (): BrowserContext => (browser as OpenBrowser).context;
const open = async (hash = '', url = server.url): Promise<Explorer> => {
  const explorer = await openExplorer(context(), url, hash);
  opened.push(explorer);
  return explorer;
};

beforeAll(async () => {
  await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'seed');
  await graph.record([
    { source: { id: 'source:hostile', name: HOSTILE, kind: 'ARTICLE', url: 'javascript:alert(2)' } },
    { person: { id: 'person:hostile', name: HOSTILE, description: HOSTILE, aliases: ['<b>bold</b>'] } },
    { person: { id: 'person:plain', name: 'Plain Person' } },
    {
      familyOf: {
        from: 'person:hostile',
        to: 'person:plain',
        claims: [{ text: HOSTILE, commitment: 'FACT', attribution: 'NARRATED', source: 'source:hostile' }],
      },
    },
  ]);
  await buildExplorer();
  server = await serveExplorer();
  browser = executable === null ? null : await openBrowser(executable);
});

afterEach(async () => {
  const shown = opened;
  opened = [];
  for (const { page, unwanted } of shown) {
    expect(unwanted.filter(isOurs)).toEqual([]);
    await page.close();
  }
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

describe('the page', () => {
  it('is served with a policy that lets nothing in, and its assets for good', async () => {
    const origin = new URL(server.url).origin;
    const page = await fetch(`${origin}/explore`);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(html).not.toMatch(/<script(?![^>]*src=)|\sstyle=|\son\w+="|https?:\/\//i);
    const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
    const asset = await fetch(origin + script);
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const etag = asset.headers.get('etag') ?? '';
    expect((await fetch(origin + script, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(`${origin}/explore/`)).status).toBe(200);
    for (const path of [
      '/explore/..%2f..%2fpackage.json',
      '/explore/assets',
      '/explore/.env',
      '/explore/%2e%2e/server/app.js',
    ])
      expect((await fetch(origin + path)).status).toBe(404);
  });
});

/** Where a machine has no browser, what is served is looked at above, and the warning says what is not. */
const inBrowser = (tests: () => void): void => {
  if (executable !== null) describe('in a browser', tests);
};

inBrowser(() => {
  it('opens on the agreement, and the address says what is on screen', async () => {
    const { page, has, nodes, edges } = await open();
    await has(AGREEMENT);
    expect(await nodes()).toContain('prison:cecot');
    expect((await edges()).length).toBeGreaterThan(40);
    expect(page.url()).toContain(AGREEMENT);
    await expect
      .poll(() => page.locator('#graph').getAttribute('data-settled'), SOON)
      .toBe(String((await nodes()).length));
  });

  it('finds, tells, expands, undoes and redoes', async () => {
    const { page, has, lacks, find, nodes } = await open(`#show=prison:cecot`);
    await has('prison:cecot');
    await find('Nayib Bukele');
    await has(BUKELE);
    const panel = page.locator('#panel');
    await expect.poll(() => panel.textContent(), SOON).toContain('Claims (9)');
    const add = panel.locator('button.add[data-type=HOLDS_POSITION]');
    await add.click();
    await has('position:president-of-el-salvador');
    await page.locator('#undo').click();
    await lacks('position:president-of-el-salvador');
    await page.locator('#redo').click();
    await has('position:president-of-el-salvador');
    await page.goBack();
    await page.goBack();
    await lacks(BUKELE);
    expect(await nodes()).toEqual(['prison:cecot']);
  });

  it('takes clicks: one tells, two expand', async () => {
    const { page, has } = await open(`#show=${BUKELE}`);
    await has(BUKELE);
    await page.locator('#graph[data-settled="1"]').waitFor({ ...SOON, state: 'attached' });
    const box = await page.locator('#graph').boundingBox();
    if (!box) throw new Error('The graph is not on the page.');
    // What stands alone stands in the middle, as far above it as days and names need.
    const at = [box.x + box.width / 2, box.y + box.height / 2 - 0.0536 * (box.height - 128)] as const;
    await page.mouse.click(...at);
    await expect.poll(() => page.locator('#panel-title').textContent(), SOON).toBe('Nayib Bukele');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#panel').isVisible(), SOON).toBe(false);
    // The graph has its room back when its canvas is as wide as it.
    await expect
      .poll(() => page.locator('canvas.overlay').evaluate(({ clientWidth }) => clientWidth), SOON)
      .toBe(box.width);
    await page.mouse.dblclick(...at);
    await has('position:president-of-el-salvador');
  });

  it('shows how two are connected, with sentences', async () => {
    const { page, has, find } = await open(`#show=${BUKELE}&selected=${BUKELE}`);
    await has(BUKELE);
    await page.locator('#path-from-here').click();
    await find('League of United Latin American Citizens');
    const steps = page.locator('#paths .explanation li');
    await expect.poll(() => steps.count(), SOON).toBe(3);
    expect(await steps.allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('Nayib Bukele')]));
    await has(AGREEMENT);
    expect(page.url()).toContain(`path=${BUKELE},civil-society-organization:lulac`);
  });

  it('filters by type, commitment and day, as the server does', async () => {
    const { page, has, lacks, edges } = await open();
    await has(AGREEMENT);
    const all = await edges();
    await page.locator('#type-EVENT').uncheck();
    await lacks('event:meeting');
    await page.locator('#edge-SPOKE_OF').uncheck();
    await expect.poll(async () => (await edges()).some((id) => id.startsWith('spoke-of:')), SOON).toBe(false);
    await page.locator('#show-all').click();
    await expect.poll(edges, SOON).toHaveLength(all.length);
    await page.locator('#least').selectOption('AGREED');
    const answer = await ofServer(page.url(), 'minCommitment: AGREED');
    await expect.poll(async () => (await edges()).sort(), SOON).toEqual(answer);
    await page.locator('#least').selectOption('');
    for (const day of ['2021-06-01', '2023-01-01', '2025-02-03', '2026-01-01']) {
      await page.locator('#day').fill(day);
      await page.locator('#day').dispatchEvent('change');
      await expect.poll(async () => (await edges()).sort(), SOON).toEqual(await ofServer(page.url(), `asOf: "${day}"`));
    }
    expect(await page.locator('#edge-list li[data-state=UNKNOWN]').count()).toBeGreaterThan(0);
    const slider = page.locator('#day-slider');
    await slider.focus();
    await slider.press('Home');
    await expect.poll(() => page.locator('#day').inputValue(), SOON).toMatch(/-01-01$/);
    await page.locator('#any-day').click();
    await expect.poll(edges, SOON).toHaveLength(all.length);
  });

  it('shows the same to whoever opens a copied address', async () => {
    await context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const first = await open();
    await first.has(AGREEMENT);
    await first.page.locator('#type-POSITION').uncheck();
    await first.find('Marco Rubio');
    await expect.poll(() => first.page.locator('#panel').textContent(), SOON).toContain('Marco Rubio');
    await first.page.locator('#copy').click();
    const address = await first.page.evaluate(() => navigator.clipboard.readText());
    const other = await openBrowser(executable as string);
    try {
      const second = await openExplorer(other.context, server.url, new URL(address).hash);
      await second.has(AGREEMENT);
      expect((await second.nodes()).sort()).toEqual((await first.nodes()).sort());
      expect((await second.edges()).sort()).toEqual((await first.edges()).sort());
      expect(await second.page.locator('#type-POSITION').isChecked()).toBe(false);
      await expect.poll(() => second.page.locator('#panel-title').textContent(), SOON).toBe('Marco Rubio');
      expect(second.unwanted.filter(isOurs)).toEqual([]);
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });

  it('exports what is on screen', async () => {
    const { page, has, nodes, edges } = await open();
    await has(AGREEMENT);
    const shown = { nodes: (await nodes()).sort(), edges: (await edges()).sort() };
    const save = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download', SOON),
        page.locator(`[data-export="${name}"]`).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`explore.${name}`);
      return readFile(await download.path());
    };
    await page.locator('#export').click();
    const made = JSON.parse(String(await save('shown.json'))) as { nodes: { id: string }[]; edges: { key: string }[] };
    expect(made.nodes.map(({ id }) => id).sort()).toEqual(shown.nodes);
    expect(made.edges.map(({ key }) => key).sort()).toEqual(shown.edges);
    const served = JSON.parse(String(await save('graphology.json'))) as {
      nodes: { key: string }[];
      edges: { key: string }[];
    };
    expect(served.nodes.map(({ key }) => key).sort()).toEqual(shown.nodes);
    expect(served.edges.map(({ key }) => key).sort()).toEqual(shown.edges);
    const svg = String(await save('svg'));
    expect(svg.match(/<title>/g)).toHaveLength(shown.nodes.length);
    expect((await save('png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('is used by keys alone', async () => {
    const { page, has, nodes } = await open(`#show=${BUKELE}`);
    await has(BUKELE);
    await page.keyboard.press('/');
    await page.keyboard.type('CECOT');
    await page.locator('#search-list [role=option]').first().waitFor(SOON);
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('#search').getAttribute('aria-activedescendant')).toBe('found-0');
    await page.keyboard.press('Enter');
    await has('prison:cecot');
    await page.locator('#skip').focus();
    await page.keyboard.press('Enter');
    await page.locator('#graph').focus();
    await page.keyboard.press('Enter');
    await has('government:el-salvador');
    await expect
      .poll(() => page.locator('#graph').getAttribute('data-settled'), SOON)
      .toBe(String((await nodes()).length));
    const before = page.url();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
    await expect.poll(() => page.url(), SOON).not.toBe(before);
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#panel').isVisible(), SOON).toBe(false);
    await page.keyboard.press('?');
    expect(await page.locator('#help-dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#help-dialog').isVisible()).toBe(false);
  });

  it('shows hostile names as text, and follows no address but of the web', async () => {
    const { page, has } = await open('#show=person:hostile,person:plain&selected=person:hostile');
    await has('person:hostile');
    const panel = page.locator('#panel');
    await expect.poll(() => panel.locator('.claims').count(), SOON).toBe(1);
    expect(await page.locator('#panel-title').textContent()).toBe(HOSTILE);
    expect(await page.locator('main img, main b, main script').count()).toBe(0);
    expect(await panel.locator('a').count()).toBe(0);
    await page.locator('#export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download', SOON),
      page.locator('[data-export=svg]').click(),
    ]);
    expect(String(await readFile(await download.path()))).not.toContain('<img');
  });

  it('offers no file of the server where nothing is on screen, since that would be the whole store', async () => {
    const { page } = await open('#show=person:plain&without=PERSON');
    await page.locator('#export').click();
    await expect.poll(() => page.locator('dialog[open]').textContent(), SOON).toContain('There is none on screen.');
    expect(await page.locator('[data-export]').count()).toBe(3);
  });

  it('asks for a key where reading needs one, and keeps it in the tab', async () => {
    const { text } = await createKey(graph.connection, {
      name: 'Ana',
      role: 'reader',
      createdBy: 'test',
      expiresAt: null,
    });
    await using closed = await serveExplorer({ CONCORDAT_ANONYMOUS_READING: 'false' });
    const { page, has, unwanted } = await open('', closed.url);
    await expect.poll(() => page.locator('#key-dialog').isVisible(), SOON).toBe(true);
    await page.locator('#key').fill(text);
    await page.locator('#key-dialog button[value=use]').click();
    await has(AGREEMENT);
    expect(await page.evaluate(() => [Object.values({ ...localStorage }).join(), document.cookie])).toEqual(['', '']);
    // That reading was refused is on the console of every browser.
    expect(unwanted.splice(0).filter((line) => !line.includes('401'))).toEqual([]);
  });

  it('loads the store at large', async () => {
    const { page, has, nodes } = await open(`#show=${BUKELE}`);
    await has(BUKELE);
    await page.locator('#load').click();
    await page.locator('#load-dialog button[value=load]').click();
    await has('source:hostile');
    const [[count = 0] = []] = await graph.rows('MATCH (n:Entity) RETURN count(n)');
    await expect.poll(async () => (await nodes()).length, SOON).toBe(count);
    expect(page.url()).toContain('whole=500');
  });

  it('says so where there is nothing to begin with, and searches', async () => {
    const { page } = await open('#show=person:nobody');
    await expect.poll(() => page.locator('#graph').getAttribute('aria-busy'), SOON).toBe('false');
    expect(await page.locator('#welcome').isVisible()).toBe(true);
    await page.locator('#welcome-search').click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
  });
});

/** Drivers that draw in software say how slow that is; requests that another has made needless are ended. */
const isOurs = (line: string): boolean => !/GL Driver Message \(OpenGL, Performance|ERR_ABORTED/.test(line);

/** The relationships that the server keeps among the ids of an address. */
async function ofServer(address: string, scope: string): Promise<string[]> {
  const ids = /show=([^&]+)/.exec(address)?.[1]?.split(',') ?? [];
  const { data } = await graph.ask(
    `query Among($ids: [ID!]!) { graph(ids: $ids, ${scope}) { relationships { id } } }`,
    { ids },
  );
  const found = data as unknown as { graph: { relationships: { id: string }[] } };
  return found.graph.relationships.map(({ id }) => id).sort();
}
