import { mkdir } from 'node:fs/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/**
 * Takes the pictures of docs/exploring.md: `npx tsx scripts/pictures.ts http://127.0.0.1:4000`, of a server that holds the
 * first data set. With `--large` as well: of one that holds much, loaded at large.
 */

const [origin = 'http://127.0.0.1:4000', mode] = process.argv.slice(2);
const FOLDER = new URL('../docs/pictures/', import.meta.url).pathname;
const PATIENCE = { timeout: 180_000 };

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--use-angle=swiftshader'],
});
await mkdir(FOLDER, { recursive: true });

async function open(context: BrowserContext, hash: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/explore${hash}`);
  await settled(page);
  return page;
}
const settled = (page: Page) => page.waitForSelector('#graph[data-settled]', { ...PATIENCE, state: 'attached' });
const take = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled' });
const context = (colorScheme: 'light' | 'dark') =>
  browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });

if (mode === '--large') await take(await open(await context('dark'), '#whole=10000'), 'large');
else {
  const article = await open(await context('light'), '');
  await take(article, 'article');
  const ids = new URL(article.url()).hash;
  const path = await open(await context('dark'), `${ids}&path=person:nayib-bukele,civil-society-organization:lulac`);
  await path.locator('#paths .explanation').waitFor(PATIENCE);
  await take(path, 'path');
}
await browser.close();
