/** A checkpoint on disk, read tensor by tensor: memory stays near the largest tensor. */

import { shardFiles } from './shardFiles';
import { mergeShards } from './shards';
import { openTensorFile } from './tensorFile';
import type { Checkpoint, TensorInfo } from './tensorSource';

export type { Checkpoint, TensorInfo };

/**
 * Opens a checkpoint: a `.pth` or safetensors file, one shard of several beside each other (the others are found by
 * name), a folder of them, or a list of files in shard order.
 *
 * Throws BAD_CHECKPOINT, CHECKPOINT_PICKLE, FILE_MISSING, FILE_UNREADABLE.
 */
export function openCheckpoint(path: string | readonly string[]): Checkpoint {
  const opened: Checkpoint[] = [];
  try {
    for (const file of shardFiles(path)) opened.push(openTensorFile(file));
    return mergeShards(opened);
  } catch (error) {
    for (const checkpoint of opened) checkpoint.close();
    throw error;
  }
}
