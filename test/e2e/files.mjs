// The workspace that a scenario sees: the product's own samples, a damaged file, and one of an unsupported kind.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SAMPLES = ['plot.png', 'photo.jpg', 'recording.wav', 'cloud.ply', 'chair.png', 'chair_depth.png', 'walk.csv'];

export function makeWorkspace(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of SAMPLES) copyFileSync(join(root, 'media/samples', name), join(folder, name));
  copyFileSync(join(root, 'test/fixtures/video/vp9-opus.webm'), join(folder, 'clip.webm'));
  const plot = readFileSync(join(root, 'media/samples/plot.png'));
  writeFileSync(join(folder, 'truncated.png'), plot.subarray(0, plot.length >> 1));
  writeFileSync(join(folder, 'notes.md'), '# Notes\n\nNothing to look at.\n');
  return folder;
}

/** What the files' own headers say, read here byte by byte and not by the product. */
export function expectedFacts() {
  const bytes = (name) => readFileSync(join(root, 'media/samples', name));
  const png = bytes('plot.png');
  const wav = bytes('recording.wav');
  const vertices = /element vertex (\d+)/.exec(bytes('cloud.ply').toString('latin1'))[1];
  const jpeg = jpegSize(bytes('photo.jpg'));
  const grouped = (n) => new RegExp(`\\b(${n}|${Number(n).toLocaleString('en')})\\b`);
  return {
    'plot.png': [grouped(png.readUInt32BE(16)), grouped(png.readUInt32BE(20))],
    'photo.jpg': [grouped(jpeg.width), grouped(jpeg.height)],
    'recording.wav': [grouped(wav.readUInt32LE(24))],
    'cloud.ply': [grouped(vertices)],
    // the photograph was found beside the map
    'chair_depth.png': [/chair\.png/, /16 bit/],
  };
}

/** Sides from the first start-of-frame marker. */
function jpegSize(bytes) {
  let at = 2;
  while (at < bytes.length) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xc2)
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('photo.jpg has no start-of-frame marker');
}

/**
 * Converts a checkpoint of random weights, larger than the embedded model and with the last rows of `output` such that
 * it never says "end": an answer long enough to be stopped. Returns the pack's id in `home`.
 */
export function makeSlowPack(home, checkpoint) {
  const script = join(checkpoint, 'makeSlowCheckpoint.cjs');
  const entryPoints = [join(root, 'test/support/makeSlowCheckpoint.ts')];
  buildSync({ entryPoints, outfile: script, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  const made = spawnSync('node', [script, checkpoint, join(root, 'media/model')], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`the slow checkpoint could not be made: ${made.stderr}`);
  const id = 'slow';
  const pack = join(home, 'models', id);
  mkdirSync(dirname(pack), { recursive: true });
  const args = [
    'convert',
    join(checkpoint, 'model.safetensors'),
    '--params',
    join(checkpoint, 'params.json'),
    '--out',
    pack,
  ];
  args.push('--tokenizer', join(root, 'media/model/tokenizer.model'));
  const converted = spawnSync('node', [join(root, 'dist/cli.js'), ...args], { encoding: 'utf8' });
  if (converted.status !== 0) throw new Error(`the slow pack could not be converted: ${converted.stderr}`);
  return id;
}
