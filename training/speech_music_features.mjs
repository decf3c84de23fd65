// node speech_music_features.mjs LIST OUT: the product's features of the wav files in LIST (class, part, source, path, by
// tabs), one segment a line: the four columns and the numbers. The TypeScript is bundled from the working tree.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY = `
export { wav } from './daemon/decoders/audio/wav';
export { monoWindow } from './daemon/facts/audio/analysisWindows';
export { SpectralAnalysis } from './daemon/facts/audio/spectralFrames';
export { segmentFeatures, segments } from './daemon/facts/audio/speechMusicFeatures';
export { WorkPacer } from './daemon/facts/audio/workPacer';
`;
const { outputFiles } = await build({
  stdin: { contents: ENTRY, resolveDir: root, sourcefile: 'features.ts', loader: 'ts' },
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
});
const product = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

const [list, out] = process.argv.slice(2);
const lines = [];
for (const row of readFileSync(list, 'utf8').trim().split('\n')) {
  const { channels, sampleRate } = await product.wav.decode(new Uint8Array(readFileSync(row.split('\t')[3])), '');
  const sound = product.monoWindow(channels, sampleRate, [0, channels[0].length]);
  const frames = await new product.SpectralAnalysis(sampleRate).measure(sound, new product.WorkPacer());
  for (const [from, to] of product.segments(frames)) {
    const features = product.segmentFeatures(frames, from, to);
    if (features) lines.push([row, ...features.map((value) => value.toFixed(5))].join('\t'));
  }
}
writeFileSync(out, `${lines.join('\n')}\n`);
