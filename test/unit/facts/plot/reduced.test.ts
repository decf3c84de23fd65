import { describe, expect, it } from 'vitest';
import { axisValue } from '../../../../daemon/facts/plot/marks/axisValue';
import { enlarged, reduced, reducedReader } from '../../../../daemon/facts/plot/reduced';
import { finish } from '../../../../daemon/facts/plot/steps';
import type { PlotReading } from '../../../../daemon/media/plot';
import type { PixelBox, TextLine, TextReader } from '../../../../daemon/media/text';
import { Drawing, numberAxis, panelOf, valueAxis } from './marks/drawn';

describe('a picture made smaller', () => {
  it('keeps how much of a pixel is covered', () => {
    // 5 of 8 columns black: all of the first two pixels of the small picture, and half of the third
    const { image } = new Drawing(8, 4).rect(0, 0, 5, 4, [0, 0, 0]);
    const small = finish(reduced(image, 2));
    expect([small.width, small.height]).toEqual([4, 2]);
    expect([0, 1, 2, 3].map((x) => small.data[4 * x])).toEqual([0, 0, 128, 255]);
    expect(small.data[3]).toBe(255);
  });

  it('leaves out a rest at the right and at the bottom', () => {
    const small = finish(reduced(new Drawing(7, 5).image, 2));
    expect([small.width, small.height]).toEqual([3, 2]);
  });

  it('does not let the colour of transparent pixels show', () => {
    const { image } = new Drawing(2, 2, [200, 0, 0]);
    image.data.set([0, 255, 0, 0], 0);
    const { data } = finish(reduced(image, 2));
    expect([...data]).toEqual([200, 0, 0, 191]);
  });

  it('has its text read in the whole one', async () => {
    const box: PixelBox = { left: 11, top: 20, right: 31, bottom: 40 };
    const corners: TextLine['corners'] = [
      [11, 20],
      [31, 20],
      [31, 40],
      [11, 40],
    ];
    const asked: PixelBox[] = [];
    const text: TextReader = {
      read: async () => [{ text: '7', score: 1, rotation: 0, box, corners }],
      recognize: async (_, regions) => {
        asked.push(...regions.map((region) => region.box));
        return [];
      },
    };
    const { image } = new Drawing(100, 100);
    const reader = reducedReader(text, image, 2);
    const small = finish(reduced(image, 2));
    expect((await reader.read(small))[0]?.box).toEqual({ left: 5, top: 10, right: 16, bottom: 20 });
    await reader.recognize(small, [{ box: { left: 5, top: 10, right: 16, bottom: 20 } }]);
    expect(asked).toEqual([{ left: 10, top: 20, right: 32, bottom: 40 }]);
  });

  it('gives its places in pixels of the whole one, and the same values there', () => {
    const drawing = new Drawing(100, 80);
    const layout = panelOf(drawing, numberAxis(10, 5), valueAxis(70, 5), { grid: { x: [20], y: [], color: null } });
    const reading: PlotReading = {
      kind: 'line',
      confidence: 1,
      title: null,
      warnings: [],
      panels: [
        {
          kind: 'line',
          layout,
          series: [{ name: null, color: [0, 0, 0], points: [[2, 4]], pixels: [[20, 50]], mark: 'line' }],
          warnings: [],
        },
      ],
    };
    const [panel] = enlarged(reading, 3).panels;
    expect(panel?.layout.area).toEqual({ left: 0, top: 0, right: 300, bottom: 240 });
    expect(panel?.layout.grid.x).toEqual([60]);
    expect(panel?.series[0]?.pixels).toEqual([[60, 150]]);
    expect(axisValue(panel!.layout.x, 60)).toBeCloseTo(2, 9);
    expect(axisValue(panel!.layout.y, 150)).toBeCloseTo(4, 9);
  });
});
