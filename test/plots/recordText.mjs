/**
 * Records what the text reader answers for the plots in test/fixtures/plots, so that the tests of the plot reader need no
 * OCR:  node test/plots/recordText.mjs [TEXT-CACHE]   writes test/fixtures/plots/text.json. Run it again when the plot reader asks for
 * other regions than are recorded (the test then says so), or when the text reader changes.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cachedTextReader, decodePicture, loadProduct, openTextReader } from './measure/product.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../fixtures/plots');
const product = await loadProduct();
const reader = cachedTextReader(openTextReader(product), process.argv[2]);
const recorded = {};

/** The layout alone, for the marks ask for no text. */
async function loadLayout() {
  const outfile = path.join(folder, `../../../out/plots-measure/layout-${process.pid}.cjs`);
  const entry = path.join(folder, '../../../daemon/facts/plot/layout/index.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return createRequire(import.meta.url)(outfile);
}
const { readLayout } = await loadLayout();

/** Must be the same as in test/support/recordedText.ts. */
const keyOf = ({ box, rotation }, options) =>
  [box.left, box.top, box.right, box.bottom, rotation ?? 0, options?.charset ?? 'any'].join(' ');

const short = (number) => Number(number.toFixed(3));

/** The reader, keeping every answer in `record`. */
function recording(record) {
  return {
    read: async (image, signal) => {
      const lines = await reader.read(image, signal);
      record.lines = lines.map((line) => ({ ...line, score: short(line.score) }));
      return lines;
    },
    recognize: async (image, regions, signal, options) => {
      const answers = await reader.recognize(image, regions, signal, options);
      regions.forEach((region, i) => {
        record.regions[keyOf(region, options)] = [answers[i].text, short(answers[i].score)];
      });
      return answers;
    },
  };
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.png'))) {
  const record = { lines: [], regions: {} };
  await readLayout(await decodePicture(product, path.join(folder, file)), recording(record));
  recorded[path.basename(file, '.png')] = record;
}
const plots = Object.entries(recorded).map(([name, record]) => `${JSON.stringify(name)}: ${JSON.stringify(record)}`);
writeFileSync(path.join(folder, 'text.json'), `{\n${plots.join(',\n')}\n}\n`);
console.log(`${plots.length} plots recorded.`);
