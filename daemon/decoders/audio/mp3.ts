import { decoder } from '@audio/decode-mp3';
import { errors, isOneLensError } from '../../common/errors';
import type { AudioMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { id3v2Length, trailingTagStart } from './id3';
import { AUDIO_LIMITS, checkLength, MAX_AUDIO_FILE_BYTES } from './limits';
import { countFrames, type MpegStream, walkMpegFrames } from './mpegFrames';
import { latin1Of } from './riff';
import { SampleCollector } from './sampleCollector';

const CHUNK_BYTES = 1 << 16;
/** This many frames in a row are no accident. */
const SURE_FRAMES = 2;

/**
 * MPEG audio, layers I to III, decoded by mpg123. A stream without a total length may end anywhere, so a cut file
 * gives what is there, with a warning that says what is missing.
 */
export const mp3: Format = {
  id: 'mp3',
  kind: 'audio',
  extensions: ['.mp3', '.mp2', '.mp1', '.mpga'],
  mime: 'audio/mpeg',
  magic: 'ID3, or three frames from FF Ex, FF Fx on',
  maxBytes: MAX_AUDIO_FILE_BYTES,
  limits: AUDIO_LIMITS,
  detect: detectMp3,
  decode: decodeMp3,
};

function detectMp3(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  const tag = id3v2Length(head);
  if (tag > 0) {
    if (latin1Of(head, tag, 4) === 'fLaC') return 'no';
    return tag >= head.length || countFrames(head, tag, 1) > 0 ? 'yes' : 'maybe';
  }
  const frames = countFrames(head, 0, SURE_FRAMES);
  if (frames >= SURE_FRAMES) return 'yes';
  if (frames > 0) return 'maybe';
  return walkMpegFrames(head, 0, head.length) ? 'maybe' : 'no';
}

async function decodeMp3(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<AudioMedia> {
  const pacer = new WorkPacer(signal);
  const start = id3v2Length(bytes);
  if (start > bytes.length) throw errors.truncated('MP3', 'the file ends inside its ID3 tag');
  const stream = walkMpegFrames(bytes, start, trailingTagStart(bytes));
  if (!stream || stream.frames === 0) throw noFrames(bytes.length - start, stream);
  const shape = { sampleRate: stream.first.sampleRate, channels: stream.channels };
  checkLength('MP3', stream.samples, shape);
  const collector = new SampleCollector('MP3', shape);
  await decodeRuns(bytes, stream, collector, pacer);
  return {
    kind: 'audio',
    format: 'mp3',
    sampleRate: shape.sampleRate,
    channels: collector.finish(),
    warnings: streamWarnings(stream),
  };
}

function noFrames(soundBytes: number, stream: MpegStream | undefined): Error {
  if (soundBytes === 0) return errors.noContent('MP3', 'samples');
  return stream
    ? errors.truncated('MP3', 'its only frame is incomplete')
    : errors.damaged('MP3', 'there is no MPEG audio frame in it');
}

/**
 * Feeds whole frames only. The binding repeats a failed read for ever and prints each failure; it asks
 * `_getErrorMessage` for the text before, so that throwing there ends it.
 */
async function decodeRuns(
  bytes: Uint8Array,
  stream: MpegStream,
  collector: SampleCollector,
  pacer: WorkPacer,
): Promise<void> {
  const mpg123 = await decoder();
  Object.assign(mpg123, {
    _getErrorMessage: (code: number) => {
      throw errors.damaged('MP3', `mpg123 stops with error ${code} after ${collector.length} samples`);
    },
  });
  try {
    for (const run of stream.runs)
      for (let at = run.start; at < run.end; at += CHUNK_BYTES) {
        collector.add(mpg123.decode(bytes.subarray(at, Math.min(at + CHUNK_BYTES, run.end))).channelData);
        await pacer.breathe();
      }
  } catch (error) {
    throw isOneLensError(error) ? error : errors.damaged('MP3', `it fails to decode after ${collector.length} samples`);
  } finally {
    mpg123.free();
  }
}

function streamWarnings({ skipped, missing, frames, declaredFrames }: MpegStream): string[] {
  const warnings: string[] = [];
  const audioFrames = declaredFrames === undefined ? frames : frames - 1;
  if (declaredFrames !== undefined && audioFrames < declaredFrames)
    warnings.push(`The file is cut short: ${audioFrames} of ${declaredFrames} frames are there.`);
  else if (missing > 0) warnings.push(`The file is cut short: ${missing} bytes of its last frame are missing.`);
  if (skipped > 0) warnings.push(`${skipped} bytes are not sound and were skipped.`);
  return warnings;
}
