/** Largest log in bytes: it is held whole, as text. */
export const MAX_IMU_BYTES = 256 * 1024 ** 2;
/** Most rows of a log: 5.5 hours at 200 Hz. */
export const MAX_IMU_ROWS = 4_000_000;
/** The same in words. */
export const IMU_LIMITS = `${MAX_IMU_ROWS / 1e6} million samples`;
