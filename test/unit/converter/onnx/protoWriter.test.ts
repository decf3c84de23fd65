import { describe, expect, it } from 'vitest';
import { ProtoWriter } from '../../../../daemon/converter/onnx/protoWriter';

const hex = (fill: (w: ProtoWriter) => void): string => {
  const writer = new ProtoWriter();
  fill(writer);
  return Buffer.from(writer.finish()).toString('hex');
};

describe('ProtoWriter', () => {
  it('writes the examples of the encoding guide', () => {
    expect(hex((w) => w.int(1, 150))).toBe('089601');
    expect(hex((w) => w.string(2, 'testing'))).toBe('120774657374696e67');
    expect(hex((w) => w.message(3, (m) => m.int(1, 150)))).toBe('1a03089601');
  });

  it('writes negative whole numbers in ten bytes', () => {
    expect(hex((w) => w.int(1, -1))).toBe('08ffffffffffffffffff01');
    expect(hex((w) => w.int(1, -2))).toBe('08feffffffffffffffff01');
  });

  it('writes whole numbers beyond 32 bits', () => {
    expect(hex((w) => w.int(1, 2 ** 40))).toBe('08808080808020');
    expect(hex((w) => w.int(1, Number.MAX_SAFE_INTEGER))).toBe('08ffffffffffffff0f');
  });

  it('writes floats as four bytes, little-endian, and fields beyond 15', () => {
    expect(hex((w) => w.float(2, 1.5))).toBe('150000c03f');
    expect(hex((w) => w.int(20, 1))).toBe('a00101');
  });

  it('grows', () => {
    const bytes = new Uint8Array(5000).fill(7);
    const written = Buffer.from(new ProtoWriter().bytes(1, bytes).finish());
    expect(written.length).toBe(5003);
    expect(written.subarray(3).every((b) => b === 7)).toBe(true);
  });
});
