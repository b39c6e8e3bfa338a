import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** A browser of this machine, when it has one. None is fetched. */

export function findBrowser(env: Readonly<Record<string, string | undefined>>): string | null {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return [env['CHROMIUM_PATH'], ...places].find((path) => path !== undefined && existsSync(path)) ?? null;
}

export interface OpenBrowser extends AsyncDisposable {
  readonly context: BrowserContext;
}

export async function openBrowser(executablePath: string): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'concordat-browser-'));
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu'].map((name) => `--disable-${name}`);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    // WebGL is drawn in software where there is nothing else.
    args: ['--no-sandbox', ...quiet, '--enable-unsafe-swiftshader', '--use-angle=swiftshader'],
    acceptDownloads: true,
  });
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** What a page did that nobody wants: errors on its console, refused by its policy, requests to other hosts, dialogs. */
export async function watched(context: BrowserContext, origin: string): Promise<{ page: Page; unwanted: string[] }> {
  const page = await context.newPage();
  const unwanted: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) unwanted.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => unwanted.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => unwanted.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on('dialog', (dialog) => {
    unwanted.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && !url.replace(/^blob:/, '').startsWith(`${origin}/`)) unwanted.push(`asked: ${url}`);
  });
  return { page, unwanted };
}
