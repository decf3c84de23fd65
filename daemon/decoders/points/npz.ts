import { errors, isOneLensError } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { POINT_LIMITS } from './limits';
import { decodeNpyArray, decodeNpyColors } from './npy';
import { latin1 } from './numberScanner';
import { readZipDirectory, unpackZipEntry, type ZipEntry } from './zipDirectory';

/** Archives are held whole, packed and unpacked. */
const MAX_NPZ_BYTES = 512 * 1024 ** 2;
const MAX_ARRAY_BYTES = 1024 ** 3;
const MAX_TRIED = 16;
/** Names under which points are met, the likeliest first. */
const POINT_NAMES = [
  'points',
  'xyz',
  'positions',
  'position',
  'pos',
  'pc',
  'pcd',
  'point_cloud',
  'pointcloud',
  'pts',
  'coords',
  'coordinates',
  'vertices',
  'data',
  'arr_0',
];

const COLOR_NAMES = ['colors', 'colours', 'color', 'rgb'];

/** NPZ: a ZIP archive of NPY arrays, of which the first is taken that is named like points and holds some. */
export const npz: Format = {
  id: 'npz',
  kind: 'point',
  extensions: ['.npz'],
  mime: 'application/x-npz',
  magic: 'PK 03 04, first entry .npy',
  maxBytes: MAX_NPZ_BYTES,
  limits: `${POINT_LIMITS}, ${MAX_ARRAY_BYTES / 1024 ** 3} GiB an array unpacked`,
  detect: (head) => (firstEntry(head)?.endsWith('.npy') ? 'yes' : 'no'),
  decode: decodeNpz,
};

function firstEntry(head: Uint8Array): string | undefined {
  if (latin1(head, 0, 4) !== 'PK\x03\x04' || head.length < 30) return undefined;
  return latin1(head, 30, 30 + head[26]! + 256 * head[27]!);
}

async function decodeNpz(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const entries = arraysOf(bytes);
  const warnings = entries.length > 1 ? [`The archive holds the arrays ${listed(entries)}.`] : [];
  let firstError: unknown;
  for (const entry of entries.slice(0, MAX_TRIED)) {
    await pacer.breathe();
    try {
      const array = unpack(bytes, entry);
      const media = await decodeNpyArray(array, pacer);
      const used = entries.length > 1 ? [`Its points are the array "${label(entry.name)}".`] : [];
      const colors = media.colors ?? (await colorsBeside(bytes, entries, media, pacer));
      const all = [...warnings, ...used, ...media.warnings];
      return { ...media, format: 'npz', ...(colors && { colors }), warnings: all };
    } catch (error) {
      if (!isOneLensError(error) || error.code === 'CANCELLED') throw error;
      firstError ??= error;
    }
  }
  throw firstError ?? errors.noContent('NPZ', 'arrays');
}

/** An array named like colours with three numbers a point; undefined where there is none, or points were left out. */
async function colorsBeside(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  { count, declared }: PointMedia,
  pacer: WorkPacer,
): Promise<Float32Array | undefined> {
  const entry = entries.find(({ name }) => COLOR_NAMES.includes(label(name).toLowerCase()));
  if (!entry || count !== declared) return undefined;
  try {
    return await decodeNpyColors(unpack(bytes, entry), count, pacer);
  } catch (error) {
    if (!isOneLensError(error) || error.code === 'CANCELLED') throw error;
    return undefined; // what cannot be read as colours is none
  }
}

/** The arrays of the archive, those that are named like points first. Nothing is unpacked yet. */
function arraysOf(bytes: Uint8Array): ZipEntry[] {
  const entries = readZipDirectory('NPZ', bytes).filter(({ name }) => name.endsWith('.npy'));
  const rank = ({ name }: ZipEntry) => {
    const place = POINT_NAMES.indexOf(label(name).toLowerCase());
    return place < 0 ? POINT_NAMES.length : place;
  };
  return entries.sort((a, b) => rank(a) - rank(b));
}

function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.size > MAX_ARRAY_BYTES)
    throw errors.tooLarge(`array "${label(entry.name)}"`, `${entry.size} bytes`, `${MAX_ARRAY_BYTES} bytes`);
  return unpackZipEntry('NPZ', bytes, entry);
}

const label = (name: string): string =>
  name
    .replace(/\.npy$/, '')
    .replace(/\p{Cc}/gu, '?')
    .slice(0, 40);

function listed(entries: readonly ZipEntry[]): string {
  const names = entries.slice(0, 8).map(({ name }) => `"${label(name)}"`);
  return names.join(', ') + (entries.length > 8 ? ` and ${entries.length - 8} more` : '');
}
