// Where people already are: hovers over media paths, alt texts, notebook outputs, the previews' title bar, the clipboard.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
    name: 'hover over sound and a cloud in Markdown, and over a string in Python',
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

/** Writes the file into the workspace and opens it as the only editor. */
async function open(window, workspace, name, text) {
  writeFileSync(join(workspace, name), text);
  await window.closeEditors();
  await window.showExplorer();
  await window.file(name).waitFor();
  await window.openEditor(name);
  await window.page.locator('.monaco-editor .view-line').first().waitFor();
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
