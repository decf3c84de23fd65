import { describe, expect, it } from 'vitest';
import { BLOCK, blockBytes, blocksOf, quantizeRows } from '../../../../daemon/converter/onnx/blockQuantization';
import { gaussian } from '../../../support/randomOneLlm';

function quantized(rows: Float32Array, columns: number, bits: 8 | 4) {
  const blocks = (rows.length / columns) * blocksOf(columns);
  const values = new Uint8Array(blocks * blockBytes(bits));
  const scales = new Float32Array(blocks);
  quantizeRows(rows, columns, bits, values, scales);
  return { values, scales };
}

describe('quantizeRows', () => {
  it('8 bits: the largest magnitude becomes 127 steps from the middle', () => {
    const { values, scales } = quantized(Float32Array.of(1, -2, 0.5, 0), 4, 8);
    expect(scales[0]).toBeCloseTo(2 / 127, 7);
    expect([...values.subarray(0, 5)]).toEqual([192, 1, 160, 128, 128]);
  });

  it('4 bits: low nibble first, the value of largest magnitude is exact', () => {
    const { values, scales } = quantized(Float32Array.of(-4, 2, 0.6), 3, 4);
    expect(scales[0]).toBe(0.5);
    expect([...values.subarray(0, 3)]).toEqual([0 | (12 << 4), 9 | (8 << 4), 0x88]);
    expect(quantized(Float32Array.of(4, -2), 2, 4).scales[0]).toBe(-0.5);
  });

  it('fills the last block of each row where the width is no multiple of 32', () => {
    const { values, scales } = quantized(new Float32Array(2 * 33).fill(1), 33, 8);
    expect(scales.length).toBe(4);
    expect([...values.subarray(BLOCK, 2 * BLOCK)]).toEqual([255, ...new Array(31).fill(128)]);
    expect(values[2 * BLOCK]).toBe(255);
  });

  it('a block of zeros stays zero', () => {
    const { values, scales } = quantized(new Float32Array(32), 32, 4);
    expect(scales[0]).toBeCloseTo(0);
    expect(values.every((v) => v === 0x88)).toBe(true);
  });

  it.each([8, 4] as const)('%i bits: no value is further off than half a step', (bits) => {
    const rows = Float32Array.from({ length: 3 * 70 }, gaussian(4));
    const { values, scales } = quantized(rows, 70, bits);
    for (const [i, x] of rows.entries()) {
      const column = i % 70;
      const block = Math.floor(i / 70) * blocksOf(70) + Math.floor(column / BLOCK);
      const within = column % BLOCK;
      const packed = values[block * blockBytes(bits) + (bits === 8 ? within : within >> 1)]!;
      const level = bits === 8 ? packed - 128 : ((packed >> (4 * (within % 2))) & 15) - 8;
      // at 4 bits the far end has one step less, so that values there are cut off by up to a whole step
      const bound = Math.abs(scales[block]!) * (bits === 8 ? 0.5 : 1) + 1e-6;
      expect(Math.abs(level * scales[block]! - x)).toBeLessThanOrEqual(bound);
    }
  });
});
