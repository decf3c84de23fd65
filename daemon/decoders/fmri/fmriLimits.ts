/** Most values of a response vector. */
export const MAX_VOXELS = 10_000_000;
/** Largest file, and largest first frame, in bytes. */
export const MAX_FMRI_BYTES = 1024 ** 3;
/** Most bytes that are unpacked of a compressed scan: its header and first frame. */
export const MAX_UNPACKED_BYTES = 512 * 1024 ** 2;
/** In words. */
export const FMRI_LIMITS = `${MAX_VOXELS / 1e6} million voxels, ${MAX_UNPACKED_BYTES / 1024 ** 2} MiB a frame`;
