import { errors } from '../../common/errors';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { checkMapBytes, checkMapSides, MAP_LIMITS, MAX_MAP_BYTES } from './mapLimits';
import { mapWord } from './mapWord';
import type { Samples } from './samples';
import { toDepthMedia } from './toDepthMedia';
import { decodeNormals, toNormalMedia } from './toNormalMedia';

const HEADER = /^(P[fF])\s+(\d{1,9})\s+(\d{1,9})\s+([+-]?[\d.]+(?:e[+-]?\d+)?)[ \t\r]*\n/i;

/** Portable float map: rows from the bottom up; a negative scale means little endian (Debevec's HDR formats). */
async function readPfm(bytes: Uint8Array, signal?: AbortSignal): Promise<Samples> {
  const head = String.fromCharCode(...bytes.subarray(0, 128));
  const match = HEADER.exec(head);
  if (!match)
    throw bytes.length < 128 && !/\n.*\n.*\n/.test(head)
      ? errors.truncated('PFM', 'it ends inside its header')
      : errors.damaged('PFM', 'its header is not "Pf", the sides and the scale');
  const [width, height, scale] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const channels = match[1] === 'PF' ? 3 : 1;
  checkMapSides('PFM', width, height);
  if (!Number.isFinite(scale) || scale === 0) throw errors.damaged('PFM', `its scale is ${match[4]}`);
  const start = match[0].length;
  checkMapBytes('PFM', 4 * width * height * channels, bytes.length - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const values = new Float32Array(width * height * channels);
  const row = width * channels;
  const pacer = new WorkPacer(signal);
  for (let y = 0; y < height; y++) {
    const from = (height - 1 - y) * row;
    for (let i = 0; i < row; i++) values[y * row + i] = view.getFloat32(4 * (from + i), scale < 0);
    if (y % 64 === 0) await pacer.breathe();
  }
  return { width, height, channels, values, bits: 32, float: true, warnings: [] };
}

const common = {
  extensions: ['.pfm'],
  mime: 'image/x-portable-floatmap',
  magic: 'Pf or PF',
  maxBytes: MAX_MAP_BYTES,
  limits: MAP_LIMITS,
};
const begins = (head: Uint8Array, letter: number): boolean =>
  head[0] === 0x50 && head[1] === letter && (head[2] === 10 || head[2] === 13 || head[2] === 32);
const GREY = 0x66;
const COLOUR = 0x46;

/** One channel; three where the name says depth. */
export const pfmDepth: Format = {
  id: 'pfm-depth',
  kind: 'rgbd',
  ...common,
  detect: (head, name = '') => {
    if (begins(head, GREY)) return 'yes';
    return begins(head, COLOUR) ? (mapWord(name)?.kind === 'depth' ? 'yes' : 'maybe') : 'no';
  },
  decode: async (bytes, name, signal, tools) => toDepthMedia('pfm', name, await readPfm(bytes, signal), tools),
};

/** Three channels. */
export const pfmNormals: Format = {
  id: 'pfm-normals',
  kind: 'rgbn',
  ...common,
  detect: (head, name = '') => (begins(head, COLOUR) && mapWord(name)?.kind !== 'depth' ? 'yes' : 'no'),
  decode: async (bytes, name, signal, tools) => {
    const samples = await readPfm(bytes, signal);
    if (samples.channels !== 3) throw errors.unsupported('PFM', 'one channel where a normal map has three');
    const decoded = decodeNormals(samples);
    const sure = tools?.as === 'normal' || mapWord(name)?.kind === 'normal';
    if (!sure && decoded.unit < 0.5 * decoded.present)
      throw errors.unsupported('PFM', 'three channels that are no unit vectors (a picture of high dynamic range)');
    return toNormalMedia('pfm', samples, decoded, tools);
  },
};
