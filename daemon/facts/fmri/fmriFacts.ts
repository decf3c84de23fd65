import type { Fact } from '../../media/fact';
import type { FmriMedia } from '../../media/media';

/** What is measured about a response vector or a volume. */
export function fmriFacts(media: FmriMedia): Fact[] {
  return media.volume ? volumeFacts(media.volume) : vectorFacts(media.voxels);
}

const round = (value: number): number => Number(value.toPrecision(5)) + 0;

function vectorFacts(voxels: Float32Array): Fact[] {
  const finite = voxels.filter(Number.isFinite);
  const mean = finite.reduce((sum, v) => sum + v, 0) / finite.length;
  const variance = finite.reduce((sum, v) => sum + (v - mean) ** 2, 0) / finite.length;
  const sorted = finite.sort();
  const facts: Fact[] = [{ name: 'fmri.voxels', value: voxels.length, how: 'Values of the response vector, counted.' }];
  if (sorted.length === 0) return facts;
  return [
    ...facts,
    {
      name: 'fmri.range',
      value: [round(sorted[0]!), round(sorted[sorted.length - 1]!)],
      how: 'Smallest and largest value.',
    },
    { name: 'fmri.mean', value: round(mean), how: 'Of all values that are numbers.' },
    { name: 'fmri.deviation', value: round(Math.sqrt(variance)), how: 'Standard deviation of the values.' },
  ];
}

function volumeFacts(volume: NonNullable<FmriMedia['volume']>): Fact[] {
  const { dims, voxelSize, frames, repetitionTime, dataType, range, orientation, scaling } = volume;
  const scaled = scaling ? `, times ${round(scaling[0])} plus ${round(scaling[1])} as the header says` : '';
  return [
    { name: 'fmri.dimensions', value: dims, how: 'Voxels along x, y and z, read from the header.' },
    {
      name: 'fmri.voxels',
      value: dims[0] * dims[1] * dims[2],
      how: 'Voxels of a frame: the product of the dimensions.',
    },
    { name: 'fmri.voxelSize', value: voxelSize.map(round), unit: 'mm', how: 'Along x, y and z, read from the header.' },
    { name: 'fmri.frames', value: frames, how: 'Read from the header.' },
    ...(repetitionTime > 0
      ? [
          {
            name: 'fmri.repetitionTime',
            value: round(repetitionTime),
            unit: 's',
            how: 'Between frames, read from the header.',
          },
        ]
      : []),
    { name: 'fmri.dataType', value: dataType, how: 'Of the stored values, read from the header.' },
    { name: 'fmri.range', value: range.map(round), how: `Smallest and largest value of the first frame${scaled}.` },
    ...(orientation
      ? [
          {
            name: 'fmri.orientation',
            value: orientation,
            how: 'Where x, y and z mostly point (R right, A front, S head), by the form that the header names.',
          },
        ]
      : []),
  ];
}
