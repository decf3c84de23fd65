import type { Rgb8 } from './bicubic';

/** A square of a frame, in its pixels. */
export interface Square {
  left: number;
  top: number;
  side: number;
}

/** Side of the grid of means in which a frame is compared with its ground, at most. */
const GRID = 96;
/** Frames that the ground is taken from, at least and at most. */
const MIN_FRAMES = 4;
const MAX_FRAMES = 16;
/** A channel differs from the ground by more than this: noise and compression stay below, of 255. */
const DIFFERS = 24;
/** Share of the grid that must differ for something to be there. */
const LEAST = 0.002;
/** What moves is not far larger than this, in sides of the frame's short side; else the camera moves. */
const LARGEST = 0.7;
/** The square about it is larger than it by this, and has at least this share of the short side. */
const MARGIN = 1.2;
const SMALLEST = 0.15;

/**
 * Of a film with a steady ground, the square about what moves in each of `moments` (indices of `frames`); undefined where the camera
 * moves, nothing does, or what moves fills the picture. The ground is the median of each pixel over the frames (at most 16 of them).
 */
export function movingPart(frames: readonly Rgb8[], moments: readonly number[]): Square[] | undefined {
  const [first] = frames;
  if (!first || frames.length < MIN_FRAMES) return undefined;
  if (frames.some(({ width, height }) => width !== first.width || height !== first.height)) return undefined;
  const { width, height } = first;
  const scale = Math.max(1, Math.max(width, height) / GRID);
  const ground = medianOf(spread(frames, MAX_FRAMES).map((frame) => gridOf(frame, scale)));
  const boxes = moments.map((i) => boxOf(differing(gridOf(frames[i]!, scale), ground)));
  const seen = boxes.filter((box) => box !== undefined);
  if (seen.length === 0) return undefined;
  const short = Math.min(width, height);
  const squares = boxes.map((box, k) => squareOf(box ?? nearest(boxes, k), scale, width, height));
  return seen.every((box) => Math.max(box.width, box.height) * scale <= LARGEST * short) ? squares : undefined;
}

interface Grid {
  width: number;
  height: number;
  /** RGB, means of the cells. */
  data: Float32Array;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function gridOf({ width, height, data }: Rgb8, scale: number): Grid {
  const [w, h] = [Math.max(1, Math.floor(width / scale)), Math.max(1, Math.floor(height / scale))];
  const out = new Float32Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    const [y0, y1] = [Math.floor(y * scale), Math.max(Math.floor(y * scale) + 1, Math.floor((y + 1) * scale))];
    for (let x = 0; x < w; x++) {
      const [x0, x1] = [Math.floor(x * scale), Math.max(Math.floor(x * scale) + 1, Math.floor((x + 1) * scale))];
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let j = y0; j < y1; j++) for (let i = x0; i < x1; i++) sum += data[(j * width + i) * 3 + c]!;
        out[(y * w + x) * 3 + c] = sum / ((y1 - y0) * (x1 - x0));
      }
    }
  }
  return { width: w, height: h, data: out };
}

function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

function medianOf(grids: readonly Grid[]): Float32Array {
  const values = new Float32Array(grids.length);
  return grids[0]!.data.map((_, i) => {
    for (let k = 0; k < grids.length; k++) values[k] = grids[k]!.data[i]!;
    return values.sort()[grids.length >> 1]!;
  });
}

/** 1 where a cell and at least two of its neighbours differ from the ground. */
function differing({ width, height, data }: Grid, ground: Float32Array): Grid {
  const raw = new Uint8Array(width * height).map((_, i) =>
    [0, 1, 2].some((c) => Math.abs(data[3 * i + c]! - ground[3 * i + c]!) > DIFFERS) ? 1 : 0,
  );
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let near = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) near += raw[j * width + i]!;
      out[y * width + x] = raw[y * width + x] === 1 && near >= 3 ? 1 : 0;
    }
  return { width, height, data: out };
}

/** The rectangle about the cells that differ. */
function boxOf({ width, height, data }: Grid): Box | undefined {
  let [count, left, top, right, bottom] = [0, width, height, -1, -1];
  data.forEach((differs, i) => {
    if (differs !== 1) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    count++;
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  });
  return count < LEAST * width * height ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Of the moment nearest to `k` in which something is there. */
function nearest(boxes: ReadonlyArray<Box | undefined>, k: number): Box {
  const there = boxes.flatMap((box, i) => (box ? [{ box, far: Math.abs(i - k) }] : []));
  return there.reduce((a, b) => (b.far < a.far ? b : a)).box;
}

function squareOf(box: Box, scale: number, width: number, height: number): Square {
  const short = Math.min(width, height);
  const wanted = Math.max(box.width, box.height) * scale * MARGIN;
  const side = Math.round(Math.min(short, Math.max(wanted, SMALLEST * short)));
  const start = (at: number, long: number, of: number) =>
    Math.round(Math.min(of - side, Math.max(0, (at + long / 2) * scale - side / 2)));
  return { left: start(box.left, box.width, width), top: start(box.top, box.height, height), side };
}
