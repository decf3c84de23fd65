import type { ModelConfig } from '../../common/modelConfig';
import type { Rgb8 } from './bicubic';

type Fit = ModelConfig['image_fit'];

/** Of the border's pixels this share in one colour makes it paper round a drawing or a plot, of which nothing is cut off. */
const PAPER = 0.5;
/** Bits of a channel that count as the same colour: neighbours in brightness are one paper, JPEG's noise included. */
const SHADE = 4;

/** How one picture becomes a square: where the model squeezes photographs, pictures on paper are taken whole. */
export function fitOf(image: Rgb8, fit: Fit): Fit {
  return fit === 'squeeze' && isOnPaper(image) ? 'stretch' : fit;
}

function isOnPaper({ width, height, data }: Rgb8): boolean {
  const counts = new Map<number, number>();
  let all = 0;
  const count = (x: number, y: number): void => {
    const i = (y * width + x) * 3;
    const key = ((data[i]! >> SHADE) << 8) | ((data[i + 1]! >> SHADE) << 4) | (data[i + 2]! >> SHADE);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    all++;
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) count(x, y);
  for (let y = 1; y < height - 1; y++) for (const x of [0, width - 1]) count(x, y);
  return Math.max(...counts.values()) >= PAPER * all;
}
