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
  /** Smallest and largest x, y, z, `origin` added: of a mesh's corners, or of all points of a sampled cloud; else the positions tell. */
  bounds?: { min: [number, number, number]; max: [number, number, number] };
  /** Add this to `positions` for the file's coordinates: float32 would round map coordinates. Absent = 0. */
  origin?: [number, number, number];
  /** Finite points in the file, where `positions` is a uniform sample of them. */
  total?: number;
  /** Triangles (vertex numbers) and their corners (xyz), of a mesh that is small enough to look at its edges. */
  mesh?: { positions: Float32Array; triangles: Uint32Array };
  /** Whether the file has a normal a point, where the reader looked. */
  hasNormals?: boolean;
  /** Smallest and largest intensity of all points, where the file has one. */
  intensity?: [number, number];
  /** What a laser survey says beside the coordinates. */
  survey?: PointSurvey;
  /** Unit of length that the file or its format states, with the reason. */
  statedUnits?: { unit: string; why: string };
  /** Axis that points up by the format's definition; absent where the format has none. */
  up?: 'y' | 'z';
  /** "ply", "pcd", "xyz", "csv", "npy", "npz", "obj", "stl", "off", "las", "laz", "gltf", "glb", "kitti". */
  format: string;
  /** For example "ascii", "binary_little_endian", "binary_compressed". */
  encoding?: string;
  warnings: string[];
}

/** Counted over all points of a LAS or LAZ file. */
export interface PointSurvey {
  /** [ASPRS class code, points], by code. */
  classes: Array<[number, number]>;
  /** [number of the return, points], by number. */
  returns: Array<[number, number]>;
  /** Name or EPSG code of the coordinate system, where the file states one. */
  crs?: string;
}

/**
 * Inertial recording. `channels` are accelerometer x, y, z in m/s² and gyroscope x, y, z in rad/s, in this order, all
 * resampled to `sampleRate`; a sensor that the file lacks is three channels of zeros and a warning.
 */
export interface ImuMedia {
  kind: 'imu';
  /** Hz, the median of the differences of the time stamps. */
  sampleRate: number;
  channels: Float32Array[];
  /** Seconds from the first sample as recorded, before resampling; absent where the file has no time stamps. */
  times?: Float64Array;
  /** Whether the file has this sensor. */
  sensors?: { accelerometer: boolean; gyroscope: boolean };
  /** How each channel was recognised: "ax [g] -> accelerometer x". */
  columns?: string[];
  format: string;
  warnings: string[];
}

/** One fMRI response vector (already a mean over repetitions), or a scanned volume that has none. */
export interface FmriMedia {
  kind: 'fmri';
  /** Empty for a volume: the model takes a vector of one value a voxel of interest. */
  voxels: Float32Array;
  /** Of a NIfTI file. */
  volume?: {
    /** Voxels along x, y, z. */
    dims: [number, number, number];
    /** Millimetres along x, y, z. */
    voxelSize: [number, number, number];
    frames: number;
    /** Seconds between frames, 0 where not given. */
    repetitionTime: number;
    dataType: string;
    /** One axial slice through the middle of the first frame, for the preview; grey in RGBA. */
    slice: ImageMedia;
    /** Over the first frame. */
    range: [number, number];
    /** Where the axes point and what tells: "RAS (sform)"; absent where the file does not say. */
    orientation?: string;
    /** [slope, intercept] that the stored values were scaled by; absent = as they are. */
    scaling?: [number, number];
  };
  format: string;
  warnings: string[];
}

/** Frames in order. `frames` is empty where no decoder for the codec is at hand: the metadata are known all the same. */
export interface VideoMedia {
  kind: 'video';
  /** The sampled frames, in order of time; each at most 448 pixels on its longer side. */
  frames: ImageMedia[];
  /** Seconds of each of `frames`. */
  times?: number[];
  /** Seconds. */
  duration: number;
  frameRate: number;
  /** Of the file, pixels, turned upright. */
  width?: number;
  height?: number;
  /** Frames in the file, where known. */
  totalFrames?: number;
  /** "h264", "vp9", "av1", "mjpeg", "gif" ... */
  codec?: string;
  /** Seconds of the cuts between scenes; absent where frames could not be decoded. */
  sceneCuts?: number[];
  /** Mean absolute difference of luma between neighbouring samples (0..1), one a pair, for motion. */
  motion?: number[];
  /** What decoded the frames: "ffmpeg", "WebCodecs", "sharp"; absent where nothing could. */
  decodedBy?: string;
  /** The sound track: decoded where something could, else its header alone; `audio` may be its beginning only. */
  sound?: { codec: string; sampleRate: number; channels: number; audio?: AudioMedia };
  /** Whether the distances between frames differ; absent where the file does not tell. */
  variableRate?: boolean;
  /** For example "High, level 3.1". */
  profile?: string;
  /** Bits a second of the video track. */
  bitRate?: number;
  /** Degrees clockwise by which the file says to turn its frames; already applied to `width` and `height`. */
  rotation?: number;
  /** When the file says it was made: ISO 8601, UTC. */
  created?: string;
  /** As the file states it, for example { primaries: "bt2020", transfer: "pq", matrix: "bt2020-ncl" }. */
  color?: { primaries?: string; transfer?: string; matrix?: string; fullRange?: boolean; hdr: boolean };
  /** How often an animation plays; 0 = for ever. */
  plays?: number;
  /** Small grey frames over the whole length, from which motion and brightness are measured. */
  scan?: VideoScan;
  format: string;
  warnings: string[];
}

/** Frames over the whole length of a video, in order of time; all of one size. */
export interface VideoScan {
  /** Seconds of each frame. */
  times: number[];
  width: number;
  height: number;
  /** Luma (Rec. 709, 0..255) of each frame, row-major, width * height bytes. */
  luma: Uint8Array[];
  /** Whether every frame of the file is there. */
  complete: boolean;
}

/** Values of a depth map in the file's units, row-major; NaN where nothing was measured. */
export interface DepthValues {
  width: number;
  height: number;
  values: Float32Array;
  /** "m", "mm", or undefined where the file does not say. */
  unit?: string;
  /** What tells the unit. */
  unitWhy?: string;
  /** Disparity grows with nearness; absent = depth. */
  quantity?: 'depth' | 'disparity';
}

/** A photograph with its depth or normal map; the map alone when there is no photograph. */
export interface RgbxMedia {
  kind: 'rgbd' | 'rgbn';
  photo?: ImageMedia;
  /** The map as 8-bit picture (depth: grey, near is bright or dark as in the file, 1st to 99th percentile). */
  map: ImageMedia;
  /** Of a depth map. */
  depth?: DepthValues;
  /** Of a normal map: unit vectors, 3 a pixel, NaN where there is none. */
  normals?: Float32Array;
  /** Share of the file's vectors whose length was within 0.1 of 1, before they were made unit vectors. */
  unitShare?: number;
  /** File name of the photograph, where it was found by convention. */
  photoFile?: string;
  format: string;
  warnings: string[];
}

export type Media = ImageMedia | AudioMedia | PointMedia | ImuMedia | FmriMedia | VideoMedia | RgbxMedia;
