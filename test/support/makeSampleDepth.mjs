// Draws media/samples/chair.png and chair_depth.png: the chair of cloud.ply on a floor, as a depth camera sees it: a colour
// picture, and the distance of each pixel along the view in millimetres (16 bits, 0 = nothing measured).
// Run from the repository root: node test/support/makeSampleDepth.mjs
import sharp from 'sharp';

const WIDTH = 320;
const HEIGHT = 240;
const FOCAL = 300; // pixels
const EYE = [0.95, 1.05, 1.55];
const TARGET = [0, 0.42, 0];
const WOOD = [150, 98, 52];
const CUSHION = [176, 42, 38];
const WALL = [214, 214, 206];
const FLOOR = [176, 178, 182];
const FAR = 3.2; // metres: beyond it the camera measures nothing

const boxes = [
  { at: [0, 0.44, 0], size: [0.42, 0.03, 0.42], color: WOOD },
  { at: [0, 0.475, 0.01], size: [0.38, 0.04, 0.38], color: CUSHION },
  ...[-1, 1].flatMap((x) => [
    { at: [x * 0.19, 0.2125, 0.19], size: [0.04, 0.425, 0.04], color: WOOD },
    { at: [x * 0.19, 0.46, -0.19], size: [0.04, 0.92, 0.04], color: WOOD },
    { at: [x * 0.19, 0.16, 0], size: [0.025, 0.025, 0.34], color: WOOD },
  ]),
  ...[0.6, 0.73, 0.86].map((y) => ({ at: [0, y, -0.19], size: [0.34, 0.07, 0.02], color: WOOD })),
  { at: [0, -0.05, 0], size: [8, 0.1, 8], color: FLOOR },
  { at: [0, 1.5, -1.2], size: [8, 3.2, 0.1], color: WALL },
];

const minus = (a, b) => a.map((v, i) => v - b[i]);
const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
const unit = (a) => a.map((v) => v / Math.hypot(...a));
const cross = ([a, b, c], [d, e, f]) => [b * f - c * e, c * d - a * f, a * e - b * d];

const forward = unit(minus(TARGET, EYE));
const right = unit(cross(forward, [0, 1, 0]));
const up = cross(right, forward);
const light = unit([0.5, 1, 0.7]);

/** Distance along the ray and the normal of the side that it meets; the slab method. */
function meet(box, direction) {
  let [enter, leave, side] = [0, Number.POSITIVE_INFINITY, -1];
  for (let a = 0; a < 3; a++) {
    const ends = [-1, 1].map((s) => (box.at[a] + (s * box.size[a]) / 2 - EYE[a]) / direction[a]);
    if (Math.min(...ends) > enter) [enter, side] = [Math.min(...ends), a];
    leave = Math.min(leave, Math.max(...ends));
  }
  if (side < 0 || enter >= leave) return undefined;
  return { distance: enter, normal: [0, 1, 2].map((a) => (a === side ? -Math.sign(direction[a]) : 0)) };
}

const color = Buffer.alloc(WIDTH * HEIGHT * 3);
const depth = new Uint16Array(WIDTH * HEIGHT);
for (let y = 0; y < HEIGHT; y++) {
  for (let x = 0; x < WIDTH; x++) {
    const [u, v] = [(x + 0.5 - WIDTH / 2) / FOCAL, (HEIGHT / 2 - y - 0.5) / FOCAL];
    const direction = unit(forward.map((f, i) => f + u * right[i] + v * up[i]));
    const hits = boxes.flatMap((box) => {
      const hit = meet(box, direction);
      return hit ? [{ ...hit, box }] : [];
    });
    const nearest = hits.sort((a, b) => a.distance - b.distance)[0];
    if (!nearest) continue;
    const shade = 0.55 + 0.45 * Math.max(0, dot(nearest.normal, light));
    for (let c = 0; c < 3; c++) color[3 * (y * WIDTH + x) + c] = Math.round(nearest.box.color[c] * shade);
    const along = nearest.distance * dot(direction, forward);
    depth[y * WIDTH + x] = along > FAR ? 0 : Math.round(along * 1000);
  }
}
await sharp(color, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  .png({ compressionLevel: 9 })
  .toFile('media/samples/chair.png');
await sharp(depth, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
  .toColourspace('grey16')
  .png({ compressionLevel: 9 })
  .toFile('media/samples/chair_depth.png');
