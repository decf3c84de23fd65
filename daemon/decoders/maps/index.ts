import type { Format } from '../format';
import { exrDepth, exrNormals } from './exr/exr';
import { npyDepth, npyNormals } from './npyMap';
import { pfmDepth, pfmNormals } from './pfm';
import { pgmDepth } from './pgm';
import { formats as pictures } from './pictures';

/** Depth and normal maps; they stand before the pictures and point clouds whose containers they share. */
export const formats: readonly Format[] = [
  ...pictures,
  exrDepth,
  exrNormals,
  pfmDepth,
  pfmNormals,
  pgmDepth,
  npyDepth,
  npyNormals,
];
