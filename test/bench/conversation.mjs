// What one streamed piece and one key cost in the chat's page with few and with many turns: medians of script, style, layout
// and paint together, from the message or the key until the next frame is done. The page is the built one (npm run build).
//   node test/bench/conversation.mjs [--runs N]       60 pieces and 60 keys; needs Chromium (CHROMIUM, or /usr/bin/chromium)
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({ options: { runs: { type: 'string', default: '60' } } });
const RUNS = Number(values.runs);
const TURNS = [10, 500];
const ORIGIN = 'http://panel.bench';
const TYPES = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const facts = Array.from({ length: 30 }, (_, i) => ({ name: `image.fact${i}`, value: i, unit: 'px', how: 'counted' }));
const report = { file: '/ws/plot.png', modality: 'image', facts, warnings: [] };
const result = {
  text: '',
  confidence: 0.8,
  model: 'onelens-nano',
  device: 'cpu',
  media: [report],
  usage: { promptTokens: 60, mediaTokens: 30, completionTokens: 40 },
  timings: { decodeMs: 10, encodeMs: 80, firstTokenMs: 200, totalMs: 1400, tokensPerSecond: 40 },
  cached: { media: false, prefixTokens: 0 },
  stopped: 'end',
};
const ANSWER =
  'A **line** plot of two series.\n\n- The city is warmer.\n- The forest is cooler.\n\n```csv\nx,y\n0,1\n```';

function conversation(count) {
  const turns = Array.from({ length: count }, (_, i) => ({
    id: `t${i + 1}`,
    question: `Question ${i + 1}: what does this plot show?`,
    attachments: [{ id: 'a1', name: 'plot.png', report }],
    answer: ANSWER,
    state: 'done',
    result,
  }));
  const last = { ...turns[0], id: 'last', answer: '', state: 'waiting', stage: 'prefill', result: undefined };
  return {
    type: 'restore',
    turns: [...turns, last],
    attachments: [{ id: 'a1', name: 'plot.png', report }],
    status: null,
  };
}

/** In the page. Milliseconds from the work until its frame was drawn: a task after the frame's callbacks comes after paint. */
function measureInPage({ runs, isKey }) {
  const field = document.querySelector('.composer textarea');
  const drawn = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      }),
    );
  const piece = (i) => {
    const data = { type: 'piece', id: 'last', text: i % 12 === 11 ? '.\n\n' : ` word${i}` };
    window.dispatchEvent(new MessageEvent('message', { data }));
  };
  const key = () => {
    field.focus();
    document.execCommand('insertText', false, 'x');
  };
  return (async () => {
    const times = [];
    for (let i = 0; i < runs; i++) {
      await drawn();
      const begin = performance.now();
      // the frame's own wait is not the page's cost: the work begins inside of a frame
      await new Promise((resolve) =>
        requestAnimationFrame(async () => {
          const from = performance.now();
          if (isKey) key();
          else piece(i);
          await drawn();
          times.push(performance.now() - from);
          resolve(begin);
        }),
      );
    }
    return times;
  })();
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function open(browser) {
  const page = await browser.newPage({ viewport: { width: 320, height: 720 }, reducedMotion: 'reduce' });
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const html = `<!DOCTYPE html><link rel="stylesheet" href="main.css"><main id="app"></main><script src="main.js"></script>`;
    if (path === '') return route.fulfill({ contentType: 'text/html', body: html });
    const file = join(root, 'dist/webview', path);
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: TYPES[path.split('.').at(-1)] ?? 'text/plain', body: readFileSync(file) });
  });
  await page.addInitScript(() => {
    Object.assign(window, {
      acquireVsCodeApi: () => ({ postMessage: () => {}, getState: () => undefined, setState: () => {} }),
    });
  });
  await page.goto(`${ORIGIN}/`);
  return page;
}

const executablePath = BROWSERS.find((path) => path && existsSync(path));
if (!executablePath) throw new Error('no Chromium found; install the package chromium, or set CHROMIUM to one');
// frames come as fast as they are drawn, so that a wait for the display is in no figure
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-gpu-vsync', '--disable-frame-rate-limit'];
const browser = await chromium.launch({ executablePath, args });
try {
  console.log(`turns  open    a piece (median, 95 %)   a key (median, 95 %)   of ${RUNS} each, in ms`);
  for (const count of TURNS) {
    const page = await open(browser);
    const opened = await page.evaluate(async (message) => {
      const from = performance.now();
      window.dispatchEvent(new MessageEvent('message', { data: message }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - from;
    }, conversation(count));
    const pieces = await page.evaluate(measureInPage, { runs: RUNS, isKey: false });
    const keys = await page.evaluate(measureInPage, { runs: RUNS, isKey: true });
    const both = (list) =>
      `${median(list).toFixed(1)}, ${[...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)].toFixed(1)}`;
    console.log(`${String(count).padEnd(6)} ${opened.toFixed(0).padEnd(7)} ${both(pieces).padEnd(24)} ${both(keys)}`);
    await page.close();
  }
} finally {
  await browser.close();
}
