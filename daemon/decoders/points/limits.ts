import { errors } from '../../common/errors';

/** Most points or vertices a file may declare. */
export const MAX_POINTS = 50_000_000;
/** Most triangles of a mesh. */
export const MAX_TRIANGLES = 20_000_000;
/** Largest file of a format that is held whole. */
export const MAX_POINT_FILE_BYTES = 2 * 1024 ** 3 - 1;
/** Largest file of a format that is read piece by piece. */
export const MAX_STREAM_FILE_BYTES = 256 * 1024 ** 3;
/** Most points of a file that is read piece by piece. */
export const MAX_STREAM_POINTS = 4_000_000_000;
/** Points kept of a file that is read piece by piece: 24 MB of places and as much of colours. */
export const SAMPLE_POINTS = 2_000_000;
/** Most triangles whose corners are kept for facts about edges. */
export const MAX_KEPT_TRIANGLES = 500_000;

const millions = (n: number): string => (n / 1e6).toLocaleString('en-US');

/** For the table of formats: held whole. */
export const POINT_LIMITS = `${millions(MAX_POINTS)} million points`;
/** Held whole, with faces. */
export const MESH_LIMITS = `${POINT_LIMITS}, ${millions(MAX_TRIANGLES)} million triangles`;
/** Read piece by piece when large. */
export const STREAM_LIMITS = `${millions(MAX_STREAM_POINTS)} million points`;

const count = (n: number): string => n.toLocaleString('en-US');

/**
 * Checks a declared count before anything is allocated: FILE_DAMAGED if it is no count, FILE_TOO_LARGE above
 * `limit`, FILE_TRUNCATED if `minBytes` an item cannot fit the `available` bytes.
 */
export function checkCount(
  format: string,
  what: string,
  declared: number,
  minBytes: number,
  available: number,
  limit = MAX_POINTS,
): void {
  if (!Number.isInteger(declared) || declared < 0)
    throw errors.damaged(format, `it declares ${Number.isNaN(declared) ? 'no number of' : declared} ${what}`);
  if (declared > limit) throw errors.tooLarge(`number of ${what} in the ${format} file`, count(declared), count(limit));
  const needed = declared * minBytes;
  if (needed > available)
    throw errors.truncated(
      format,
      `${count(declared)} ${what} need at least ${count(needed)} bytes, ${count(available)} are there`,
    );
}
