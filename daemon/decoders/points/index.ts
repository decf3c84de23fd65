import type { Format } from '../format';
import { glb, gltf } from './gltf';
import { kitti } from './kitti';
import { las, laz } from './las';
import { npy } from './npy';
import { npz } from './npz';
import { obj } from './obj';
import { off } from './off';
import { pcd } from './pcd';
import { ply } from './ply';
import { stl } from './stl';
import { csv, xyz } from './table';

/** The point cloud and mesh formats that can be read. */
export const formats: readonly Format[] = [ply, pcd, las, laz, npy, npz, glb, gltf, off, obj, stl, xyz, csv, kitti];
