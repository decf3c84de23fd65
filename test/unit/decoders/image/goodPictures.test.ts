import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectAmong } from '../../../../daemon/decoders/detect';
import { formats } from '../../../../daemon/decoders/image';
import type { ImageMedia } from '../../../../daemon/media/media';

/** Files of real tools (see make.py beside them) with the pixels they must give. */
const folder = join(__dirname, '../../../fixtures/image');

interface Expected {
  width: number;
  height: number;
  channels: number;
  bitDepth: number;
  hasAlpha: boolean;
  frames: number;
  density?: number;
  tolerance: number;
  pixels: Array<[x: number, y: number, rgba: number[]]>;
}

const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;

async function decodeFile(name: string): Promise<ImageMedia> {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  const media = await detectAmong(formats, bytes, name).format.decode(bytes, name);
  if (media.kind !== 'image') throw new Error(`${name} became ${media.kind}`);
  return media;
}

const pixelAt = (m: ImageMedia, x: number, y: number) => [
  ...m.data.subarray((y * m.width + x) * 4, (y * m.width + x) * 4 + 4),
];

describe('pictures of real tools', () => {
  it.each(Object.entries(expected))('%s', async (name, e) => {
    const media = await decodeFile(name);
    const { width, height, channels, bitDepth, hasAlpha, frames, density } = media;
    expect({ width, height, channels, bitDepth, hasAlpha, frames, density }).toEqual({
      width: e.width,
      height: e.height,
      channels: e.channels,
      bitDepth: e.bitDepth,
      hasAlpha: e.hasAlpha,
      frames: e.frames,
      density: e.density,
    });
    expect(media.data.length).toBe(width * height * 4);
    expect(media.warnings).toEqual([]);
    for (const [x, y, rgba] of e.pixels) {
      const actual = pixelAt(media, x, y);
      // the colour of a transparent pixel is nobody's business
      const compared = rgba[3] === 0 ? [3] : [0, 1, 2, 3];
      for (const c of compared)
        expect(
          Math.abs(actual[c]! - rgba[c]!),
          `${name} at ${x}, ${y}: ${actual}, expected ${rgba}`,
        ).toBeLessThanOrEqual(e.tolerance);
    }
  });
});
