import type { ModelConfig } from '../../common/modelConfig';
import type { Window } from './bicubic';

export interface ImageGeometry {
  /** Size of the scaled picture. */
  width: number;
  height: number;
  /** What the model sees of it, S x S. */
  window: Window;
}

/**
 * The ratio of sides that a picture keeps under "squeeze". Photographs of the training data are middle squares; its
 * augmentation scales sides apart by up to a seventh.
 */
const MOST_SQUEEZED = 1.15;

/**
 * torchvision's `Resize(S)`: the short side becomes S, the long one int(S * long / short); then `CenterCrop(S)`, whose
 * offset is rounded as Python rounds (half to even). "stretch": both sides S. "squeeze": the short
 * side S, the long one S * long / (MOST_SQUEEZED * short) or S, whichever is more.
 */
export function imageGeometry(
  width: number,
  height: number,
  size: number,
  fit: ModelConfig['image_fit'],
): ImageGeometry {
  const short = fit === 'stretch' ? 0 : Math.min(width, height);
  const squeezed = fit === 'squeeze' ? MOST_SQUEEZED : 1;
  const scaled = (side: number) =>
    short === 0 || side <= short * squeezed ? size : Math.trunc((size * side) / (short * squeezed));
  const [w, h] = [scaled(width), scaled(height)];
  const window = {
    left: roundHalfToEven((w - size) / 2),
    top: roundHalfToEven((h - size) / 2),
    width: size,
    height: size,
  };
  return { width: w, height: h, window };
}

function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
