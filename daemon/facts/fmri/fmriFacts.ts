import type { Fact } from '../../media/fact';
import type { FmriMedia } from '../../media/media';

/** What is measured about a response vector or a volume. */
export function fmriFacts({ voxels }: FmriMedia): Fact[] {
  return [{ name: 'fmri.voxels', value: voxels.length, how: 'Counted.' }];
}
