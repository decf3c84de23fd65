import { upperMedian } from '../../../../common/median';
import { every, type Steps } from '../../steps';
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
export function* findMarkers(pixels: PanelPixels, layer: ColorLayer, stroke: number): Steps<{ markers: Marker[] }> {
  const { width, height } = pixels;
  if (stroke > Math.max(6, THICKEST * Math.min(width, height))) return { markers: [] };
  const solid = yield* fillHoles(
    layer.mask,
    layer.coverage,
    width,
    height,
    Math.min(45, Math.round(Math.min(width, height) / 12)),
  );
  const inner = yield* distanceTransform(solid.mask, width, height);
  const radius = stroke / 2 + 0.9;
  const core = new Uint8Array(inner.length);
  for (let i = 0; i < core.length; i++) {
    if (every(i)) yield;
    core[i] = inner[i]! > radius ? 1 : 0;
  }
  const grown: Array<Marker & { ink: number }> = [];
  for (const part of yield* components(core, width, height))
    grown.push(yield* grow(part, radius, solid, width, height));
  const alike = yield* mostAlike(grown);
  if (alike.length < 3) return { markers: [] };
  const size = upperMedian(alike.map((part) => Math.min(part.width, part.height)));
  if (size < 1.9 * stroke + 1) return { markers: [] };
  const whole = alike.filter((one) => one.x - one.width / 2 > 0.6 && one.x + one.width / 2 < width - 0.6);
  return { markers: [...whole, ...cutMarkers({ coverage: solid.coverage, width, height }, whole, stroke)] };
}

/** A core dilated again, kept inside the mask: the marker without the line. */
function* grow(
  part: Part,
  radius: number,
  { mask, coverage }: { mask: Uint8Array; coverage: Float32Array },
  width: number,
  height: number,
): Steps<Marker & { ink: number }> {
  const reach = Math.ceil(radius);
  const seen = new Set<number>();
  for (let k = 0; k < part.pixels.length; k++) {
    if ((k & 255) === 0) yield;
    const i = part.pixels[k]!;
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
function* mostAlike(all: Array<Marker & { ink: number }>): Steps<Marker[]> {
  // by size, which is in whole pixels: there are few sizes, but maybe thousands of parts
  const sizes = new Map<string, { width: number; height: number; count: number; first: number }>();
  const keyOf = ({ width, height }: Marker) => `${width} ${height}`;
  for (const [first, one] of all.entries()) {
    const known = sizes.get(keyOf(one));
    if (known) known.count++;
    else sizes.set(keyOf(one), { width: one.width, height: one.height, count: 1, first });
  }
  const near = (one: { width: number; height: number }, other: { width: number; height: number }) =>
    Math.abs(other.width - one.width) <= 1 + 0.15 * one.width &&
    Math.abs(other.height - one.height) <= 1 + 0.15 * one.height;
  const groups = new Map<string, { count: number; ink: number }>();
  for (const [key, one] of sizes) {
    yield;
    let [count, first] = [0, all.length];
    for (const other of sizes.values()) {
      if (!near(one, other)) continue;
      count += other.count;
      first = Math.min(first, other.first);
    }
    groups.set(key, { count, ink: all[first]!.ink });
  }
  let best: { one: Marker; count: number; ink: number } | undefined;
  for (const one of all) {
    const group = groups.get(keyOf(one))!;
    if (!best || group.count > best.count || (group.count === best.count && one.ink > best.ink))
      best = { one, ...group };
  }
  return best && best.count >= 0.5 * all.length ? all.filter((other) => near(best.one, other)) : [];
}
