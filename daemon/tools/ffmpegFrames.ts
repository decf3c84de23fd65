import type { ImageMedia } from '../media/media';
import type { RunResult } from './runProgram';

export interface PlacedFrame {
  /** Seconds from the first frame of the file. */
  time: number;
  image: ImageMedia;
}

/** Frames whose time is earlier by less are taken for the asked one: files round times to a millisecond. */
const EARLY_SECONDS = 0.002;

/**
 * Arguments that print the first frame at or after each of the ascending `times` as raw RGB to standard output, and a line
 * of the showinfo filter for each to standard error, from which its time and size are read. Pixels that are not square are
 * made so, and pictures are never enlarged.
 */
export function selectArguments(
  file: string,
  { times, side }: { times: readonly number[]; side: number },
  keyFramesOnly: boolean,
): string[] {
  const select = `select='${selection(times)}'`;
  const factor = `min(1,${side}/max(iw*max(sar,0.01),ih))`;
  const scale = `scale='max(1,round(iw*max(sar,0.01)*${factor}))':'max(1,round(ih*${factor}))':flags=area,setsar=1`;
  return [
    ...['-v', 'info', ...(keyFramesOnly ? ['-skip_frame', 'nokey'] : []), '-i', file],
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', `setpts=PTS-STARTPTS,${select},${scale},format=rgb24,showinfo`],
    ...['-vsync', '0', '-frames:v', String(times.length), '-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/**
 * An expression of ffmpeg that is 1 for the first frame at or after each time. Variable 0 is the index of the next time,
 * which a balanced tree looks up: ffmpeg takes no expression that is nested a hundred deep, nor a sum of as many terms.
 */
function selection(times: readonly number[]): string {
  const next = lookup(times, 0, times.length);
  return `st(1,0);while(lt(ld(0),${times.length})*gte(t,${next}),st(1,1);st(0,ld(0)+1));ld(1)`;
}

function lookup(times: readonly number[], from: number, to: number): string {
  if (to - from === 1) return (times[from]! - EARLY_SECONDS).toFixed(6);
  const middle = (from + to) >> 1;
  return `if(lt(ld(0),${middle}),${lookup(times, from, middle)},${lookup(times, middle, to)})`;
}

/** Frames of a run of `selectArguments`; one that is not whole is left out. */
export function readFrames({ stdout, stderr }: Pick<RunResult, 'stdout' | 'stderr'>): PlacedFrame[] {
  const frames: PlacedFrame[] = [];
  let at = 0;
  for (const [, time, width, height] of stderr.matchAll(/\bn: *\d+ pts:.*?pts_time:(-?[\d.]+).*? s:(\d+)x(\d+)/g)) {
    const [w, h] = [Number(width), Number(height)];
    if (at + w * h * 3 > stdout.length) break;
    frames.push({ time: Math.max(0, Number(time)), image: toImage(stdout.subarray(at, at + w * h * 3), w, h) });
    at += w * h * 3;
  }
  return frames;
}

function toImage(rgb: Uint8Array, width: number, height: number): ImageMedia {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, k = 0; i < data.length; i += 4, k += 3) {
    data[i] = rgb[k]!;
    data[i + 1] = rgb[k + 1]!;
    data[i + 2] = rgb[k + 2]!;
    data[i + 3] = 255;
  }
  return {
    kind: 'image',
    width,
    height,
    data,
    format: 'video',
    channels: 3,
    bitDepth: 8,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}
