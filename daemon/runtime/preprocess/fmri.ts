import { errors } from '../../common/errors';
import type { ModelConfig } from '../../common/modelConfig';
import type { FmriMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';

/** One response vector -> [1, 1, voxels] (`load_fmri`). A model is made for one person's voxels: another count cannot be fed. */
export function prepareFmri(media: FmriMedia, config: ModelConfig): Omit<PreparedMedia, 'modality'> {
  const { voxels } = media;
  if (voxels.length === 0) {
    throw errors.modalityUnsupported(
      'fMRI volume',
      `it takes a vector of ${config.fmri_voxels} voxels of interest, not a scanned volume; extract the responses of the region first and save them as NPY`,
    );
  }
  if (voxels.length !== config.fmri_voxels) {
    throw errors.modalityUnsupported(
      'fMRI response',
      `it has ${voxels.length} voxels where the model takes ${config.fmri_voxels}`,
    );
  }
  if (!voxels.every(Number.isFinite)) throw errors.modalityUnsupported('fMRI response', 'some voxels are not numbers');
  return {
    frames: 1,
    tensor: voxels.slice(),
    shape: [1, 1, voxels.length],
    warnings: [],
    input: { kind: 'voxels', voxels: voxels.length },
  };
}
