import { errors } from '../../common/errors';

/** Pixels of the largest map: its values and its picture are held at once, 8 bytes a pixel. */
export const MAX_MAP_PIXELS = 40_000_000;
/** The same in words. */
export const MAP_LIMITS = `${MAX_MAP_PIXELS / 1e6} megapixels`;
/** Largest file of a map in bytes. */
export const MAX_MAP_BYTES = 512 * 1024 ** 2;

/** Throws FILE_DAMAGED for sides that are none and FILE_TOO_LARGE above `MAX_MAP_PIXELS`. */
export function checkMapSides(format: string, width: number, height: number): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
    throw errors.damaged(format, `its header says ${width} × ${height} pixels`);
  if (width * height > MAX_MAP_PIXELS)
    throw errors.tooLarge(`${format} map`, `${width} × ${height} pixels`, `${MAX_MAP_PIXELS / 1e6} megapixels`);
}

/** Throws FILE_TRUNCATED unless `needed` bytes of values follow the header. */
export function checkMapBytes(format: string, needed: number, available: number): void {
  if (needed > available) throw errors.truncated(format, `its values need ${needed} bytes, and ${available} are there`);
}
