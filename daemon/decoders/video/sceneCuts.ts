import type { ImageMedia } from '../../media/media';

/**
 * Cuts between scenes from frames in order. Between two frames: `change`, the mean absolute difference of the RGB
 * channels (0..1), and `palette`, half the L1 distance of their histograms of 4 x 4 x 4 colours (0..1). A cut is where
 * the change is at least 15/255 and three times that of its neighbourhood (PySceneDetect's adaptive detector uses the
 * same two numbers), and where the colours are others as well (a fast pan keeps them). A single differing frame (a flash)
 * is no cut.
 */

const MIN_CHANGE = 15 / 255;
const MIN_RATIO = 3;
const MIN_PALETTE = 0.2;
/** A change this large is a cut whatever the colours (two pictures share few pixels by chance). */
const SURE_CHANGE = 0.2;
/** Neighbours on each side that an average is taken over. */
const WINDOW = 4;
/** Differences below this share are noise of the codec. */
const NOISE = 0.01;

export interface FrameChange {
  change: number;
  palette: number;
  /** Mean absolute difference of luma, 0..1. */
  luma: number;
}

/** Indices i (1..n-1) such that a scene begins at frame i. `changes[k]` is between frames k and k + 1. */
export function findCuts(images: readonly ImageMedia[], changes: readonly FrameChange[]): number[] {
  const candidates = changes.flatMap((c, i) => (isCut(changes, i, c) ? [i + 1] : []));
  return candidates.filter((at) => !isFlash(images, candidates, at));
}

function isCut(changes: readonly FrameChange[], at: number, { change, palette }: FrameChange): boolean {
  if (change < MIN_CHANGE || (palette < MIN_PALETTE && change < SURE_CHANGE)) return false;
  // the median of the neighbours, so that another cut near by does not hide this one
  const near = changes.slice(Math.max(0, at - WINDOW), at + WINDOW + 1).map((c) => c.change);
  near.splice(Math.min(at, WINDOW), 1);
  near.sort((a, b) => a - b);
  const typical = near.length === 0 ? 0 : near[near.length >> 1]!;
  return change >= MIN_RATIO * Math.max(typical, NOISE);
}

/** Whether the frame before `at` comes back right after one frame. */
function isFlash(images: readonly ImageMedia[], cuts: readonly number[], at: number): boolean {
  const returns = (from: number, to: number) =>
    images[from] !== undefined &&
    images[to] !== undefined &&
    changeBetween(images[from]!, images[to]!).change < MIN_CHANGE;
  if (cuts.includes(at + 1) && returns(at - 1, at + 1)) return true;
  return cuts.includes(at - 1) && returns(at - 2, at);
}

/** Both frames have the same size. */
export function changeBetween(a: ImageMedia, b: ImageMedia): FrameChange {
  const pixels = Math.min(a.width * a.height, b.width * b.height);
  const balance = new Int32Array(64);
  let rgb = 0;
  let luma = 0;
  for (let i = 0; i < pixels * 4; i += 4) {
    const [dr, dg, db] = [a.data[i]! - b.data[i]!, a.data[i + 1]! - b.data[i + 1]!, a.data[i + 2]! - b.data[i + 2]!];
    rgb += Math.abs(dr) + Math.abs(dg) + Math.abs(db);
    luma += Math.abs(0.2126 * dr + 0.7152 * dg + 0.0722 * db);
    balance[colorBin(a.data, i)]!++;
    balance[colorBin(b.data, i)]!--;
  }
  const moved = balance.reduce((sum, n) => sum + Math.abs(n), 0);
  return { change: rgb / (pixels * 765), palette: moved / (2 * pixels), luma: luma / (pixels * 255) };
}

const colorBin = (data: Uint8ClampedArray, i: number): number =>
  ((data[i]! >> 6) << 4) | ((data[i + 1]! >> 6) << 2) | (data[i + 2]! >> 6);

/** Luma (Rec. 709) of an RGBA picture, 0..255, one byte a pixel. */
export function lumaOf({ data, width, height }: ImageMedia): Uint8Array {
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++)
    luma[i] = Math.round(0.2126 * data[i * 4]! + 0.7152 * data[i * 4 + 1]! + 0.0722 * data[i * 4 + 2]!);
  return luma;
}
