import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { PackFile } from '../../common/packManifest';

/** How a long write can be stopped and watched. */
export interface WriteOptions {
  signal?: AbortSignal;
  /** Called after each piece with its size. */
  onBytes?: (bytes: number) => void;
}

/** 16 MiB: no single write call comes near the 2 GiB that the kernel accepts, and a cancel is heard soon. */
const MAX_WRITE = 16 * 2 ** 20;

/**
 * Writes a file front to back, piece by piece, hashing while writing, so that memory holds one piece.
 * Offsets are plain numbers (exact to 2^53): files beyond 2 GiB are ordinary.
 */
export class HashedFile {
  private readonly hash = createHash('sha256');
  private position = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly options: WriteOptions,
  ) {}

  static async create(path: string, options: WriteOptions = {}): Promise<HashedFile> {
    return new HashedFile(await open(path, 'wx'), options);
  }

  get bytes(): number {
    return this.position;
  }

  /** Throws the signal's reason when it is aborted. */
  async write(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; at += MAX_WRITE) {
      this.options.signal?.throwIfAborted();
      const piece = chunk.subarray(at, at + MAX_WRITE);
      this.hash.update(piece);
      await this.writeFully(piece);
      this.position += piece.length;
      this.options.onBytes?.(piece.length);
    }
  }

  /** Zeros up to the next multiple of `alignment`. */
  async align(alignment: number): Promise<void> {
    const gap = (alignment - (this.position % alignment)) % alignment;
    if (gap > 0) await this.write(new Uint8Array(gap));
  }

  /** `path` is the name in the manifest. */
  entry(path: string): PackFile {
    return { path, bytes: this.position, sha256: this.hash.digest('hex') };
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async writeFully(piece: Uint8Array): Promise<void> {
    for (let done = 0; done < piece.length; ) {
      const { bytesWritten } = await this.handle.write(piece, done, piece.length - done);
      done += bytesWritten;
    }
  }
}

/** Writes `chunks` to the new file `path` in `folder` and returns its entry in the manifest. */
export async function writeHashed(
  folder: string,
  path: string,
  chunks: Iterable<Uint8Array>,
  options?: WriteOptions,
): Promise<PackFile> {
  const file = await HashedFile.create(`${folder}/${path}`, options);
  try {
    for (const chunk of chunks) await file.write(chunk);
  } finally {
    await file.close();
  }
  return file.entry(path);
}
