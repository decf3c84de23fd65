// Where people already are: hovers over media paths, alt texts, notebook outputs, the previews' title bar, the clipboard.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../driver.mjs';

const GALLERY = '# Gallery\n\n![](plot.png)\n\nListen to [the recording](recording.wav), look at `cloud.ply`.\n';
const SCRIPT = 'import matplotlib.pyplot as plt\n\nimage = plt.imread("./photo.jpg")\n';

export const scenarios = [
  {
    name: 'hover over a plot in Markdown: picture, measured facts, actions; describe from the hover',
    async run({ window, workspace }) {
      await open(window, workspace, 'gallery.md', GALLERY);
      const hover = await hoverOver(window, 'plot.png');
      await hover.getByText('Measured').waitFor({ timeout: 60_000 });
      const text = await hover.innerText();
      for (const expected of [/640 × 480 px/, /Air temperature on a day in May/, /Hour of the day/, /City, Forest/])
        assert.match(text, expected);
      await pictureIsDrawn(hover);
      for (const name of ['Describe', 'Ask', 'Extract data', 'Open'])
        await hover.getByRole('link', { name: new RegExp(`${name}$`) }).waitFor();
      await window.screenshot('hover-markdown');
      await hover.getByRole('link', { name: /Describe$/ }).click();
      await window.turnIs('done');
      const answer = await window.answer();
      const again = await hoverOver(window, 'plot.png');
      await again.getByText('Described by').waitFor();
      assert.ok((await again.innerText()).includes(answer.split('\n').at(-1)), 'the hover has the last description');
      await window.screenshot('hover-described');
    },
  },
  {
    name: 'hover over sound and a cloud in Markdown, and over strings in Python and in a notebook',
    async run({ window, workspace }) {
      await open(window, workspace, 'gallery.md', GALLERY);
      const sound = await hoverOver(window, 'recording.wav');
      await sound.getByText(/-13\.65 LUFS/).waitFor({ timeout: 60_000 });
      await pictureIsDrawn(sound);
      await window.screenshot('hover-sound');
      const cloud = await hoverOver(window, 'cloud.ply');
      await cloud.getByText(/4096 points/).waitFor({ timeout: 60_000 });
      await pictureIsDrawn(cloud);
      await window.screenshot('hover-cloud');
      await open(window, workspace, 'load.py', SCRIPT);
      const photo = await hoverOver(window, './photo.jpg');
      await photo.getByText(/320 × 272 px/).waitFor({ timeout: 60_000 });
      assert.equal(await photo.getByRole('link', { name: /Extract data$/ }).count(), 0, 'a photograph has no data');
      await pictureIsDrawn(photo);
      await window.screenshot('hover-python');
      const cell = JSON.stringify({
        cells: [
          { cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source: ['open("recording.wav")'] },
        ],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 2,
      });
      await open(window, workspace, 'load.ipynb', cell, '.notebook-editor .cell .view-line');
      await (await hoverOver(window, 'recording.wav')).getByText(/-13\.65 LUFS/).waitFor();
      await window.screenshot('hover-notebook');
    },
  },
  {
    name: 'the picture preview has "Ask About This" in its title bar',
    async run({ window }) {
      await window.closeEditors();
      await window.newChat();
      await window.showExplorer();
      await window.openEditor('photo.jpg');
      await window.page.locator('.editor-actions').getByRole('button', { name: 'Ask About This' }).click();
      await window.panel.getByText('photo.jpg').first().waitFor();
      await window.questionHasKeyboard();
      await window.screenshot('preview-ask');
    },
  },
  {
    name: 'alt text for one image by quick fix, and undone in one step',
    async run({ window, workspace }) {
      await open(window, workspace, 'page.md', '# Page\n\n![](plot.png)\n');
      await quickFix(window, 'plot.png', 'Write alt text');
      const written = `![${PLOT_ALT}](plot.png)`;
      await editorShows(window, ['# Page', '', written, '']);
      await window.screenshot('alt-text-one');
      await undo(window);
      await editorShows(window, ['# Page', '', '![](plot.png)', '']);
    },
  },
  {
    name: 'alt text for all images in a file: a preview, applied at once, undone in one step; what is written stays',
    async run({ window, workspace }) {
      const lines = [
        '<img src="plot.png">',
        '<img src="photo.jpg" alt="Mine">',
        '<img src="./photo.jpg">',
        '<img src="gone.png">',
      ];
      await open(window, workspace, 'all.html', lines.join('\n'));
      await quickFix(window, 'plot.png', /Write alt text for all 3 images/);
      const apply = window.page.getByRole('button', { name: 'Apply', exact: true });
      await apply.waitFor({ timeout: 60_000 });
      await window.page.waitForTimeout(1000);
      await window.screenshot('alt-text-preview');
      // what was measured is ticked beside a guess; the first box is the file's
      const boxes = await window.page.locator('.bulk-edit-panel .edit-checkbox').all();
      for (const box of boxes.slice(1)) if (!(await box.isChecked())) await box.click();
      await window.screenshot('alt-text-ticked');
      await apply.click();
      await window.tab('all.html').click();
      await until(async () => /alt="Line plot “Air temperature/.test(await editorText(window)), 'the alt texts');
      const text = await editorText(window);
      assert.match(text, /<img src="plot\.png" alt="Line plot “Air temperature on a day in May”/);
      assert.match(text, /<img src="photo\.jpg" alt="Mine">/);
      assert.match(text, /<img src="\.\/photo\.jpg" alt="[^"]+">/);
      assert.match(text, /<img src="gone\.png">/);
      await window.page
        .getByText(/1 of 3 images have no alt text from here/)
        .first()
        .waitFor();
      await window.screenshot('alt-text-all');
      await undo(window);
      await editorShows(window, lines);
    },
  },
  {
    name: 'the plot in a notebook’s output is described from the cell’s toolbar or the palette',
    async run({ window, workspace }) {
      const png = readFileSync(join(workspace, 'plot.png')).toString('base64');
      await open(window, workspace, 'figures.ipynb', notebook(png), '.notebook-editor .cell-list-container');
      await window.page.locator('.notebook-editor .cell .view-line').first().click();
      const button = window.page.getByRole('button', { name: 'Describe the Plot in This Output' }).first();
      const shown = await button.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      await window.screenshot('notebook-cell');
      // a toolbar that was drawn before the extension was there is not drawn anew until the cell is left
      if (shown) await button.click();
      else await window.palette('OneLens: Describe the Plot in This Output');
      await window.turnIs('done');
      await window.lastTurn().getByText('figures, cell 1.png').waitFor();
      await window.lastTurn().getByText('Measured facts').click();
      assert.match(await window.lastTurn().locator('details.facts').innerText(), /Air temperature on a day in May/);
      await window.screenshot('notebook-described');
    },
  },
  {
    name: 'the picture on the clipboard is attached to the chat',
    async run({ window, workspace }) {
      const { page } = window;
      const origin = new URL(page.url()).origin;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
      await window.newChat();
      const base64 = readFileSync(join(workspace, 'plot.png')).toString('base64');
      await page.evaluate(async (data) => {
        window.focus();
        const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
      }, base64);
      await window.palette('OneLens: Ask About the Clipboard Image');
      await window.panel.getByText('pasted.png').first().waitFor();
      await window.questionHasKeyboard();
      await window.screenshot('clipboard');
    },
  },
];

export const scenariosIn = ({ name }) => [
  {
    name: `a hover in the ${name} theme`,
    async run({ window, workspace }) {
      await open(window, workspace, 'gallery.md', GALLERY);
      const hover = await hoverOver(window, 'plot.png');
      await hover.getByText('Measured').waitFor({ timeout: 60_000 });
      await pictureIsDrawn(hover);
      await window.screenshot(`hover-${name}`);
    },
  },
];

const PLOT_ALT =
  'Line plot “Air temperature on a day in May”: Temperature (°C) against Hour of the day. Series: City, Forest.';

function notebook(png) {
  const output = { output_type: 'display_data', data: { 'image/png': png, 'text/plain': ['<Figure>'] }, metadata: {} };
  const cell = { cell_type: 'code', execution_count: 1, metadata: {}, outputs: [output], source: ['plt.plot(x, y)'] };
  return JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 2 });
}

/** Writes the file into the workspace and opens it as the only editor. */
async function open(window, workspace, name, text, shown = '.monaco-editor .view-line') {
  writeFileSync(join(workspace, name), text);
  await window.closeEditors();
  await window.showExplorer();
  await window.file(name).waitFor();
  await window.openEditor(name);
  await window.page.locator(shown).first().waitFor();
}

/** Leaves and comes back until the hover is there: the first may be from before the extension was ready. */
async function hoverOver(window, text) {
  const { page } = window;
  const word = page.locator('.monaco-editor .view-line span', { hasText: text }).last();
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.mouse.move(900, 700);
    await page.waitForTimeout(400);
    await word.hover();
    const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: text.split('/').at(-1) }).first();
    const shown = await hover.waitFor({ timeout: 8000 }).then(
      () => true,
      () => false,
    );
    if (shown && !(await hover.getByText('look again soon').isVisible())) return hover;
  }
  throw new Error(`no hover over ${text}`);
}

async function pictureIsDrawn(hover) {
  const image = hover.locator('img').first();
  await image.waitFor();
  const width = await image.evaluate(async (img) => {
    await img.decode();
    return img.naturalWidth;
  });
  assert.ok(width > 0, 'the picture is drawn');
}

/** The cursor goes where the text is, Ctrl+. opens the fixes, and the one with this title is chosen. */
async function quickFix(window, text, title) {
  const { page } = window;
  const word = page.locator('.monaco-editor .view-line span', { hasText: text }).last();
  const row = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  for (let attempt = 0; attempt < 6; attempt++) {
    await word.click();
    await page.keyboard.press('Control+.');
    const offered = await row.waitFor({ timeout: 4000 }).then(
      () => true,
      () => false,
    );
    if (offered) {
      await window.screenshot(`quick-fix-${String(title).replace(/\W+/g, '-')}`);
      await row.click();
      return;
    }
    await page.keyboard.press('Escape');
  }
  throw new Error(`no quick fix ${title}`);
}

async function undo(window) {
  await window.page.locator('.monaco-editor .view-line').first().click();
  await window.page.keyboard.press('Control+z');
}

/** The lines from top to bottom: their order in the page is another. */
async function editorText(window) {
  const lines = window.page.locator('.editor-group-container .monaco-editor .view-lines').first().locator('.view-line');
  const shown = await lines.evaluateAll((all) =>
    all.map((line) => ({ top: Number.parseFloat(line.style.top), text: line.textContent })),
  );
  return shown
    .sort((a, b) => a.top - b.top)
    .map(({ text }) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

async function editorShows(window, lines) {
  const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
  const expected = squeezed(lines.join('\n'));
  await until(
    async () => squeezed(await editorText(window)) === expected,
    `the editor to show ${expected}`,
    60_000,
    () => editorText(window),
  );
}
