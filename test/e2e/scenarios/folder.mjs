// Describe a folder: a table that fills, stops and goes on, survives a reload, sorts, filters, and is saved and read back.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axe } from './looks.mjs';

const COMMAND = 'OneLens: Describe Folder';
/** Of makeWorkspace: one is cut short, of the video no frame can be decoded here, and the last is not listed. */
const MIXED = [
  ...['chair.png', 'chair_depth.png', 'clip.webm', 'cloud.ply', 'photo.jpg', 'plot.png', 'recording.wav'],
  ...['truncated.png', 'notes.md'],
];
const FILES = MIXED.length - 1;
/** So many that they are not all described before a person presses Stop: a sound takes a fifth of a second. */
const MANY = 60;

const page = (window) => window.plotPage;
const rows = (window) => page(window).locator('tr.file-row');
const row = (window, name) => page(window).locator('tr.file-row', { hasText: name });
const status = (window) => page(window).locator('.folder-status');

/** The header says how it is sorted a frame before the rows are: `check` has five seconds. */
async function eventually(check) {
  for (const until = Date.now() + 5000; ; await new Promise((done) => setTimeout(done, 100))) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

async function openMixed(window, workspace) {
  const folder = join(workspace, 'mixed');
  mkdirSync(folder, { recursive: true });
  for (const name of MIXED) copyFileSync(join(workspace, name), join(folder, name));
  await window.closeEditors();
  await window.chooseFromContextMenu('mixed', 'Describe Folder');
  await page(window).getByRole('grid', { name: 'Files' }).waitFor();
}

async function openByPalette(window) {
  await window.closeEditors();
  await window.showExplorer();
  await window.palette(COMMAND);
  await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'workspace' }).first().waitFor();
  await window.page.keyboard.press('Enter');
  await page(window).getByRole('grid', { name: 'Files' }).waitFor();
}

/**
 * Types a path into VS Code's file dialog and accepts it. The dialog writes its own proposal there some time after it opens, and drops
 * an Enter that comes while it lists a folder (`busy` in its source): so both are done until the dialog is gone.
 */
async function saveAs(window, title, target) {
  const dialog = window.page.locator('.quick-input-widget', { hasText: title });
  await dialog.waitFor();
  const input = dialog.locator('input[type="text"]').first();
  for (let tries = 0; tries < 12; tries++) {
    if (await dialog.isHidden()) return; // closed without an answer
    await input.fill(target, { timeout: 5000 }).catch(() => {});
    await window.page.waitForTimeout(750);
    if ((await input.inputValue({ timeout: 5000 }).catch(() => '')) !== target) continue;
    await input.press('Enter', { timeout: 5000 }).catch(() => {});
    const gone = await dialog.waitFor({ state: 'hidden', timeout: 2500 }).then(
      () => true,
      () => false,
    );
    if (gone) return;
  }
  assert.fail(`the dialog “${title}” did not take ${target}`);
}

const texts = (window, column) => rows(window).locator(`td.${column} .name`).allInnerTexts();

export const scenarios = [
  {
    name: 'describe a folder of mixed files: every kind is read, the broken one says why',
    async run({ window, workspace }) {
      await openMixed(window, workspace);
      await status(window)
        .getByText(`${FILES - 2} of ${FILES} described, 2 failed. Done`)
        .waitFor({ timeout: 90_000 });
      assert.equal(await rows(window).count(), FILES);
      await row(window, 'recording.wav').getByText('sound').waitFor();
      await row(window, 'plot.png').getByText('line plot “Air temperature on a day in May”').waitFor();
      await row(window, 'truncated.png').getByText('FILE_TRUNCATED').waitFor();
      await row(window, 'clip.webm').getByText('FILE_UNSUPPORTED').waitFor();
      for (const name of ['recording.wav', 'photo.jpg', 'cloud.ply', 'chair_depth.png']) {
        assert.match(await row(window, name).locator('td.confidence-cell').innerText(), /\d+ %/, name);
        assert.notEqual((await row(window, name).locator('td.description').innerText()).trim(), '', name);
      }
      // pictures are drawn: of the sound and the cloud, too
      for (const name of ['photo.jpg', 'recording.wav', 'cloud.ply']) {
        const picture = row(window, name).locator('img');
        await picture.waitFor();
        assert.ok(await picture.evaluate((img) => img.complete && img.naturalWidth > 0), `the picture of ${name}`);
      }
      await window.screenshot('folder');
    },
  },
  {
    name: 'a folder’s table by keyboard: sort, filter, move, details',
    async run({ window }) {
      const confidence = page(window).getByRole('columnheader', { name: 'Confidence' });
      await confidence.getByRole('button').press('Enter');
      await page(window).locator('th.of-confidence[aria-sort="ascending"]').waitFor();
      await confidence.getByRole('button').press('Enter');
      await page(window).locator('th.of-confidence[aria-sort="descending"]').waitFor();
      await eventually(async () => {
        const shares = (await rows(window).locator('td.confidence-cell').allInnerTexts()).map((text) =>
          Number.parseInt(text, 10),
        );
        const known = shares.filter((share) => !Number.isNaN(share));
        assert.deepEqual(
          known,
          [...known].sort((a, b) => b - a),
        );
        assert.ok(Number.isNaN(shares.at(-1)), 'the file without a confidence is last');
      });
      await rows(window).first().click();
      await page(window).locator('tr.file-row:focus').press('End');
      await page(window).getByRole('region', { name: 'Details of truncated.png' }).waitFor();
      await page(window).getByRole('columnheader', { name: 'File' }).getByRole('button').click();
      await page(window).getByRole('searchbox').fill('sound');
      await page(window).locator('.folder-status', { hasText: '(1 shown)' }).waitFor();
      assert.deepEqual(await texts(window, 'path'), ['recording.wav']);
      await page(window).getByRole('searchbox').fill('');
    },
  },
  {
    name: 'a folder’s table is saved as CSV and read back',
    async run({ window, workspace }) {
      const target = join(workspace, 'table.csv');
      rmSync(target, { force: true }); // of an earlier attempt: the dialog would ask whether to replace it
      // VS Code closes the dialog where the window loses the focus: then the table is saved again
      for (let tries = 0; tries < 3 && !existsSync(target); tries++) {
        await window.palette('OneLens: Save Folder Table');
        await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'CSV' }).waitFor();
        await window.page.keyboard.press('Enter');
        await saveAs(window, 'Save the Table', target);
        for (let wait = 0; wait < 30 && !existsSync(target); wait++) await window.page.waitForTimeout(100);
      }
      await window.page.getByText(`${FILES} rows saved to table.csv`).first().waitFor();
      const lines = readFileSync(target, 'utf8').trimEnd().split('\r\n');
      assert.equal(lines[0], 'file,kind,description,confidence,measured,error');
      assert.equal(lines.length, FILES + 1);
      assert.match(
        lines.find((line) => line.startsWith('recording.wav')),
        /^recording\.wav,sound,.+,[01]\.\d\d,.*16,000 Hz/,
      );
      assert.match(
        lines.find((line) => line.startsWith('truncated.png')),
        /FILE_TRUNCATED/,
      );
    },
  },
  {
    name: 'describing a folder stops, survives a reload of the window, and goes on without doing anything twice',
    async run({ window, workspace }) {
      const folder = join(workspace, 'many');
      mkdirSync(folder, { recursive: true });
      const tone = readFileSync(join(workspace, 'recording.wav'));
      for (let i = 1; i <= MANY; i++) {
        const bytes = Buffer.from(tone);
        bytes.writeInt16LE(i, 44);
        writeFileSync(join(folder, `take ${i}.wav`), bytes);
      }
      await window.closeEditors();
      await window.chooseFromContextMenu('many', 'Describe Folder');
      await page(window).locator('tr.file-row.described').nth(1).waitFor({ timeout: 60_000 });
      await page(window).getByRole('button', { name: 'Stop' }).click();
      await status(window).getByText('Stopped').waitFor();
      const described = async () => Number.parseInt(await status(window).innerText(), 10);
      const done = await described();
      assert.ok(done >= 2 && done < MANY, `${done} described when it was stopped`);
      // the workbench writes down every few seconds which editors are open
      await window.page.waitForTimeout(6000);
      await window.reload();
      await status(window).getByText(`${done} of ${MANY} described. Stopped`).waitFor();
      await window.screenshot('folder-after-reload');
      await page(window).getByRole('button', { name: 'Resume' }).click();
      await status(window).getByText(`${MANY} of ${MANY} described. Done`).waitFor({ timeout: 150_000 });
      await window.closeEditors();
      for (const name of ['many', 'mixed', 'table.csv'])
        rmSync(join(workspace, name), { recursive: true, force: true });
    },
  },
];

export const scenariosIn = ({ name }) => [
  {
    name: `a folder’s table in the ${name} theme`,
    async run({ window }) {
      await openByPalette(window);
      await status(window).getByText('Done').waitFor({ timeout: 90_000 });
      await row(window, 'photo.jpg').locator('td.description').click();
      await window.screenshot(`folder-${name}`);
      assert.deepEqual(await axe(page(window), 'editor'), [], 'accessibility rules broken');
      await window.closeEditors();
    },
  },
];
