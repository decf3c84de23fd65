import type { Fact } from '../../media/fact';
import type { ImuMedia } from '../../media/media';
import { round } from './round';

/** A distance of more than so many usual ones is a gap. */
const GAP = 2.5;
const MOST_SPANS = 20;

/** Rate, length, evenness and gaps of the clock. */
export function clockFacts({ sampleRate }: ImuMedia, times: Float64Array): Fact[] {
  const steps = Float64Array.from({ length: Math.max(0, times.length - 1) }, (_, i) => times[i + 1]! - times[i]!);
  const usual = 1 / sampleRate;
  const spans: Array<[number, number]> = [];
  let [sum, count, gaps] = [0, 0, 0];
  steps.forEach((step, i) => {
    if (step > GAP * usual) {
      gaps++;
      if (spans.length < MOST_SPANS) spans.push([round(times[i]!), round(times[i + 1]!)]);
    } else {
      sum += (step - usual) ** 2;
      count++;
    }
  });
  return [
    {
      name: 'imu.sampleRate',
      value: round(sampleRate),
      unit: 'Hz',
      how: 'By the median distance of the time stamps (of a steady clock the mean).',
    },
    {
      name: 'imu.duration',
      value: round(times[times.length - 1]! - times[0]!),
      unit: 's',
      how: 'Last time stamp minus the first.',
    },
    {
      name: 'imu.jitter',
      value: round(count > 0 ? 1000 * Math.sqrt(sum / count) : 0),
      unit: 'ms',
      how: 'Root mean square of the distances of the time stamps minus the usual one, gaps left out.',
    },
    { name: 'imu.gaps', value: gaps, how: `Distances of more than ${GAP} usual ones, counted.` },
    ...(gaps > 0
      ? [
          {
            name: 'imu.gapSpans',
            value: spans,
            unit: 's',
            how: `[from, to] of the gaps, the first ${MOST_SPANS} at most; linear in between.`,
          },
        ]
      : []),
  ];
}
