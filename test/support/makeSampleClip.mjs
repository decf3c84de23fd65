// Makes media/samples/clip.gif: a camera that pans over media/samples/photo.jpg from left to right, 20 frames in 2 s.
// Run from the repository root: node test/support/makeSampleClip.mjs
import sharp from 'sharp';

const FRAMES = 20;
/** Pixels of a frame, and of the photograph behind it. */
const [WIDTH, HEIGHT] = [96, 82];
const BEHIND = 112;
const DELAY_MS = 100;

const photo = await sharp('media/samples/photo.jpg').resize({ width: BEHIND }).toBuffer();
const { width, height } = await sharp(photo).metadata();
const frames = [];
for (let i = 0; i < FRAMES; i++) {
  const left = Math.round(((width - WIDTH) * i) / (FRAMES - 1));
  const top = Math.round((height - HEIGHT) / 2);
  frames.push(await sharp(photo).extract({ left, top, width: WIDTH, height: HEIGHT }).png().toBuffer());
}
await sharp(frames, { join: { animated: true } })
  .gif({ delay: DELAY_MS, loop: 0, colours: 64, effort: 10 })
  .toFile('media/samples/clip.gif');
