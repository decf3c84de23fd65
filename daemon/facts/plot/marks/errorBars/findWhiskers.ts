import type { Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { columnRuns, type Run } from '../lines/columnRuns';
import { oncePerLayer } from '../oncePerLayer';

/** An upright thin stroke, with or without caps: an error bar. Area coordinates; `top` and `bottom` are where its values lie. */
export interface Whisker {
  x: number;
  top: number;
  bottom: number;
  /** Thickness of the upright, pixels. */
  stroke: number;
  /** Width of the cap at each end; 0 without one. */
  capTop: number;
  capBottom: number;
}

/** A whisker is at least this long, pixels; shorter is not told from a marker. */
const SHORTEST = 6;

/**
 * Upright strokes of a layer: groups of one to a few columns whose run is long, alike in both ends, and much longer
 * than the runs beside (but for the caps). A steep line fails, since its runs climb from column to column.
 */
export const findWhiskers = oncePerLayer(find);

function* find(pixels: PanelPixels, layer: ColorLayer): Steps<Whisker[]> {
  const { width, height } = pixels;
  const columns = yield* columnRuns(layer, width, height);
  const widest = Math.max(3, Math.round(Math.min(width, height) / 60));
  const out: Whisker[] = [];
  const taken = new Set<Run>();
  for (let x = 0; x < width; x++) {
    yield;
    for (const run of columns[x]!) {
      if (taken.has(run) || run.bottom - run.top < SHORTEST) continue;
      const group = growRight(columns, run, widest);
      if (!group) continue;
      for (const one of group) taken.add(one);
      const whisker = whiskerOf(group, columns, layer, width, height);
      if (whisker) out.push(whisker);
    }
  }
  return out;
}

/** The runs beside that end where this one does; undefined where there are too many: a bar. */
function growRight(columns: Run[][], first: Run, widest: number): Run[] | undefined {
  const group = [first];
  for (let x = first.x + 1; x < columns.length; x++) {
    const last = group.at(-1)!;
    const next = columns[x]!.find(
      (run) =>
        Math.abs(run.top - last.top) <= 1.5 &&
        Math.abs(run.bottom - last.bottom) <= 1.5 &&
        run.bottom - run.top >= SHORTEST,
    );
    if (!next) break;
    group.push(next);
    if (group.length > widest) return undefined;
  }
  return group;
}

function whiskerOf(
  group: Run[],
  columns: Run[][],
  layer: ColorLayer,
  width: number,
  height: number,
): Whisker | undefined {
  const longest = Math.max(...group.map((run) => run.length));
  const strong = group.filter((run) => run.length > 0.5 * longest);
  const [left, right] = [group[0]!.x - 1, group.at(-1)!.x + 1];
  // the runs beside must be clearly shorter: a marker, the line through it, a cap
  for (const x of [left, right]) {
    const beside = columns[x]?.filter((run) => run.top < group[0]!.bottom && run.bottom > group[0]!.top) ?? [];
    if (beside.some((run) => run.bottom - run.top > 0.8 * (group[0]!.bottom - group[0]!.top))) return undefined;
  }
  const firm = strong.reduce((best, run) => (run.length > best.length ? run : best));
  const ink = (y: number) => layer.coverage[y * width + firm.x]!;
  // an end row counts by its ink against the row beside it, for the upright itself may cover its column in part
  const share = (end: number, inner: number) => Math.min(1, ink(end) / Math.max(0.05, ink(inner)));
  const top = firm.top + 1 - share(firm.top, firm.top + 1);
  const bottom = firm.bottom - 1 + share(firm.bottom - 1, firm.bottom - 2);
  let mass = 0;
  let moment = 0;
  for (const run of group) {
    mass += run.length;
    moment += run.length * (run.x + 0.5);
  }
  const x = moment / mass;
  const stroke = mass / (bottom - top);
  const upper = capAt(layer, width, height, x, top, 1, stroke);
  const lower = capAt(layer, width, height, x, bottom, -1, stroke);
  // level strokes are drawn round their value, uprights end at it
  return {
    x,
    top: top + upper.thickness / 2,
    bottom: bottom - lower.thickness / 2,
    stroke,
    capTop: upper.width,
    capBottom: lower.width,
  };
}

/** A level stroke across the end of an upright: its width and thickness; 0, 0 where there is none. */
function capAt(
  layer: ColorLayer,
  width: number,
  height: number,
  x: number,
  end: number,
  inward: 1 | -1,
  stroke: number,
): { width: number; thickness: number } {
  const column = Math.floor(x);
  const ink = (u: number, y: number) =>
    u < 0 || u >= width || y < 0 || y >= height ? 0 : layer.coverage[y * width + u]!;
  const reach = (y: number, step: 1 | -1) => {
    let far = 0;
    while (far < 40 && ink(column + step * (far + 1), y) > 0.3) far++;
    return far;
  };
  const first = inward > 0 ? Math.floor(end + 0.3) : Math.ceil(end - 0.3) - 1;
  const spread = Math.min(reach(first, 1), reach(first, -1));
  const second = first + inward;
  const wide = Math.max(spread, Math.min(reach(second, 1), reach(second, -1)));
  if (wide < Math.max(1.5, stroke / 2 + 1)) return { width: 0, thickness: 0 };
  // ink of the cap beside the upright, measured half way out
  const aside = Math.max(2, Math.round(wide * 0.6));
  let thickness = 0;
  for (const u of [column - aside, column + aside]) {
    for (let k = -1; k <= 3 * stroke + 2; k++) {
      const share = ink(u, first + inward * k);
      if (k > 1 && share < 0.1) break;
      thickness += share / 2;
    }
  }
  return thickness > 2.5 * stroke + 1 ? { width: 0, thickness: 0 } : { width: 2 * wide + 1, thickness };
}
