import type { PointMedia } from '../../media/media';
import { lasCrs } from './lasCrs';
import { type LasHeader, POINT_FORMATS } from './lasHeader';
import { PointSampler } from './pointSampler';

/** From this format on, returns have four bits and the class a byte of its own. */
const FIRST_EXTENDED = 6;

/** Takes the records of a LAS file (as LASzip unpacks them as well), and makes the media of them. */
export class LasPoints {
  private readonly sampler: PointSampler;
  private readonly classes = new Float64Array(256);
  private readonly returns = new Float64Array(16);
  private readonly intensity: [number, number] = [Infinity, -Infinity];
  private readonly color: number | undefined;

  constructor(
    private readonly header: LasHeader,
    private readonly format: 'las' | 'laz',
  ) {
    this.color = POINT_FORMATS[header.pointFormat]?.color;
    const { points, pointFormat, version } = header;
    this.sampler = new PointSampler({
      format,
      encoding: `LAS ${version}, point format ${pointFormat}${format === 'laz' ? ', LASzip' : ''}`,
      hasColors: this.color !== undefined,
      declared: points,
    });
  }

  /** One record at `at`: coordinates are integers, times the scale, plus the offset. */
  add(view: DataView, at: number): void {
    const { scale, offset, pointFormat } = this.header;
    const x = view.getInt32(at, true) * scale[0] + offset[0];
    const y = view.getInt32(at + 4, true) * scale[1] + offset[1];
    const z = view.getInt32(at + 8, true) * scale[2] + offset[2];
    if (this.color === undefined) this.sampler.add(x, y, z);
    else {
      const rgb = at + this.color;
      this.sampler.add(
        x,
        y,
        z,
        view.getUint16(rgb, true),
        view.getUint16(rgb + 2, true),
        view.getUint16(rgb + 4, true),
      );
    }
    const intensity = view.getUint16(at + 12, true);
    if (intensity < this.intensity[0]) this.intensity[0] = intensity;
    if (intensity > this.intensity[1]) this.intensity[1] = intensity;
    const isExtended = pointFormat >= FIRST_EXTENDED;
    const classCode = isExtended ? view.getUint8(at + 16) : view.getUint8(at + 15) & 31;
    const returnNumber = view.getUint8(at + 14) & (isExtended ? 15 : 7);
    this.classes[classCode]!++;
    this.returns[returnNumber]!++;
  }

  finish(warnings: readonly string[] = []): PointMedia {
    const crs = lasCrs(this.header);
    const unit = crs.unit;
    return this.sampler.finish(
      {
        intensity: this.intensity,
        survey: { classes: counted(this.classes), returns: counted(this.returns), ...(crs.name && { crs: crs.name }) },
        hasNormals: false,
        up: 'z',
        ...(unit && {
          statedUnits: { unit, why: `the ${this.format.toUpperCase()} file's coordinate system says so` },
        }),
      },
      warnings,
    );
  }
}

function counted(histogram: Float64Array): Array<[number, number]> {
  return [...histogram].flatMap((count, code): Array<[number, number]> => (count > 0 ? [[code, count]] : []));
}
