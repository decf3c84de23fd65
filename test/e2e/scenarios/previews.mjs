// Larger previews of attachments: opened, looked into, heard, turned, closed by keyboard; and what the model saw of each.
import assert from 'node:assert/strict';
import { axe } from './looks.mjs';

const TIME = /(\d+):(\d+\.\d)/;

/** Asks about a file, or goes on with its last answer, and opens its larger preview from the card. */
async function open(window, name) {
  const button = window.panel.getByRole('button', { name: `Larger preview of ${name}` }).last();
  if (!(await button.isVisible())) {
    await window.newChat();
    await window.describe(name);
    await window.turnIs('done', 60_000);
  }
  await button.click();
  const dialog = window.panel.getByRole('dialog', { name: `Preview of ${name}` });
  await dialog.locator('.viewer-view').waitFor();
  return dialog;
}

/** Drops files of the workspace on the panel as the explorer does: their addresses, under VS Code's own type. */
async function drop(window, workspace, names) {
  const uris = names.map((name) => `file://${workspace}/${name}`);
  await window.panel.locator('body').evaluate((body, list) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('resourceurls', JSON.stringify(list));
    dataTransfer.setData('text/uri-list', list[0]);
    body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, uris);
}

/** Of a kind that the explorer's menu does not offer for its name. */
async function askAboutDropped(window, workspace, name) {
  await window.newChat();
  await drop(window, workspace, [name]);
  await window.panel.getByRole('button', { name: `Remove ${name}` }).waitFor();
  await window.ask('Describe this file.');
  await window.turnIs('done', 60_000);
}

/** By Escape; the button that opened it has the focus again. */
async function close(window, name) {
  await window.page.keyboard.press('Escape');
  await window.panel.locator('dialog.viewer').waitFor({ state: 'detached' });
  const focused = window.panel.locator('[data-preview]:focus');
  await focused.waitFor();
  assert.equal(await focused.getAttribute('aria-label'), `Larger preview of ${name}`);
}

/** The browser of this run may have WebGL (in software) or none: one of the two ways must be there. */
async function threeDimensions(dialog) {
  const scene = dialog.locator('canvas.scene');
  const flat = dialog.getByText('needs WebGL');
  await dialog.locator('.stage-tools button, .viewer-note:has-text("needs WebGL")').first().waitFor();
  assert.equal((await scene.isVisible()) !== (await flat.isVisible()), true);
  return scene.isVisible();
}

/** Share of the pixels on the screen that are not as the canvas's corner: a canvas of WebGL cannot be read afterwards. */
async function drawn(canvas) {
  const png = (await canvas.screenshot()).toString('base64');
  return canvas.evaluate(async (_, base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    const ground = pixels[8 * bitmap.width + 8];
    return pixels.filter((pixel) => pixel !== ground).length / pixels.length;
  }, png);
}

/** Any canvas of the panel's page refuses WebGL from now on. */
const withoutWebGl = (window) =>
  window.panel.locator('body').evaluate(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return String(kind).startsWith('webgl') ? null : original.call(this, kind, ...rest);
    };
  });

export const scenarios = [
  {
    name: 'preview of a plot: zoomed by keys, the reading over it, and the square that the model saw',
    async run({ window }) {
      const dialog = await open(window, 'plot.png');
      const stage = dialog.getByRole('group', { name: /plot\.png, \d+ by \d+ pixels/ });
      const size = dialog.locator('.stage-size');
      assert.match(await size.innerText(), /^\d+ × \d+ px · [\d.]+ %$/);
      const before = await size.innerText();
      await stage.focus();
      await window.page.keyboard.press('+');
      assert.notEqual(await size.innerText(), before);
      await window.page.keyboard.press('0');
      assert.equal(await size.innerText(), before);
      await dialog.getByLabel('Show what was read').check();
      await dialog.locator('.stage-layer .line-over').first().waitFor();
      assert.equal(await dialog.locator('.stage-layer .line-over').count(), 2);
      // onelens-nano takes pictures stretched to 64 x 64
      await dialog.getByText(/One square of 64 × 64 pixels: the whole picture of \d+ × \d+, stretched to it/).waitFor();
      const seen = dialog.locator('.seen-squares img');
      await seen.waitFor();
      assert.deepEqual(await seen.evaluate((img) => [img.naturalWidth, img.naturalHeight]), [64, 64]);
      await window.screenshot('preview-plot');
      // Tab stays inside
      for (let i = 0; i < 12; i++) await window.page.keyboard.press('Tab');
      assert.equal(await dialog.locator(':focus').count(), 1);
      await close(window, 'plot.png');
    },
  },
  {
    name: 'preview of a recording: it plays, is sought by slider and pointer, and says what was heard',
    async run({ window }) {
      const dialog = await open(window, 'recording.wav');
      await dialog.getByRole('button', { name: 'Play' }).click();
      await dialog.getByRole('button', { name: 'Pause' }).waitFor();
      const time = dialog.locator('.sound-time');
      const seconds = async () => {
        const [, minutes, rest] = TIME.exec(await time.innerText());
        return Number(minutes) * 60 + Number(rest);
      };
      const begun = Date.now();
      while ((await seconds()) === 0 && Date.now() - begun < 10_000) await window.page.waitForTimeout(50);
      assert.ok((await seconds()) > 0, 'it plays');
      await dialog.getByRole('button', { name: 'Pause' }).click();
      await dialog.getByRole('button', { name: 'Play' }).waitFor();
      const slider = dialog.getByRole('slider', { name: 'Position' });
      await slider.focus();
      await window.page.keyboard.press('Home');
      assert.equal(await seconds(), 0);
      const box = await dialog.locator('.sound-pictures').boundingBox();
      await window.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      const middle = await slider.evaluate((input) => Number(input.value) / Number(input.max));
      assert.ok(Math.abs(middle - 0.5) < 0.03, `sought to ${middle}`);
      await dialog.getByText(/at 16 kHz, as \d+ bands of frequency/).waitFor();
      await window.screenshot('preview-sound');
      await close(window, 'recording.wav');
    },
  },
  {
    name: 'preview of a cloud: in three dimensions where there is WebGL, by keys, coloured three ways',
    async run({ window }) {
      const dialog = await open(window, 'cloud.ply');
      if (await threeDimensions(dialog)) {
        const scene = dialog.locator('canvas.scene');
        assert.ok((await drawn(scene)) > 0.01, 'points are drawn');
        await scene.focus();
        for (const key of ['ArrowLeft', 'ArrowUp', '+', '-', '0']) await window.page.keyboard.press(key);
        await dialog.getByLabel('Colour by').selectOption('normal');
        await dialog.getByText('estimated from neighbouring points').waitFor();
        await dialog.getByLabel('Colour by').selectOption('height');
        await dialog.getByText(/Height \(z\) from/).waitFor();
        assert.ok((await drawn(scene)) > 0.01, 'points are still drawn');
      }
      await dialog.getByText(/points, all of them drawn|points are drawn/).waitFor();
      await window.screenshot('preview-cloud');
      await close(window, 'cloud.ply');
    },
  },
  {
    name: 'preview of a depth map: photograph, depth and surface',
    async run({ window }) {
      const dialog = await open(window, 'chair_depth.png');
      await dialog.getByRole('button', { name: 'photograph' }).waitFor();
      await dialog.getByRole('button', { name: 'depth', exact: true }).click();
      await dialog.getByRole('group', { name: /chair_depth\.png, depth/ }).waitFor();
      await dialog.getByText(/Two squares of 64 × 64 pixels, the photograph's and the map's/).waitFor();
      await dialog.locator('.seen-squares img').nth(1).waitFor();
      await dialog.getByRole('button', { name: 'surface' }).click();
      if (await threeDimensions(dialog))
        assert.ok((await drawn(dialog.locator('canvas.scene'))) > 0.05, 'a surface is drawn');
      await window.screenshot('preview-depth');
      await close(window, 'chair_depth.png');
    },
  },
  {
    name: 'preview of a video: its frames with their times, those that the model saw marked',
    async run({ window }) {
      const dialog = await open(window, 'clip.webm');
      const frames = dialog.getByRole('list', { name: 'Pictures of clip.webm' }).getByRole('button');
      assert.ok((await frames.count()) > 1);
      assert.match(await frames.first().innerText(), /\d\.\d\d s/);
      assert.ok((await dialog.getByRole('button', { name: /seen by the model/ }).count()) > 0);
      await dialog.getByText(/\d frames, each stretched to 64 × 64 pixels, at/).waitFor();
      await dialog.locator('.seen-squares img').first().waitFor();
      await window.screenshot('preview-video');
      await close(window, 'clip.webm');
    },
  },
  {
    name: 'preview of an inertial recording: traces with units and a time axis',
    async run({ window, workspace }) {
      await askAboutDropped(window, workspace, 'walk.csv');
      const dialog = await open(window, 'walk.csv');
      assert.equal(await dialog.getByRole('img', { name: /accelerometer x .* m\/s²/ }).count(), 1);
      assert.equal(await dialog.getByRole('img', { name: /gyroscope z .* rad\/s/ }).count(), 1);
      await dialog.getByText(/resampled to 200 Hz/).waitFor();
      await window.screenshot('preview-imu');
      await close(window, 'walk.csv');
    },
  },
  {
    name: 'several files of different kinds are dropped at once, previewed before any question, and taken away',
    async run({ window, workspace }) {
      await window.newChat();
      await drop(window, workspace, ['plot.png', 'recording.wav', 'walk.csv']);
      const strip = window.panel.getByRole('list', { name: 'Attached files' });
      await strip.getByRole('button', { name: 'Larger preview of walk.csv' }).waitFor();
      assert.equal(await strip.getByRole('listitem').count(), 3);
      await strip.getByRole('button', { name: 'Larger preview of plot.png' }).focus();
      await window.page.keyboard.press('Enter');
      const dialog = window.panel.getByRole('dialog', { name: 'Preview of plot.png' });
      await dialog.locator('.stage-layer img').waitFor();
      await dialog.getByText('Nothing yet.').waitFor();
      await window.screenshot('preview-before-asking');
      await close(window, 'plot.png');
      await strip.getByRole('button', { name: 'Remove recording.wav' }).click();
      await strip.getByRole('button', { name: 'Larger preview of recording.wav' }).waitFor({ state: 'detached' });
      assert.equal(await strip.getByRole('listitem').count(), 2);
    },
  },
  {
    name: 'preview without WebGL: a cloud and a depth map are shown flat, with a word why',
    async run({ window }) {
      await window.newChat();
      await window.describe('cloud.ply');
      await window.turnIs('done', 60_000);
      await withoutWebGl(window);
      const cloud = await open(window, 'cloud.ply');
      await cloud.getByText('needs WebGL').waitFor();
      await cloud.locator('canvas.points').waitFor();
      await window.screenshot('preview-cloud-flat');
      await close(window, 'cloud.ply');
      await window.describe('chair_depth.png');
      await window.turnIs('done', 60_000);
      // the explorer took the chat's place meanwhile: its page is a new one
      await withoutWebGl(window);
      const depth = await open(window, 'chair_depth.png');
      await depth.getByRole('button', { name: 'surface' }).click();
      await depth.getByText('needs WebGL').waitFor();
      await close(window, 'chair_depth.png');
      await window.reload();
    },
  },
];

export const scenariosIn = ({ name }) => [
  {
    name: `larger previews in the ${name} theme`,
    async run({ window, workspace }) {
      for (const file of ['plot.png', 'recording.wav', 'cloud.ply', 'walk.csv']) {
        if (file === 'walk.csv') await askAboutDropped(window, workspace, file);
        const dialog = await open(window, file);
        await dialog.locator('.seen-body p').waitFor();
        assert.deepEqual(await axe(window.panel), [], `accessibility rules broken by ${file}`);
        await window.screenshot(`preview-${name}-${file.split('.')[0]}`);
        await close(window, file);
      }
    },
  },
];
