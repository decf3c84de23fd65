import { basename, join } from 'node:path';
import type { PackFile } from '../../common/packManifest';
import { byteLength, type Graph, type Initializer } from './graph';
import { HashedFile, type WriteOptions, writeHashed } from './hashedFile';
import { encodeModel, type Placement } from './modelProto';

/** Initializers up to this size lie in the model file itself. */
const INLINE_BYTES = 256;
const ALIGNMENT = 64;
/** Larger tensors start at a page, so that ONNX Runtime can map them. */
const LARGE = 64 * 1024;
const PAGE = 4096;

/**
 * Writes `folder/path` (ONNX) and `folder/path.data` (its weights, one initializer after the other).
 * @returns both files as the manifest lists them.
 */
export async function saveModel(
  graph: Graph,
  folder: string,
  path: string,
  options: WriteOptions = {},
): Promise<PackFile[]> {
  const dataPath = `${path}.data`;
  const data = await HashedFile.create(join(folder, dataPath), options);
  const placements = new Map<string, Placement>();
  try {
    for (const i of graph.initializers) placements.set(i.name, await place(i, data, basename(dataPath)));
  } finally {
    await data.close();
  }
  const model = await writeHashed(folder, path, [encodeModel(graph, placements)], options);
  return [model, data.entry(dataPath)];
}

/** Bytes that `saveModel` will write to the data file, paddings not counted. */
export function weightBytes(graph: Graph): number {
  return graph.initializers.map(byteLength).reduce((sum, n) => sum + (n > INLINE_BYTES ? n : 0), 0);
}

async function place(initializer: Initializer, data: HashedFile, location: string): Promise<Placement> {
  const bytes = byteLength(initializer);
  if (bytes <= INLINE_BYTES) return { inline: Buffer.concat([...initializer.chunks()]) };
  await data.align(bytes > LARGE ? PAGE : ALIGNMENT);
  const offset = data.bytes;
  for (const chunk of initializer.chunks()) await data.write(chunk);
  if (data.bytes - offset !== bytes) {
    throw new Error(`initializer ${initializer.name} wrote ${data.bytes - offset} bytes of ${bytes}`);
  }
  return { location, offset, bytes };
}
