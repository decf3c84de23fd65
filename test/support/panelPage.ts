import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { FromPanel, ToPanel, ToPlotPage } from '../../daemon/protocol/panelMessages';
import { panelHtml } from '../../extension/chat/panelHtml';
import { THEMES, type ThemeName } from './themes';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ORIGIN = 'http://panel.test';
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  ttf: 'font/ttf',
  map: 'application/json',
};

async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.ONELENS_CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('The panel tests need Chromium: apt-get install chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
}

/** The chat panel's real page, bundle and policy in a browser, with this test in the place of the extension. */
export interface PanelPage {
  page: Page;
  send(...messages: (ToPanel | ToPlotPage)[]): Promise<void>;
  /** What the panel has posted so far. */
  posted(): Promise<FromPanel[]>;
  /** Violations of the content security policy, errors and console errors. */
  problems: string[];
}

interface PanelOptions {
  width?: number;
  height?: number;
  theme?: ThemeName;
  page?: 'chat' | 'plot';
}

/** For a file of tests: one browser, and after each test its page must have had no problem, and is closed. */
export function openPanels(): (options?: PanelOptions) => Promise<PanelPage> {
  let browser: Browser;
  let panel: PanelPage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    expect(panel.problems).toEqual([]);
    await panel.page.close();
  });
  return async (options) => {
    panel = await openPanel(browser, options);
    return panel;
  };
}

async function openPanel(browser: Browser, options: PanelOptions = {}): Promise<PanelPage> {
  const { width = 320, height = 720, theme = 'dark', page: shown = 'chat' } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === '') return route.fulfill({ contentType: 'text/html', body: html(shown) });
    if (path === 'favicon.ico') return route.fulfill({ status: 204 });
    const body = await readFile(join(ROOT, 'dist/webview', path));
    return route.fulfill({ contentType: TYPES[path.split('.').at(-1)!] ?? 'application/octet-stream', body });
  });
  await page.addInitScript(fakeHost);
  await page.goto(`${ORIGIN}/`);
  await page.evaluate(applyTheme, THEMES[theme]);
  return {
    page,
    problems,
    send: (...messages) =>
      page.evaluate(async (list) => {
        for (const message of list) window.postMessage(message, '*');
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }, messages as unknown[]),
    posted: () => page.evaluate(() => (window as unknown as { posted: FromPanel[] }).posted),
  };
}

function html(page: 'chat' | 'plot'): string {
  return panelHtml({
    cspSource: ORIGIN,
    scriptUri: `${ORIGIN}/${page === 'chat' ? 'main' : 'plot'}.js`,
    ...(page === 'plot' ? { bodyClass: 'plot-page' } : {}),
    styleUri: `${ORIGIN}/main.css`,
    lazyScriptUris: { viewer: `${ORIGIN}/viewer.js`, cloud: `${ORIGIN}/cloud.js` },
    nonce: 'testnonce',
  });
}

/** Runs in the page: VS Code's half, with the state kept as VS Code keeps it across reloads. */
function fakeHost(): void {
  const posted: unknown[] = [];
  Object.assign(window, {
    posted,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => posted.push(message),
      getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined,
      setState: (state: unknown) => sessionStorage.setItem('kept', JSON.stringify(state)),
    }),
  });
}

/** Runs in the page: what the workbench sets. */
function applyTheme({ body, colors }: { body: string; colors: Record<string, string> }): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(colors)) style.setProperty(`--vscode-${name}`, value);
  style.setProperty('--vscode-font-family', 'system-ui, "DejaVu Sans", sans-serif');
  style.setProperty('--vscode-font-size', '13px');
  style.setProperty('--vscode-editor-font-family', 'monospace');
  document.body.classList.add(body);
  document.body.style.backgroundColor = colors['sideBar-background'] ?? '';
}
