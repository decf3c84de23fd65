import type { PixelBox } from '../../media/text';
import { contrastOf } from './lineInk';
import type { Raster } from './raster';

/** Share of the strongest contrast from which a pixel belongs to a glyph. */
const INK = 0.3;
/** Contrast (0..255) below which a region is empty. */
const FAINTEST = 24;

/** A connected piece of ink; pixels of the picture, right and bottom exclusive. */
export interface Glyph extends PixelBox {
  /** Pixels of ink. */
  count: number;
  /** Indices into the window's pixels. */
  pixels: number[];
}

export interface RegionInk {
  /** What was cut out of the picture: the region with room round it. */
  window: PixelBox;
  /** The ink that belongs to the region, from left to right. */
  glyphs: Glyph[];
  /** The window as a picture of its own in which everything but the glyphs is painted over with the ground. */
  clean: Raster;
}

/**
 * The ink that a region means, though its box may be some pixels too small or too large: connected pieces of ink whose
 * middle lies in the box. Pieces that run out of the window, as axis lines and grids do, and those whose middle lies
 * outside, as a tick mark beside its label, are painted over. Undefined where the region is empty.
 */
export function regionInk(picture: Raster, box: PixelBox, margin: number): RegionInk | undefined {
  const window = {
    left: Math.max(0, Math.floor(box.left - margin)),
    top: Math.max(0, Math.floor(box.top - margin)),
    right: Math.min(picture.width, Math.ceil(box.right + margin)),
    bottom: Math.min(picture.height, Math.ceil(box.bottom + margin)),
  };
  const [width, height] = [window.right - window.left, window.bottom - window.top];
  if (width < 1 || height < 1) return undefined;
  const rgb = cut(picture, window);
  const contrast = contrastOf(rgb, width * height);
  const inside = (i: number) => {
    const [x, y] = [window.left + (i % width), window.top + Math.floor(i / width)];
    return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
  };
  const strongest = contrast.reduce((most, c, i) => (c > most && inside(i) ? c : most), 0);
  if (strongest < FAINTEST) return undefined;
  const pieces = piecesOf(contrast, width, height, INK * strongest);
  const glyphs = pieces
    .map((p) => ({
      ...p,
      left: p.left + window.left,
      right: p.right + window.left,
      top: p.top + window.top,
      bottom: p.bottom + window.top,
    }))
    .filter((g) => belongs(g, box, window))
    .sort((a, b) => a.left - b.left);
  if (glyphs.length === 0) return undefined;
  return { window, glyphs, clean: { width, height, rgb: paintedOver(rgb, contrast, width, height, glyphs) } };
}

function belongs(glyph: Glyph, box: PixelBox, window: PixelBox): boolean {
  const [x, y] = [(glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2];
  if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) return false;
  const across = glyph.left === window.left && glyph.right === window.right;
  const down = glyph.top === window.top && glyph.bottom === window.bottom;
  return !across && !down;
}

function cut({ width, rgb }: Raster, { left, top, right, bottom }: PixelBox): Uint8Array {
  const row = (right - left) * 3;
  const out = new Uint8Array(row * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const from = (y * width + left) * 3;
    out.set(rgb.subarray(from, from + row), (y - top) * row);
  }
  return out;
}

/** Eight-connected pieces of what is at least `least`, in pixels of the window. */
function piecesOf(contrast: Float32Array, width: number, height: number, least: number): Glyph[] {
  const seen = new Uint8Array(contrast.length);
  const pieces: Glyph[] = [];
  for (let start = 0; start < contrast.length; start++) {
    if (seen[start] || contrast[start]! < least) continue;
    const pixels = [start];
    const piece: Glyph = { left: width, top: height, right: 0, bottom: 0, count: 0, pixels };
    seen[start] = 1;
    for (let next = 0; next < pixels.length; next++) {
      const [x, y] = [pixels[next]! % width, Math.floor(pixels[next]! / width)];
      piece.left = Math.min(piece.left, x);
      piece.right = Math.max(piece.right, x + 1);
      piece.top = Math.min(piece.top, y);
      piece.bottom = Math.max(piece.bottom, y + 1);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const at = ny * width + nx;
          if (seen[at] || contrast[at]! < least) continue;
          seen[at] = 1;
          pixels.push(at);
        }
      }
    }
    pieces.push({ ...piece, count: pixels.length });
  }
  return pieces;
}

/** Everything that is neither a glyph nor within a pixel of one (its soft edge) becomes the ground. */
function paintedOver(
  rgb: Uint8Array,
  contrast: Float32Array,
  width: number,
  height: number,
  glyphs: Glyph[],
): Uint8Array {
  const keep = new Uint8Array(width * height);
  for (const glyph of glyphs) {
    for (const at of glyph.pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        keep.fill(1, ny * width + Math.max(0, x - 1), ny * width + Math.min(width, x + 2));
    }
  }
  const quietest = contrast.indexOf(contrast.reduce((least, c) => Math.min(least, c), Infinity));
  const ground = rgb.slice(quietest * 3, quietest * 3 + 3);
  const out = new Uint8Array(rgb);
  for (let i = 0; i < keep.length; i++) if (!keep[i]) out.set(ground, i * 3);
  return out;
}
