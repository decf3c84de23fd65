import type { Rgb8 } from './bicubic';
import { CLIP_MEAN, CLIP_STD } from './clipNorm';

/**
 * The S x S square at (left, top) of the picture scaled to `width` x `height`, CLIP-normalised, [3, S, S].
 * Scaling is `torch.nn.functional.interpolate(mode="bilinear", align_corners=False)`: not antialiased, in floating point.
 */
export function bilinearView(
  source: Rgb8,
  width: number,
  height: number,
  left: number,
  top: number,
  size: number,
): Float32Array {
  const columns = Array.from({ length: size }, (_, x) => neighboursOf(left + x, source.width, width));
  const rows = Array.from({ length: size }, (_, y) => neighboursOf(top + y, source.height, height));
  const out = new Float32Array(3 * size * size);
  for (let c = 0; c < 3; c++) {
    const pixel = (x: number, y: number) => source.data[(y * source.width + x) * 3 + c]!;
    rows.forEach((r, y) => {
      columns.forEach((q, x) => {
        const above = pixel(q.low, r.low) * (1 - q.share) + pixel(q.high, r.low) * q.share;
        const below = pixel(q.low, r.high) * (1 - q.share) + pixel(q.high, r.high) * q.share;
        const value = (above * (1 - r.share) + below * r.share) / 255;
        out[(c * size + y) * size + x] = (value - CLIP_MEAN[c]!) / CLIP_STD[c]!;
      });
    });
  }
  return out;
}

/** The two source pixels beside output pixel `at`, and the share of the higher one. */
function neighboursOf(at: number, inSize: number, outSize: number): { low: number; high: number; share: number } {
  const position = Math.max(0, ((at + 0.5) * inSize) / outSize - 0.5);
  const low = Math.min(Math.floor(position), inSize - 1);
  return { low, high: Math.min(low + 1, inSize - 1), share: position - low };
}
