import type { Format } from '../format';

/** The point cloud and mesh formats that can be read. */
export const formats: readonly Format[] = [];
