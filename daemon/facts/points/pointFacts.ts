import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';

/** What is measured about a point cloud or a mesh. */
export function pointFacts(media: PointMedia): Fact[] {
  return [{ name: 'points.count', value: media.count, how: 'Points that were read.' }];
}
