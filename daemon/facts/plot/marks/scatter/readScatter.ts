import type { Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import { every, type Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { oncePerLayer } from '../oncePerLayer';
import { otherMarks } from '../otherMarks';
import { alike, type Blob, blobsOf, loneMarkers } from './blobs';
import { roundPeaks } from './bubbles';
import { fillHoles } from './components';
import { splitBlob } from './splitBlob';
import { type MarkerShape, type Template, templateOf } from './template';

/** Markers of one colour. Pixels of the picture. */
export interface ScatterReading {
  layer: ColorLayer;
  color: Rgb;
  /** The points that the markers stand for. */
  points: Point2[];
  /** Width and height of each, pixels: unlike where `sizes` is 'many'. */
  extents: Array<[number, number]>;
  shape: MarkerShape;
  /** What one of them looks like; undefined where there are none. */
  template?: Template;
  evidence: ScatterEvidence;
}

export interface ScatterEvidence {
  /** Share of the layer's pixels inside the markers. */
  explained: number;
  /** Markers that stand alone and look the same. */
  lone: number;
  /** Share of the connected parts that are lone markers: low for lines, letters and areas. */
  loneShare: number;
  /** 'one': markers of one size; 'many': bubbles. */
  sizes: 'one' | 'many';
  /** Pixels, the larger side of a marker. */
  size: number;
  /** Drawn as rings. */
  open: boolean;
}

/** A marker wider than this share of the area's shorter side is something else. */
const LARGEST = 0.14;
/** A bubble may be this large. */
const LARGEST_BUBBLE = 0.25;

/** Reads one layer as markers; no points where it is none. */
export const readScatter = oncePerLayer(read);

function read(pixels: PanelPixels, layer: ColorLayer): Steps<ScatterReading> {
  return readLike(pixels, layer, undefined);
}

/** Reads one layer as markers; where none of them stands free, they look like `template`: that of another layer. */
export function readScatterLike(pixels: PanelPixels, layer: ColorLayer, template: Template): Steps<ScatterReading> {
  return readLike(pixels, layer, template);
}

function* readLike(pixels: PanelPixels, layer: ColorLayer, known: Template | undefined): Steps<ScatterReading> {
  const { width, height, area } = pixels;
  const most = LARGEST * Math.min(width, height);
  const solid = yield* fillHoles(layer.mask, layer.coverage, width, height, Math.min(60, most));
  const others = yield* otherMarks(pixels, layer);
  const hidden = (i: number) => others[i] === 1 && !solid.mask[i];
  const blobs = yield* blobsOf(solid.mask, solid.coverage, width, height, hidden);
  const lone = known ? blobs.filter((blob) => alike(blobLike(known), blob)) : yield* loneMarkers(blobs);
  const none = nothing(layer);
  if (lone.length === 0 && !known) return none;
  const size = known
    ? Math.max(known.width, known.height)
    : Math.max(lone[0]!.right - lone[0]!.left, lone[0]!.bottom - lone[0]!.top);
  if (size > most || size < 1.5) return none;
  const template = known ?? templateOf(lone, solid.coverage, width, height);
  const widest = LARGEST_BUBBLE * Math.min(width, height);
  const many = !known && unlikeSizes(blobs, lone, widest);
  const found = many
    ? yield* bubbles(blobs, solid.mask, width, height, widest)
    : yield* oneSize(blobs, template, solid.mask, width, height, hidden);
  const evidence: ScatterEvidence = {
    explained: yield* explainedShare(solid.mask, found, width, height),
    lone: lone.length,
    loneShare: lone.length / blobs.length,
    sizes: many ? 'many' : 'one',
    size,
    open: solid.filled > 0.15 * layer.count,
  };
  const [dx, dy] = evidence.sizes === 'one' ? template.offset : [0, 0];
  return {
    layer,
    color: layer.color,
    points: found.map(({ x, y }): Point2 => [area.left + x + dx, area.top + y + dy]),
    extents: found.map(({ w, h }): [number, number] => [w, h]),
    shape: template.shape,
    template,
    evidence,
  };
}

interface Found {
  x: number;
  y: number;
  w: number;
  h: number;
}

function* oneSize(
  blobs: Blob[],
  template: Template,
  mask: Uint8Array,
  width: number,
  height: number,
  hidden: (i: number) => boolean,
): Steps<Found[]> {
  const model = blobLike(template);
  const { width: w, height: h } = template;
  const found: Found[] = [];
  for (const blob of blobs) {
    yield;
    if (alike(model, blob) || isPixelMore(template, blob)) found.push({ x: blob.x, y: blob.y, w, h });
    // the others are dirt, and strokes that hold no marker
    else if (blob.ink >= 0.2 * template.ink)
      for (const { x, y } of yield* splitBlob(blob, template, mask, width, height, hidden)) found.push({ x, y, w, h });
  }
  return found;
}

/** A blob of the template's size, as far as `alike` looks. */
function blobLike({ ink, width, height }: Template): Blob {
  return { ink, right: width, left: 0, bottom: height, top: 0 } as Blob;
}

/** A free marker that fell on other pixels: without anti-aliasing a small one is a pixel wider or narrower. */
function isPixelMore({ width, height, ink }: Template, blob: Blob): boolean {
  const [w, h] = [blob.right - blob.left, blob.bottom - blob.top];
  const near = Math.abs(w - width) <= 1.1 && Math.abs(h - height) <= 1.1;
  return near && blob.touched < 0.12 && blob.ink > 0.6 * ink && blob.ink < 1.45 * ink;
}

/** Round lone blobs of clearly different sizes: bubbles. */
function unlikeSizes(blobs: Blob[], lone: Blob[], most: number): boolean {
  const round = blobs.filter((blob) => blob.touched < 0.12 && isRound(blob) && blob.right - blob.left <= most);
  if (round.length < 5 || lone.length > 0.4 * round.length) return false;
  const inks = round.map((blob) => blob.ink).sort((a, b) => a - b);
  return inks[Math.floor(0.8 * inks.length)]! > 1.6 * inks[Math.floor(0.2 * inks.length)]!;
}

function isRound(blob: Blob): boolean {
  const [w, h] = [blob.right - blob.left, blob.bottom - blob.top];
  const fill = blob.ink / (w * h);
  return Math.abs(w - h) <= 0.12 * w + 0.7 && fill > 0.7 && fill < 0.9;
}

function* bubbles(blobs: Blob[], mask: Uint8Array, width: number, height: number, most: number): Steps<Found[]> {
  const found: Found[] = [];
  for (const blob of blobs) {
    yield;
    if (isRound(blob) && blob.right - blob.left <= most)
      found.push({ x: blob.x, y: blob.y, w: blob.right - blob.left, h: blob.bottom - blob.top });
    else
      for (const { x, y, radius } of yield* roundPeaks(blob, mask, width, height))
        found.push({ x, y, w: 2 * radius, h: 2 * radius });
  }
  return found;
}

function* explainedShare(mask: Uint8Array, found: Found[], width: number, height: number): Steps<number> {
  const near = new Uint8Array(mask.length);
  for (const { x, y, w, h } of found) {
    yield;
    for (let v = Math.max(0, Math.floor(y - h / 2 - 1)); v < Math.min(height, y + h / 2 + 1); v++) {
      for (let u = Math.max(0, Math.floor(x - w / 2 - 1)); u < Math.min(width, x + w / 2 + 1); u++)
        near[v * width + u] = 1;
    }
  }
  let all = 0;
  let inside = 0;
  for (let i = 0; i < mask.length; i++) {
    if (every(i)) yield;
    if (!mask[i]) continue;
    all++;
    inside += near[i]!;
  }
  return all === 0 ? 0 : inside / all;
}

function nothing(layer: ColorLayer): ScatterReading {
  const evidence: ScatterEvidence = { explained: 0, lone: 0, loneShare: 0, sizes: 'one', size: 0, open: false };
  return { layer, color: layer.color, points: [], extents: [], shape: 'other', evidence };
}
