import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import type { Cancellation } from '../../media/text';
import { WorkPacer } from '../audio/workPacer';
import { boundsOf, extentOf } from './bounds';
import { colorFacts } from './colorFacts';
import { meshFacts } from './meshFacts';
import { round, roundPlace } from './round';
import { shapeFacts } from './shapeFacts';
import { meanSpacing } from './spacing';
import { surveyFacts } from './surveyFacts';

/**
 * What is measured about a point cloud or a mesh; every value is finite. About a second for 100,000 points.
 * Throws CANCELLED.
 */
export async function pointFacts(media: PointMedia, tools: { signal?: Cancellation } = {}): Promise<Fact[]> {
  const pacer = new WorkPacer(tools.signal);
  return [
    ...countFacts(media),
    ...placeFacts(media),
    ...densityFacts(media),
    ...(await meshFacts(media, pacer)),
    ...(await shapeFacts(media, pacer)),
    ...colorFacts(media),
    ...surveyFacts(media),
  ];
}

function countFacts(media: PointMedia): Fact[] {
  const { count, total, declared, faces, area, encoding } = media;
  const isMesh = faces !== undefined;
  const facts: Fact[] = [
    {
      name: 'points.count',
      value: total ?? count,
      how: isMesh ? 'points sampled from the surface by area, with a fixed seed' : countedHow(media),
    },
    {
      name: 'points.declared',
      value: declared,
      how: isMesh ? 'vertices in the file' : 'points that the file declares',
    },
  ];
  if (isMesh) facts.push({ name: 'points.faces', value: faces, how: 'triangles; polygons are split into fans' });
  if (area !== undefined)
    facts.push({ name: 'points.area', value: round(area), unit: 'units²', how: 'sum of the areas of all triangles' });
  if (encoding !== undefined)
    facts.push({ name: 'points.encoding', value: encoding, how: 'how the file stores numbers' });
  return facts;
}

const countedHow = ({ count, total }: PointMedia): string =>
  total === undefined
    ? 'finite points that were read'
    : `finite points in the file; a uniform sample of ${count} was kept`;

function placeFacts(media: PointMedia): Fact[] {
  const bounds = boundsOf(media);
  const what = media.faces !== undefined ? "the mesh's corners" : 'the points';
  const round = (value: number) => roundPlace(value, bounds);
  const { min, max } = bounds;
  const center = min.map((low, axis) => (low + max[axis]!) / 2);
  return [
    {
      name: 'points.bounds',
      value: [min.map(round), max.map(round)],
      unit: 'units',
      how: `[smallest, largest] x, y, z of ${media.total === undefined ? what : 'all points'}`,
    },
    { name: 'points.extent', value: extentOf(bounds).map(round), unit: 'units', how: 'largest less smallest x, y, z' },
    { name: 'points.center', value: center.map(round), unit: 'units', how: 'middle of the bounds' },
  ];
}

/** Of clouds only: a mesh's points are as dense as they were sampled. A flat cloud has no volume and no density. */
function densityFacts(media: PointMedia): Fact[] {
  const { positions, count, total, faces } = media;
  if (faces !== undefined) return [];
  const [dx, dy, dz] = extentOf(boundsOf(media));
  const facts: Fact[] = [];
  const density = (total ?? count) / (dx * dy * dz);
  if (Number.isFinite(density) && density > 0)
    facts.push({
      name: 'points.density',
      value: round(density),
      unit: 'points/unit³',
      how: 'points / volume of the bounds',
    });
  // the points of a sample are farther from each other than those of the file
  const spacing = total === undefined ? meanSpacing(positions) : undefined;
  if (spacing && Number.isFinite(spacing.mean))
    facts.push({
      name: 'points.spacing',
      value: round(spacing.mean),
      unit: 'units',
      how: `mean distance to the nearest other point, of ${spacing.queries} points`,
    });
  return facts;
}
