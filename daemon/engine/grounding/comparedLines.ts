import { FactReader, type Line, type MeasuredMedia } from './factReader';
import { cloudUnit, isSilent, tenths } from './mediaLines';
import { numberText } from './numberText';
import { CURVES } from './plotLines';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

const COMPARISONS: Record<string, (files: readonly FactReader[]) => Line[]> = {
  image: pictures,
  audio: (files) => {
    const loudness = files.map(loudnessOf);
    const tell = (i: number) => (loudness[i] === -Infinity ? 'silent' : `${numberText(loudness[i]!)} LUFS`);
    return [...most('louder', loudness, tell), ...longer(files, 'audio.duration')];
  },
  point: clouds,
  video: (files) => [...longer(files, 'video.duration'), ...larger(files, 'video.width', 'video.height')],
  rgbd: (files) => larger(files, 'map.width', 'map.height'),
  rgbn: (files) => larger(files, 'map.width', 'map.height'),
  imu: (files) => {
    const energy = files.map((facts) => facts.number('imu.activityEnergy'));
    return [
      ...most('more movement', energy.map(rounded), (i) => `${numberText(energy[i]!)} m/s2`),
      ...longer(files, 'imu.duration'),
    ];
  },
};

/**
 * What the measured facts of a question's files say of one another, where all are of one modality ("louder: the second, -22.7 LUFS"):
 * a small model compares numbers badly and reads a line well. Written in training by `compared` of training/data/measured.py.
 */
export function comparedLines(media: readonly MeasuredMedia[]): Line[] {
  const [first] = media;
  if (first === undefined || media.length < 2 || media.length > ORDINALS.length) return [];
  if (media.some(({ modality }) => modality !== first.modality)) return [];
  return COMPARISONS[first.modality]?.(media.map(({ facts }) => new FactReader(facts))) ?? [];
}

function pictures(files: readonly FactReader[]): Line[] {
  const kinds = files.map((facts) => facts.text('plot.kind'));
  if (kinds.every((kind) => kind === undefined)) return larger(files, 'image.width', 'image.height');
  if (kinds.some((kind) => kind === undefined)) return [];
  return [['kinds', new Set(kinds).size === 1 ? 'the same' : 'different'], ...rising(files, kinds as string[])];
}

function rising(files: readonly FactReader[], kinds: readonly string[]): Line[] {
  const trends = files.map((facts, i) => {
    const series = (facts.list('plot.seriesFacts') ?? []).filter(Array.isArray);
    return CURVES.includes(kinds[i]!) && series.length === 1 ? series[0]![1] : undefined;
  });
  if (trends.includes(undefined)) return [];
  const up = ORDINALS.filter((_, i) => trends[i] === 'rising');
  const which = up.length === 0 ? 'none' : up.length === files.length ? 'all' : `the ${up.join(', the ')}`;
  return [['rising', which]];
}

function clouds(files: readonly FactReader[]): Line[] {
  const counts = files.map((facts) => facts.number('points.count'));
  const sides = files.map((facts) => longestSide(facts));
  const units = files.map(cloudUnit);
  return [
    ...most('more points', counts, (i) => String(counts[i])),
    ...(new Set(units).size === 1 ? most('larger', sides, (i) => `${numberText(sides[i]!)} ${units[i]}`) : []),
  ];
}

function longestSide(facts: FactReader): number | undefined {
  const extent = facts.list('points.extent');
  return extent === undefined ? undefined : rounded(Math.max(...extent.map(Number)));
}

/** Nothing to hear is quieter than every measured loudness. */
function loudnessOf(facts: FactReader): number | undefined {
  if (isSilent(facts)) return -Infinity;
  const loudness = facts.number('audio.loudness');
  return loudness === undefined ? undefined : tenths(loudness);
}

function longer(files: readonly FactReader[], name: string): Line[] {
  const seconds = files.map((facts) => facts.number(name));
  return most('longer', seconds.map(rounded), (i) => `${numberText(seconds[i]!)} s`);
}

function larger(files: readonly FactReader[], width: string, height: string): Line[] {
  const sides = files.map((facts) => [facts.number(width), facts.number(height)]);
  const pixels = sides.map(([w, h]) => (w === undefined || h === undefined ? undefined : w * h));
  return most('larger', pixels, (i) => `${sides[i]![0]} x ${sides[i]![1]} pixels`);
}

/** Two values that are told alike are alike. */
const rounded = (value: number | undefined) => (value === undefined ? undefined : Number(numberText(value)));

/** Which file has the most; "none" where several have, no line where one was not measured. */
function most(key: string, values: ReadonlyArray<number | undefined>, tell: (i: number) => string): Line[] {
  if (values.some((value) => value === undefined || Number.isNaN(value))) return [];
  const best = values.reduce((a, b) => (b! > a! ? b : a));
  const at = values.indexOf(best);
  return [[key, values.lastIndexOf(best) > at ? 'none' : `the ${ORDINALS[at]}, ${tell(at)}`]];
}
