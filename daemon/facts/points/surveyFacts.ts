import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import { round } from './round';

/** ASPRS standard classes (LAS 1.4 R15, table 17). */
const CLASSES: Readonly<Record<number, string>> = {
  0: 'never classified',
  1: 'unclassified',
  2: 'ground',
  3: 'low vegetation',
  4: 'medium vegetation',
  5: 'high vegetation',
  6: 'building',
  7: 'low noise',
  8: 'key point',
  9: 'water',
  10: 'rail',
  11: 'road',
  12: 'overlap',
  13: 'wire guard',
  14: 'wire conductor',
  15: 'transmission tower',
  16: 'wire connector',
  17: 'bridge deck',
  18: 'high noise',
  19: 'overhead structure',
  20: 'ignored ground',
  21: 'snow',
  22: 'temporal exclusion',
};

/** What a laser survey says of each point, counted over all of them. */
export function surveyFacts({ survey, intensity }: PointMedia): Fact[] {
  const facts: Fact[] = [];
  if (intensity)
    facts.push({ name: 'points.intensity', value: intensity.map(round), how: '[smallest, largest] over all points' });
  if (!survey) return facts;
  facts.push({
    name: 'points.classes',
    value: survey.classes.map(([code, count]) => [
      code,
      CLASSES[code] ?? (code < 64 ? 'reserved' : 'user-defined'),
      count,
    ]),
    how: '[code, ASPRS name, points], counted over all points',
  });
  facts.push({
    name: 'points.returns',
    value: survey.returns,
    how: '[number of the return, points], counted over all points',
  });
  if (survey.crs !== undefined)
    facts.push({ name: 'points.crs', value: survey.crs, how: 'coordinate system, as the file states it' });
  return facts;
}
