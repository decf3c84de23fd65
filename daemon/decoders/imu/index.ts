import type { Format } from '../format';
import { imuNpy } from './imuNpy';
import { imuCsv } from './imuText';
import { rosYaml } from './rosYaml';

/** Inertial logs; they stand before the point clouds, whose text and arrays look alike. */
export const formats: readonly Format[] = [rosYaml, imuCsv, imuNpy];
