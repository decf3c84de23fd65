import { describe, expect, it } from 'vitest';
import { toHalf } from '../../../../daemon/converter/onnx/float16';
import { halfToNumber } from '../../../../daemon/runtime/embeddingTable';

const half = (x: number): number => toHalf(Float32Array.of(x))[0]!;

describe('toHalf', () => {
  it('gives every half back exactly', () => {
    const bits = Uint16Array.from({ length: 0x7c01 }, (_, i) => i);
    for (const sign of [0, 0x8000]) {
      const values = Float32Array.from(bits, (b) => halfToNumber(b | sign));
      expect(toHalf(values)).toEqual(bits.map((b) => b | sign));
    }
  });

  it('rounds to nearest, ties to even, with carries into the exponent', () => {
    expect(half(1 + 2 ** -11)).toBe(0x3c00);
    expect(half(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(half(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
    expect(half(2 - 2 ** -12)).toBe(0x4000);
    expect(half(65504 + 15.9)).toBe(0x7bff);
    expect(half(65520)).toBe(0x7c00);
  });

  it('keeps subnormals, drops what is too small, marks NaN', () => {
    expect(half(2 ** -24)).toBe(1);
    expect(half(1.5 * 2 ** -24)).toBe(2);
    expect(half(2 ** -25)).toBe(0);
    expect(half(-1e-30)).toBe(0x8000);
    expect(halfToNumber(half(Number.NaN))).toBeNaN();
  });
});
