import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExamples } from '../../src/cli/project.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import type { Example } from '../../src/server/graphiql.ts';
import { type Served, serve } from '../../src/server/serve.ts';
import { testServer } from '../support/server.ts';
import { findBrowser, type OpenBrowser, openBrowser, watched } from '../support/server-browser.ts';

/** GraphiQL as a browser shows it; where a machine has none, as far as its HTML tells. */

const executable = findBrowser(process.env);
if (executable === null)
  console.warn('No browser was found, so GraphiQL is checked by its HTML only. Set CHROMIUM_PATH to one.');

const examples = await readExamples();

/** Examples that would break out of the script or of the page that they stand in. */
const HOSTILE: readonly Example[] = [
  '# </script><script>alert(1)</script>\nquery Script { __typename }',
  '# <!-- <script> --> <img src=x onerror=alert(2)>\nquery Image { __typename }',
  '# \\u003c/script> {alert(3)} ` \' " \\ end\nquery Quotes { __typename }',
  '# </SCRIPT ><svg onload=alert(4)>\nquery Svg { __typename }',
].map((query) => ({ title: query, query }));

/** A browser on a busy machine takes its time. */
const SOON = { timeout: 20_000 };

const opened: Served[] = [];
let browser: OpenBrowser | null = null;
beforeAll(async () => {
  browser = executable === null ? null : await openBrowser(executable);
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await Promise.all(opened.map((served) => served.close()));
});

async function serving(shown: readonly Example[]): Promise<string> {
  const { app } = testServer({
    schema: buildSchema(ontology),
    // A store with nothing in it.
    context: () => ({ model: ontology, reader: { read: async () => [] }, today: '2025-02-04' }),
    examples: shown,
  });
  const served = await serve({
    fetch: app.fetch,
    host: '127.0.0.1',
    port: 0,
    graceMs: 500,
    log: { error() {} } as never,
  });
  opened.push(served);
  return served.url;
}

/** Without a browser: what of the page can be told from its text. */
async function readHtml(url: string, shown: readonly Example[]): Promise<void> {
  const response = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
  const html = await response.text();
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script/gi)];
  expect(scripts).toHaveLength(1);
  const script = scripts[0]?.[1] ?? '';
  expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  for (const { query } of shown) expect(script).toContain(JSON.stringify(query).replaceAll('<', '\\u003c'));
  expect(html).not.toMatch(/<(script|link|img|iframe)[^>]*(src|href)="?https?:/i);
}

async function openTabs(url: string) {
  if (!browser) throw new Error('there is no browser');
  const { page, unwanted } = await watched(browser.context, url);
  await page.goto(`${url}/graphql`);
  await page.locator('.graphiql-execute-button').waitFor();
  const tabs = page.locator('.graphiql-tab');
  /** What the editor shows of a tab, its lines in any order; it writes spaces as ones that do not break. */
  const shown = async (index: number) => {
    // Tabs can be dragged, and take a press of no length for the beginning of that.
    await tabs.nth(index).locator('button').first().dispatchEvent('click');
    const editor = page.locator('.graphiql-query-editor .view-lines');
    return async () => (await editor.textContent())?.replaceAll('\u00a0', ' ');
  };
  return { page, tabs, shown, unwanted };
}

describe('GraphiQL', () => {
  it('opens on the examples, runs the first, and asks no other host for anything', async () => {
    const url = await serving(examples);
    if (!browser) return readHtml(url, examples);
    const { page, tabs, shown, unwanted } = await openTabs(url);
    const names = examples.map(({ query }) => /^query (\w+)/m.exec(query)?.[1]);
    await expect.poll(() => tabs.allInnerTexts(), SOON).toEqual(names);
    for (const [index, { title }] of examples.entries()) {
      await expect.poll(await shown(index), SOON).toContain(`# ${title}`);
    }
    await expect.poll(await shown(0), SOON).toContain(`# ${examples[0]?.title}`);
    await page.locator('.graphiql-execute-button').click();
    const result = page.locator('.result-window');
    await expect
      .poll(async () => ((await result.textContent()) ?? '').replace(/\s/g, ''), SOON)
      .toContain('"data":{"person":null}');
    expect(unwanted).toEqual([]);
  });

  it('shows examples as they are, whatever they hold', async () => {
    const url = await serving(HOSTILE);
    if (!browser) return readHtml(url, HOSTILE);
    const { tabs, shown, unwanted } = await openTabs(url);
    await expect.poll(() => tabs.allInnerTexts(), SOON).toEqual(['Script', 'Image', 'Quotes', 'Svg']);
    for (const [index, { query }] of HOSTILE.entries()) {
      await expect.poll(await shown(index), SOON).toContain(query.split('\n')[0]?.trim());
    }
    expect(unwanted).toEqual([]);
  });

  it('opens on the same tabs for those who come back', async () => {
    const url = await serving(examples);
    if (!browser) return readHtml(url, examples);
    const { page, tabs, unwanted } = await openTabs(url);
    const names = examples.map(({ query }) => /^query (\w+)/m.exec(query)?.[1]);
    await expect.poll(() => page.evaluate(() => localStorage.getItem('graphiql:tabState')), SOON).not.toBeNull();
    // Left in order: what is reloaded stops what it was loading, which would be taken for a failure.
    await page.goto('about:blank');
    await page.goto(`${url}/graphql`);
    await expect.poll(() => tabs.allInnerTexts(), SOON).toEqual(names);
    expect(await page.locator('.graphiql-tab-active').allInnerTexts()).toEqual([names[0]]);
    expect(unwanted.filter((line) => !line.includes('about:blank') && !line.includes('ERR_ABORTED'))).toEqual([]);
  });

  it('is a page whose only script is the one that its policy names', async () => {
    for (const shown of [examples, HOSTILE, []]) await readHtml(await serving(shown), shown);
  });
});
