// What the window around the chat shows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const scenarios = [
  {
    name: 'the menu entry is there for supported kinds only',
    async run({ window }) {
      assert.ok((await window.openContextMenu('cloud.ply')).some((label) => label.includes('Describe This File')));
      await window.page.keyboard.press('Escape');
      assert.ok(!(await window.openContextMenu('notes.md')).some((label) => label.includes('Describe This File')));
      await window.page.keyboard.press('Escape');
    },
  },
  {
    name: 'the status bar tells state, model and device',
    async run({ window }) {
      // a window that was loaded anew has asked nothing yet
      await window.describe('recording.wav');
      await window.turnIs('done');
      const item = window.page.locator('.statusbar-item[id*="onelens"]');
      await item.waitFor();
      const label = await item.locator('a').getAttribute('aria-label');
      assert.match(label ?? '', /OneLens.*(ready|answering).*model \S+.*on cpu/i);
    },
  },
  {
    name: 'a second window shares the daemon',
    async run({ browser, workbench, home, window }) {
      // whose daemon it is: an own question starts it where no scenario before has
      await window.describe('recording.wav');
      await window.turnIs('done');
      const before = JSON.parse(readFileSync(join(home, 'daemon.json'), 'utf8')).pid;
      const second = await browser.newWindow(workbench.url);
      await second.describe('cloud.ply');
      await second.turnIs('done');
      assert.equal(JSON.parse(readFileSync(join(home, 'daemon.json'), 'utf8')).pid, before);
      await second.page.close();
    },
  },
];
