import type { Fact } from '../../media/fact';
import type { DepthValues } from '../../media/media';
import { discontinuities } from './depthEdges';
import { imagePlanes } from './imagePlanes';
import { NEAREST_SHARE, nearestRegion } from './nearestRegion';
import { quantile, round3, round7, sortedSample } from './statistics';

const PERCENTILES = [5, 25, 50, 75, 95];

/** What is measured about a depth or disparity map. */
export function depthFacts(depth: DepthValues): Fact[] {
  const { values, unit, unitWhy, quantity = 'depth' } = depth;
  const { sorted, sampled } = sortedSample(values);
  const of = sampled ? ', of an even sample of the pixels' : '';
  const scale = unit
    ? ` In ${unit}${unitWhy ? ` (${unitWhy})` : ''}.`
    : ' In the values of the file: it states no unit.';
  const withUnit = unit ? { unit } : {};
  const range = extremes(values);
  return [
    {
      name: 'map.range',
      value: range.map(round7),
      ...withUnit,
      how: `Smallest and largest measured ${quantity} of all pixels.${scale}`,
    },
    {
      name: 'map.median',
      value: round7(quantile(sorted, 0.5)),
      ...withUnit,
      how: `Half the measured pixels are below${of}.${scale}`,
    },
    {
      name: 'map.percentiles',
      value: PERCENTILES.map((p) => [p, round7(quantile(sorted, p / 100))]),
      ...withUnit,
      how: `[percent of the measured pixels, ${quantity} below which they are]${of}.${scale}`,
    },
    {
      name: 'map.invalidShare',
      value: round3(values.reduce((sum, v) => sum + (Number.isFinite(v) ? 0 : 1), 0) / values.length),
      how: 'Pixels without a measured value (0 of whole numbers of 16 bits, not a number, infinite, negative), of all pixels.',
    },
    ...nearestFacts(depth, sorted, withUnit),
    {
      name: 'map.discontinuities',
      value: round3(discontinuities(depth)),
      how: `Neighbouring measured pixels (right and below) whose ${quantity} differs by more than 5 % of the smaller, of all such pairs.`,
    },
    planesFact(depth),
  ];
}

function extremes(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return [low, high];
}

function nearestFacts(depth: DepthValues, sorted: Float32Array, unit: { unit?: string }): Fact[] {
  const nearIsLarge = depth.quantity === 'disparity';
  const threshold = quantile(sorted, nearIsLarge ? 1 - NEAREST_SHARE : NEAREST_SHARE);
  const region = nearestRegion(depth, threshold, nearIsLarge);
  if (!region || quantile(sorted, 0) === quantile(sorted, 1)) return [];
  const assumed = nearIsLarge ? 'larger values are nearer (disparity)' : 'smaller values are nearer (depth)';
  return [
    {
      name: 'map.nearestRegion',
      value: [round3((region.x + 0.5) / depth.width), round3((region.y + 0.5) / depth.height), round3(region.share)],
      how: `Centre (share of the width from the left, of the height from the top) of the largest connected region among the nearest 2 % of the pixels, and its share of the map; taken that ${assumed}.`,
    },
    { name: 'map.nearestValue', value: round7(region.value), ...unit, how: 'Mean of that region.' },
  ];
}

function planesFact(depth: DepthValues): Fact {
  const linear = depth.quantity === 'disparity' ? 'disparity' : 'inverse depth';
  return {
    name: 'map.planes',
    value: imagePlanes(depth).map(({ kind, share }) => [kind, round3(share)]),
    how: `[kind, share of the measured pixels] of planes that hold at least 8 %: RANSAC on a sample of at most 6000 pixels, within 1 % of the median; assumes a pinhole camera held level, of which the ${linear} of a plane is linear across the picture. floor: nearer towards the bottom; ceiling: towards the top; wall: as far everywhere.`,
  };
}
