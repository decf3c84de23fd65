import type { Fact } from '../../media/fact';
import type { RgbxMedia } from '../../media/media';
import { imageFacts } from '../image';

/** Of the map; the photograph is a file of its own. */
export function mapFacts({ map }: RgbxMedia): Fact[] {
  return imageFacts(map);
}
