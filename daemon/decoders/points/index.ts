import type { Format } from '../format';
import { npy } from './npy';
import { obj } from './obj';
import { off } from './off';
import { pcd } from './pcd';
import { ply } from './ply';
import { stl } from './stl';
import { csv, xyz } from './table';

/** The point cloud and mesh formats that can be read. */
export const formats: readonly Format[] = [ply, pcd, npy, off, obj, stl, xyz, csv];
