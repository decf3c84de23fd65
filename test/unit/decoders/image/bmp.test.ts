import { describe, expect, it } from 'vitest';
import { decodeBmp } from '../../../../daemon/decoders/image/bmp';

/** Hand-made files: what no tool at hand writes. */
interface Parts {
  width: number;
  height: number;
  bits: number;
  compression?: number;
  /** [blue, green, red, unused] each. */
  palette?: number[][];
  masks?: number[];
  data: number[];
}

function bmp({ width, height, bits, compression = 0, palette = [], masks = [], data }: Parts): Uint8Array {
  const dataAt = 54 + masks.length * 4 + palette.length * 4;
  const bytes = new Uint8Array(dataAt + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, dataAt, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  view.setUint32(46, palette.length, true);
  masks.forEach((m, i) => {
    view.setUint32(54 + i * 4, m, true);
  });
  bytes.set(palette.flat(), 54 + masks.length * 4);
  bytes.set(data, dataAt);
  return bytes;
}

/** Red channel of each pixel, row by row from the top. */
async function reds(parts: Parts): Promise<number[]> {
  const { data } = await decodeBmp(bmp(parts));
  return Array.from(data).filter((_, i) => i % 4 === 0);
}

const greys = (n: number) => Array.from({ length: n }, (_, i) => [i, i, i, 0]);

describe('decodeBmp', () => {
  it('reads 1 bit a pixel, highest bit first, rows from the bottom', async () => {
    const parts = { width: 3, height: 2, bits: 1, palette: greys(2), data: [0b10100000, 0, 0, 0, 0b01000000, 0, 0, 0] };
    expect(await reds(parts)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('reads 4 bits a pixel', async () => {
    expect(await reds({ width: 3, height: 1, bits: 4, palette: greys(16), data: [0x9a, 0xb0, 0, 0] })).toEqual([
      9, 10, 11,
    ]);
  });

  it('reads rows from the top when the height is negative', async () => {
    const data = [1, 0, 0, 0, 2, 0, 0, 0];
    expect(await reds({ width: 1, height: -2, bits: 8, palette: greys(4), data })).toEqual([1, 2]);
    expect(await reds({ width: 1, height: 2, bits: 8, palette: greys(4), data })).toEqual([2, 1]);
  });

  it('draws an index beyond the palette black', async () => {
    expect(await reds({ width: 2, height: 1, bits: 8, palette: [[9, 9, 9, 0]], data: [0, 200, 0, 0] })).toEqual([9, 0]);
  });

  it('reads 16 bits as 5-5-5 and scales to 255', async () => {
    const { data } = await decodeBmp(bmp({ width: 2, height: 1, bits: 16, data: [0xff, 0x7f, 0x10, 0x02] }));
    expect(Array.from(data)).toEqual([255, 255, 255, 255, 0, 132, 132, 255]);
  });

  it('reads 32 bits with masks of another order', async () => {
    const masks = [0xff, 0xff00, 0xff0000];
    const { data } = await decodeBmp(bmp({ width: 1, height: 1, bits: 32, compression: 3, masks, data: [1, 2, 3, 4] }));
    expect(Array.from(data)).toEqual([1, 2, 3, 255]);
  });

  it('reads a mask that uses the highest bit', async () => {
    const masks = [0xff000000, 0xff0000, 0xff00];
    const { data } = await decodeBmp(
      bmp({ width: 1, height: 1, bits: 32, compression: 3, masks, data: [9, 3, 2, 0xf1] }),
    );
    expect(Array.from(data)).toEqual([0xf1, 2, 3, 255]);
  });

  it('ignores the fourth byte of plain 32 bits', async () => {
    const { data, hasAlpha } = await decodeBmp(bmp({ width: 1, height: 1, bits: 32, data: [3, 2, 1, 0] }));
    expect([Array.from(data), hasAlpha]).toEqual([[1, 2, 3, 255], false]);
  });

  it('unpacks RLE8: runs, literals, jumps, end of row', async () => {
    // row 0: 2 x 5, literal 7 8 9 (padded); row 1: jump 3 right, 1 x 4; end
    const data = [2, 5, 0, 3, 7, 8, 9, 0, 0, 0, 0, 2, 3, 0, 1, 4, 0, 1];
    const parts = { width: 5, height: 2, bits: 8, compression: 1, palette: greys(16), data };
    expect(await reds(parts)).toEqual([0, 0, 0, 4, 0, 5, 5, 7, 8, 9]);
  });

  it('unpacks RLE4: alternating runs and literals', async () => {
    const data = [3, 0x12, 0, 4, 0x34, 0x56, 0, 1];
    expect(await reds({ width: 7, height: 1, bits: 4, compression: 2, palette: greys(16), data })).toEqual([
      1, 2, 1, 3, 4, 5, 6,
    ]);
  });

  it('says in which row RLE data end', async () => {
    const parts = { width: 4, height: 3, bits: 8, compression: 1, palette: greys(4), data: [4, 1, 0, 0, 4, 1] };
    await expect(decodeBmp(bmp(parts))).rejects.toMatchObject({
      code: 'FILE_TRUNCATED',
      what: 'The BMP file is cut short: its pixels end in row 2 of 3.',
    });
  });

  it('reads a last row without padding', async () => {
    expect(await reds({ width: 1, height: 1, bits: 24, data: [1, 2, 3] })).toEqual([3]);
  });
});
