import { errors } from '../../common/errors';
import type { Format } from '../format';
import { type NpyHeader, parseNpyHeader } from '../points/npyHeader';
import { WorkPacer } from '../workPacer';
import { checkMapSides, MAP_LIMITS, MAX_MAP_BYTES } from './mapLimits';
import { mapWord } from './mapWord';
import { isNpy, npyReader } from './npyValues';
import type { Samples } from './samples';
import { toDepthMedia } from './toDepthMedia';
import { decodeNormals, toNormalMedia } from './toNormalMedia';

/** Arrays with a side up to this may be point clouds: then only the name makes them maps. */
const WIDEST_POINTS = 32;
const ROWS_A_CHUNK = 64;

interface Layout {
  kind: 'depth' | 'normal';
  width: number;
  height: number;
  channels: number;
  /** Values from one row, column, channel to the next. */
  steps: [number, number, number];
}

/** [H, W], [H, W, 1], [1, H, W] as depth; [H, W, 3] and [3, H, W] as normals; undefined for any other shape. */
function layoutOf({ shape, fortranOrder }: NpyHeader): Layout | undefined {
  const strides = stridesOf(shape, fortranOrder);
  const sides = shape.map((side, i) => ({ side, stride: strides[i]! })).filter(({ side }) => side !== 1);
  const [a, b, c] = sides;
  if (!a || !b) return undefined;
  if (!c) return { kind: 'depth', height: a.side, width: b.side, channels: 1, steps: [a.stride, b.stride, 0] };
  if (sides.length !== 3) return undefined;
  const [y, x, n] = c.side === 3 ? [a, b, c] : [b, c, a];
  if (n.side !== 3) return undefined;
  return { kind: 'normal', height: y.side, width: x.side, channels: 3, steps: [y.stride, x.stride, n.stride] };
}

function stridesOf(shape: readonly number[], fortranOrder: boolean): number[] {
  const order = shape.map((_, i) => (fortranOrder ? i : shape.length - 1 - i));
  const strides: number[] = [];
  let step = 1;
  for (const i of order) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}

function detect(kind: Layout['kind'], head: Uint8Array, name: string): 'yes' | 'maybe' | 'no' {
  if (!isNpy(head)) return 'no';
  try {
    const header = parseNpyHeader(head);
    const layout = layoutOf(header);
    if (layout?.kind !== kind) return 'no';
    if (mapWord(name)?.kind === kind) return 'yes';
    if (Math.min(layout.width, layout.height) <= WIDEST_POINTS) return 'maybe';
    if (kind === 'depth') return header.size > 1 ? 'yes' : 'maybe';
    return looksUnit(head, header, layout) ? 'yes' : 'maybe';
  } catch {
    return 'no';
  }
}

/** Whether the vectors that the head holds are of length 1. */
function looksUnit(head: Uint8Array, header: NpyHeader, layout: Layout): boolean {
  if (header.kind !== 'f' || layout.steps[2] !== 1) return false;
  const count = Math.floor((head.length - header.dataStart) / header.size / 3);
  const read = npyReader(head, header, 3 * count);
  let unit = 0;
  for (let i = 0; i < count; i++)
    if (Math.abs(Math.hypot(read(3 * i), read(3 * i + 1), read(3 * i + 2)) - 1) < 0.02) unit++;
  return count > 0 && unit > 0.5 * count;
}

async function readSamples(bytes: Uint8Array, kind: Layout['kind'], signal?: AbortSignal): Promise<Samples> {
  const header = parseNpyHeader(bytes);
  const layout = layoutOf(header);
  if (layout?.kind !== kind)
    throw errors.unsupported(
      'NPY',
      `the shape [${header.shape.slice(0, 8).join(', ')}]; a ${kind} map has ${kind === 'depth' ? '[H, W]' : '[H, W, 3]'}`,
    );
  const { width, height, channels, steps } = layout;
  checkMapSides('NPY', width, height);
  const read = npyReader(bytes, header, width * height * channels);
  const values = new Float32Array(width * height * channels);
  const pacer = new WorkPacer(signal);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) values[to++] = read(y * steps[0] + x * steps[1] + c * steps[2]);
    if (y % ROWS_A_CHUNK === 0) await pacer.breathe();
  }
  return { width, height, channels, values, bits: 8 * header.size, float: header.kind === 'f', warnings: [] };
}

const common = {
  extensions: ['.npy'],
  mime: 'application/x-npy',
  magic: '93 NUMPY with [H, W] or [H, W, 3]',
  maxBytes: MAX_MAP_BYTES,
  limits: MAP_LIMITS,
};

export const npyDepth: Format = {
  id: 'npy-depth',
  kind: 'rgbd',
  ...common,
  detect: (head, name = '') => detect('depth', head, name),
  decode: async (bytes, name, signal, tools) =>
    toDepthMedia('npy', name, await readSamples(bytes, 'depth', signal), tools),
};

export const npyNormals: Format = {
  id: 'npy-normals',
  kind: 'rgbn',
  ...common,
  detect: (head, name = '') => detect('normal', head, name),
  decode: async (bytes, _name, signal, tools) => {
    const samples = await readSamples(bytes, 'normal', signal);
    return toNormalMedia('npy', samples, decodeNormals(samples), tools);
  },
};
