import { describe, expect, it } from 'vitest';
import { panelFromText } from '../../../../../daemon/facts/plot/layout/panelFromText';
import type { TextLine } from '../../../../../daemon/media/text';

const H = 20;

function line(text: string, x: number, y: number): TextLine {
  const half = text.length * 5;
  return {
    text,
    score: 1,
    rotation: 0,
    box: { left: x - half, right: x + half, top: y - H / 2, bottom: y + H / 2 },
  } as TextLine;
}

const values = ['0', '1', '2', '3'].map((text, i) => line(text, 40, 400 - 100 * i));
const image = { width: 800, height: 500 } as Parameters<typeof panelFromText>[0];
const area = (names: TextLine[]) => panelFromText(image, [...values, ...names], H)?.area;

describe('a plotting area that only its labels show', () => {
  it('ends half a slot beyond the last of evenly spaced names, where its bars may stand', () => {
    const row = ['Mon', 'Tue', 'Wed', 'Thu'].map((text, i) => line(text, 150 + 160 * i, 440));
    expect(area(row)!.right).toBe(150 + 3 * 160 + 80);
  });

  it('ends in the picture', () => {
    const row = ['Mon', 'Tue', 'Wed'].map((text, i) => line(text, 150 + 300 * i, 440));
    expect(area(row)!.right).toBe(798);
  });

  it('ends a little beyond the last number of a scale, and the last of uneven names', () => {
    const scale = ['0', '10', '20', '30'].map((text, i) => line(text, 150 + 160 * i, 440));
    expect(area(scale)!.right).toBe(150 + 3 * 160 + 1.5 * H);
    const uneven = [150, 310, 380].map((x, i) => line(['Mon', 'Tue', 'Wed'][i]!, x, 440));
    expect(area(uneven)!.right).toBe(380 + 1.5 * H);
  });
});
