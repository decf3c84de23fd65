import { errors } from '../common/errors';
import type { VideoFrameTool } from '../decoders/format';
import type { AudioMedia, ImageMedia } from '../media/media';
import { type PlacedFrame, readFrames, selectArguments } from './ffmpegFrames';
import { findProgram } from './findProgram';
import { floatWav } from './floatWav';
import { withPrivateFile } from './privateFile';
import { type RunResult, runProgram } from './runProgram';

/** Seconds of one run; a decode of the daemon has a minute in all. */
const RUN_SECONDS = 15;
/** Raw frames of one request: 200 scanned ones of 160 pixels, or 16 of 448, stay far below. */
const MAX_FRAME_BYTES = 256 * 1024 ** 2;
/** Beyond these a whole decode is too slow, and key frames must do. */
const WHOLE_SECONDS = 90;
const WHOLE_BYTES = 48 * 1024 ** 2;
/** Of the sound track, from its beginning. */
export const SOUND_SECONDS = 300;
const MAX_SOUND_BYTES = 256 * 1024 ** 2;

/** Nothing is read but the file itself, whatever a playlist inside says. */
const SAFE = ['-nostdin', '-hide_banner', '-nostats', '-protocol_whitelist', 'file,pipe'];

/**
 * The user's ffmpeg, by an absolute path (`ONELENS_FFMPEG` or an option) or on the PATH; undefined where there is none.
 * It gets the bytes as a private temporary file (MP4 must be sought in), never through a shell.
 */
export async function findFfmpeg(
  env: Readonly<Record<string, string | undefined>>,
  named = env.ONELENS_FFMPEG,
): Promise<VideoFrameTool | undefined> {
  const program = await findProgram('ffmpeg', env.PATH ?? env.Path, named);
  return program === undefined ? undefined : ffmpegTool(program);
}

/** A tool over the ffmpeg at this absolute path. */
export function ffmpegTool(program: string, seconds = RUN_SECONDS): VideoFrameTool {
  return {
    name: 'ffmpeg',
    frames: (bytes, request, signal) =>
      withPrivateFile(bytes, async (file, folder) => {
        const run = (keyFramesOnly: boolean) => {
          const args = [...SAFE, ...selectArguments(file, request, keyFramesOnly)];
          return runProgram(program, args, folder, {
            seconds,
            outputBytes: MAX_FRAME_BYTES,
            ...(signal ? { signal } : {}),
          });
        };
        return decodeFrames(run, bytes.length, request.times);
      }),
    sound: (bytes, signal) =>
      withPrivateFile(bytes, async (file, folder) => {
        const limits = { seconds, outputBytes: MAX_SOUND_BYTES, ...(signal ? { signal } : {}) };
        return toAudio(await runProgram(program, [...SAFE, ...soundArguments(file)], folder, limits));
      }),
  };
}

async function decodeFrames(
  run: (keyFramesOnly: boolean) => Promise<RunResult>,
  bytes: number,
  times: readonly number[],
): Promise<Array<{ time: number; image: ImageMedia }>> {
  if (times.length === 0) return [];
  const whole = times[times.length - 1]! <= WHOLE_SECONDS && bytes <= WHOLE_BYTES;
  const first = await run(!whole);
  const frames = readFrames(first);
  // few key frames: a whole decode as far as its time goes; a decode that was too slow: key frames
  const again = whole ? first.timedOut : frames.length < Math.min(times.length, 8) && !first.timedOut;
  if (!again) return checked(frames, first);
  const second = await run(whole);
  const more = readFrames(second);
  return more.length > frames.length ? checked(more, second) : checked(frames, first);
}

function checked(frames: PlacedFrame[], { code, stderr, timedOut, cut }: RunResult): PlacedFrame[] {
  if (frames.length > 0) return frames;
  if (timedOut) throw errors.timedOut('Decoding frames with ffmpeg', RUN_SECONDS);
  if (code !== 0 || cut) throw errors.damaged('video', `ffmpeg says: ${lastWords(stderr)}`);
  return frames;
}

/** 32-bit float, at the track's own rate, more than two channels mixed down to two. */
function soundArguments(file: string): string[] {
  const channels = 'aformat=sample_fmts=flt:channel_layouts=mono|stereo';
  return [
    ...['-v', 'error', '-i', file, '-map', '0:a:0', '-vn', '-sn', '-dn', '-t', String(SOUND_SECONDS)],
    ...['-af', channels, '-map_metadata', '-1', '-bitexact', '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'],
  ];
}

function toAudio({ stdout, stderr, code, cut, timedOut }: RunResult): AudioMedia | undefined {
  const sound = floatWav(stdout);
  const samples = sound?.channels[0]?.length ?? 0;
  if (!sound || samples === 0) {
    if (timedOut) throw errors.timedOut('Decoding the sound track with ffmpeg', RUN_SECONDS);
    if (code !== 0) throw errors.damaged('video', `ffmpeg says: ${lastWords(stderr)}`);
    return undefined;
  }
  const partial = cut || timedOut || samples >= SOUND_SECONDS * sound.sampleRate;
  const seconds = Math.floor(samples / sound.sampleRate);
  const warnings = partial ? [`Only its first ${seconds} seconds were decoded; what is measured is of these.`] : [];
  return { kind: 'audio', format: 'ffmpeg', ...sound, warnings };
}

/** The last line that is no frame information, without addresses and the path of the temporary file. */
function lastWords(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('showinfo'))
    .map((line) => line.replace(/^\[[^\]]*\]\s*/, '').replace(/\S*onelens-\S*/g, 'the file'));
  return (lines[lines.length - 1] ?? 'nothing')
    .trim()
    .slice(0, 160)
    .replace(/[.\s]+$/, '');
}
