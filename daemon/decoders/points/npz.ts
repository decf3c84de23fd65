import { type UnzipFileInfo, unzipSync } from 'fflate';
import { errors, isOneLensError } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { decodeNpyArray } from './npy';
import { latin1 } from './numberScanner';

/** Archives are held whole, packed and unpacked. */
const MAX_NPZ_BYTES = 512 * 1024 ** 2;
const MAX_ARRAY_BYTES = 1024 ** 3;
/** Deflate packs at most 1032 to 1. */
const DEFLATE_MAX_RATIO = 1032;
const MAX_ENTRIES = 4096;
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

/** NPZ: a ZIP archive of NPY arrays, of which the first is taken that is named like points and holds some. */
export const npz: Format = {
  id: 'npz',
  kind: 'point',
  extensions: ['.npz'],
  mime: 'application/x-npz',
  maxBytes: MAX_NPZ_BYTES,
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
  for (const { name, originalSize } of entries.slice(0, MAX_TRIED)) {
    await pacer.breathe();
    try {
      const array = unpack(bytes, name, originalSize);
      const media = await decodeNpyArray(array, pacer);
      const used = entries.length > 1 ? [`Its points are the array "${label(name)}".`] : [];
      return { ...media, format: 'npz', warnings: [...warnings, ...used, ...media.warnings] };
    } catch (error) {
      if (!isOneLensError(error) || error.code === 'CANCELLED') throw error;
      firstError ??= error;
    }
  }
  throw firstError ?? errors.noContent('NPZ', 'arrays');
}

/** The arrays of the archive, those that are named like points first. Nothing is unpacked yet. */
function arraysOf(bytes: Uint8Array): UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  unzip(bytes, (entry) => {
    if (entry.name.endsWith('.npy') && entries.length < MAX_ENTRIES) entries.push(entry);
    return false;
  });
  const rank = ({ name }: UnzipFileInfo) => {
    const place = POINT_NAMES.indexOf(label(name).toLowerCase());
    return place < 0 ? POINT_NAMES.length : place;
  };
  return entries.sort((a, b) => rank(a) - rank(b));
}

function unpack(bytes: Uint8Array, name: string, size: number): Uint8Array {
  if (size > MAX_ARRAY_BYTES)
    throw errors.tooLarge(`array "${label(name)}"`, `${size} bytes`, `${MAX_ARRAY_BYTES} bytes`);
  if (size > bytes.length * DEFLATE_MAX_RATIO)
    throw errors.damaged('NPZ', `${bytes.length} bytes cannot unpack to the ${size} of the array "${label(name)}"`);
  let taken = false;
  const files = unzip(bytes, (entry) => {
    const isIt = !taken && entry.name === name && entry.originalSize === size;
    taken ||= isIt;
    return isIt;
  });
  const array = files[name];
  if (!array) throw errors.damaged('NPZ', `the array "${label(name)}" is not in it`);
  return array;
}

function unzip(bytes: Uint8Array, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/invalid zip data|unexpected EOF/.test(reason))
      throw errors.truncated('NPZ', `as an archive it is not whole (${reason})`);
    if (/compression/.test(reason)) throw errors.unsupported('NPZ', reason);
    throw errors.damaged('NPZ', `it cannot be unpacked (${reason})`);
  }
}

const label = (name: string): string => name.replace(/\.npy$/, '').slice(0, 40);

function listed(entries: readonly UnzipFileInfo[]): string {
  const names = entries.slice(0, 8).map(({ name }) => `"${label(name)}"`);
  return names.join(', ') + (entries.length > 8 ? ` and ${entries.length - 8} more` : '');
}
