import type { Format } from '../format';
import { ply } from './ply';

/** The point cloud and mesh formats that can be read. */
export const formats: readonly Format[] = [ply];
