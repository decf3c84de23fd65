import type { Fact } from '../../media/fact';

/** What a picture's own header says, where its pixels were not decoded. Sides in pixels, as stored. */
export interface StatedSides {
  width: number;
  height: number;
  channels?: number;
  bitDepth?: number;
  frames?: number;
}

/** Facts of a picture that is known by its header alone. */
export function outlineFacts({ width, height, channels, bitDepth, frames }: StatedSides): Fact[] {
  const how = 'Read from the header, as stored; the pixels were not decoded.';
  const stated = (name: string, value: number | undefined, unit?: string): Fact[] =>
    value === undefined ? [] : [{ name, value, ...(unit ? { unit } : {}), how }];
  return [
    ...stated('image.width', width, 'px'),
    ...stated('image.height', height, 'px'),
    ...stated('image.megapixels', Number(((width * height) / 1e6).toPrecision(4)), 'MP'),
    ...stated('image.channels', channels),
    ...stated('image.bitDepth', bitDepth, 'bit'),
    ...stated('image.frames', frames),
  ];
}
