import type { Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { oncePerLayer } from '../oncePerLayer';
import { findMarkers } from '../scatter/findMarkers';
import type { Marker } from '../scatter/marker';
import type { Run } from './columnRuns';
import { type Dash, dashOf } from './dashOf';
import { pathSamples, type Sample } from './pathSamples';
import { refineVertices } from './refineVertices';
import { simplify } from './simplify';
import { stepCorners } from './stepCorners';
import { stepEvidence } from './stepEvidence';
import { strokeWidth } from './strokeWidth';
import { tracePaths } from './tracePaths';

/** One line as drawn. Pixels are of the picture. */
export interface LineTrack {
  /** Vertices from left to right; a step's corners where `stepShare` says so. */
  vertices: Point2[];
  /** Middle of the line in each column with ink. */
  samples: Point2[];
  /** Centres of markers on the line, left to right; empty without. */
  markers: Point2[];
  /** Corners if it is read as a step. */
  corners: Point2[];
  /** Share of the columns that the corners explain; where it is low the vertices are nearer. */
  cornersHold: number;
  dash?: Dash;
  /** Share of the columns between its ends that have ink of it. */
  covered: number;
  /** Longest stretch without ink and not hidden by other marks, pixels; over it the line is only assumed. */
  longestGap: number;
  /** Share of the columns on level pieces and upright jumps, and how many jumps: next to 1 and 2 or more for a step. */
  stepShare: number;
  jumps: number;
}

/** What speaks for and against lines in a layer. */
export interface LineEvidence {
  /** Pixels, thickness of the stroke. */
  stroke: number;
  /** Share of the layer's ink within a stroke of the tracks or in their markers. */
  explained: number;
  /** Columns of the widest track over the width of the area. */
  span: number;
  /** Share of the columns of the layer with just one run. */
  oneRun: number;
  /** Ink per column of the tracks over the stroke: about 1 for a level line, many for a filled area. */
  thickness: number;
  markers: number;
}

export interface LineReading {
  layer: ColorLayer;
  color: Rgb;
  tracks: LineTrack[];
  evidence: LineEvidence;
}

/** Reads the lines of one layer: none where its ink makes no line. */
export const readLines = oncePerLayer(read);

function* read(pixels: PanelPixels, layer: ColorLayer): Steps<LineReading> {
  const { width, height } = pixels;
  const stroke = yield* strokeWidth(layer, width, height);
  const paths = yield* tracePaths(pixels, layer, stroke);
  const found = yield* findMarkers(pixels, layer, stroke);
  const tracks: LineTrack[] = [];
  for (const path of paths) {
    yield;
    tracks.push(yield* trackOf(pixels, layer, path.runs, stroke, found.markers, paths.length));
  }
  const evidence = yield* evidenceOf(
    pixels,
    layer,
    paths.map(({ runs }) => runs),
    tracks,
    stroke,
    found.markers,
  );
  return { layer, color: layer.color, tracks, evidence };
}

function* trackOf(
  pixels: PanelPixels,
  layer: ColorLayer,
  runs: Run[],
  stroke: number,
  markers: Marker[],
  tracks: number,
): Steps<LineTrack> {
  const { area, width, height } = pixels;
  const toPicture = ({ x, y }: Sample): Point2 => [area.left + x, area.top + y];
  const dash = dashOf(runs, stroke);
  const covered = runs.length / Math.max(1, runs.at(-1)!.x - runs[0]!.x + 1);
  const samples = pathSamples(dash ? withoutDashEnds(runs) : withoutCaps(runs), stroke);
  yield;
  const steps = stepCorners(runs, stroke);
  const evidence = stepEvidence(runs, stroke);
  yield;
  const own = markersOn(samples, markers, stroke);
  const rough = simplify(samples, Math.max(0.4, 0.22 * stroke));
  yield;
  const refined = refineVertices(rough, layer, width, height, stroke, dash ? dash.duty : 1);
  yield;
  const vertices = own.length >= 3 ? joinMarkers(own, refined, samples, stroke) : simplify(ordered(refined), 0.35);
  return {
    vertices: vertices.map(toPicture),
    samples: samples.map(toPicture),
    markers: own.map(toPicture),
    corners: steps.corners.map(toPicture),
    ...(dash && tracks > 0 ? { dash } : {}),
    covered,
    longestGap: longestGap(pixels, layer, runs),
    cornersHold: steps.held,
    stepShare: evidence.share,
    jumps: evidence.jumps,
  };
}

/** The slanted ends of dashes do not show the line's middle. */
function withoutDashEnds(runs: Run[]): Run[] {
  const lengths = runs.map((run) => run.length).sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length / 2)]!;
  const whole = runs.filter((run) => run.length > 0.75 * usual);
  return whole.length >= 0.4 * runs.length ? whole : runs;
}

/** The columns that the stroke's rounded ends only half cover do not show its middle either. */
function withoutCaps(runs: Run[]): Run[] {
  if (runs.length < 12) return runs;
  const lengths = runs.map((run) => run.length).sort((a, b) => a - b);
  const least = 0.75 * lengths[Math.floor(lengths.length / 2)]!;
  let [from, to] = [0, runs.length];
  while (from < 3 && runs[from]!.length < least) from++;
  while (runs.length - to < 3 && runs[to - 1]!.length < least) to--;
  return runs.slice(from, to);
}

/** x must grow: what a refined corner turned round is dropped. */
function ordered(vertices: Sample[]): Sample[] {
  const out: Sample[] = [];
  for (const vertex of vertices) if (out.length === 0 || vertex.x > out.at(-1)!.x) out.push(vertex);
  return out;
}

/** Markers within reach of the line, from the left. */
function markersOn(samples: Sample[], markers: Marker[], stroke: number): Sample[] {
  const at = new Map(samples.map((sample) => [Math.floor(sample.x), sample]));
  const [from, to] = [samples[0]?.x ?? 0, samples.at(-1)?.x ?? 0];
  const near = markers.filter((marker) => {
    // a marker on the edge of the area may have its middle outside, where no line is seen
    const beside = Math.floor(nearest(marker, from, to));
    for (let d = 0; d <= 2; d++) {
      for (const x of [beside - d, beside + d]) {
        const sample = at.get(x);
        if (sample) return Math.abs(sample.y - marker.y) <= marker.height / 2 + stroke + 1;
      }
    }
    return false;
  });
  return near.map(({ x, y }) => ({ x, y })).sort((a, b) => a.x - b.x);
}

/** The marker's middle, moved to the line's end where that lies within its half width. */
function nearest({ x, width }: Marker, from: number, to: number): number {
  if (x < from) return Math.min(from, x + width / 2);
  return x > to ? Math.max(to, x - width / 2) : x;
}

/** The markers are the vertices; between two of them a vertex is added only where the line is not straight. */
function joinMarkers(markers: Sample[], vertices: Sample[], samples: Sample[], stroke: number): Sample[] {
  const out: Sample[] = [];
  const away = Math.max(2, stroke);
  const first = markers[0]!;
  const last = markers.at(-1)!;
  const reach = (marker: Sample, side: -1 | 1) =>
    vertices.filter((v) => side * (v.x - marker.x) > 2.5 * away + 4 && samples.some((s) => Math.abs(s.x - v.x) < 1.5));
  out.push(...reach(first, -1));
  markers.forEach((marker, k) => {
    out.push(marker);
    const next = markers[k + 1];
    if (!next) return;
    const bent = samples.some((s) => s.x > marker.x + away && s.x < next.x - away && distance(s, marker, next) > away);
    if (bent) out.push(...vertices.filter((v) => v.x > marker.x + 2.5 * away && v.x < next.x - 2.5 * away));
  });
  out.push(...reach(last, 1));
  return ordered(out);
}

function distance(p: Sample, a: Sample, b: Sample): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return Math.abs(dx * (p.y - a.y) - dy * (p.x - a.x)) / Math.max(1e-9, Math.hypot(dx, dy));
}

function longestGap(pixels: PanelPixels, layer: ColorLayer, runs: Run[]): number {
  let longest = 0;
  for (let k = 1; k < runs.length; k++) {
    const [a, b] = [runs[k - 1]!, runs[k]!];
    let bare = 0;
    for (let x = a.x + 1; x < b.x; x++) {
      const y = Math.floor(a.centre + ((b.centre - a.centre) * (x - a.x)) / (b.x - a.x));
      const at = y * pixels.width + x;
      if (!pixels.foreground[at] || layer.coverage[at]! > 0.3) bare++;
    }
    longest = Math.max(longest, bare);
  }
  return longest;
}

function* evidenceOf(
  pixels: PanelPixels,
  layer: ColorLayer,
  paths: Run[][],
  tracks: LineTrack[],
  stroke: number,
  markers: Marker[],
): Steps<LineEvidence> {
  const { width, height } = pixels;
  const near = new Uint8Array(width * height);
  const paint = (x: number, top: number, bottom: number) => {
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y++) near[y * width + x] = 1;
  };
  let ink = 0;
  let columns = 0;
  for (const runs of paths) {
    for (const run of runs) {
      paint(run.x, run.top - 1, run.bottom + 1);
      ink += run.length;
      columns++;
    }
  }
  for (const { x, y, width: w, height: h } of markers) {
    for (let u = Math.max(0, Math.floor(x - w / 2 - 1)); u < Math.min(width, x + w / 2 + 1); u++)
      paint(u, y - h / 2 - 1, y + h / 2 + 1);
  }
  let inside = 0;
  const runsAt = new Uint16Array(width);
  for (let x = 0; x < width; x++) {
    yield;
    let was = 0;
    for (let y = 0; y < height; y++) {
      const on = layer.mask[y * width + x]!;
      if (on && near[y * width + x]) inside++;
      if (on && !was) runsAt[x]!++;
      was = on;
    }
  }
  const inked = runsAt.filter((n) => n > 0).length || 1;
  const widest = Math.max(0, ...tracks.map((track) => track.samples.length));
  return {
    stroke,
    explained: inside / Math.max(1, layer.count),
    span: widest / width,
    oneRun: runsAt.filter((n) => n === 1).length / inked,
    thickness: ink / Math.max(1, columns) / stroke,
    markers: markers.length,
  };
}
