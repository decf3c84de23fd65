import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import { boundsOf, extentOf } from './bounds';
import { dot } from './eigen';
import type { Plane } from './planes';

/** Heights of rooms in metres. */
const ROOM = [2, 5] as const;
const SCALES: ReadonlyArray<[string, number]> = [
  ['metre', 1],
  ['centimetre', 100],
  ['millimetre', 1000],
];

/** The unit of length: stated by the file or its format, else guessed where it is clear; else there is no fact. */
export function unitsFacts(media: PointMedia, planes: readonly Plane[]): Fact[] {
  const guess = media.statedUnits ?? asRoom(media, planes) ?? asMap(media);
  return guess ? [{ name: 'points.unitsGuess', value: guess.unit, how: guess.why }] : [];
}

/** A room holds something: that share of its points is on no wall, floor or ceiling. An empty box is no room. */
const FURNISHED = 0.02;

/** A scanned room: floor and ceiling, walls between, wider than high both ways, and not empty. */
function asRoom(media: PointMedia, planes: readonly Plane[]): Guess | undefined {
  const [floor, ceiling] = [planes.find((p) => p.kind === 'floor'), planes.find((p) => p.kind === 'ceiling')];
  const shell = planes.filter((p) => p.kind !== 'level' && p.kind !== 'slope');
  const furnished = 1 - shell.reduce((sum, { share }) => sum + share, 0) >= FURNISHED;
  if (media.faces !== undefined || !floor || !ceiling || shell.length < 4 || !furnished) return undefined;
  const height = Math.abs(ceiling.offset - Math.sign(dot(floor.normal, ceiling.normal)) * floor.offset);
  const isWide = extentOf(boundsOf(media)).filter((side) => side >= height * 0.99).length === 3;
  const scale = SCALES.find(([, factor]) => height >= ROOM[0] * factor && height <= ROOM[1] * factor);
  if (!scale || !isWide) return undefined;
  return {
    unit: scale[0],
    why: `guess: floor and ceiling are ${height.toPrecision(3)} apart, as in a room in ${scale[0]}s`,
  };
}

interface Guess {
  unit: string;
  why: string;
}

/** Eastings and northings of UTM: no model of a thing has such numbers. */
function asMap(media: PointMedia): Guess | undefined {
  const { min, max } = boundsOf(media);
  const isUtm = min[0] >= 100_000 && max[0] <= 900_000 && min[1] >= 100_000 && max[1] <= 10_000_000;
  const isSmall = max[0] - min[0] < 100_000 && max[1] - min[1] < 100_000;
  return isUtm && isSmall && min[2] > -1000 && max[2] < 10_000
    ? { unit: 'metre', why: 'guess: x and y look like eastings and northings of UTM' }
    : undefined;
}
