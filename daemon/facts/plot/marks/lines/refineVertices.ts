import type { ColorLayer } from '../colorLayers';
import type { Sample } from './pathSamples';

interface Straight {
  /** A point of the line, and its unit direction. */
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/**
 * Moves the vertices to where the straight pieces between them meet. A piece is fitted to all the ink along it (principal
 * axis), its ends left out, so a vertex is placed better than a column tells. Short pieces stay as they are. `duty` is
 * the drawn share of a dashed line.
 */
export function refineVertices(
  vertices: Sample[],
  layer: ColorLayer,
  width: number,
  height: number,
  stroke: number,
  duty: number,
): Sample[] {
  const pieces = vertices.slice(1).map((b, k) => fitPiece(vertices[k]!, b, layer, width, height, stroke, duty));
  return vertices.map((vertex, k) => {
    const [left, right] = [pieces[k - 1], pieces[k]];
    const limit = 3 * stroke + 1;
    if (left && right) {
      const met = meet(left, right);
      if (met && Math.hypot(met.x - vertex.x, met.y - vertex.y) <= limit) return met;
      return vertex;
    }
    const one = left ?? right;
    if (!one || (k > 0 && k < vertices.length - 1)) return vertex;
    // an end: its own place along the piece, moved onto it
    const along = (vertex.x - one.x) * one.dx + (vertex.y - one.y) * one.dy;
    const moved = { x: one.x + along * one.dx, y: one.y + along * one.dy };
    return Math.hypot(moved.x - vertex.x, moved.y - vertex.y) <= stroke ? moved : vertex;
  });
}

function fitPiece(
  a: Sample,
  b: Sample,
  layer: ColorLayer,
  width: number,
  height: number,
  stroke: number,
  duty: number,
): Straight | undefined {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const skip = 1.5 * stroke + 1;
  if (length < 4 * skip) return undefined;
  let line: Straight = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, dx: (b.x - a.x) / length, dy: (b.y - a.y) / length };
  for (let round = 0; round < 2; round++) {
    const next = principalAxis(line, length / 2 - skip, layer, width, height, stroke, duty);
    if (!next) return undefined;
    line = next;
  }
  return line;
}

/** Of the ink within `half` along and a stroke's width across; undefined where ink is missing or no clear line. */
function principalAxis(
  line: Straight,
  half: number,
  { coverage }: ColorLayer,
  width: number,
  height: number,
  stroke: number,
  duty: number,
): Straight | undefined {
  const band = 0.9 * stroke + 0.8;
  const reachX = half * Math.abs(line.dx) + band * Math.abs(line.dy) + 1;
  const reachY = half * Math.abs(line.dy) + band * Math.abs(line.dx) + 1;
  let [mass, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
  for (let y = Math.max(0, Math.floor(line.y - reachY)); y <= Math.min(height - 1, Math.ceil(line.y + reachY)); y++) {
    for (let x = Math.max(0, Math.floor(line.x - reachX)); x <= Math.min(width - 1, Math.ceil(line.x + reachX)); x++) {
      const share = coverage[y * width + x]!;
      if (share < 0.05) continue;
      const [u, v] = [x + 0.5 - line.x, y + 0.5 - line.y];
      if (Math.abs(u * line.dx + v * line.dy) > half || Math.abs(u * line.dy - v * line.dx) > band) continue;
      mass += share;
      sx += share * u;
      sy += share * v;
      sxx += share * u * u;
      sxy += share * u * v;
      syy += share * v * v;
    }
  }
  if (mass < 0.6 * duty * 2 * half * Math.min(stroke, 2 * band)) return undefined;
  const [mx, my] = [sx / mass, sy / mass];
  const [a, b, c] = [sxx / mass - mx * mx, sxy / mass - mx * my, syy / mass - my * my];
  const angle = Math.atan2(2 * b, a - c) / 2;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  // no turn by more than the band allows
  if (Math.abs(dx * line.dx + dy * line.dy) < Math.cos(Math.atan2(band, half))) return undefined;
  return { x: line.x + mx, y: line.y + my, dx, dy };
}

function meet(p: Straight, q: Straight): Sample | undefined {
  const cross = p.dx * q.dy - p.dy * q.dx;
  if (Math.abs(cross) < 0.08) return undefined;
  const t = ((q.x - p.x) * q.dy - (q.y - p.y) * q.dx) / cross;
  return { x: p.x + t * p.dx, y: p.y + t * p.dy };
}
