import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { AskResult, MediaReport, StatusInfo } from '../../daemon/protocol/messages';
import type { PanelAttachment, PanelTurn, ToPanel } from '../../daemon/protocol/panelMessages';
import { openPanels, type PanelPage } from '../support/panelPage';
import { THEMES, type ThemeName } from '../support/themes';

// The chat panel's bundle in a real browser, under its real policy. `npm run build` comes first.

const RED_DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==';
const STATUS: StatusInfo = {
  state: 'ready',
  model: 'onelens-tiny',
  device: 'CPU (2 threads)',
  deviceReason: 'no GPU found',
  daemonPid: 1,
  version: '0.1.0',
};
const REPORT: MediaReport = {
  file: '/ws/plot.png',
  modality: 'image',
  facts: [
    { name: 'image.width', value: 640, unit: 'px', how: 'PNG header' },
    { name: 'image.dominantColors', value: ['#1f77b4', '#ffffff'], how: 'k-means' },
  ],
  warnings: [],
  preview: { kind: 'thumbnail', pngBase64: RED_DOT, width: 5, height: 5 },
};
const PLOT: PanelAttachment = { id: 'a1', name: 'plot.png', report: REPORT };
const SOUND: PanelAttachment = {
  id: 'a2',
  name: 'bark.wav',
  report: {
    file: '/ws/bark.wav',
    modality: 'audio',
    facts: [{ name: 'audio.duration', value: 5, unit: 's', how: 'samples / rate' }],
    warnings: ['Only the first 10.2 s were used.'],
    preview: { kind: 'waveform', peaks: [0.1, 0.9, 0.4], duration: 5 },
  },
};
const CLOUD: PanelAttachment = {
  id: 'a3',
  name: 'chair.ply',
  report: {
    file: '/ws/chair.ply',
    modality: 'point',
    facts: [],
    warnings: [],
    preview: { kind: 'points', xyz: [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1] },
  },
};
const RESULT: AskResult = {
  text: '',
  confidence: 0.83,
  model: 'onelens-tiny',
  device: 'CPU (2 threads)',
  media: [REPORT],
  usage: { promptTokens: 61, mediaTokens: 30, completionTokens: 40 },
  timings: { decodeMs: 12, encodeMs: 80, firstTokenMs: 220, totalMs: 1440, tokensPerSecond: 41.3 },
  cached: { media: false, prefixTokens: 0 },
  stopped: 'end',
};
const turn = (change: Partial<PanelTurn> = {}): PanelTurn => ({
  id: 't1',
  question: 'Describe this file.',
  attachments: [PLOT],
  answer: '',
  state: 'waiting',
  stage: 'starting',
  ...change,
});
const done = (change: Partial<PanelTurn> = {}): PanelTurn =>
  turn({ state: 'done', stage: undefined, answer: 'A **line** plot.', result: RESULT, ...change });
const restore = (turns: PanelTurn[], attachments: PanelAttachment[] = [PLOT]): ToPanel => ({
  type: 'restore',
  turns,
  attachments,
  status: STATUS,
});

const open = openPanels();
let panel: PanelPage;

test('it says that it is ready, and shows what can be done', async () => {
  panel = await open();
  expect(await panel.posted()).toEqual([{ type: 'ready' }]);
  await panel.send(restore([], []));
  await panel.page.getByRole('heading', { name: 'Ask about a file' }).waitFor();
  await panel.page.getByRole('button', { name: 'What do I hear?' }).click();
  expect(await panel.page.getByLabel('Question').inputValue()).toBe('What do I hear?');
});

test('by keyboard alone: a question is written, sent with Enter, and stopped', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([]), { type: 'focus' });
  await page.keyboard.type('What is');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('this?');
  await page.keyboard.press('Enter');
  expect((await panel.posted()).at(-1)).toEqual({ type: 'ask', question: 'What is\nthis?' });
  expect(await page.getByLabel('Question').inputValue()).toBe('');
  await panel.send({ type: 'turn', turn: turn() });
  await page.getByText('Starting the engine…').waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).focus();
  await page.keyboard.press('Enter');
  expect((await panel.posted()).at(-1)).toEqual({ type: 'stop', id: 't1' });
  await panel.send({ type: 'turn', turn: turn({ state: 'stopped', stage: undefined }) });
  expect(await page.getByRole('button', { name: 'Stop', exact: true }).isVisible()).toBe(false);
  await page.keyboard.press('Tab');
  await page.getByLabel('Question').focus();
  await page.keyboard.press('ArrowUp');
  expect(await page.getByLabel('Question').inputValue()).toBe('Describe this file.');
});

test('pieces stream as Markdown; then facts, confidence and what it took', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([turn()]));
  for (const text of ['A **li', 'ne** pl', 'ot.']) await panel.send({ type: 'piece', id: 't1', text });
  expect(await page.locator('.answer strong').textContent()).toBe('line');
  expect(await page.locator('.turn').getAttribute('aria-busy')).toBe('true');
  await panel.send({ type: 'turn', turn: done() });
  await page.getByText('High confidence, 83 %').waitFor();
  expect(await page.locator('.cost').getAttribute('title')).toContain('First word after 220 ms, 41.3 tokens a second');
  const facts = page.locator('details.facts');
  expect(await facts.getAttribute('open')).toBeNull();
  await page.getByText('Measured facts').click();
  const rows = await facts.getByRole('row').allInnerTexts();
  expect(rows.slice(1).map((row) => row.split(/\s*[\n\t]\s*/))).toEqual([
    ['Width', '640 px', 'PNG header'],
    ['Dominant colors', '#1f77b4, #ffffff', 'k-means'],
  ]);
  expect(
    await facts
      .locator('.swatch')
      .first()
      .evaluate((e) => getComputedStyle(e).backgroundColor),
  ).toBe('rgb(31, 119, 180)');
  await page.getByRole('button', { name: 'Copy answer' }).click();
  expect((await panel.posted()).at(-1)).toEqual({ type: 'copy', text: 'A **line** plot.' });
  expect(await page.locator('[role=status].sr-only').textContent()).toBe('Answer: A line plot.');
});

test('a screen reader hears an answer sentence by sentence while it is written, and the rest at its end', async () => {
  panel = await open();
  const heard = () => panel.page.locator('[role=status].sr-only p').allTextContents();
  await panel.send(restore([turn()]));
  await panel.send({ type: 'piece', id: 't1', text: 'A **line** plot. It is about 3' });
  expect(await heard()).toEqual(['Answer: A line plot.']);
  await panel.send({ type: 'piece', id: 't1', text: '.5 m high! And' });
  expect(await heard()).toEqual(['Answer: A line plot.', 'It is about 3.5 m high!']);
  const answer = 'A **line** plot. It is about 3.5 m high! And more.';
  await panel.send({ type: 'turn', turn: done({ answer }) });
  expect((await heard()).at(-1)).toBe('And more.');
});

test('nothing moves by itself for who asks for that', async () => {
  panel = await open();
  await panel.send(restore([turn()]));
  const spin = panel.page.locator('.codicon-modifier-spin');
  expect(await spin.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
});

test('a model’s text is text: no HTML, no pictures, no script', async () => {
  panel = await open();
  const answer = [
    '<img src=x onerror="alert(1)"> <script>alert(1)</script>',
    '![p](https://example.com/p.png) [go](https://example.com) [bad](javascript:alert(1)) [cmd](command:x)',
  ].join('\n\n');
  await panel.send(restore([done({ answer })]));
  const links = await panel.page.locator('.answer a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  expect(links).toEqual(['https://example.com/p.png', 'https://example.com']);
  await panel.page.getByRole('link', { name: 'go' }).click();
  expect((await panel.posted()).at(-1)).toEqual({ type: 'openLink', href: 'https://example.com' });
  expect(await panel.page.locator('.answer img, .answer script').count()).toBe(0);
  expect(await panel.page.locator('.answer').textContent()).toContain('<script>alert(1)</script>');
});

test('a code block is copied as it is, and a growing answer ends up as the whole one would be drawn', async () => {
  panel = await open();
  const { page } = panel;
  const answer = '# One\n\n- a\n\n- b\n\n```py\nx = 1\n\ny = 2\n```\n\n[go][1]\n\n[1]: https://example.com\n';
  await panel.send(restore([turn()]));
  for (const text of answer.match(/[\s\S]{1,5}/g) ?? []) await panel.send({ type: 'piece', id: 't1', text });
  await page.getByRole('button', { name: 'Copy code' }).click();
  expect((await panel.posted()).at(-1)).toEqual({ type: 'copy', text: 'x = 1\n\ny = 2' });
  await panel.send({ type: 'turn', turn: done({ answer }) });
  const grown = await page.locator('.answer').innerHTML();
  expect(await page.locator('.answer ul').count()).toBe(1);
  await panel.send(restore([]), restore([done({ answer })]));
  expect(await page.locator('.answer').innerHTML()).toBe(grown);
  expect(await page.locator('.code-head span').first().textContent()).toBe('py');
});

test('what can be done with an answer: one stop of Tab, arrows inside, timings on request', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([done({ answers: { count: 2, shown: 1 } })]));
  const toolbar = page.getByRole('toolbar', { name: 'Answer' });
  await toolbar.getByRole('button', { name: 'Copy answer' }).focus();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('Insert at cursor');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Previous answer' }).click();
  expect((await panel.posted()).slice(1)).toEqual([
    { type: 'insert', text: 'A **line** plot.' },
    { type: 'regenerate', id: 't1' },
    { type: 'chooseAnswer', id: 't1', index: 0 },
  ]);
  expect(await page.getByRole('button', { name: 'Next answer' }).isDisabled()).toBe(true);
  const timings = page.getByRole('button', { name: 'Timings' });
  expect(await page.getByRole('table', { name: 'Timings' }).count()).toBe(0);
  await timings.click();
  expect(await timings.getAttribute('aria-expanded')).toBe('true');
  const rows = await page.getByRole('table', { name: 'Timings' }).getByRole('row').allInnerTexts();
  expect(rows.map((row) => row.split('\t')).slice(0, 4)).toEqual([
    ['Reading the file', '12 ms'],
    ['Encoding', '80 ms'],
    ['First token after', '220 ms'],
    ['Speed', '41.3 tokens/s'],
  ]);
});

test('a question is edited in its place and sent with Enter; Escape leaves it as it was', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([done()]));
  await page.getByRole('button', { name: 'Edit and ask again' }).click();
  await page.keyboard.type(' Briefly.');
  await page.keyboard.press('Escape');
  expect(await page.locator('.question').textContent()).toBe('Describe this file.');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' Briefly.');
  await page.keyboard.press('Enter');
  expect((await panel.posted()).slice(1)).toEqual([
    { type: 'resend', id: 't1', question: 'Describe this file. Briefly.' },
  ]);
});

test('# offers files of the workspace, chosen by keyboard', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([], []), { type: 'focus' });
  await page.keyboard.type('Is #pl');
  expect((await panel.posted()).slice(1)).toEqual([
    { type: 'findFiles', request: 1, query: '' },
    { type: 'findFiles', request: 2, query: 'p' },
    { type: 'findFiles', request: 3, query: 'pl' },
  ]);
  const file = (name: string, folder = '') => ({ uri: `file:///ws/${name}`, name, folder });
  await panel.send({ type: 'filesFound', request: 2, files: [file('old.png')] });
  expect(await page.getByRole('listbox').isVisible()).toBe(false);
  await panel.send({ type: 'filesFound', request: 3, files: [file('plot.png'), file('place.jpg', 'in/here')] });
  const field = page.getByRole('textbox', { name: 'Question' });
  expect(await field.getAttribute('aria-activedescendant')).toBe('files-found-0');
  await page.getByText('2 files; arrows choose').waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('option', { selected: true }).innerText()).toMatch(/place.jpg\s*in\/here/);
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () =>
    (await (window as unknown as { axe: typeof axe }).axe.run()).violations.map(({ id }) => id),
  );
  expect(violations).toEqual([]);
  await page.keyboard.press('Enter');
  expect((await panel.posted()).slice(-2)).toEqual([
    { type: 'findFiles', request: 4, query: null },
    { type: 'attachUris', uris: ['file:///ws/place.jpg'] },
  ]);
  expect(await field.getAttribute('aria-controls')).toBeNull();
  expect(await field.inputValue()).toBe('Is place.jpg ');
  await page.keyboard.type('#x');
  await panel.send({ type: 'filesFound', request: 6, files: [] });
  await page.getByRole('option', { name: 'No file fits' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('y');
  expect(await page.getByRole('listbox').isVisible()).toBe(false);
  expect(await field.inputValue()).toBe('Is place.jpg #xy');
});

test('an answer that was interrupted, one that came again the same, and a file that is gone say so', async () => {
  panel = await open();
  const { page } = panel;
  const gone = { id: 'a1', name: 'plot.png', error: 'plot.png is not there any more.' };
  const interrupted = turn({
    state: 'stopped',
    stage: undefined,
    answer: 'Half',
    interrupted: true,
    attachments: [gone],
  });
  await panel.send(restore([interrupted, done({ id: 't2', sameAgain: 'greedy' })], []));
  await page.getByText('Interrupted: the window closed').waitFor();
  await page.getByText('plot.png is not there any more.').waitFor();
  await page.getByRole('article').first().getByRole('button', { name: 'Regenerate' }).click();
  await page.getByRole('button', { name: 'Change temperature' }).click();
  expect((await panel.posted()).slice(1)).toEqual([{ type: 'regenerate', id: 't1' }, { type: 'openTemperature' }]);
});

test('files of a conversation that was kept are asked for when they come into sight', async () => {
  panel = await open({ height: 400 });
  const { page } = panel;
  const many = Array.from({ length: 40 }, (_, i) =>
    done({ id: `t${i}`, attachments: [{ id: `a${i}`, name: `${i}.png` }], answer: 'A plot.\n\n'.repeat(5) }),
  );
  await panel.send(restore(many, []));
  const asked = async () => (await panel.posted()).flatMap((one) => (one.type === 'inspect' ? one.ids : []));
  await page.waitForTimeout(200);
  expect(await asked()).toContain('a39');
  expect(await asked()).not.toContain('a0');
  await page.locator('.conversation').evaluate((e) => e.scrollTo(0, 0));
  await page.waitForTimeout(200);
  expect(await asked()).toContain('a0');
});

test('a picture, a waveform and a cloud are drawn', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([done({ attachments: [PLOT, SOUND, CLOUD] })], []));
  expect(await page.locator('img.thumbnail').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(5);
  const painted = (label: RegExp) =>
    page.getByRole('img', { name: label }).evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return {
        count: data.filter((alpha, i) => i % 4 === 3 && alpha > 0).length,
        sum: data.reduce((a, b, i) => a + b * (i % 997), 0),
      };
    });
  expect((await painted(/Waveform of bark.wav, 5 s/)).count).toBeGreaterThan(100);
  const before = await painted(/Point cloud of chair.ply/);
  expect(before.count).toBeGreaterThan(8);
  await page.getByRole('img', { name: /Point cloud/ }).press('ArrowRight');
  await page.waitForTimeout(60);
  expect((await painted(/Point cloud/)).sum).not.toBe(before.sum);
});

test('a failure says what to do, with buttons that do it; a damaged file offers no restart', async () => {
  panel = await open();
  const { page } = panel;
  const died = { code: 'ENGINE_DIED', text: 'The engine stopped (SIGKILL). Ask again.' };
  await panel.send(restore([turn({ state: 'failed', stage: undefined, answer: 'Half', error: died })]));
  await page.getByRole('alert').getByText(died.text).waitFor();
  await page.getByRole('button', { name: 'Restart engine' }).click();
  await page.getByRole('button', { name: 'Show log' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  expect((await panel.posted()).slice(1)).toEqual([
    { type: 'restartEngine' },
    { type: 'showLog' },
    { type: 'regenerate', id: 't1' },
  ]);
  const cut = { code: 'FILE_TRUNCATED', text: 'The PNG file is cut short.' };
  await panel.send(restore([turn({ state: 'failed', stage: undefined, error: cut })], [{ ...PLOT, error: cut.text }]));
  expect(await page.getByRole('button', { name: 'Restart engine' }).count()).toBe(0);
  expect(await page.locator('.notice').textContent()).toBe('');
  await panel.send({ type: 'attachments', attachments: [{ ...PLOT, error: 'Another damage.' }] });
  expect(await page.locator('.notice').textContent()).toBe('Another damage.');
});

test('files: shown once for a run of questions, taken away by a button, pasted, dropped', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([done(), done({ id: 't2', question: 'And now?' })]));
  expect(await page.locator('.attachment-card').count()).toBe(1);
  await page.getByRole('button', { name: 'Remove plot.png' }).click();
  expect((await panel.posted()).at(-1)).toEqual({ type: 'detach', id: 'a1' });
  await page.getByRole('button', { name: 'Attach file' }).click();
  expect((await panel.posted()).at(-1)).toEqual({ type: 'attach' });
  await page.evaluate(() => {
    const pasted = new DataTransfer();
    pasted.items.add(new File([new Uint8Array([0, 1, 2])], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true }));
    const dropped = new DataTransfer();
    dropped.setData('text/uri-list', 'file:///ws/a.png');
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true }));
  });
  await page.waitForFunction(() => (window as unknown as { posted: unknown[] }).posted.length === 5);
  const [uris, bytes] = (await panel.posted()).slice(-2);
  expect([uris, bytes]).toEqual([
    { type: 'attachUris', uris: ['file:///ws/a.png'] },
    { type: 'attachBytes', name: 'image.png', base64: 'AAEC' },
  ]);
});

test('a new chat; the draft survives a reload of the page', async () => {
  panel = await open();
  const { page } = panel;
  await panel.send(restore([done()]));
  await page.getByRole('button', { name: 'New chat' }).click();
  expect((await panel.posted()).at(-1)).toEqual({ type: 'newChat' });
  await panel.send(restore([], []));
  expect(await page.locator('.turn').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'New chat' }).isDisabled()).toBe(true);
  await page.getByLabel('Question').fill('Half a que');
  await page.reload();
  expect(await page.getByLabel('Question').inputValue()).toBe('Half a que');
});

test('a growing answer keeps its end in sight, unless one scrolled away', async () => {
  panel = await open({ height: 400 });
  const { page } = panel;
  const fromEnd = () =>
    page.locator('.conversation').evaluate((e) => Math.round(e.scrollHeight - e.scrollTop - e.clientHeight));
  await panel.send(restore([turn()]));
  for (let i = 0; i < 30; i++) await panel.send({ type: 'piece', id: 't1', text: `Line ${i}.\n\n` });
  expect(await fromEnd()).toBeLessThan(2);
  await page.locator('.conversation').evaluate((e) => e.scrollTo(0, 0));
  await page.waitForTimeout(50);
  await panel.send({ type: 'piece', id: 't1', text: 'More.\n\nAnd more.' });
  expect(await fromEnd()).toBeGreaterThan(200);
});

test.each(Object.keys(THEMES) as ThemeName[])(
  'accessible in the theme %s, and nothing wider than the side bar',
  async (theme) => {
    panel = await open({ theme, width: 300 });
    const failed = turn({
      id: 't3',
      state: 'failed',
      stage: undefined,
      error: { code: 'ENGINE_DIED', text: 'It died.' },
    });
    const gone = { id: 'a1', name: 'plot.png', error: 'It is gone.' };
    const shown = [
      done({ sameAgain: 'greedy', answers: { count: 2, shown: 0 } }),
      done({ id: 't2', attachments: [SOUND, CLOUD] }),
      turn({ id: 't5', state: 'stopped', stage: undefined, interrupted: true, attachments: [gone] }),
      failed,
      turn({ id: 't4' }),
      done({ id: 't6', answer: '[a link](https://example.com)\n\n```\ncode\n```' }),
    ];
    await panel.send(restore(shown, [PLOT, { id: 'a9', name: `${'long'.repeat(30)}.png`, error: 'It is damaged.' }]));
    await panel.page.locator('details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    await panel.page.evaluate(axe.source);
    const violations = await panel.page.evaluate(async () => {
      const run = (
        window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe;
      return (await run.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
    const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(300);
  },
);
