import type { Format } from './format';
import { type HeaderFound, pictureHeader } from './image/pictureHeader';

/**
 * What a workspace that nobody trusts may have decoded: formats whose decoders are JavaScript, or WebAssembly in its
 * sandbox. Not here is what libvips decodes, which is native code: its pictures have their headers read, and no more. Of
 * videos the containers are read; frames take a decoder that is native (libvips, the user's ffmpeg).
 */
const SAFE: ReadonlySet<string> = new Set([
  ...['bmp', 'wav', 'mp3', 'flac', 'vorbis', 'opus', 'mp4', 'mov', 'webm', 'mkv', 'avi'],
  ...['ply', 'pcd', 'las', 'laz', 'npy', 'npz', 'glb', 'gltf', 'off', 'obj', 'stl', 'xyz', 'csv', 'kitti'],
  ...['exr-depth', 'exr-normals', 'pfm-depth', 'pfm-normals', 'pgm-depth', 'npy-depth', 'npy-normals'],
  ...['ros-yaml', 'imu-csv', 'imu-npy', 'nifti', 'fmri-npy'],
]);

export function isSafe({ id }: Pick<Format, 'id'>): boolean {
  return SAFE.has(id);
}

/** What is known of a file that may not be decoded. Throws what the picture's own header reader throws. */
export interface Outline {
  /** "PNG". */
  name: string;
  header?: HeaderFound['header'];
  warnings: string[];
}

export function outlineOf(format: Format, bytes: Uint8Array): Outline {
  const found = pictureHeader(bytes);
  const name = found?.name ?? format.id.toUpperCase();
  const why = `Restricted Mode: ${found ? 'only the header was read' : 'nothing was decoded'}, because decoding ${name} takes native code. Trust the workspace for the rest.`;
  return { name, ...(found ? { header: found.header } : {}), warnings: [why, ...(found?.header.warnings ?? [])] };
}
