// What a person does in the workbench, as functions: right-click, palette, type, look.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const screenshots = join(dirname(fileURLToPath(import.meta.url)), 'screenshots');

const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** A browser with its own empty profile. @returns {Promise<{newWindow: (url: string) => Promise<Driver>, close: () => Promise<void>}>} */
export async function openBrowser() {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium found; install the package chromium, or set CHROMIUM to one');
  const profile = mkdtempSync(join(tmpdir(), 'onelens-browser-'));
  const viewport = { width: 1360, height: 860 };
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport,
    args: FLAGS,
  });
  context.setDefaultTimeout(30_000);
  return {
    async newWindow(url) {
      const page = await context.newPage();
      await page.goto(url);
      const driver = new Driver(page);
      await driver.ready();
      return driver;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** One VS Code window. */
export class Driver {
  constructor(page) {
    this.page = page;
    const pages = page.frameLocator('iframe.webview.ready[src*="extensionId=onelens.onelens"]');
    /** The chat panel's page, inside VS Code's two frames. */
    this.panel = pages.first().frameLocator('#active-frame');
    /** The page of a plot's data, an editor of its own. While the explorer has the chat's place, it is the only page. */
    this.plotPage = pages.last().frameLocator('#active-frame');
  }

  /** Waits until the extension's contributions are registered (seconds after the explorer shows); loads anew once. */
  async ready() {
    const explorer = this.page.locator('.explorer-folders-view .monaco-list-row').first();
    const ours = this.page.getByRole('tab', { name: /OneLens/ }).first();
    // the chat may have taken the explorer's place before, and does again while the window is still being restored
    const shown = async () => {
      await ours.waitFor();
      await until(
        async () => {
          await this.showExplorer();
          return explorer.waitFor({ timeout: 2000 }).then(
            () => true,
            () => false,
          );
        },
        'the files in the explorer',
        60_000,
      );
    };
    await shown().catch(async () => {
      await this.page.reload();
      await shown();
    });
  }

  async reload() {
    await this.page.reload();
    await this.ready();
  }

  file(name) {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name: new RegExp(`^${literal(name)}`) });
  }

  /** The explorer's context menu; returns its entries' labels and leaves it open. */
  async openContextMenu(name) {
    await this.showExplorer();
    // the pointer's last place may have left a tooltip over the files
    await this.page.mouse.move(900, 700);
    await this.page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
    await this.file(name).click({ button: 'right', force: true });
    const items = this.page.getByRole('menuitem');
    await items.first().waitFor();
    return items.allTextContents();
  }

  /** A menu takes no click in its first moments, and a busy machine may lose one: it is opened again, as a person does. */
  async chooseFromContextMenu(name, entry) {
    for (let attempt = 0; attempt < 4; attempt++) {
      await this.openContextMenu(name);
      const item = this.page.getByRole('menuitem', { name: entry }).first();
      await this.page.waitForTimeout(300 * (attempt + 1));
      await item.hover({ force: true, timeout: 3000 }).catch(() => {});
      await item.click({ force: true, timeout: 3000 }).catch(() => {});
      const chosen = await until(() => item.isHidden(), 'the menu to close', 2000).then(
        () => true,
        () => false,
      );
      if (chosen) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`the context menu of ${name} never took ${entry}`);
  }

  /** The chat view may have taken the explorer's place in the side bar. */
  async showExplorer() {
    const explorer = this.page.locator('.explorer-folders-view');
    // a window that has just been loaded may not hear the first click
    for (let attempt = 0; attempt < 5 && !(await explorer.isVisible()); attempt++) {
      await this.page
        .locator('.activitybar')
        .getByRole('tab', { name: /^Explorer/ })
        .click({ timeout: 3000 })
        .catch(() => {});
      await explorer.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await explorer.waitFor();
  }

  /** Runs a command through the palette, by keyboard alone. An open palette does not refresh, so it is reopened on a miss. */
  async palette(title) {
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('F1');
      // a panel that had the keyboard keeps it for a moment, and would get the first letters
      const box = this.page.locator('.quick-input-widget input:focus').first();
      await box.waitFor({ timeout: 3000 }).catch(() => {});
      await this.page.keyboard.type(title);
      const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      const shown = await row.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) {
        await this.page.keyboard.press('Enter');
        return;
      }
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`the palette never offered ${title}`);
  }

  async describe(name) {
    await this.chooseFromContextMenu(name, 'Describe This File');
  }

  async openEditor(name) {
    await this.showExplorer();
    await this.file(name).dblclick();
    await this.page
      .locator('.tabs-container')
      .getByRole('tab', { name: new RegExp(literal(name)) })
      .waitFor();
  }

  tab(name) {
    return this.page
      .locator('.tabs-container')
      .getByRole('tab', { name: new RegExp(`^${literal(name)}`) })
      .first();
  }

  /** All editors, tab by tab, and what was not saved in them. */
  async closeEditors() {
    await this.page.keyboard.press('Escape');
    const tabs = this.page.locator('.tabs-container [role=tab]');
    const discard = this.page.getByRole('button', { name: "Don't Save" });
    await until(async () => {
      if (await discard.isVisible()) await discard.click({ timeout: 2000 }).catch(() => {});
      else if ((await tabs.count()) > 0) {
        const click = { button: 'middle', timeout: 2000 };
        await tabs
          .last()
          .click(click)
          .catch(() => {});
        await this.page.waitForTimeout(200);
      }
      return (await tabs.count()) === 0 && !(await discard.isVisible());
    }, 'all editors to close');
  }

  /** Opens the chat where it is not shown yet, types the question, presses Enter. */
  async ask(question) {
    const input = this.panel.getByRole('textbox', { name: 'Question' });
    await input.fill(question);
    await input.press('Enter');
  }

  /**
   * Waits until what is typed reaches the question. `textarea:focus` alone holds too early: the page in the frame counts as
   * focused while the palette still has the keyboard.
   */
  async questionHasKeyboard() {
    await this.panel.locator('textarea:focus').waitFor();
    const reached = () =>
      document.activeElement?.tagName === 'IFRAME' &&
      !document.querySelector('.quick-input-widget:not([style*="none"])');
    await until(() => this.page.evaluate(reached), 'the keyboard to be in the panel');
  }

  async newChat() {
    await this.palette('OneLens: New Chat');
    // the view may still be opening: no page has no turns either
    await this.panel.getByRole('textbox', { name: 'Question' }).waitFor();
    await this.turnCount(0);
  }

  turns() {
    return this.panel.locator('article.turn');
  }

  lastTurn() {
    return this.turns().last();
  }

  async turnCount(count) {
    await until(async () => (await this.turns().count()) === count, `${count} turns in the chat`);
  }

  /** Waits until the newest turn is "waiting", "streaming", "done", "stopped" or "failed". */
  async turnIs(state, timeout = 30_000) {
    const now = () =>
      this.lastTurn()
        .getAttribute('data-state', { timeout: 2000 })
        .catch(() => null);
    await until(async () => (await now()) === state, `the newest turn to be ${state}`, timeout, now);
  }

  async answer() {
    return (await this.lastTurn().locator('.answer').innerText()).trim();
  }

  async screenshot(name) {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }
}

function literal(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Looks again every 50 ms; the error says what was waited for and, if told how, what is there instead. */
export async function until(holds, what, timeout = 30_000, instead = () => '') {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${timeout / 1000} s for ${what}; ${await instead()}`);
}
