import { upperMedian } from '../../../../common/median';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { components, fillHoles, type Part } from './components';
import { cutMarkers } from './cutMarkers';
import { distanceTransform } from './distanceTransform';
import type { Marker } from './marker';

/** A stroke thicker than this share of the shorter side is a filling, no line with markers. */
const THICKEST = 0.045;

/**
 * Markers that sit on a line: what is left when a disc a little wider than the stroke is opened through the layer
 * (erosion, then dilation), where the pieces left over are alike. Open markers are filled first. Those that an edge of
 * the area cuts are added, their centres may lie outside.
 */
export function findMarkers(pixels: PanelPixels, layer: ColorLayer, stroke: number): { markers: Marker[] } {
  const { width, height } = pixels;
  if (stroke > Math.max(6, THICKEST * Math.min(width, height))) return { markers: [] };
  const solid = fillHoles(
    layer.mask,
    layer.coverage,
    width,
    height,
    Math.min(45, Math.round(Math.min(width, height) / 12)),
  );
  const inner = distanceTransform(solid.mask, width, height);
  const radius = stroke / 2 + 0.9;
  const core = new Uint8Array(inner.length);
  for (let i = 0; i < core.length; i++) core[i] = inner[i]! > radius ? 1 : 0;
  const parts = components(core, width, height).filter((part) => part.pixels.length >= 1);
  const grown = parts.map((part) => grow(part, radius, solid, width, height));
  const alike = mostAlike(grown);
  if (alike.length < 3) return { markers: [] };
  const size = upperMedian(alike.map((part) => Math.min(part.width, part.height)));
  if (size < 1.9 * stroke + 1) return { markers: [] };
  const whole = alike.filter((one) => one.x - one.width / 2 > 0.6 && one.x + one.width / 2 < width - 0.6);
  return { markers: [...whole, ...cutMarkers({ coverage: solid.coverage, width, height }, whole, stroke)] };
}

/** A core dilated again, kept inside the mask: the marker without the line. */
function grow(
  part: Part,
  radius: number,
  { mask, coverage }: { mask: Uint8Array; coverage: Float32Array },
  width: number,
  height: number,
): Marker & { ink: number } {
  const reach = Math.ceil(radius);
  const seen = new Set<number>();
  for (const i of part.pixels) {
    const x = i % width;
    const y = (i - x) / width;
    for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
      for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
        if ((u - x) ** 2 + (v - y) ** 2 < radius * radius && mask[v * width + u]) seen.add(v * width + u);
      }
    }
  }
  let [left, right, top, bottom] = [width, 0, height, 0];
  let [mass, mx, my] = [0, 0, 0];
  for (const i of seen) {
    const x = i % width;
    const y = (i - x) / width;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x + 1), Math.min(top, y), Math.max(bottom, y + 1)];
    mass += coverage[i]!;
    mx += coverage[i]! * (x + 0.5);
    my += coverage[i]! * (y + 0.5);
  }
  // the centre of mass is finer than the box, but a triangle stands for the middle of its box
  const middle = (low: number, high: number, mean: number) =>
    Math.abs((low + high) / 2 - mean) < 0.1 * (high - low) ? mean : (low + high) / 2;
  return {
    x: middle(left, right, mx / mass),
    y: middle(top, bottom, my / mass),
    width: right - left,
    height: bottom - top,
    ink: seen.size,
  };
}

/** The largest group of equal size; a lone thick spot is a crossing or a corner. */
function mostAlike(all: Array<Marker & { ink: number }>): Marker[] {
  let best: Array<Marker & { ink: number }> = [];
  for (const one of all) {
    const group = all.filter(
      (other) =>
        Math.abs(other.width - one.width) <= 1 + 0.15 * one.width &&
        Math.abs(other.height - one.height) <= 1 + 0.15 * one.height,
    );
    if (group.length > best.length || (group.length === best.length && one.ink > (best[0]?.ink ?? 0))) best = group;
  }
  return best.length >= 0.5 * all.length ? best : [];
}
