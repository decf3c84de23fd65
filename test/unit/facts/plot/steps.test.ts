import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { errors } from '../../../../daemon/common/errors';
import { readPlot } from '../../../../daemon/facts/plot';
import { readPanel } from '../../../../daemon/facts/plot/marks';
import { finish, type Pacer, paced, type Steps } from '../../../../daemon/facts/plot/steps';
import type { ImageMedia } from '../../../../daemon/media/media';
import type { Rgb } from '../../../../daemon/media/plot';
import { recordedText } from '../../../support/recordedText';
import { Drawing, layoutOf, numberAxis, panelOf, valueAxis } from './marks/drawn';

/** Counts breaths instead of looking at a clock; at the breath `until` the one who asked is gone. */
class CountingPacer implements Pacer {
  breaths = 0;

  constructor(private readonly until = Number.POSITIVE_INFINITY) {}

  async breathe(): Promise<void> {
    this.breaths++;
    if (this.breaths >= this.until) throw errors.cancelled();
  }
}

/** The same numbers in every run, 0..1. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A panel of `cells` x `cells` cells of 4 pixels, each of a colour of its own: more than any plot has. */
function noise(cells: number): { image: ImageMedia; panel: ReturnType<typeof panelOf> } {
  const drawing = new Drawing(4 * cells, 4 * cells);
  const next = randomOf(5);
  for (let y = 0; y < cells; y++) {
    for (let x = 0; x < cells; x++) {
      const color: Rgb = [Math.floor(255 * next()), Math.floor(255 * next()), Math.floor(255 * next())];
      drawing.rect(4 * x, 4 * y, 4 * x + 4, 4 * y + 4, color);
    }
  }
  return { image: drawing.image, panel: panelOf(drawing, numberAxis(0, 10), valueAxis(0, 10)) };
}

/** Markers of a few colours, so many that they lie over each other. */
function crowd(markers: number): { image: ImageMedia; panel: ReturnType<typeof panelOf> } {
  const drawing = new Drawing(480, 400);
  const next = randomOf(7);
  const colors: Rgb[] = [
    [31, 119, 180],
    [255, 127, 14],
    [44, 160, 44],
    [214, 39, 40],
  ];
  for (let k = 0; k < markers; k++) {
    const [x, y] = [8 + 464 * next(), 8 + 384 * next()];
    drawing.rect(x - 3, y - 3, x + 3, y + 3, colors[k % 4]!);
  }
  return { image: drawing.image, panel: panelOf(drawing, numberAxis(0, 10), valueAxis(0, 10)) };
}

async function picture(name: string): Promise<ImageMedia> {
  const file = path.resolve(__dirname, `../../../fixtures/plots/${name}.png`);
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { ...new Drawing(1, 1).image, width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

describe('steps', () => {
  function* count(most: number): Steps<number> {
    let sum = 0;
    for (let k = 0; k < most; k++) {
      yield;
      sum += k;
    }
    return sum;
  }

  it('give the same at once and with breaths between', async () => {
    const pacer = new CountingPacer();
    expect(finish(count(10))).toBe(45);
    expect(await paced(count(10), pacer)).toBe(45);
    expect(pacer.breaths).toBe(10);
  });
});

describe('a reading that is cancelled', () => {
  it('of a plot ends at the next breath, wherever it is', async () => {
    const [image, text] = [await picture('mpl-34'), recordedText('mpl-34')];
    const whole = new CountingPacer();
    expect((await readPlot(image, text, undefined, whole)).kind).not.toBe('none');
    for (const share of [0.001, 0.2, 0.5, 0.8]) {
      const pacer = new CountingPacer(Math.ceil(share * whole.breaths));
      await expect(readPlot(image, text, undefined, pacer)).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(pacer.breaths).toBe(Math.ceil(share * whole.breaths));
    }
  });

  it('of a panel of noise ends at the next breath too', async () => {
    const { image, panel } = noise(40);
    const whole = new CountingPacer();
    await readPanel(image, panel, layoutOf(panel), undefined, whole);
    for (const share of [0.01, 0.25, 0.5, 0.75, 0.99]) {
      const pacer = new CountingPacer(Math.ceil(share * whole.breaths));
      const reading = readPanel(image, panel, layoutOf(panel), undefined, pacer);
      await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(pacer.breaths).toBe(Math.ceil(share * whole.breaths));
    }
  });

  it('before it begins does nothing', async () => {
    const { image, panel } = noise(10);
    const reading = readPanel(image, panel, layoutOf(panel), { aborted: true });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the work of reading', () => {
  const stepsOf = async ({ image, panel }: ReturnType<typeof noise>): Promise<number> => {
    const pacer = new CountingPacer();
    await readPanel(image, panel, layoutOf(panel), undefined, pacer);
    return pacer.breaths;
  };

  it('grows no faster than the picture where every cell has another colour', async () => {
    const [small, large] = [await stepsOf(noise(50)), await stepsOf(noise(100))];
    expect(small).toBeGreaterThan(1000);
    // four times the pixels
    expect(large).toBeLessThan(5 * small);
  });

  it('hardly grows with the markers once they lie over each other', async () => {
    const [some, many] = [await stepsOf(crowd(1500)), await stepsOf(crowd(15_000))];
    expect(some).toBeGreaterThan(1000);
    // ten times the markers
    expect(many).toBeLessThan(4 * some);
  });
});
