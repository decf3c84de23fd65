import { errors } from '../../common/errors';
import type { FmriMedia } from '../../media/media';
import type { Format } from '../format';
import { baseName } from '../maps/mapWord';
import { isNpy, npyReader } from '../maps/npyValues';
import { parseNpyHeader } from '../points/npyHeader';
import { WorkPacer } from '../workPacer';
import { FMRI_LIMITS, MAX_FMRI_BYTES, MAX_VOXELS } from './fmriLimits';

/** A shorter vector is something else. */
const LEAST_VOXELS = 100;
const NAMED = /(^|[^a-z])(fmri|bold|betas?|voxels?|nsd)($|[^a-z])/i;

/** [N] or [1, N]: a response. [repeats, N] where the file's name says fMRI: their mean. */
function layoutOf(shape: readonly number[], named: boolean): { repeats: number; voxels: number } | undefined {
  const sides = shape.length > 1 ? shape.filter((side) => side !== 1) : shape;
  if (sides.length === 1 && sides[0]! > LEAST_VOXELS) return { repeats: 1, voxels: sides[0]! };
  if (named && sides.length === 2 && sides[1]! > LEAST_VOXELS && sides[0]! < sides[1]!)
    return { repeats: sides[0]!, voxels: sides[1]! };
  return undefined;
}

const layoutOfFile = (bytes: Uint8Array, name: string) => {
  const header = parseNpyHeader(bytes);
  return { header, layout: layoutOf(header.shape, NAMED.test(baseName(name))) };
};

/** NPY: one value a voxel of interest, as the data sets of visual responses have them (NSD). */
export const fmriNpy: Format = {
  id: 'fmri-npy',
  kind: 'fmri',
  extensions: ['.npy'],
  mime: 'application/x-npy',
  magic: '93 NUMPY with one dimension',
  maxBytes: MAX_FMRI_BYTES,
  limits: FMRI_LIMITS,
  detect: (head, name = '') => {
    if (!isNpy(head)) return 'no';
    try {
      return layoutOfFile(head, name).layout ? 'yes' : 'no';
    } catch {
      return 'no';
    }
  },
  decode,
};

async function decode(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<FmriMedia> {
  const { header, layout } = layoutOfFile(bytes, name);
  if (!layout)
    throw errors.unsupported(
      'NPY',
      `the shape [${header.shape.join(', ')}]; a response has [voxels], more than ${LEAST_VOXELS}`,
    );
  const { repeats, voxels: count } = layout;
  if (count > MAX_VOXELS || repeats * count > 20 * MAX_VOXELS)
    throw errors.tooLarge('number of voxels in the NPY file', String(count), String(MAX_VOXELS));
  const read = npyReader(bytes, header, repeats * count);
  const sums = new Float64Array(count);
  const pacer = new WorkPacer(signal);
  for (let r = 0; r < repeats; r++) {
    for (let v = 0; v < count; v++) sums[v]! += read(header.fortranOrder ? v * repeats + r : r * count + v);
    await pacer.breathe();
  }
  const voxels = Float32Array.from(sums, (sum) => sum / repeats);
  const odd = voxels.reduce((n, v) => n + (Number.isFinite(v) ? 0 : 1), 0);
  if (odd === count) throw errors.noContent('NPY', 'measured voxels');
  const warnings = odd > 0 ? [`${odd} of ${count} voxels are not numbers.`] : [];
  if (repeats > 1) warnings.push(`The mean of ${repeats} repetitions is taken.`);
  return { kind: 'fmri', voxels, format: 'npy', warnings };
}
