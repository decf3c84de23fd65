/**
 * Draws plots with a JavaScript library in Chromium: node browser.mjs LIBRARY OUT FIRST_SEED COUNT.
 * CHROMIUM names the browser (/usr/bin/chromium without it). One tab for each library and device scale.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './chromium.mjs';
import { planFor } from './plan.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const COMMON = ['line', 'line', 'line', 'scatter', 'scatter', 'bar', 'bar', 'bar', 'area', 'step', 'pie'];

/** What each library draws, and how often its lines stand on a category axis. */
const LIBRARIES = {
  plotly: { kinds: [...COMMON, 'errorbar', 'histogram', 'box', 'heatmap', 'contour'], categoryLines: 0.1 },
  echarts: { kinds: [...COMMON, 'box', 'heatmap'], categoryLines: 0.5 },
  chartjs: { kinds: COMMON, categoryLines: 0.6 },
  vega: { kinds: [...COMMON, 'errorbar', 'histogram', 'box', 'heatmap'] },
  d3: { kinds: [...COMMON, 'errorbar', 'histogram'] },
  observable: { kinds: [...COMMON.filter((kind) => kind !== 'pie'), 'errorbar', 'box', 'heatmap'] },
};

async function script(library) {
  const out = await build({
    entryPoints: [path.join(here, 'pages', `${library}.mjs`)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    logLevel: 'error',
  });
  return out.outputFiles[0].text;
}

/** Tabs by device scale, each with the library loaded. */
function tabs(browser, code) {
  const open = new Map();
  return async (scale) => {
    if (!open.has(scale)) {
      const page = await browser.newPage({
        deviceScaleFactor: scale,
        viewport: { width: 1300, height: 900 },
        timezoneId: 'UTC',
        locale: 'en-US',
      });
      await page.setContent('<!doctype html><html><body style="margin:0;background:#fff"></body></html>');
      await page.addScriptTag({ content: code });
      open.set(scale, page);
    }
    return open.get(scale);
  };
}

async function drawOne(page, plan, file) {
  const truth = await page.evaluate(async (given) => {
    document.body.replaceChildren();
    const element = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'plot' }));
    Object.assign(element.style, { position: 'absolute', left: '0', top: '0' });
    const drawn = await window.drawPlan(given, element);
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { width, height } = element.getBoundingClientRect();
    return { ...drawn, width, height };
  }, plan);
  const clip = { x: 0, y: 0, width: Math.ceil(truth.width), height: Math.ceil(truth.height) };
  await page.screenshot({ path: file, clip });
  return truth;
}

/** CSS pixels to pixels of the picture. */
function enlarge(panel, scale) {
  for (const axis of [panel.x, panel.y]) {
    if (!axis) continue;
    axis.at = axis.at.map(([pixel, value]) => [pixel * scale, value]);
    for (const category of axis.categories ?? []) category.pixel *= scale;
  }
  for (const series of panel.series) if (series.size) series.size *= scale;
  return panel;
}

/** Draws `count` plots from the seed `first` into `out`. */
export async function drawInBrowser(library, out, first, count) {
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
  const tab = tabs(browser, await script(library));
  for (let seed = first; seed < first + count; seed++) {
    const plan = planFor(seed, LIBRARIES[library]);
    const name = `${library}-${seed}`;
    const { scale } = plan.look;
    const { style, panels, width, height } = await drawOne(await tab(scale), plan, path.join(out, `${name}.png`));
    const truth = {
      file: `${name}.png`,
      seed,
      library,
      style,
      dpi: `${scale}x`,
      kind: panels[0].kind,
      width: Math.ceil(width) * scale,
      height: Math.ceil(height) * scale,
      panels: panels.map((panel) => enlarge(panel, scale)),
    };
    writeFileSync(path.join(out, `${name}.json`), JSON.stringify(truth));
  }
  await browser.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [library, out, first, count] = process.argv.slice(2);
  await drawInBrowser(library, out, Number(first), Number(count));
}
