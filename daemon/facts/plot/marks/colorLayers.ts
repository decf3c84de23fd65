import type { ImageMedia } from '../../../media/media';
import type { PanelLayout, Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import { every, finish, type Steps } from '../steps';
import { assignPixels } from './colors/assignPixels';
import { chroma } from './colors/colorMath';
import { type Crop, crop } from './colors/crop';
import { EMPTY, ground, MARKED } from './colors/foreground';
import { type PaletteColor, palette } from './colors/palette';

/**
 * Pixels of one colour inside the panel's area; grid, background, the frame's blur and the legend's box are taken out.
 * Coordinates are of the area: pixel (x, y) of a layer is (area.left + x, area.top + y) of the picture.
 */
export interface ColorLayer {
  color: Rgb;
  /** width * height of the area, row-major; 1 = at least MASK_COVER of the pixel is this colour, and no other more. */
  mask: Uint8Array;
  /** 0..1, the share of each pixel that is this colour (1 inside, less where anti-aliased); 0 where it is not. */
  coverage: Float32Array;
  /** Pixels of the mask. */
  count: number;
  /** Of the mask, in the area's coordinates. */
  box: PixelBox;
}

export interface PanelPixels {
  /** Whole pixels of the picture that were looked at. */
  area: PixelBox;
  width: number;
  height: number;
  /** Most pixels first. */
  layers: ColorLayer[];
  /** 1 where something that is neither background nor grid is drawn. */
  foreground: Uint8Array;
}

/** A pixel belongs to a colour from this coverage on. */
export const MASK_COVER = 0.3;
/** Layers of fewer pixels are dirt. */
const SMALLEST_LAYER = 6;

/** Parts a panel's area into one layer a colour. */
export function colorLayers(image: ImageMedia, panel: PanelLayout): PanelPixels {
  return finish(colorLayersInSteps(image, panel));
}

/** `colorLayers` in steps. */
export function* colorLayersInSteps(image: ImageMedia, panel: PanelLayout): Steps<PanelPixels> {
  const cropped = yield* crop(image, panel.area);
  const parts = yield* ground(cropped, panel);
  const colors = yield* palette(cropped, parts, panel);
  const cover = yield* assignPixels(cropped, parts, colors);
  yield* joinOverlaps(colors, cover);
  const foreground = new Uint8Array(parts.kinds.length);
  for (let i = 0; i < foreground.length; i++) if (parts.kinds[i] === MARKED) foreground[i] = 1;
  // all masks first: they compare coverages, from which annotations are taken next
  const masks: Array<Uint8Array | null> = [];
  for (let c = 0; c < colors.length; c++) masks.push(colors[c]!.overlapOf ? null : yield* maskOf(cover, c, colors));
  const layers: ColorLayer[] = [];
  for (const [c, mask] of masks.entries()) {
    if (!mask) continue;
    yield;
    const [{ color }, coverage] = [colors[c]!, cover[c]!];
    removeAnnotations(cropped, panel, color, mask, coverage);
    const layer = yield* layerOf(color, mask, coverage, cropped.width);
    if (layer.count >= SMALLEST_LAYER) layers.push(layer);
  }
  layers.sort((a, b) => b.count - a.count);
  return { area: cropped.area, width: cropped.width, height: cropped.height, layers, foreground };
}

/** Where translucent marks overlap, all of them are there. */
function* joinOverlaps(colors: PaletteColor[], cover: Float32Array[]): Steps<void> {
  for (let k = colors.length - 1; k >= 0; k--) {
    for (const base of rootsOf(k, colors)) {
      if (base === k) continue;
      const [from, to] = [cover[k]!, cover[base]!];
      for (let i = 0; i < from.length; i++) {
        if (every(i)) yield;
        if (from[i]! > 0) to[i] = Math.min(1, to[i]! + from[i]!);
      }
    }
  }
}

function rootsOf(k: number, colors: PaletteColor[], depth = 0): number[] {
  const of = colors[k]!.overlapOf;
  if (!of || depth > 4) return [k];
  return [...new Set(of.flatMap((c) => rootsOf(c, colors, depth + 1)))];
}

function* maskOf(cover: Float32Array[], own: number, colors: PaletteColor[]): Steps<Uint8Array> {
  const mask = new Uint8Array(cover[own]!.length);
  const mine = cover[own]!;
  for (let i = 0; i < mask.length; i++) {
    if (every(i)) yield;
    const share = mine[i]!;
    if (share < MASK_COVER) continue;
    let most = true;
    for (let c = 0; c < cover.length && most; c++) {
      // where marks overlap both have a full share, and the pixel is of both
      if (c !== own && !colors[c]!.overlapOf && cover[c]![i]! > share) most = false;
    }
    if (most) mask[i] = 1;
  }
  return mask;
}

/** Drops the connected parts that lie wholly inside a text's box: letters. A line that runs through it stays. */
function removeAnnotations(
  { width, height, area }: Crop,
  panel: PanelLayout,
  color: Rgb,
  mask: Uint8Array,
  coverage: Float32Array,
): void {
  for (const { box, text } of panel.annotations) {
    if (!isText(text, color)) continue;
    const left = Math.max(0, Math.floor(box.left - area.left) - 2);
    const right = Math.min(width, Math.ceil(box.right - area.left) + 2);
    const top = Math.max(0, Math.floor(box.top - area.top) - 2);
    const bottom = Math.min(height, Math.ceil(box.bottom - area.top) + 2);
    const seen = new Set<number>();
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const start = y * width + x;
        if (!mask[start] || seen.has(start)) continue;
        const part: number[] = [start];
        seen.add(start);
        let inside = true;
        for (let k = 0; k < part.length; k++) {
          const px = part[k]! % width;
          const py = (part[k]! - px) / width;
          for (let v = py - 1; v <= py + 1; v++) {
            for (let u = px - 1; u <= px + 1; u++) {
              if (u < 0 || v < 0 || u >= width || v >= height || !mask[v * width + u]) continue;
              if (u < left || u >= right || v < top || v >= bottom) inside = false;
              else if (!seen.has(v * width + u)) {
                seen.add(v * width + u);
                part.push(v * width + u);
              }
            }
          }
        }
        if (inside) for (const i of part) mask[i] = coverage[i] = EMPTY;
      }
    }
  }
}

/** Markers are read as letters too: coloured text must be of three characters to be believed, other text of two. */
function isText(text: string, color: Rgb): boolean {
  const characters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return characters >= (chroma(color) > 60 ? 3 : 2);
}

function* layerOf(color: Rgb, mask: Uint8Array, coverage: Float32Array, width: number): Steps<ColorLayer> {
  const box: PixelBox = { left: width, top: mask.length / width, right: 0, bottom: 0 };
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    if (every(i)) yield;
    if (!mask[i]) continue;
    count++;
    const x = i % width;
    const y = (i - x) / width;
    if (x < box.left) box.left = x;
    if (x >= box.right) box.right = x + 1;
    if (y < box.top) box.top = y;
    if (y >= box.bottom) box.bottom = y + 1;
  }
  return { color: color.map(Math.round) as Rgb, mask, coverage, count, box };
}
