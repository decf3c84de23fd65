// A workspace of several folders, one of them virtual: its files exist in memory alone, and VS Code is the only way to them.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two folders with a file of the same name, and a virtual one. @param {string} samples */
export function makeFolders(folder, samples) {
  for (const [name, files] of Object.entries({
    north: ['plot.png', 'chair.png'],
    south: ['plot.png', 'photo.jpg'],
    memory: ['recording.wav'],
  })) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const file of files) copyFileSync(join(samples, file), join(folder, name, file));
  }
  const workspace = join(folder, 'several.code-workspace');
  const folders = [{ path: 'north' }, { path: 'south' }, { name: 'virtual', uri: 'memory:/' }];
  writeFileSync(workspace, JSON.stringify({ folders }));
  return workspace;
}

export const scenarios = [
  {
    name: 'several folders: files of one name are told apart by their folder',
    async run({ window }) {
      await window.palette('OneLens: Describe This File');
      const rows = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'plot.png' });
      await rows.nth(1).waitFor();
      const labels = await rows.allInnerTexts();
      assert.deepEqual(
        labels.map((label) => /north|south/.exec(label)?.[0]),
        ['north', 'south'],
      );
      await rows.nth(1).click();
      await window.turnIs('done');
      assert.equal(await window.lastTurn().locator('figcaption .name').innerText(), 'south/plot.png');
      await window.screenshot('several-folders');
    },
  },
  {
    name: 'a virtual folder: the file is read through VS Code and answered about',
    async run({ window, expectedFacts }) {
      await window.showExplorer();
      const root = window.file('virtual');
      if ((await root.getAttribute('aria-expanded')) !== 'true') await root.click();
      await window.describe('recording.wav');
      await window.turnIs('done');
      assert.ok((await window.answer()).length > 3, 'the answer has words');
      await window.lastTurn().getByText('Measured facts').click();
      const shown = await window.lastTurn().locator('details.facts').innerText();
      for (const expected of expectedFacts['recording.wav']) assert.match(shown, expected);
      assert.equal(await window.lastTurn().locator('figcaption .name').innerText(), 'virtual/recording.wav');
      await window.screenshot('virtual-folder');
    },
  },
];
