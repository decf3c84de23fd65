import type { Fact } from '../../media/fact';
import type { VideoMedia, VideoScan } from '../../media/media';
import { motionDirection } from './motionDirection';

/** Mean change of luma between neighbouring frames, as a share of full scale: below, still; above, fast. */
const STILL_BELOW = 0.004;
const FAST_FROM = 0.03;
/** ffmpeg's blackdetect: a pixel below a tenth of full scale is black, a frame with 98 % of those is. */
const BLACK_LUMA = 0.1 * 255;
const BLACK_SHARE = 0.98;
const MAX_SPANS = 50;
const SERIES = 20;

type Span = [from: number, to: number];

/** Facts that are measured in the frames of the scan. */
export function scanFacts(media: VideoMedia): Fact[] {
  const { scan, sceneCuts, motion, duration } = media;
  if (!scan || scan.times.length === 0) return [];
  const seen = framesSeen(scan);
  return [
    ...(sceneCuts ? cutFacts(sceneCuts, scan, seen) : []),
    ...(motion && motion.length > 0 ? motionFacts(motion, scan, sceneCuts ?? [], seen) : []),
    ...directionFacts(scan, sceneCuts ?? []),
    ...brightnessFacts(scan, duration, seen),
  ];
}

/** For example "all 75 frames", "200 sampled frames, about 0.6 s apart". */
function framesSeen({ times, complete }: VideoScan): string {
  if (complete) return `all ${times.length} frames`;
  const gap = times.length > 1 ? (times[times.length - 1]! - times[0]!) / (times.length - 1) : 0;
  return `${times.length} sampled frames${gap > 0 ? `, about ${round(gap, 2)} s apart` : ''}`;
}

function cutFacts(cuts: number[], scan: VideoScan, seen: string): Fact[] {
  if (scan.times.length < 2) return [];
  const rule = `sudden changes of colours and pixels between neighbours of ${seen}, at 160 pixels`;
  return [
    {
      name: 'video.sceneCuts',
      value: cuts.slice(0, 100).map((t) => round(t, 3)),
      unit: 's',
      how: `${rule}${cuts.length > 100 ? `; the first 100 of ${cuts.length}` : ''}`,
    },
    { name: 'video.scenes', value: cuts.length + 1, how: `cuts + 1; ${rule}` },
  ];
}

function motionFacts(motion: number[], { times }: VideoScan, cuts: number[], seen: string): Fact[] {
  const isCut = motion.map((_, i) => cuts.some((c) => c > times[i]! + 1e-6 && c <= times[i + 1]! + 1e-6));
  const within = motion.filter((_, i) => !isCut[i]);
  if (within.length === 0) return [];
  const mean = within.reduce((a, b) => a + b, 0) / within.length;
  const spans: Array<[number, number, string]> = [];
  motion.forEach((m, i) => {
    if (isCut[i]) return;
    const last = spans[spans.length - 1];
    const level = levelOf(m);
    if (last && last[2] === level && Math.abs(last[1] - times[i]!) < 1e-6) last[1] = times[i + 1]!;
    else spans.push([times[i]!, times[i + 1]!, level]);
  });
  const rule = `still below ${STILL_BELOW * 100} %, fast from ${FAST_FROM * 100} %`;
  const facts: Fact[] = [
    {
      name: 'video.motion',
      value: round(mean * 100, 2),
      unit: '%',
      how: `mean change of luma between neighbours of ${seen}, cuts left out; ${rule}`,
    },
    { name: 'video.motionLevel', value: levelOf(mean), how: `of the mean change of luma: ${rule}` },
  ];
  if (spans.length <= MAX_SPANS)
    facts.push({
      name: 'video.motionSpans',
      value: spans.map(([from, to, level]) => [round(from, 3), round(to, 3), level]),
      unit: 's',
      how: `[start, end, level] by the change of luma between neighbours of ${seen}: ${rule}`,
    });
  return facts;
}

const levelOf = (m: number): string => (m < STILL_BELOW ? 'still' : m < FAST_FROM ? 'slow' : 'fast');

function directionFacts(scan: VideoScan, cuts: number[]): Fact[] {
  const found = motionDirection(scan, cuts);
  if (!found) return [];
  const { direction, share, pairs } = found;
  const of = direction === 'none' ? 'of the blocks with texture stay' : 'of the moving blocks agree';
  return [
    {
      name: 'video.motionDirection',
      value: direction,
      how: `what is shown moves so: block matching in ${pairs} pairs of sampled frames, ${Math.round(share * 100)} % ${of}`,
    },
  ];
}

function brightnessFacts(scan: VideoScan, duration: number, seen: string): Fact[] {
  const means = scan.luma.map((luma) => luma.reduce((sum, v) => sum + v, 0) / luma.length);
  const mean = means.reduce((a, b) => a + b, 0) / means.length;
  const count = Math.min(SERIES, means.length);
  const series = Array.from({ length: count }, (_, k) => {
    const i = count === 1 ? 0 : Math.round((k * (means.length - 1)) / (count - 1));
    return [round(scan.times[i]!, 3), round(means[i]! / 255, 3)];
  });
  return [
    { name: 'video.brightness', value: round(mean / 255, 3), how: `mean luma (Rec. 709, 0 to 1) of ${seen}` },
    {
      name: 'video.brightnessOverTime',
      value: series,
      how: `[second, mean luma 0 to 1] of ${count} frames spread over the video`,
    },
    {
      name: 'video.blackSpans',
      value: blackSpans(scan, duration).slice(0, MAX_SPANS),
      unit: 's',
      how: `[start, end] where at least 98 % of the pixels are below 10 % luma, in ${seen}`,
    },
  ];
}

function blackSpans({ times, luma }: VideoScan, duration: number): Span[] {
  const spans: Span[] = [];
  let start: number | undefined;
  luma.forEach((frame, i) => {
    const dark = frame.reduce((n, v) => n + (v < BLACK_LUMA ? 1 : 0), 0);
    const black = dark >= BLACK_SHARE * frame.length;
    if (black) start ??= times[i]!;
    else if (start !== undefined) {
      spans.push([round(start, 3), round(times[i]!, 3)]);
      start = undefined;
    }
  });
  if (start !== undefined) spans.push([round(start, 3), round(duration, 3)]);
  return spans;
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
