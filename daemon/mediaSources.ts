import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { errors, isOneLensError } from './common/errors';
import { HEAD_BYTES } from './decoders/detect';
import type { DecodeTools, VideoFrameTool } from './decoders/format';
import {
  decode,
  decodeSource,
  detectFormat,
  type Format,
  isSafe,
  MAX_SOURCE_BYTES,
  outlineOf,
  photoNames,
  STREAM_ABOVE_BYTES,
} from './decoders/index';
import type { SourceFile } from './engine/engineParts';
import type { EngineFile, EngineSource } from './engine/messages';
import { fileFacts, outlineFacts } from './facts/index';
import type { Media } from './media/media';
import type { MediaReport } from './protocol/messages';
import { attachmentPieces, readAttachment, statAttachment } from './store/attachments';
import { readableBytes } from './store/readableBytes';

/**
 * From what a client named to what decoders take: large files stay on disk and are read piece by piece, a depth or
 * normal map finds its photograph beside it, and the user's hints become part of the content's key.
 */
export async function openSource(source: EngineSource, signal: AbortSignal): Promise<SourceFile> {
  const opened = await openFile(source, signal);
  const head = await headOf(opened.content);
  const format = detectFormat(head, opened.file, source.as);
  // a photograph would have to be decoded
  const { as, frames, restricted } = source;
  const photo = isMap(format) && !restricted ? await photoOf(source, signal) : undefined;
  return {
    ...opened,
    key: keyOf(opened.key, format, { as, photo, frames, restricted }),
    ...(as ? { as } : {}),
    ...(photo ? { photo } : {}),
    ...(restricted ? { restricted } : {}),
    ...(frames && !restricted ? { frames } : {}),
  };
}

const isMap = (format: Format): boolean => format.kind === 'rgbd' || format.kind === 'rgbn';

/** What this machine decodes with, beside the decoders themselves. */
export interface SourceTools {
  video: VideoFrameTool | undefined;
  suppliedFrames(frames: NonNullable<SourceFile['frames']>): VideoFrameTool;
}

/** Decodes an opened source. Throws only what decoders throw. */
export async function decodeOpened(
  source: SourceFile,
  signal: AbortSignal,
  tools: SourceTools,
): Promise<{ media: Media }> {
  if (source.restricted)
    return decodeContent(source, signal, { restricted: true, ...(source.as ? { as: source.as } : {}) });
  const video = source.frames ? tools.suppliedFrames(source.frames) : tools.video;
  const photo = source.photo ? await decodePhoto(source.photo, signal) : undefined;
  const decodeTools: DecodeTools = {
    ...(video ? { video } : {}),
    ...(source.as ? { as: source.as } : {}),
    ...(photo ? { photo } : {}),
  };
  return decodeContent(source, signal, decodeTools);
}

/** Of a restricted source whose format may not be decoded: what its own header says. */
export async function outlineSource(source: SourceFile): Promise<Omit<MediaReport, 'file'> | undefined> {
  const format = detectFormat(await headOf(source.content), source.file, source.as);
  if (isSafe(format)) return undefined;
  // of a large file the whole is not at hand, and a header may lie anywhere
  const { header, warnings } = outlineOf(format, 'bytes' in source.content ? source.content.bytes : new Uint8Array());
  const facts = [...fileFacts(source.size, format.id), ...(header ? outlineFacts(header) : [])];
  return { modality: format.kind, facts, warnings };
}

function decodeContent(
  { content, file }: SourceFile,
  signal: AbortSignal,
  tools: DecodeTools,
): Promise<{ media: Media }> {
  if ('bytes' in content) return decode(content.bytes, file, signal, tools);
  return decodeSource(content.pieces, file, signal, tools);
}

/** A photograph that turns out to be no picture is the user's mistake where the user named it: then it throws. */
async function decodePhoto(source: SourceFile, signal: AbortSignal): Promise<NonNullable<DecodeTools['photo']>> {
  const { media } = await decodeContent(source, signal, {});
  if (media.kind !== 'image') throw errors.noPicture(source.file, media.kind);
  return { file: source.file, image: media };
}

async function openFile(source: EngineFile, signal: AbortSignal): Promise<SourceFile> {
  if (!('path' in source)) return inMemory(source.name, source.bytes);
  const { path } = source;
  const stats = await statAttachment(path);
  if (stats.size > MAX_SOURCE_BYTES)
    throw errors.tooLarge(`file ${JSON.stringify(path)}`, readableBytes(stats.size), readableBytes(MAX_SOURCE_BYTES));
  if (stats.size <= STREAM_ABOVE_BYTES)
    return inMemory(path, (await readAttachment(path, STREAM_ABOVE_BYTES, signal)).bytes);
  // hashing gigabytes costs more than it saves: place, size and time tell a large file
  const key = sha256(`${path}\0${stats.size}\0${stats.mtimeMs}`);
  return { file: path, size: stats.size, key, content: { pieces: attachmentPieces(path, stats) } };
}

function inMemory(file: string, bytes: Uint8Array): SourceFile {
  return { file, size: bytes.length, key: sha256(bytes), content: { bytes } };
}

async function headOf(content: SourceFile['content']): Promise<Uint8Array> {
  return 'bytes' in content ? content.bytes : content.pieces.read(0, HEAD_BYTES);
}

/** The photograph that the user named, else the first that is there of the names that go with the map's. */
async function photoOf(source: EngineSource, signal: AbortSignal): Promise<SourceFile | undefined> {
  if (source.photo) return openFile(source.photo, signal);
  if (!('path' in source)) return undefined;
  for (const name of photoNames(basename(source.path))) {
    try {
      return await openFile({ path: join(dirname(source.path), name) }, signal);
    } catch (error) {
      if (!isOneLensError(error) || error.exitCode !== 3) throw error;
    }
  }
  return undefined;
}

function keyOf(
  content: string,
  format: Format,
  hints: Pick<SourceFile, 'as' | 'photo' | 'frames' | 'restricted'>,
): string {
  const asked = [hints.as ?? '', hints.photo?.key ?? '', hints.frames ? framesKey(hints.frames) : ''];
  if (hints.restricted) asked.push('restricted');
  const suffix = asked.some(Boolean) ? sha256(asked.join('\0')).slice(0, 16) : '';
  return `${content}${format.id.replace(/[^a-z0-9]/g, '')}${suffix}`;
}

function framesKey(frames: NonNullable<SourceFile['frames']>): string {
  const hash = createHash('sha256');
  for (const { time, bytes } of frames) hash.update(`${time}\0`).update(bytes);
  return hash.digest('hex');
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
