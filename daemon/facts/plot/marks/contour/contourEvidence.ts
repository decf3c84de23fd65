import { every, type Steps } from '../../steps';
import type { PanelPixels } from '../colorLayers';
import { type Component, components } from '../solid/components';
import { BACKGROUND, UNLABELLED } from '../solid/labels';
import type { SolidPixels } from '../solid/solidColors';

/** What speaks for a plot of filled contours. */
export interface BandEvidence {
  /** Bands: pairs of coloured regions of which one lies wholly inside the other. */
  nestedBands: number;
  /** Share of the panel that lies in flat colours. */
  flat: number;
  /** Share of the borders between colours that run straight up for several rows: high for bars and cells. */
  straight: number;
  /** Different colours that fill something. */
  colors: number;
  /** Share of the panel that they fill. */
  covered: number;
}

const SMALLEST = 0.0006;

export function* bandEvidence(solid: SolidPixels): Steps<BandEvidence> {
  return {
    nestedBands: yield* nestedBands(solid),
    flat: yield* flatShare(solid.labels),
    straight: yield* straightShare(solid),
    colors: solid.colors.length,
    covered: yield* coveredShare(solid.labels),
  };
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function surrounds(outer: Box, inner: Box): boolean {
  return (
    outer.left < inner.left - 1 &&
    outer.right > inner.right + 1 &&
    outer.top < inner.top - 1 &&
    outer.bottom > inner.bottom + 1
  );
}

function* nestedBands({ labels, raster }: SolidPixels): Steps<number> {
  const { parts } = yield* components(labels, raster.width);
  const large = parts.filter((part) => part.count >= SMALLEST * labels.length);
  let pairs = 0;
  // the outer one is a ring: it fills its own box less than its outline would
  for (const inner of large) {
    yield;
    if (
      large.some(
        (outer) =>
          outer.label !== inner.label && surrounds(outer, inner) && ringRound(labels, raster.width, outer.label, inner),
      )
    )
      pairs++;
  }
  return pairs;
}

/** Whether straight ways from a region to all four sides meet a colour first. */
function ringRound(labels: Uint8Array, width: number, label: number, inner: Box): boolean {
  const x = Math.round((inner.left + inner.right) / 2);
  const y = Math.round((inner.top + inner.bottom) / 2);
  const meets = (u: number, v: number, du: number, dv: number) => {
    for (let k = 0; k < 12; k++) {
      const at = (v + dv * k) * width + u + du * k;
      if (at < 0 || at >= labels.length) return false;
      if (labels[at] === label) return true;
    }
    return false;
  };
  return (
    meets(x, inner.top - 1, 0, -1) &&
    meets(x, inner.bottom, 0, 1) &&
    meets(inner.left - 1, y, -1, 0) &&
    meets(inner.right, y, 1, 0)
  );
}

function* flatShare(labels: Uint8Array): Steps<number> {
  let flat = 0;
  for (let i = 0; i < labels.length; i++) {
    if (every(i)) yield;
    if (labels[i] !== UNLABELLED) flat++;
  }
  return flat / Math.max(1, labels.length);
}

function* coveredShare(labels: Uint8Array): Steps<number> {
  let covered = 0;
  for (let i = 0; i < labels.length; i++) {
    if (every(i)) yield;
    if (labels[i] !== UNLABELLED && labels[i] !== BACKGROUND) covered++;
  }
  return covered / Math.max(1, labels.length);
}

function* straightShare({ labels, raster: { width, height } }: SolidPixels): Steps<number> {
  let borders = 0;
  let straight = 0;
  const border = (x: number, y: number) => {
    const [a, b] = [labels[y * width + x - 1], labels[y * width + x + 2]];
    return a !== UNLABELLED && b !== UNLABELLED && a !== b && labels[y * width + x - 1] !== labels[y * width + x + 1];
  };
  for (let y = 0; y + 8 < height; y += 3) {
    yield;
    for (let x = 1; x + 2 < width; x++) {
      if (!border(x, y)) continue;
      borders++;
      if (border(x, y + 4) && border(x, y + 8)) straight++;
    }
  }
  return borders === 0 ? 1 : straight / borders;
}

/** Contour lines: how many enclosed parts of the ground lie inside a ring of ground. */
export function* nestedLoops({ foreground, width }: PanelPixels): Steps<number> {
  const ground = new Uint8Array(foreground.length);
  for (let i = 0; i < ground.length; i++) {
    if (every(i)) yield;
    ground[i] = foreground[i] ? BACKGROUND : 1;
  }
  const height = foreground.length / width;
  const { parts, of } = yield* components(ground, width);
  const enclosed = parts.filter(
    (part) =>
      part.left > 0 &&
      part.top > 0 &&
      part.right < width &&
      part.bottom < height &&
      part.count >= SMALLEST * ground.length,
  );
  const ids = new Map(parts.map((part, i) => [part, i + 1]));
  const rings = (outer: Component, inner: Component) =>
    surrounds(outer, inner) && onAllSides(of, width, ids.get(outer) ?? 0, inner);
  let nested = 0;
  for (const inner of enclosed) {
    yield;
    if (enclosed.some((outer) => rings(outer, inner))) nested++;
  }
  return nested;
}

/** Whether ways from the middle of a region's four sides all meet the part `id` before the rim. */
function onAllSides(of: Int32Array, width: number, id: number, inner: Box): boolean {
  const x = Math.round((inner.left + inner.right) / 2);
  const y = Math.round((inner.top + inner.bottom) / 2);
  const meets = (u: number, v: number, du: number, dv: number) => {
    const most = Math.max(8, 2 * Math.max(inner.right - inner.left, inner.bottom - inner.top));
    for (let k = 0; k < most; k++) {
      const [i, j] = [u + du * k, v + dv * k];
      if (i < 0 || j < 0 || i >= width || j * width >= of.length) return false;
      if (of[j * width + i] === id) return true;
    }
    return false;
  };
  return (
    meets(x, inner.top - 1, 0, -1) &&
    meets(x, inner.bottom, 0, 1) &&
    meets(inner.left - 1, y, -1, 0) &&
    meets(inner.right, y, 1, 0)
  );
}
