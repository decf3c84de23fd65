import { describe, expect, it } from 'vitest';
import { colorLayers } from '../../../../../daemon/facts/plot/marks/colorLayers';
import { BLUE, Drawing, GREEN, ORANGE } from './drawing';

const colors = (drawing: Drawing, changes = {}) =>
  colorLayers(drawing.image, drawing.panel(changes)).layers.map(({ color }) => color);

describe('colorLayers', () => {
  it('finds one layer a colour, the edges unmixed', () => {
    const drawing = new Drawing(80, 60).disc(BLUE, 20.3, 20.7, 8).disc(ORANGE, 55.1, 30.4, 10);
    const { layers } = colorLayers(drawing.image, drawing.panel());
    expect(layers.map(({ color }) => color)).toEqual([ORANGE, BLUE]);
    // the coverage adds up to the discs' areas
    const ink = layers.map(({ coverage }) => coverage.reduce((sum, share) => sum + share, 0));
    expect(Math.abs(ink[0]! - Math.PI * 100)).toBeLessThan(2);
    expect(Math.abs(ink[1]! - Math.PI * 64)).toBeLessThan(2);
  });

  it('leaves out white grid lines on a tint, and keeps a grey series', () => {
    const drawing = new Drawing(120, 90, [229, 229, 229]);
    for (const x of [20, 60, 100]) drawing.box([255, 255, 255], x, 0, x + 1.4, 90);
    for (const y of [15, 45, 75]) drawing.box([255, 255, 255], 0, y, 120, y + 1.4);
    drawing.line(
      [119, 119, 119],
      [
        [5, 80],
        [60, 20],
        [115, 60],
      ],
      2,
    );
    const found = colors(drawing);
    expect(found).toHaveLength(1);
    for (const part of found[0]!) expect(Math.abs(part - 119)).toBeLessThan(3);
  });

  it('keeps a dark stroke that runs along a white grid line of a tint', () => {
    const drawing = new Drawing(120, 90, [235, 235, 235]);
    for (const x of [20, 60, 100]) drawing.box([255, 255, 255], x, 0, x + 1.4, 90);
    for (const y of [15, 45, 75]) drawing.box([255, 255, 255], 0, y, 120, y + 1.4);
    drawing.box([51, 51, 51], 60, 20, 61.4, 60);
    const { layers } = colorLayers(drawing.image, drawing.panel());
    const dark = layers.filter(({ color }) => color[0] < 100);
    expect(dark).toHaveLength(1);
    expect(dark[0]!.coverage.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(40);
  });

  it('sees a stroke thinner than a pixel in the colour of the legend', () => {
    const drawing = new Drawing(100, 60).line(
      GREEN,
      [
        [5, 50.2],
        [95, 10.4],
      ],
      0.7,
    );
    const sample = { left: 0, top: 0, right: 1, bottom: 1 };
    expect(colors(drawing, { legend: [{ name: 'a', color: GREEN, mark: 'line', sample }] })).toEqual([GREEN]);
  });

  it('sees one colour where a thin line is drawn in two shades and the legend shows a half transparent one', () => {
    const dark: [number, number, number] = [30, 30, 30];
    const full: [number, number, number] = [54, 162, 235];
    const drawing = new Drawing(100, 60, dark).box(full, 5, 20, 95, 21, 0.92).box(full, 5, 40, 60, 41);
    const sample = { left: 0, top: 0, right: 1, bottom: 1 };
    const half: [number, number, number] = [42, 96, 133];
    expect(
      colorLayers(drawing.image, drawing.panel({ legend: [{ name: 'a', color: half, mark: 'patch', sample }] })).layers,
    ).toHaveLength(1);
  });

  it('takes a dotted grid out that the layout does not tell', () => {
    const drawing = new Drawing(120, 80, [0, 0, 0]).disc(BLUE, 50, 40, 6);
    for (let x = 1; x < 120; x += 6) for (const y of [20, 60]) drawing.box([211, 211, 211], x, y, x + 2, y + 1);
    expect(colors(drawing)).toEqual([BLUE]);
  });

  it('counts where translucent marks overlap for both', () => {
    const drawing = new Drawing(90, 60).disc(BLUE, 30, 30, 14, 0.5).disc(BLUE, 46, 30, 14, 0.5);
    const { layers } = colorLayers(drawing.image, drawing.panel());
    expect(layers).toHaveLength(1);
    const at = 30 * 90 + 38;
    expect(layers[0]!.mask[at]).toBe(1);
  });

  it('takes nothing from the box of the legend', () => {
    const drawing = new Drawing(80, 60).disc(BLUE, 20, 20, 8).box(ORANGE, 50, 10, 60, 20);
    expect(colors(drawing, { legendBox: { left: 45, top: 5, right: 75, bottom: 25 } })).toEqual([BLUE]);
  });

  it('drops letters inside the box of an annotation, and keeps a line that runs through it', () => {
    const drawing = new Drawing(100, 60)
      .line(
        BLUE,
        [
          [2, 30],
          [98, 30],
        ],
        2,
      )
      .box(BLUE, 40, 20, 43, 25)
      .box(BLUE, 46, 20, 49, 25);
    const box = { left: 38, top: 18, right: 52, bottom: 34 };
    const annotation = {
      text: 'peak',
      score: 1,
      corners: [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      rotation: 0,
      box,
    };
    const { layers, width } = colorLayers(drawing.image, drawing.panel({ annotations: [annotation] as never }));
    expect(layers[0]!.mask[22 * width + 41]).toBe(0);
    expect(layers[0]!.mask[30 * width + 45]).toBe(1);
  });
});
