/** Draws plots with Bokeh, held-out sets only (see make.mjs): Python writes pages, Chromium draws them. bokeh.mjs OUT FIRST COUNT. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './chromium.mjs';
import { planFor } from './plan.mjs';

const KINDS = ['line', 'line', 'scatter', 'bar', 'bar', 'step'];
const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728'];
const rgb = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** Both axes, by the view's own scales, in CSS pixels of the page. */
function axesInPage() {
  const view = [...window.Bokeh.index][0];
  const { frame, canvas_view: canvas } = view;
  const corner = (canvas?.el ?? view.el).getBoundingClientRect();
  const axis = (which) => {
    const scale = frame[`${which}_scale`];
    const { start, end, factors } = frame[`${which}_range`];
    const pixel = (value) => scale.compute(value) + (which === 'x' ? corner.left : corner.top);
    return {
      ends: [start, end].map((value) => [scale.compute(value) + (which === 'x' ? corner.left : corner.top), value]),
      categories: factors?.map((name) => ({ name, pixel: pixel(frame[`${which}_range`].synthetic(name)) })),
    };
  };
  return { x: axis('x'), y: axis('y') };
}

function axisTruth(axis, read, scale) {
  const at = read.ends.map(([pixel, value]) => [pixel * scale, axis.scale === 'category' ? value - 0.5 : value]);
  const base = { label: axis.label, scale: axis.scale, range: at.map(([, value]) => value), at };
  return axis.scale === 'category'
    ? { ...base, categories: read.categories.map(({ name, pixel }) => ({ name, pixel: pixel * scale })) }
    : base;
}

function truthOf(plan, read, name) {
  const { scale, theme, width, height } = plan.look;
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    legend: plan.series.length > 1,
    x: axisTruth(plan.x, read.x, scale),
    y: axisTruth(plan.y, read.y, scale),
    series: plan.series.map((series, i) => ({
      ...series,
      color: rgb(COLORS[i]),
      size: plan.kind === 'scatter' ? 7 * scale : undefined,
    })),
  };
  return {
    file: `${name}.png`,
    seed: plan.seed,
    library: 'bokeh',
    style: theme,
    dpi: `${scale}x`,
    kind: plan.kind,
    width: width * scale,
    height: height * scale,
    panels: [panel],
  };
}

async function main(out, first, count) {
  mkdirSync(out, { recursive: true });
  const jobs = Array.from({ length: count }, (_, i) => ({
    html: path.join(out, `bokeh-${first + i}.html`),
    plan: planFor(first + i, { kinds: KINDS }),
  }));
  const plans = path.join(out, 'plans.txt');
  writeFileSync(plans, JSON.stringify(jobs));
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'plots_bokeh.py');
  const done = spawnSync(process.env.PLOT_PYTHON ?? 'python3', [script, plans], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  for (const { html, plan } of jobs) {
    const page = await browser.newPage({
      deviceScaleFactor: plan.look.scale,
      viewport: { width: 1000, height: 700 },
      timezoneId: 'UTC',
    });
    await page.goto(pathToFileURL(html).href);
    await page.addStyleTag({ content: 'body{margin:0}' });
    await page.waitForFunction(
      () => window.Bokeh && [...window.Bokeh.index].length > 0 && document.readyState === 'complete',
    );
    await page.waitForTimeout(250);
    const read = await page.evaluate(axesInPage);
    const name = `bokeh-${plan.seed}`;
    await page.screenshot({
      path: path.join(out, `${name}.png`),
      clip: { x: 0, y: 0, width: plan.look.width, height: plan.look.height },
    });
    writeFileSync(path.join(out, `${name}.json`), JSON.stringify(truthOf(plan, read, name)));
    await page.close();
    rmSync(html);
  }
  rmSync(plans);
  await browser.close();
}

const [out, first, count] = process.argv.slice(2);
await main(out, Number(first), Number(count));
