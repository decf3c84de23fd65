import type { ImageMedia } from '../../../media/media';
import type { FlatImage } from '../../image/flatten';
import { flatShare } from './flatColors';

/** Less flat ground than this, and it is a photograph or a drawing with texture: plots keep above 0.5. */
const LEAST_FLAT = 0.3;
/** Pictures below this size hold no readable labels. */
const SMALLEST = 64;

/** A first look that costs little: whether the picture can be a plot at all. */
export function mayBePlot(image: FlatImage, { width, height }: Pick<ImageMedia, 'width' | 'height'>): boolean {
  return Math.min(width, height) >= SMALLEST && flatShare(image, 6) >= LEAST_FLAT;
}
