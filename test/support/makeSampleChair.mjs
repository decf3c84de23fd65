// Draws media/samples/cloud.ply: a wooden chair with a red cushion, as a scanner would see it. Units are metres, y is up.
// Run from the repository root: node test/support/makeSampleChair.mjs
import { writeFileSync } from 'node:fs';

const POINTS = 4096;
const NOISE = 0.0015; // of a scanner, standard deviation in metres
const WOOD = [150, 98, 52];
const CUSHION = [176, 42, 38];

/** Boxes: centre, size, colour. */
const parts = [
  { at: [0, 0.44, 0], size: [0.42, 0.03, 0.42], color: WOOD },
  { at: [0, 0.475, 0.01], size: [0.38, 0.04, 0.38], color: CUSHION },
  ...[-1, 1].flatMap((x) => [
    { at: [x * 0.19, 0.2125, 0.19], size: [0.04, 0.425, 0.04], color: WOOD },
    { at: [x * 0.19, 0.46, -0.19], size: [0.04, 0.92, 0.04], color: WOOD },
    { at: [x * 0.19, 0.16, 0], size: [0.025, 0.025, 0.34], color: WOOD },
  ]),
  ...[0.6, 0.73, 0.86].map((y) => ({ at: [0, y, -0.19], size: [0.34, 0.07, 0.02], color: WOOD })),
];

let state = 7;
/** Uniform in [0, 1): Park and Miller's generator, the same points every time. */
const random = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** The sides of the box, two for each axis. */
const sides = parts.flatMap((part) =>
  [0, 1, 2].flatMap((axis) => {
    const [u, v] = [0, 1, 2].filter((other) => other !== axis);
    return [-1, 1].map((sign) => ({ part, axis, sign, area: part.size[u] * part.size[v] }));
  }),
);
const total = sides.reduce((sum, { area }) => sum + area, 0);

function pickSide() {
  let left = random() * total; // below the sum of all areas: one is always found
  return sides.find(({ area }) => {
    left -= area;
    return left < 0;
  });
}

const header = [
  'ply',
  'format binary_little_endian 1.0',
  'comment a chair, drawn by test/support/makeSampleChair.mjs',
  `element vertex ${POINTS}`,
  ...['x', 'y', 'z'].map((name) => `property float ${name}`),
  ...['red', 'green', 'blue'].map((name) => `property uchar ${name}`),
  'end_header\n',
].join('\n');

const data = Buffer.alloc(POINTS * 15);
for (let i = 0; i < POINTS; i++) {
  const { part, axis, sign } = pickSide();
  const shade = 0.85 + 0.3 * random();
  for (let k = 0; k < 3; k++) {
    const share = k === axis ? sign / 2 : random() - 0.5;
    data.writeFloatLE(part.at[k] + share * part.size[k] + NOISE * normal(), 15 * i + 4 * k);
    data.writeUInt8(Math.min(255, Math.round(part.color[k] * shade)), 15 * i + 12 + k);
  }
}
writeFileSync('media/samples/cloud.ply', Buffer.concat([Buffer.from(header), data]));
