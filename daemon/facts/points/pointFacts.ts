import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import { extentOf, findBounds } from './bounds';
import { meanSpacing } from './spacing';

/** Significant digits of coordinates: as many as a float32 has. */
const DIGITS = 7;

/** What is measured about a point cloud or a mesh; every value is finite. */
export function pointFacts(media: PointMedia): Fact[] {
  return [...countFacts(media), ...placeFacts(media), ...densityFacts(media), ...colorFacts(media)];
}

const round = (value: number): number => Number(value.toPrecision(DIGITS)) + 0; // no negative zero

function countFacts({ count, declared, faces, area, encoding }: PointMedia): Fact[] {
  const isMesh = faces !== undefined;
  const facts: Fact[] = [
    {
      name: 'points.count',
      value: count,
      how: isMesh ? 'points sampled from the surface by area, with a fixed seed' : 'finite points that were read',
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

function placeFacts(media: PointMedia): Fact[] {
  const bounds = media.bounds ?? findBounds(media.positions);
  const what = media.bounds ? "the mesh's corners" : 'the points';
  const { min, max } = bounds;
  const center = min.map((low, axis) => (low + max[axis]!) / 2);
  return [
    {
      name: 'points.bounds',
      value: [min.map(round), max.map(round)],
      unit: 'units',
      how: `[smallest, largest] x, y, z of ${what}`,
    },
    { name: 'points.extent', value: extentOf(bounds).map(round), unit: 'units', how: 'largest less smallest x, y, z' },
    { name: 'points.center', value: center.map(round), unit: 'units', how: 'middle of the bounds' },
  ];
}

/** Of clouds only: a mesh's points are as dense as they were sampled. A flat cloud has no volume and no density. */
function densityFacts({ positions, count, faces }: PointMedia): Fact[] {
  if (faces !== undefined) return [];
  const [dx, dy, dz] = extentOf(findBounds(positions));
  const facts: Fact[] = [];
  const density = count / (dx * dy * dz);
  if (Number.isFinite(density) && density > 0)
    facts.push({
      name: 'points.density',
      value: round(density),
      unit: 'points/unit³',
      how: 'points / volume of the bounds',
    });
  const spacing = meanSpacing(positions);
  if (spacing && Number.isFinite(spacing.mean))
    facts.push({
      name: 'points.spacing',
      value: round(spacing.mean),
      unit: 'units',
      how: `mean distance to the nearest other point, of ${spacing.queries} points`,
    });
  return facts;
}

function colorFacts({ colors }: PointMedia): Fact[] {
  const facts: Fact[] = [{ name: 'points.hasColors', value: colors !== undefined, how: 'from the file' }];
  if (colors)
    facts.push({ name: 'points.colors', value: meanColor(colors), how: 'mean red, green, blue of the points' });
  return facts;
}

function meanColor(colors: Float32Array): string {
  const sums = [0, 0, 0];
  for (let i = 0; i < colors.length; i++) sums[i % 3] = sums[i % 3]! + colors[i]!;
  const hex = sums.map((sum) =>
    Math.round((sum * 3 * 255) / colors.length)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}
