/**
 * Pictures that are no plots (kind "none"): node negatives.mjs OUT FIRST_SEED COUNT. Pages, tables, forms, flow charts, maps,
 * icons and code are drawn in Chromium; photographs are crops of the repository's samples, and of PLOT_PHOTOS where
 * that names a folder of pictures.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { CHROMIUM } from './chromium.mjs';
import { randomFrom } from './random.mjs';
import { words } from './words.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const STYLES = [
  'photo',
  'photo',
  'photo',
  'table',
  'article',
  'flow',
  'map',
  'icon',
  'code',
  'form',
  'board',
  'stripes',
];

const list = (random, count, make) => Array.from({ length: count }, (_, i) => make(random, i)).join('');
const color = (random) => `hsl(${random.integer(0, 359)} ${random.integer(30, 90)}% ${random.integer(30, 70)}%)`;
const sentence = (random) =>
  random
    .sample([...words.titles, ...words.quantities, ...words.names], 7)
    .join(' ')
    .toLowerCase();

const PAGES = {
  table(random) {
    const heads = random.sample(words.quantities, random.integer(3, 5));
    const row = () => `<tr>${list(random, heads.length, () => `<td>${random.uniform(0, 1000).toFixed(1)}</td>`)}</tr>`;
    return `<style>table{border-collapse:collapse}td,th{border:${random.choice(['1px solid #999', '0', '1px solid #ddd'])};padding:6px 12px}</style><table><tr>${heads.map((h) => `<th>${h}</th>`).join('')}</tr>${list(random, random.integer(5, 12), row)}</table>`;
  },
  article: (random) =>
    `<h1>${random.choice(words.titles)}</h1>${list(random, random.integer(2, 5), () => `<p>${sentence(random)}. ${sentence(random)}. ${sentence(random)}.</p>`)}`,
  flow(random) {
    const boxes = random.integer(3, 6);
    const box = (_, i) => {
      const [x, y] = [40 + (i % 3) * 200, 40 + Math.floor(i / 3) * 150];
      const round = random.choice([0, 8, 30]);
      return `<rect x="${x}" y="${y}" width="130" height="60" rx="${round}" fill="${random.choice(['#fff', '#dbe9ff', '#ffe9c7'])}" stroke="#333" stroke-width="2"/><text x="${x + 65}" y="${y + 35}" text-anchor="middle" font-size="14">${random.choice(words.names)}</text>${i < boxes - 1 && i % 3 < 2 ? `<path d="M${x + 130},${y + 30}h62m-8,-5l8,5l-8,5" stroke="#333" fill="none" stroke-width="2"/>` : ''}`;
    };
    return `<svg width="640" height="360">${list(random, boxes, box)}</svg>`;
  },
  map(random) {
    const blob = () => {
      const [cx, cy, n] = [random.uniform(60, 560), random.uniform(50, 320), random.integer(7, 14)];
      const points = Array.from({ length: n }, (_, i) =>
        [
          cx + random.uniform(30, 110) * Math.cos((6.283 * i) / n),
          cy + random.uniform(30, 90) * Math.sin((6.283 * i) / n),
        ]
          .map((v) => v.toFixed(1))
          .join(','),
      );
      return `<polygon points="${points.join(' ')}" fill="${random.choice(['#cde3b0', '#e8ddc0', '#b9d8a0'])}" stroke="#777"/><text x="${cx}" y="${cy}" font-size="12" text-anchor="middle">${random.choice(words.categories)}</text>`;
    };
    const road = () =>
      `<path d="M${random.integer(0, 600)},0C${random.integer(0, 600)},120 ${random.integer(0, 600)},240 ${random.integer(0, 600)},380" stroke="#f3a83c" stroke-width="3" fill="none"/>`;
    return `<svg width="620" height="380" style="background:#b5d3ea">${list(random, 6, blob)}${list(random, 3, road)}</svg>`;
  },
  icon: (random) =>
    `<svg width="256" height="256"><rect x="20" y="20" width="216" height="216" rx="${random.choice([0, 40, 108])}" fill="${color(random)}"/><${random.choice(['circle cx="128" cy="128" r="60"', 'path d="M128 60L190 190H66Z"', 'rect x="80" y="80" width="96" height="96"'])} fill="white"/></svg>`,
  code: (random) =>
    `<pre style="background:${random.choice(['#1e1e1e;color:#ddd', '#fff;color:#222'])};padding:16px;font:14px monospace">${list(random, random.integer(8, 20), (r) => `${' '.repeat(2 * r.integer(0, 4))}${r.choice(['const', 'let', 'return', 'if'])} ${r.choice(words.names).replace(/\W/g, '')} = ${r.integer(0, 99)};\n`)}</pre>`,
  form: (random) =>
    `<div style="font-family:sans-serif;padding:20px;width:420px"><h3>Settings</h3>${list(random, random.integer(4, 7), () => `<p><label>${random.choice(words.quantities)} <input value="${random.integer(0, 500)}"></label></p>`)}<button>Save</button> <button>Cancel</button></div>`,
  board: (random) =>
    `<div style="display:grid;grid-template-columns:repeat(3,190px);gap:14px;padding:16px;background:#eef0f4;font-family:sans-serif">${list(random, 6, () => `<div style="background:#fff;border-radius:8px;padding:14px"><div style="color:#888">${random.choice(words.names)}</div><div style="font-size:30px">${random.integer(1, 9999)}</div></div>`)}</div>`,
  stripes: (random) =>
    `<div style="width:${random.integer(300, 700)}px;height:${random.integer(200, 400)}px;background:repeating-linear-gradient(${random.integer(0, 180)}deg,${color(random)} 0 ${random.integer(8, 30)}px,${color(random)} 0 60px)"></div>`,
};

function photographs() {
  const own = ['test/fixtures/preprocess/photo.png', 'media/samples/photo.jpg'].map((name) => path.join(root, name));
  const folder = process.env.PLOT_PHOTOS;
  const more = folder
    ? readdirSync(folder)
        .filter((name) => /\.(jpe?g|png)$/i.test(name))
        .sort()
        .map((name) => path.join(folder, name))
    : [];
  return [...own, ...more];
}

/** A turned and enlarged crop. */
async function photo(random, files, file) {
  const source = random.choice(files);
  const { width, height } = await sharp(source).metadata();
  const [w, h] = [Math.round(width * random.uniform(0.4, 1)), Math.round(height * random.uniform(0.4, 1))];
  const crop = { left: random.integer(0, width - w), top: random.integer(0, height - h), width: w, height: h };
  const wide = random.integer(280, 800);
  // in two steps, because sharp turns before it cuts in some of the cases
  const part = await sharp(source).extract(crop).png().toBuffer();
  const picture = sharp(part)
    .rotate(random.choice([0, 0, 90, 180]))
    .resize({ width: wide });
  await picture.removeAlpha().png().toFile(file);
}

export async function drawNegatives(out, first, count) {
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const files = photographs();
  for (let seed = first; seed < first + count; seed++) {
    const random = randomFrom(seed);
    const style = random.choice(STYLES);
    const name = `none-${seed}`;
    const file = path.join(out, `${name}.png`);
    if (style === 'photo') await photo(random, files, file);
    else await shoot(browser, random, PAGES[style](random), file);
    writeFileSync(
      path.join(out, `${name}.json`),
      JSON.stringify({ file: `${name}.png`, seed, library: 'none', style, kind: 'none', panels: [] }),
    );
  }
  await browser.close();
}

async function shoot(browser, random, html, file) {
  const page = await browser.newPage({
    deviceScaleFactor: random.choice([1, 1.5, 2]),
    viewport: { width: 700, height: 460 },
  });
  await page.setContent(`<body style="background:#fff">${html}</body>`);
  await page.screenshot({ path: file });
  await page.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out, first, count] = process.argv.slice(2);
  await drawNegatives(out, Number(first), Number(count));
}
