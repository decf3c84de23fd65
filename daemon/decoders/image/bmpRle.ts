import { errors } from '../../common/errors';
import type { BmpHeader } from './bmpHeader';

/**
 * Unpacks RLE8 and RLE4 (Microsoft, "Bitmap Compression") to one palette index a pixel, width * height bytes, rows
 * from the bottom. Pixels that the data skip keep index 0.
 */
export function unpackRle(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height } = header;
  const half = header.compression === 'rle4';
  const out = new Uint8Array(width * height);
  let [at, x, y] = [header.dataAt, 0, 0];
  const put = (index: number) => {
    // writers pad runs past the end of a row; what is outside the picture is dropped
    if (x < width && y < height) out[y * width + x] = index;
    x++;
  };
  const nibble = (byte: number, i: number) => (i & 1 ? byte & 15 : byte >> 4);
  for (;;) {
    const [count, value] = [bytes[at], bytes[at + 1]];
    if (count === undefined || value === undefined) {
      if (y >= height || (y === height - 1 && x >= width)) return out;
      throw errors.truncated('BMP', `its pixels end in row ${y + 1} of ${height}`);
    }
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(half ? nibble(value, i) : value);
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      return out;
    } else if (value === 2) {
      [x, y, at] = [x + (bytes[at] ?? 0), y + (bytes[at + 1] ?? 0), at + 2];
    } else {
      const length = half ? (value + 1) >> 1 : value;
      if (at + length > bytes.length) throw errors.truncated('BMP', `its pixels end in row ${y + 1} of ${height}`);
      for (let i = 0; i < value; i++) put(half ? nibble(bytes[at + (i >> 1)]!, i) : bytes[at + i]!);
      at += length + (length & 1);
    }
    if (y > height) throw errors.damaged('BMP', `its pixels go on below the last row (${height})`);
  }
}
