// Find media by words: what was measured and read in the files, kept true while they change, and kept over a reload.
import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const COMMAND = 'OneLens: Find Media';

const widget = (window) => window.page.locator('.quick-input-widget');
const items = (window) => widget(window).locator('.quick-input-list .monaco-list-row');

async function open(window) {
  await window.closeEditors();
  await window.palette(COMMAND);
  await widget(window).locator('.quick-input-title', { hasText: 'Find Media' }).waitFor();
}

/** Waits until nothing is left to be measured. */
async function settled(window) {
  await widget(window)
    .locator('.quick-input-title', { hasText: /Find Media: \d+ files$/ })
    .waitFor({ timeout: 90_000 });
}

async function type(window, words) {
  await widget(window).locator('input').first().fill(words);
  await window.page.waitForTimeout(400);
}

async function first(window, name) {
  await items(window).first().filter({ hasText: name }).waitFor();
}

async function close(window) {
  await window.page.keyboard.press('Escape');
  await widget(window).waitFor({ state: 'hidden' });
}

export const scenarios = [
  {
    name: 'find media: a plot by the words of its title, a sound by its kind, a file by part of its name',
    async run({ window }) {
      await open(window);
      await settled(window);
      await type(window, 'temperature day may');
      await first(window, 'plot.png');
      assert.match(await items(window).first().innerText(), /Air temperature on a day in May/);
      const icon = items(window).first().locator('.quick-input-list-icon');
      assert.match(await icon.evaluate((element) => getComputedStyle(element).backgroundImage), /thumbnails/);
      await window.screenshot('find-media');
      await type(window, 'audio');
      await first(window, 'recording.wav');
      await type(window, 'chai');
      await first(window, 'chair');
      await type(window, 'depth map');
      await first(window, 'chair_depth.png');
      await type(window, 'zzyzx');
      await items(window)
        .first()
        .filter({ hasText: 'No matching results' })
        .or(items(window).first())
        .first()
        .isVisible();
      assert.equal(
        await items(window)
          .filter({ hasText: /\.(png|wav|ply|jpg)/ })
          .count(),
        0,
      );
      await close(window);
    },
  },
  {
    name: 'find media: Enter opens the file, the button asks about it in the chat',
    async run({ window }) {
      await open(window);
      await type(window, 'temperature chart');
      await first(window, 'plot.png');
      await window.page.keyboard.press('Enter');
      await window.tab('plot.png').waitFor();
      await open(window);
      await type(window, 'sound');
      await first(window, 'recording.wav');
      await items(window).first().hover();
      await items(window).first().getByRole('button', { name: 'Ask About It in the Chat' }).click();
      await window.panel.getByText('recording.wav').first().waitFor();
      await window.panel
        .getByRole('button', { name: /Remove recording\.wav/ })
        .first()
        .click()
        .catch(() => {});
      await window.showExplorer();
      await window.closeEditors();
    },
  },
  {
    name: 'find media: a file that comes is found, one that goes is not, and the index survives a reload',
    async run({ window, workspace }) {
      const late = join(workspace, 'late-arrival.png');
      rmSync(late, { force: true });
      await open(window);
      await settled(window);
      await type(window, 'late arrival');
      assert.equal(await items(window).filter({ hasText: 'late-arrival' }).count(), 0);
      copyFileSync(join(workspace, 'plot.png'), late);
      await items(window).first().filter({ hasText: 'late-arrival.png' }).waitFor({ timeout: 30_000 });
      await close(window);
      await open(window);
      await settled(window);
      await type(window, 'temperature city forest arrival');
      await items(window).filter({ hasText: 'Air temperature on a day in May' }).first().waitFor();
      await close(window);
      await window.page.waitForTimeout(1000);
      await window.reload();
      await open(window);
      await type(window, 'temperature arrival');
      await first(window, 'late-arrival.png');
      rmSync(late);
      await items(window).filter({ hasText: 'late-arrival.png' }).waitFor({ state: 'hidden', timeout: 30_000 });
      await close(window);
    },
  },
];

export const scenariosIn = ({ name }) => [
  {
    name: `find media in the ${name} theme`,
    async run({ window }) {
      await open(window);
      await settled(window);
      await type(window, 'picture of a plot');
      await first(window, 'plot.png');
      await window.screenshot(`find-media-${name}`);
      await close(window);
    },
  },
];
