/** Time stamps in seconds, and how their unit was told. */
export interface ImuTime {
  seconds: Float64Array;
  how: string;
  /** Whether the unit was told by the size of the numbers alone. */
  guessed: boolean;
}

const SCALES = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 } as const;
type TimeUnit = keyof typeof SCALES;

/** Smallest number of today's date (from 2001 on) in each unit since 1970. */
const EPOCHS: ReadonlyArray<[number, TimeUnit]> = [
  [1e18, 'ns'],
  [1e15, 'us'],
  [1e12, 'ms'],
  [1e9, 's'],
];
/** Clocks since boot: the median distance below which it is this unit, for 1 to 10,000 samples a second. */
const STEPS: ReadonlyArray<[number, TimeUnit]> = [
  [1, 's'],
  [1000, 'ms'],
  [1e6, 'us'],
  [Number.POSITIVE_INFINITY, 'ns'],
];

/** `unit`: as the column's name states it. A unit that puts the samples more than 10 s apart gives way to what fits. */
export function toSeconds(stamps: Float64Array, unit: TimeUnit | undefined): ImuTime {
  const step = medianStep(stamps);
  const first = stamps.find(Number.isFinite) ?? 0;
  const stated = unit && step * SCALES[unit] <= 10 ? unit : undefined;
  const epoch = EPOCHS.find(([least]) => first >= least)?.[1];
  const found = stated ?? epoch ?? STEPS.find(([below]) => step < below)![1];
  const origin = first;
  const seconds = stamps.map((t) => (t - origin) * SCALES[found]);
  const how = stated ? 'stated' : epoch ? 'since 1970, by its size' : 'by the distances between samples';
  return { seconds, how: `${found}, ${how}`, guessed: !stated && !epoch };
}

/** Median of the positive differences; 0 where there are none. */
export function medianStep(stamps: Float64Array): number {
  const steps: number[] = [];
  for (let i = 1; i < stamps.length; i++) {
    const step = stamps[i]! - stamps[i - 1]!;
    if (step > 0) steps.push(step);
  }
  if (steps.length === 0) return 0;
  const sorted = Float64Array.from(steps).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
