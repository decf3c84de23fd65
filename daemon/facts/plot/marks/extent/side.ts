import type { ImageMedia } from '../../../../media/media';
import type { Rgb } from '../../../../media/plot';
import type { PixelBox } from '../../../../media/text';

export type SideName = 'left' | 'top' | 'right' | 'bottom';

/** One side of an area, seen from inside: `depth` 0 is the last row (or column) inside, 1 the first one outside. */
export interface AreaSide {
  name: SideName;
  /** Pixels along the side. */
  length: number;
  /** How many rows there are outside, up to the picture's edge. */
  room: number;
  /** Where the row lies in the picture: its y, or the x of a column. */
  at(depth: number): number;
  /** Colour of a pixel. */
  color(along: number, depth: number): Rgb;
}

/** A side of `area` (whole pixels inside the picture). */
export function sideOf(image: ImageMedia, area: PixelBox, name: SideName): AreaSide {
  const upright = name === 'left' || name === 'right';
  const outward = name === 'left' || name === 'top' ? -1 : 1;
  const inner = outward < 0 ? area[name] : area[name] - 1;
  const start = upright ? area.top : area.left;
  const at = (depth: number) => inner + outward * depth;
  return {
    name,
    length: upright ? area.bottom - area.top : area.right - area.left,
    room: outward < 0 ? inner : (upright ? image.width : image.height) - 1 - inner,
    at,
    color: (along, depth) => {
      const [x, y] = upright ? [at(depth), start + along] : [start + along, at(depth)];
      const i = 4 * (y * image.width + x);
      return over(image.data, i);
    },
  };
}

/** A pixel laid over white. */
function over(data: ArrayLike<number>, i: number): Rgb {
  const share = (data[i + 3] ?? 255) / 255;
  const part = (c: number) => Math.round((data[i + c] ?? 255) * share + 255 * (1 - share));
  return [part(0), part(1), part(2)];
}
