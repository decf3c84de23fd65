import type { Fact } from '../../media/fact';
import { round3 } from './statistics';

const DIRECTIONS = ['right', 'left', 'up', 'down', 'facing the camera', 'away from the camera'] as const;
/** A pixel within this of the mean direction of its neighbours lies on a flat. */
const FLAT_DEGREES = 5;

/** What is measured about unit vectors, 3 a pixel; NaN where there is none. */
export function normalFacts(normals: Float32Array, width: number, unitShare: number | undefined): Fact[] {
  const { mean, shares, valid } = directions(normals);
  const length = Math.hypot(...mean);
  const axes = 'x to the right, y up, z to the camera, as OpenGL has them (DirectX turns y round)';
  const facts: Fact[] = [
    {
      name: 'map.meanNormal',
      value: mean.map((part) => round3(length > 0 ? part / length : 0)),
      how: `Direction of the sum of all vectors (${axes}).`,
    },
    {
      name: 'map.normalSpread',
      value: round3(1 - length),
      how: '1 - length of the mean of all unit vectors: 0 where all point alike, 1 where they cancel.',
    },
    {
      name: 'map.directions',
      value: DIRECTIONS.map((name, i): [string, number] => [name, round3(shares[i]!)]).filter(([, share]) => share > 0),
      how: `[direction, share of the pixels] by the largest part of each vector (${axes}).`,
    },
    {
      name: 'map.flatness',
      value: round3(flatness(normals, width)),
      how: `Pixels whose vector is within ${FLAT_DEGREES} degrees of those to the right and below, of all pixels that have both.`,
    },
    {
      name: 'map.invalidShare',
      value: round3(1 - (3 * valid) / normals.length),
      how: 'Pixels without a vector (black, zero or not a number), of all pixels.',
    },
  ];
  if (unitShare !== undefined)
    facts.push({
      name: 'map.unitLength',
      value: round3(unitShare),
      how: 'Vectors of the file whose length is within 0.1 of 1, of all; the others were made so.',
    });
  return facts;
}

function directions(normals: Float32Array): { mean: number[]; shares: number[]; valid: number } {
  const sum = [0, 0, 0];
  const counts = new Array<number>(6).fill(0);
  let valid = 0;
  for (let i = 0; i < normals.length; i += 3) {
    const n = [normals[i]!, normals[i + 1]!, normals[i + 2]!];
    if (Number.isNaN(n[0])) continue;
    valid++;
    let largest = 0;
    for (let axis = 0; axis < 3; axis++) {
      sum[axis]! += n[axis]!;
      if (Math.abs(n[axis]!) > Math.abs(n[largest]!)) largest = axis;
    }
    counts[2 * largest + (n[largest]! < 0 ? 1 : 0)]!++;
  }
  return { mean: sum.map((s) => s / valid), shares: counts.map((c) => c / valid), valid };
}

function flatness(normals: Float32Array, width: number): number {
  const near = Math.cos((FLAT_DEGREES * Math.PI) / 180);
  const dot = (i: number, j: number) =>
    normals[3 * i]! * normals[3 * j]! +
    normals[3 * i + 1]! * normals[3 * j + 1]! +
    normals[3 * i + 2]! * normals[3 * j + 2]!;
  const count = normals.length / 3;
  let [pairs, flat] = [0, 0];
  for (let i = 0; i + width < count; i++) {
    if (i % width === width - 1) continue;
    const [right, below] = [dot(i, i + 1), dot(i, i + width)];
    if (Number.isNaN(right) || Number.isNaN(below)) continue;
    pairs++;
    if (right >= near && below >= near) flat++;
  }
  return pairs === 0 ? 0 : flat / pairs;
}
