import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { errors, isOneLensError } from '../common/errors';
import { MODALITIES } from '../common/modality';
import { type ModelConfig, parseModelConfig } from '../common/modelConfig';
import { EMBEDDINGS_F16, EMBEDDINGS_F32, graphFile, TAGS_FILE, TOKENIZER_MODEL } from '../common/packLayout';
import { MANIFEST_FILE, type PackFile, type PackManifest } from '../common/packManifest';
import { type Checkpoint, openCheckpoint } from './checkpoint/checkpoint';
import { languageModelGraph } from './graphs/languageModel';
import { tokenizerGraphs } from './graphs/modalityTokenizer';
import { projectionGraph } from './graphs/projection';
import { universalEncoderGraph } from './graphs/universalEncoder';
import { toHalf } from './onnx/float16';
import { type WriteOptions, writeHashed } from './onnx/hashedFile';
import { saveModel, weightBytes } from './onnx/saveModel';
import { writePackFolder } from './packFolder';
import { checkKeys, hintsFrom } from './weightNames';
import { bytesOf, type WeightDtype, Weights } from './weights';

export interface ConvertRequest {
  /** `.pth` or safetensors, one file, one shard of several, or a folder of them. */
  checkpoint: string;
  paramsPath: string;
  /** The pack's folder: new, empty, or an older pack, which is replaced at the end. */
  out: string;
  /** SentencePiece model; a pack without one can be verified, but cannot chat. */
  tokenizer?: string;
  dtype: string;
  /** Default: the name of `out`. */
  id?: string;
  onProgress?: (progress: ConvertProgress) => void;
  signal?: AbortSignal;
}

export interface ConvertProgress {
  /** 0 .. 1 */
  fraction: number;
  /** The file being written. */
  step: string;
}

/**
 * Converts a OneLLM checkpoint to a model pack. Memory stays near the largest tensor: the graphs are described first
 * and their weights read, rearranged and written one after the other.
 *
 * Throws USAGE, BAD_PARAMS, BAD_CHECKPOINT, CHECKPOINT_*, FILE_*, NOT_WRITABLE, CANCELLED; nothing is left behind then.
 */
export async function convertCheckpoint(request: ConvertRequest): Promise<PackManifest> {
  const dtype = parseDtype(request.dtype);
  const id = packId(request);
  const params = await readParams(request.paramsPath);
  const checkpoint = openCheckpoint(request.checkpoint);
  try {
    const config = parseModelConfig(params, hintsFrom(checkpoint));
    checkKeys(checkpoint, config);
    return await writePackFolder(request.out, (folder) => writePack(folder, id, checkpoint, config, dtype, request));
  } catch (error) {
    throw request.signal?.aborted ? errors.cancelled() : error;
  } finally {
    checkpoint.close();
  }
}

const DTYPES: readonly WeightDtype[] = ['fp32', 'fp16', 'int8', 'int4'];

function parseDtype(dtype: string): WeightDtype {
  const known = DTYPES.find((d) => d === dtype);
  if (!known) throw errors.usage(`The dtype ${JSON.stringify(dtype)} is not one of ${DTYPES.join(', ')}.`);
  return known;
}

function packId({ id, out }: ConvertRequest): string {
  if (id !== undefined && !/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id)) {
    throw errors.usage(`The id ${JSON.stringify(id)} is not made of lower-case letters, digits, dots and dashes.`);
  }
  const slug = basename(resolve(out))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  return id ?? (slug.slice(0, 64) || 'model');
}

async function readParams(path: string): Promise<unknown> {
  const text = await readSmallFile(path);
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (error) {
    throw errors.badParams('the file', path, `not JSON (${(error as Error).message})`);
  }
}

/** Of params.json and the tokenizer; theirs are a hundredth of it. */
const SMALL_FILE_BYTES = 64 << 20;

async function readSmallFile(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) throw errors.fileUnreadable(path, 'it is not a regular file');
    if (found.size > SMALL_FILE_BYTES)
      throw errors.tooLarge(`file ${JSON.stringify(path)}`, `${found.size} bytes`, '64 MB');
    return await readFile(path);
  } catch (error) {
    if (isOneLensError(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw errors.fileMissing(path);
    if (code === 'EISDIR') throw errors.fileIsFolder(path);
    throw errors.fileUnreadable(path, code ?? 'unknown reason');
  }
}

async function writePack(
  folder: string,
  id: string,
  checkpoint: Checkpoint,
  config: ModelConfig,
  dtype: WeightDtype,
  request: ConvertRequest,
): Promise<PackManifest> {
  const weights = new Weights(checkpoint, dtype);
  const files = [
    ...(await writeGraphs(folder, weights, config, request)),
    await writeEmbeddings(folder, weights, request),
    await writeTags(folder, weights),
    ...(await copyTokenizer(folder, request.tokenizer)),
  ];
  const manifest: PackManifest = {
    format: 'onelens-pack',
    version: 1,
    id,
    name: id,
    dtype,
    parameters: weights.parameters,
    config,
    files,
    warnings: warningsFor(config, request.tokenizer),
  };
  request.signal?.throwIfAborted();
  await writeFile(`${folder}/${MANIFEST_FILE}`, JSON.stringify(manifest, null, 2) + '\n');
  return manifest;
}

async function writeGraphs(folder: string, weights: Weights, config: ModelConfig, request: ConvertRequest) {
  const graphs = [
    ...tokenizerGraphs(weights, config),
    universalEncoderGraph(weights, config),
    projectionGraph(weights, config),
    languageModelGraph(weights, config),
  ];
  const total = graphs.map(weightBytes).reduce((a, b) => a + b, 0);
  const files: PackFile[] = [];
  let written = 0;
  await mkdir(`${folder}/graphs`);
  for (const graph of graphs) {
    const step = graphFile(graph.name);
    const onBytes = (bytes: number) => {
      written += bytes;
      request.onProgress?.({ fraction: Math.min(1, written / total), step });
    };
    files.push(...(await saveModel(graph, folder, step, { signal: request.signal, onBytes })));
  }
  return files;
}

/** Rows of the vocabulary, which the runtime looks up itself: half precision in all packs but fp32. */
async function writeEmbeddings(folder: string, weights: Weights, options: Pick<WriteOptions, 'signal'>) {
  const { signal } = options;
  const rows = weights.read('tok_embeddings.weight');
  if (weights.dtype === 'fp32') return writeHashed(folder, EMBEDDINGS_F32, [bytesOf(rows)], { signal });
  return writeHashed(folder, EMBEDDINGS_F16, halves(rows), { signal });
}

const PIECE = 1 << 20;

function* halves(values: Float32Array): Generator<Uint8Array> {
  for (let at = 0; at < values.length; at += PIECE)
    yield new Uint8Array(toHalf(values.subarray(at, at + PIECE)).buffer);
}

async function writeTags(folder: string, weights: Weights): Promise<PackFile> {
  const names = MODALITIES.flatMap((m) => [`start_tag.${m}`, `end_tag.${m}`]);
  return writeHashed(
    folder,
    TAGS_FILE,
    names.map((name) => bytesOf(weights.read(name))),
  );
}

async function copyTokenizer(folder: string, path: string | undefined): Promise<PackFile[]> {
  if (path === undefined) return [];
  const bytes = await readSmallFile(path);
  if (bytes.length === 0) throw errors.fileEmpty(path);
  return [await writeHashed(folder, TOKENIZER_MODEL, [bytes])];
}

function warningsFor(config: ModelConfig, tokenizer: string | undefined): string[] {
  const warnings: string[] = [];
  if (tokenizer === undefined) warnings.push('There is no tokenizer: this pack can be verified, but cannot chat.');
  if (config.point.group_by === 'color') {
    warnings.push(
      'Point clouds are grouped by colour, as the official model does it: clouds without colours collapse into one group.',
    );
  }
  return warnings;
}
