import type { Fact } from '../../daemon/protocol/facts';
import { keyFacts } from '../media/keyFacts';
import { kindOf } from '../media/kindOf';
import type { MediaRecord, StoredFact } from '../media/mediaRecord';
import { colorWord } from './colorWords';
import type { Fields } from './searchIndex';

/** Other words for a kind, beside its name. */
const KIND_WORDS: Record<string, string> = {
  picture: 'picture image',
  plot: 'plot chart graph picture image',
  sound: 'sound audio recording',
  video: 'video clip',
  'point cloud': 'point cloud points 3d',
  mesh: 'mesh 3d triangles model',
  'depth map': 'depth map',
  'normal map': 'normal map',
  'motion recording': 'motion recording imu accelerometer gyroscope sensor',
  'brain scan': 'brain scan fmri',
};
const TITLES = ['plot.title', 'plot.xLabel', 'plot.yLabel', 'plot.legend', 'plot.series'];
const LEAST_SHARE = 0.5;
const LEAST_COLOR_SHARE = 0.1;

/** What a file is found by. `path` is relative to the workspace. */
export function fieldsOf(record: MediaRecord, path: string): Fields {
  const slash = path.lastIndexOf('/');
  const kind = kindOf(record);
  const facts = record.facts ?? [];
  return {
    name: path.slice(slash + 1),
    folder: path.slice(0, Math.max(0, slash)),
    kind: KIND_WORDS[kind] ?? kind,
    title: textOf(facts.filter(({ name }) => TITLES.includes(name))),
    text: recognizedText(facts),
    description: descriptionOf(record),
    facts: factWords(facts),
  };
}

export function descriptionOf({ description, notes = [] }: MediaRecord): string {
  return [description?.text, ...notes].filter((text) => text !== undefined).join(' · ');
}

export function recognizedText(facts: readonly StoredFact[]): string {
  return textOf(facts.filter(({ name }) => name === 'image.text'));
}

export function titlesOf(facts: readonly StoredFact[]): string {
  const texts = facts.filter(({ name }) => TITLES.includes(name)).map((fact) => textOf([fact]));
  return texts.filter(Boolean).join(' · ');
}

/** Measured facts as a person would ask for them: words that were measured, and names of what is so. */
function factWords(facts: readonly StoredFact[]): string {
  const words = facts.flatMap((fact) => {
    if (TITLES.includes(fact.name) || fact.name === 'image.text') return [];
    return [...WORDS.flatMap((of) => of(fact)), ...plainWords(fact)];
  });
  return words.join(' ');
}

const WORDS: Array<(fact: StoredFact) => string[]> = [
  ({ name, value }) => (name === 'image.dominantColors' || name === 'points.colorStats' ? colors(value) : []),
  ({ name, value }) => (name === 'audio.speechShare' && isMost(value) ? ['speech', 'voice'] : []),
  ({ name, value }) => (name === 'audio.musicShare' && isMost(value) ? ['music'] : []),
  ({ name, value }) => (name === 'audio.silence' && isMost(value) ? ['silence'] : []),
  ({ name, value }) => (name === 'audio.clipped' && Number(value) > 0 ? ['clipped'] : []),
  ({ name, value }) => (name === 'audio.channels' ? [value === 1 ? 'mono' : 'stereo'] : []),
  ({ name, value }) => (name === 'image.grayscale' && value === true ? ['grayscale', 'black and white'] : []),
  ({ name, value }) => (name === 'image.alpha' && value === true ? ['transparent'] : []),
  ({ name, value }) => (name === 'points.hasColors' && value === true ? ['coloured', 'colored'] : []),
  ({ name, value }) => (name === 'points.watertight' && value === true ? ['watertight', 'closed'] : []),
  ({ name, value, unit }) =>
    /\.(width|height|sampleRate)$/.test(name) && typeof value === 'number' ? [`${value}${unit ?? ''}`] : [],
];

const isMost = (value: Fact['value']): boolean => typeof value === 'number' && value >= LEAST_SHARE;

function colors(value: Fact['value']): string[] {
  if (!Array.isArray(value)) return [];
  const names = value.map((item) => {
    if (!Array.isArray(item) || Number(item[1]) < LEAST_COLOR_SHARE) return undefined;
    return colorWord(String(item[0]));
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** "wav", "line", "accelerometer", "wall" ... where the value is a word. */
function plainWords({ value }: StoredFact): string[] {
  const items = (Array.isArray(value) ? value.flat(2) : [value]).filter((item) => typeof item === 'string');
  return items.filter((item) => item.length < 60 && !item.startsWith('#'));
}

function textOf(facts: readonly StoredFact[]): string {
  return facts
    .map(({ value }) => (Array.isArray(value) ? value.flat(2).join(' · ') : String(value)))
    .filter((text) => text !== '')
    .join(' · ');
}

export const measuredText = (record: MediaRecord): string => keyFacts(record).join(' · ');
