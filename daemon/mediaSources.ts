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
  MAX_SOURCE_BYTES,
  photoNames,
  STREAM_ABOVE_BYTES,
} from './decoders/index';
import type { SourceFile } from './engine/engineParts';
import type { EngineFile, EngineSource } from './engine/messages';
import type { Media } from './media/media';
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
  const photo = isMap(format) ? await photoOf(source, signal) : undefined;
  const { as, frames } = source;
  return {
    ...opened,
    key: keyOf(opened.key, format, { as, photo, frames }),
    ...(as ? { as } : {}),
    ...(photo ? { photo } : {}),
    ...(frames ? { frames } : {}),
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
  const video = source.frames ? tools.suppliedFrames(source.frames) : tools.video;
  const photo = source.photo ? await decodePhoto(source.photo, signal) : undefined;
  const decodeTools: DecodeTools = {
    ...(video ? { video } : {}),
    ...(source.as ? { as: source.as } : {}),
    ...(photo ? { photo } : {}),
  };
  return decodeContent(source, signal, decodeTools);
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

function keyOf(content: string, format: Format, hints: Pick<SourceFile, 'as' | 'photo' | 'frames'>): string {
  const asked = [hints.as ?? '', hints.photo?.key ?? '', hints.frames ? framesKey(hints.frames) : ''];
  const suffix = asked.some(Boolean) ? sha256(asked.join('\0')).slice(0, 16) : '';
  return `${content}${format.id.replace(/[^a-z0-9]/g, '')}${suffix}`;
}

function framesKey(frames: NonNullable<SourceFile['frames']>): string {
  const hash = createHash('sha256');
  for (const { time, bytes } of frames) hash.update(`${time}\0`).update(bytes);
  return hash.digest('hex');
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
