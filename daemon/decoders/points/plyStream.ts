import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { eachRecord, eachTextPiece } from '../byteSource';
import type { ByteSource } from '../format';
import { WorkPacer } from '../workPacer';
import { checkCount, MAX_STREAM_POINTS, SAMPLE_POINTS } from './limits';
import { NumberScanner } from './numberScanner';
import { type PlyElement, type PlyHeader, type PlyScalar, parsePlyHeader, scalarBytes } from './plyHeader';
import { type PlyRoles, plyRoles, splatColor } from './plyVertices';
import { PointSampler } from './pointSampler';

const HEAD_BYTES = 2 * 1024 ** 2;

/**
 * A PLY cloud read in pieces. Undefined where that cannot be: a mesh, or vertices that do not come first or have
 * lists, must be read whole.
 */
export async function streamPly(
  source: ByteSource,
  signal: AbortSignal | undefined,
  limits = { points: MAX_STREAM_POINTS, kept: SAMPLE_POINTS },
): Promise<PointMedia | undefined> {
  const pacer = new WorkPacer(signal);
  const header = parsePlyHeader(await source.read(0, HEAD_BYTES));
  const [vertex, ...rest] = header.elements;
  const isCloud = rest.every(({ count }) => count === 0);
  if (vertex?.name !== 'vertex' || !isCloud || vertex.properties.some((p) => p.countType)) return undefined;
  const roles = plyRoles(vertex.properties);
  const minBytes = header.encoding === 'ascii' ? 2 * vertex.properties.length : strideOf(vertex);
  checkCount('PLY', 'points', vertex.count, minBytes, source.size - header.dataStart + 1, limits.points);
  const sampler = new PointSampler({
    format: 'ply',
    encoding: header.encoding,
    hasColors: roles.color !== undefined,
    ...(roles.isSplat ? { mapColor: splatColor } : { colorBytes: roles.colorBytes }),
    declared: vertex.count,
    limit: limits.kept,
  });
  if (header.encoding === 'ascii') await readText(source, header, vertex, roles, sampler, pacer);
  else await readBinary(source, header, vertex, roles, sampler, pacer);
  return sampler.finish({ hasNormals: roles.hasNormals });
}

const strideOf = ({ properties }: PlyElement): number =>
  properties.reduce((sum, { type }) => sum + scalarBytes[type], 0);

async function readBinary(
  source: ByteSource,
  header: PlyHeader,
  vertex: PlyElement,
  { place, color }: PlyRoles,
  sampler: PointSampler,
  pacer: WorkPacer,
): Promise<void> {
  const little = header.encoding === 'binary_little_endian';
  let offset = 0;
  const cells = vertex.properties.map(({ type }) => {
    const read = cellReader(type, little, offset);
    offset += scalarBytes[type];
    return read;
  });
  const [x, y, z] = place.map((column) => cells[column]!) as [Cell, Cell, Cell];
  const [r, g, b] = (color ?? place).map((column) => cells[column]!) as [Cell, Cell, Cell];
  const records = { format: 'PLY', start: header.dataStart, stride: strideOf(vertex), count: vertex.count };
  await eachRecord(source, records, pacer, (view, at) => {
    if (color) sampler.add(x(view, at), y(view, at), z(view, at), r(view, at), g(view, at), b(view, at));
    else sampler.add(x(view, at), y(view, at), z(view, at));
  });
}

type Cell = (view: DataView, at: number) => number;

/** Reads one property of the record at `at`. */
function cellReader(type: PlyScalar, little: boolean, offset: number): Cell {
  const readers: Readonly<Record<PlyScalar, Cell>> = {
    i8: (view, at) => view.getInt8(at + offset),
    u8: (view, at) => view.getUint8(at + offset),
    i16: (view, at) => view.getInt16(at + offset, little),
    u16: (view, at) => view.getUint16(at + offset, little),
    i32: (view, at) => view.getInt32(at + offset, little),
    u32: (view, at) => view.getUint32(at + offset, little),
    f32: (view, at) => view.getFloat32(at + offset, little),
    f64: (view, at) => view.getFloat64(at + offset, little),
  };
  return readers[type];
}

/** Numbers one after the other, wherever the lines end. */
async function readText(
  source: ByteSource,
  header: PlyHeader,
  vertex: PlyElement,
  { place, color }: PlyRoles,
  sampler: PointSampler,
  pacer: WorkPacer,
): Promise<void> {
  const row = new Float64Array(vertex.properties.length);
  const [x, y, z] = place;
  const [r, g, b] = color ?? place;
  let column = 0;
  await eachTextPiece(source, 'PLY', header.dataStart, pacer, (piece, offset) => {
    const scanner = new NumberScanner('PLY', piece, 0, { offset });
    while (sampler.seen < vertex.count && scanner.skipSpace()) {
      row[column++] = scanner.readNumber();
      if (column < row.length) continue;
      column = 0;
      sampler.add(row[x]!, row[y]!, row[z]!, row[r]!, row[g]!, row[b]!);
    }
    return sampler.seen < vertex.count;
  });
  if (sampler.seen < vertex.count)
    throw errors.truncated('PLY', `it ends after ${sampler.seen} of its ${vertex.count} points`);
}
