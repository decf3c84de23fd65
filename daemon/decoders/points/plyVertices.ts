import { errors } from '../../common/errors';
import type { WorkPacer } from '../workPacer';
import { type PlyElement, type PlyProperty, scalarBytes } from './plyHeader';
import type { PlySource } from './plySource';
import { scaleColors } from './scaleColors';

/** Names under which colours are met: usual, Meshlab, short, Gaussian splats (degree 0 of spherical harmonics). */
const COLOR_NAMES = [
  ['red', 'green', 'blue'],
  ['diffuse_red', 'diffuse_green', 'diffuse_blue'],
  ['r', 'g', 'b'],
  ['f_dc_0', 'f_dc_1', 'f_dc_2'],
] as const;
/** 1 / (2 sqrt(pi)): a splat's colour is 0.5 + this * f_dc (Kerbl et al. 2023). */
const SH_C0 = 0.28209479177387814;
const RECORDS_A_CHUNK = 1 << 14;

export interface Vertices {
  /** xyz, 3 * count. */
  positions: Float32Array;
  /** rgb in [0, 1]. */
  colors?: Float32Array;
  hasNormals: boolean;
}

/** Reads the element "vertex"; its count has been checked. */
export async function readPlyVertices(source: PlySource, element: PlyElement, pacer: WorkPacer): Promise<Vertices> {
  const { properties, count } = element;
  const { place, color: colorPlace, isSplat, colorBytes, hasNormals } = plyRoles(properties);
  const positions = new Float32Array(3 * count);
  const colors = colorPlace && new Float32Array(3 * count);
  const row = new Float64Array(properties.length);
  for (let i = 0; i < count; i++) {
    readRecord(source, properties, row);
    for (let axis = 0; axis < 3; axis++) {
      positions[3 * i + axis] = row[place[axis]!]!;
      if (colors && colorPlace) colors[3 * i + axis] = row[colorPlace[axis]!]!;
    }
    if (i % RECORDS_A_CHUNK === 0) await pacer.breathe();
  }
  if (!colors) return { positions, hasNormals };
  return { positions, hasNormals, colors: isSplat ? colors.map(splatColor) : scaleColors(colors, colorBytes) };
}

type Columns = readonly [number, number, number];

/** Which properties of a vertex are used. */
export interface PlyRoles {
  place: Columns;
  color?: Columns;
  /** Colours are harmonics, for `splatColor`. */
  isSplat: boolean;
  /** Bytes of an integer channel of colour. */
  colorBytes?: number;
  hasNormals: boolean;
}

/** Throws FILE_UNSUPPORTED without x, y and z. */
export function plyRoles(properties: readonly PlyProperty[]): PlyRoles {
  const place = columns(properties, ['x', 'y', 'z']);
  if (!place) throw errors.unsupported('PLY', 'vertices without the properties x, y and z');
  const names = COLOR_NAMES.find((choice) => columns(properties, choice));
  const color = names && columns(properties, names);
  const type = color && properties[color[0]]!.type;
  return {
    place,
    ...(color && { color }),
    isSplat: names?.[0] === 'f_dc_0',
    ...(type && !type.startsWith('f') && { colorBytes: scalarBytes[type] }),
    hasNormals: columns(properties, ['nx', 'ny', 'nz']) !== undefined,
  };
}

function columns(properties: readonly PlyProperty[], names: readonly string[]): Columns | undefined {
  const [a, b, c] = names.map((name) => properties.findIndex((p) => p.name.toLowerCase() === name && !p.countType));
  return a === undefined || b === undefined || c === undefined || Math.min(a, b, c) < 0 ? undefined : [a, b, c];
}

export const splatColor = (harmonic: number): number => Math.min(1, Math.max(0, 0.5 + SH_C0 * harmonic));

function readRecord(source: PlySource, properties: readonly PlyProperty[], row: Float64Array): void {
  for (let p = 0; p < properties.length; p++) {
    const { type, countType } = properties[p]!;
    if (countType) skipList(source, properties[p]!);
    else row[p] = source.read(type);
  }
}

/** The length of the list at the cursor, checked against what is left of the file. */
export function readListLength(source: PlySource, { name, type, countType }: PlyProperty): number {
  const length = source.read(countType ?? 'u8');
  if (!Number.isInteger(length) || length < 0) throw errors.damaged('PLY', `a list ${name} has the length ${length}`);
  if (length * source.minBytes(type) > source.remaining())
    throw errors.truncated('PLY', `a list ${name} of ${length} values does not fit what is left of the file`);
  return length;
}

export function skipList(source: PlySource, property: PlyProperty): void {
  for (let n = readListLength(source, property); n > 0; n--) source.read(property.type);
}
