import { expect, it } from 'vitest';
import { panelGround } from '../../../../../../daemon/facts/plot/marks/solid/panelGround';
import { finish } from '../../../../../../daemon/facts/plot/steps';
import type { ImageMedia } from '../../../../../../daemon/media/media';
import type { PanelLayout, Rgb } from '../../../../../../daemon/media/plot';

const BLUISH: Rgb = [229, 236, 246];
const WHITE: Rgb = [255, 255, 255];

it('takes no white grid line three pixels from the rim for the ground', () => {
  const [width, height] = [100, 60];
  const data = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (y !== 3 && y !== height - 4 && x !== width - 4) data.set(BLUISH, 4 * (y * width + x));
  const area = { left: 0, top: 0, right: width, bottom: height };
  const found = finish(
    panelGround({ width, height, data } as unknown as ImageMedia, { area, background: BLUISH } as PanelLayout, WHITE),
  );
  expect(found).toEqual(BLUISH);
});

it('takes no wide bars that reach to the rim for the ground, where the figure shows beside them', () => {
  const [width, height] = [100, 60];
  const data = new Uint8Array(4 * width * height).fill(255);
  const bar: Rgb = [76, 120, 168];
  for (let y = 0; y < height; y++)
    for (let x = 2; x < width - 2; x++) if (x % 33 > 6) data.set(bar, 4 * (y * width + x));
  const area = { left: 0, top: 0, right: width, bottom: height };
  const image = { width, height, data } as unknown as ImageMedia;
  expect(finish(panelGround(image, { area, background: bar } as PanelLayout, WHITE))).toEqual(WHITE);
});
