/** Decoded media: what a decoder returns and what facts and preprocessing read. Types only. */

/** 8-bit picture. `data` is row-major RGBA, width * height * 4 bytes. */
export interface ImageMedia {
  kind: 'image';
  width: number;
  height: number;
  data: Uint8ClampedArray;
  /** The container: "png", "jpeg", "webp", "gif", "bmp", "tiff", "avif", "svg". */
  format: string;
  /** Sides of the picture in the file where `data` was shrunk to bound the memory; absent = width, height. */
  fullWidth?: number;
  fullHeight?: number;
  /** Channels in the file: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA, or CMYK when `hasAlpha` is false. */
  channels: number;
  /** Bits a channel in the file. */
  bitDepth: number;
  hasAlpha: boolean;
  /** Frames of an animation; the first is decoded. */
  frames: number;
  /** Dots an inch, where the file says. */
  density?: number;
  warnings: string[];
}

/** Sound. One Float32Array in [-1, 1] a channel (float files may exceed it). */
export interface AudioMedia {
  kind: 'audio';
  sampleRate: number;
  channels: Float32Array[];
  /** "wav", "mp3", "flac", "vorbis", "opus". */
  format: string;
  /** Bits a sample in the file; undefined for lossy codecs. */
  bitDepth?: number;
  warnings: string[];
}

/** Point cloud, or a mesh sampled by area. */
export interface PointMedia {
  kind: 'point';
  /** xyz, 3 * count. */
  positions: Float32Array;
  /** rgb in [0, 1], 3 * count; undefined where the file has no colours. */
  colors?: Float32Array;
  /** Points held here (a mesh: sampled points). */
  count: number;
  /** Points or vertices that the file declares. */
  declared: number;
  /** Triangles, for a mesh. */
  faces?: number;
  /** Surface area in file units squared, for a mesh. */
  area?: number;
  /** Smallest and largest x, y, z of the corners of a mesh; of a cloud the positions tell. */
  bounds?: { min: [number, number, number]; max: [number, number, number] };
  /** "ply", "pcd", "xyz", "csv", "npy", "obj", "stl", "off". */
  format: string;
  /** For example "ascii", "binary_little_endian", "binary_compressed". */
  encoding?: string;
  warnings: string[];
}

/** Inertial recording: accelerometer xyz, gyroscope xyz, one Float32Array each. */
export interface ImuMedia {
  kind: 'imu';
  sampleRate: number;
  channels: Float32Array[];
  format: string;
  warnings: string[];
}

/** One fMRI response vector (already a mean over repetitions). */
export interface FmriMedia {
  kind: 'fmri';
  voxels: Float32Array;
  format: string;
  warnings: string[];
}

/** Frames in order. */
export interface VideoMedia {
  kind: 'video';
  frames: ImageMedia[];
  /** Seconds. */
  duration: number;
  frameRate: number;
  format: string;
  warnings: string[];
}

/** A photograph with its depth or normal map; the map alone when there is no photograph. */
export interface RgbxMedia {
  kind: 'rgbd' | 'rgbn';
  photo?: ImageMedia;
  map: ImageMedia;
  format: string;
  warnings: string[];
}

export type Media = ImageMedia | AudioMedia | PointMedia | ImuMedia | FmriMedia | VideoMedia | RgbxMedia;
