import { expect, it } from 'vitest';
import { halfToNumber, readAsFloat32, widen } from '../../../../daemon/converter/checkpoint/dtype';

it.each([
  [0x0000, 0],
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x83ff, -1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x7e00, Number.NaN],
])('half %i is %d', (bits, value) => {
  expect(halfToNumber(bits)).toBe(value);
  const out = new Float32Array(1);
  widen(Uint16Array.of(bits), 'F16', out);
  expect(out[0]).toBe(value);
});

it('keeps the sign of a negative zero', () => {
  expect(Object.is(halfToNumber(0x8000), -0)).toBe(true);
});

it.each([
  [0x3f80, 1],
  [0xc049, -3.140625],
  [0x0001, 2 ** -133],
  [0x7f80, Number.POSITIVE_INFINITY],
])('bfloat16 %i is %d', (bits, value) => {
  const out = new Float32Array(3);
  widen(Uint16Array.of(bits), 'BF16', out, 2);
  expect([...out]).toEqual([0, 0, value]);
});

it('reads a large half tensor in pieces without gaps', () => {
  const count = (4 << 20) + 5;
  const reads: number[] = [];
  const values = readAsFloat32('F16', count, (into, from) => {
    reads.push(from);
    const halves = new Uint16Array(into.buffer, into.byteOffset, into.byteLength / 2);
    // 0x3c00 + k is 1 + k/1024
    for (let i = 0; i < halves.length; i++) halves[i] = 0x3c00 + ((from / 2 + i) % 1024);
  });
  expect(reads).toEqual([0, 8 << 20]);
  expect(values.length).toBe(count);
  for (const i of [0, 1023, 1024, (4 << 20) - 1, 4 << 20, count - 1]) expect(values[i]).toBe(1 + (i % 1024) / 1024);
});
