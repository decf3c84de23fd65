// Time, longest block of the event loop and slowest cancel of the plot reader; what the text reader answers is kept from a
// first reading (for the next time too, in the system's temporary folder), so its time is not in the figures.
//   node test/bench/plotReader.mjs [--runs N] [--cancels N] [--only NAME] [PICTURE...]     5 runs; own pictures are added
// The drawn pictures need a font on the machine. Blocks are of the wall clock: other work on the machine lengthens them.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { cachedTextReader, decodePicture, loadProduct, openTextReader } from '../plots/measure/product.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    cancels: { type: 'string', default: '8' },
    only: { type: 'string' },
  },
});

/** The same numbers in every run, 0..1. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#bcbd22'];

/** Axes from 0 to 10 round `marks`, which are drawn in a unit square with y up. `scale`: 1 for a picture of 640 x 480. */
function figure(scale, marks, width = 640, height = 480) {
  const [left, top, right, bottom] = [80, 40, width / scale - 24, height / scale - 56];
  const at = (k) => [left + (k / 5) * (right - left), bottom - (k / 5) * (bottom - top)];
  const label = (x, y, anchor, text) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
  const ticks = [0, 1, 2, 3, 4, 5].map((k) => {
    const [x, y] = at(k);
    const lines = `M${x} ${bottom}v5M${left} ${y}h-5`;
    return `<path d="${lines}" stroke="black"/>${label(x, bottom + 20, 'middle', 2 * k)}${label(left - 9, y + 5, 'end', 2 * k)}`;
  });
  const body = `<g transform="translate(${left} ${bottom}) scale(${right - left} ${top - bottom})">${marks((right - left) / (bottom - top))}</g>`;
  const frame = `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="black"/>`;
  const texts = `${label((left + right) / 2, bottom + 42, 'middle', 'Time in seconds')}${label((left + right) / 2, 26, 'middle', 'Measured values')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width / scale} ${height / scale}"
    font-family="DejaVu Sans, sans-serif" font-size="14"><rect width="100%" height="100%" fill="white"/>${body}${frame}${ticks.join('')}${texts}</svg>`;
}

function lines(count, points, seed, stroke) {
  const next = randomOf(seed);
  return () =>
    Array.from({ length: count }, (_, k) => {
      const path = Array.from({ length: points }, (_, i) => {
        const x = i / (points - 1);
        return `${x.toFixed(5)} ${(0.5 + 0.3 * Math.sin(5 * x + k) + 0.03 * (next() - 0.5)).toFixed(5)}`;
      });
      return `<path d="M${path.join('L')}" fill="none" stroke="${COLORS[k % COLORS.length]}" stroke-width="${stroke}" vector-effect="non-scaling-stroke"/>`;
    }).join('');
}

function scatter(count, color, seed) {
  const next = randomOf(seed);
  return (aspect) =>
    Array.from({ length: count }, (_, k) => {
      const [x, y] = [next(), next()].map((v) => (0.02 + 0.96 * v).toFixed(5));
      return `<ellipse cx="${x}" cy="${y}" rx="0.005" ry="${0.005 * aspect}" fill="${color(k, next)}"/>`;
    }).join('');
}

function noise(cells, seed) {
  const next = randomOf(seed);
  return () =>
    Array.from({ length: cells * cells }, (_, k) => {
      const [v, at] = [next(), (i) => (i / cells).toFixed(5)];
      const fill = `rgb(${Math.round(255 * v)},${Math.round(90 + 120 * v)},${Math.round(200 - 180 * v)})`;
      return `<rect x="${at(k % cells)}" y="${at(Math.floor(k / cells))}" width="${(1 / cells).toFixed(5)}" height="${(1 / cells).toFixed(5)}" fill="${fill}" shape-rendering="crispEdges"/>`;
    }).join('');
}

const DRAWN = {
  'ordinary line plot': () => figure(1, lines(3, 60, 7, 1.5)),
  'scatter 20000, 8 colours': () =>
    figure(
      1.5,
      scatter(20_000, (k) => COLORS[k % 8], 11),
      960,
      720,
    ),
  'scatter 20000, hues': () =>
    figure(
      1.5,
      scatter(20_000, (_, next) => `hsl(${Math.floor(360 * next())},80%,45%)`, 13),
      960,
      720,
    ),
  'noise heat map 200 x 200': () => figure(1.5, noise(200, 17), 960, 720),
  'lines 6000 x 4000': () => figure(8.333, lines(3, 400, 19, 12), 6000, 4000),
};

/** Answers of the text reader, kept in memory (keys of files would be made of the whole picture again and again). */
function remembered(reader) {
  const kept = new Map();
  const once = (image, question, ask) => {
    const key = JSON.stringify(question);
    const known = kept.get(image) ?? kept.set(image, new Map()).get(image);
    if (!known.has(key)) known.set(key, ask());
    return known.get(key);
  };
  return {
    read: (image, signal) => once(image, 'read', () => reader.read(image, signal)),
    recognize: (image, regions, signal, options) =>
      once(image, [regions, options], () => reader.recognize(image, regions, signal, options)),
  };
}

/** Runs `work` and gives its time and the longest stretch without a turn of the event loop, in milliseconds. */
async function watched(work) {
  let longest = 0;
  const start = performance.now();
  let last = start;
  let running = true;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  const result = await work();
  const time = performance.now() - start;
  longest = Math.max(longest, performance.now() - last);
  running = false;
  return { result, time, longest };
}

/** Milliseconds from the moment at which an abort is due until the reader has gone; 0 where it was done before. */
async function cancelled(read, delay) {
  const control = new AbortController();
  const due = performance.now() + delay;
  const timer = setTimeout(() => control.abort(), delay);
  const wasCancelled = await read(control.signal).then(
    () => false,
    () => true,
  );
  clearTimeout(timer);
  return wasCancelled ? performance.now() - due : 0;
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const ms = (value) => `${value.toFixed(0)} ms`.padStart(9);

async function measure(name, image, product, text) {
  const read = (signal) => product.readPlot(image, text, signal);
  await read();
  const runs = [];
  for (let k = 0; k < Number(values.runs); k++) runs.push(await watched(() => read(new AbortController().signal)));
  const time = median(runs.map((run) => run.time));
  let slowest = 0;
  const cancels = Number(values.cancels);
  for (let k = 0; k < cancels; k++) slowest = Math.max(slowest, await cancelled(read, ((k + 0.5) / cancels) * time));
  const { kind, panels } = runs[0].result;
  const points = panels.reduce((sum, { series }) => sum + series.reduce((all, one) => all + one.points.length, 0), 0);
  const block = median(runs.map((run) => run.longest));
  console.log(
    `${name.padEnd(28)} read${ms(time)}  longest block${ms(block)}  slowest cancel${ms(slowest)}  ${kind}, ${panels.length} panels, ${points} points`,
  );
}

const product = await loadProduct();
const text = remembered(cachedTextReader(openTextReader(product), path.join(tmpdir(), 'onelens-bench/plot-text')));
for (const [name, draw] of Object.entries(DRAWN)) {
  if (values.only && !name.includes(values.only)) continue;
  const { data, info } = await sharp(Buffer.from(draw()), { unlimited: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  const { media } = await product.decode(new Uint8Array(data), `${name}.png`);
  await measure(`${name} (${info.width} px)`.slice(0, 28), media, product, text);
}
for (const file of positionals) await measure(path.basename(file), await decodePicture(product, file), product, text);
const { maxRSS } = process.resourceUsage();
console.log(`peak memory ${(maxRSS / 1024).toFixed(0)} MiB`);
