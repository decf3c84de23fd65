import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import type { WorkPacer } from '../audio/workPacer';
import { findClusters } from './clusters';
import { covariance, dot, eigen, upright } from './eigen';
import { findNeighbourhoods, type Neighbourhoods } from './neighbourhoods';
import { findPlanes, type Planes } from './planes';
import { type PointSample, takeSample } from './pointSample';
import { round, rounded3 } from './round';
import { findMirrors, spread } from './symmetry';
import { unitsFacts } from './unitsGuess';

/** Points are outliers beyond the mean and this many standard deviations of all (Rusu et al. 2008). */
const OUTLIER_DEVIATIONS = 3;

/** Shape of what the points lie on: axes, planes, groups, mirror planes, strays. */
export async function shapeFacts(media: PointMedia, pacer: WorkPacer): Promise<Fact[]> {
  const sample = takeSample(media);
  const isMesh = media.faces !== undefined;
  const up = media.up === 'y' ? 1 : 2;
  const near = await findNeighbourhoods(sample, pacer);
  const planes = near ? await findPlanes(sample, near, up, pacer) : { planes: [], tolerance: 0 };
  return [
    ...unitsFacts(media, planes.planes),
    ...normalFacts(media, sample, near),
    ...axisFacts(sample),
    ...(near ? planeFacts(sample, planes, up) : []),
    ...(near && !isMesh ? clusterFacts(sample, near, planes) : []),
    ...(await mirrorFacts(sample, pacer)),
    ...(near && !isMesh ? outlierFacts(sample, near) : []),
  ];
}

function normalFacts({ hasNormals, faces }: PointMedia, { of }: PointSample, near: Neighbourhoods | undefined): Fact[] {
  const facts: Fact[] = [];
  if (hasNormals !== undefined)
    facts.push({ name: 'points.hasNormals', value: hasNormals, how: 'whether the file has a normal a point' });
  if (!near || faces !== undefined) return facts;
  const { planar, linear, scattered } = near.shapes;
  const all = planar + linear + scattered;
  if (all === 0) return facts;
  facts.push({
    name: 'points.normals',
    value: [
      ['planar', rounded3(planar / all)],
      ['linear', rounded3(linear / all)],
      ['scattered', rounded3(scattered / all)],
    ],
    how: `share of points whose 12 nearest lie in a plane, along a line, in neither (PCA), of ${of}`,
  });
  return facts;
}

function axisFacts({ xyz, count, of }: PointSample): Fact[] {
  if (count < 3) return [];
  const { values, vectors } = eigen(covariance(xyz, count).matrix);
  if (values[0] === 0) return [];
  return [
    {
      name: 'points.principalAxes',
      value: vectors.map(upright).map((axis) => [axis.map(rounded3), round(spread(xyz, count, axis))]),
      unit: 'units',
      how: `[direction, extent along it] by falling variance (PCA), of ${of}`,
    },
  ];
}

function planeFacts({ middle, of }: PointSample, { planes, tolerance }: Planes, up: 1 | 2): Fact[] {
  if (planes.length === 0) return [];
  return [
    {
      name: 'points.planes',
      value: planes.map(({ normal, offset, share, kind }) => [
        normal.map(rounded3),
        round(offset + dot(normal, middle)),
        rounded3(share),
        kind,
      ]),
      unit: 'units',
      how: `[normal, distance from the origin, share of the points, name] by RANSAC with a fixed seed, points within ${tolerance.toPrecision(2)} of it, of ${of}; ${up === 1 ? 'y' : 'z'} is taken as up, a floor has nearly nothing below it, a ceiling nearly nothing above`,
    },
  ];
}

function clusterFacts(sample: PointSample, near: Neighbourhoods, planes: Planes): Fact[] {
  const clusters = findClusters(sample, near, planes);
  if (!clusters || clusters.sizes.length === 0) return [];
  const { sizes, cell, floorRemoved } = clusters;
  const how = `groups of touching cells of ${cell.toPrecision(2)}, of ${sample.of}${floorRemoved ? ', the floor left out' : ''}; below 0.5 % they do not count`;
  return [
    { name: 'points.clusters', value: sizes.length, how },
    {
      name: 'points.clusterSizes',
      value: sizes.slice(0, 10).map(rounded3),
      how: `shares of the points, ${sizes.length > 10 ? 'the ten largest' : 'the largest first'}; as points.clusters`,
    },
  ];
}

async function mirrorFacts(sample: PointSample, pacer: WorkPacer): Promise<Fact[]> {
  const mirrors = await findMirrors(sample, pacer);
  if (mirrors.length === 0) return [];
  return [
    {
      name: 'points.symmetry',
      value: mirrors.map(({ normal, score }) => [normal.map(rounded3), rounded3(score)]),
      how: `[normal, score] of mirror planes through the mean of the points; score 1: mirrored points lie on the others as closely as unmirrored ones do; of ${sample.of}, clear ones only`,
    },
  ];
}

function outlierFacts({ count, of }: PointSample, { mean }: Neighbourhoods): Fact[] {
  let [sum, squares] = [0, 0];
  for (const value of mean) sum += value;
  const average = sum / count;
  for (const value of mean) squares += (value - average) ** 2;
  const limit = average + OUTLIER_DEVIATIONS * Math.sqrt(squares / count);
  const outliers = mean.filter((value) => value > limit).length;
  return [
    {
      name: 'points.outliers',
      value: Number((outliers / count).toPrecision(3)),
      how: `share of points whose mean distance to their 8 nearest is above mean + ${OUTLIER_DEVIATIONS} deviations: ${outliers}, of ${of}`,
    },
  ];
}
