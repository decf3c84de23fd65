// Writes media/samples/walk.csv: ten seconds of a phone in a walker's pocket, simulated, 100 Hz, 1.8 steps a second.
// Run from the repository root: node test/support/makeSampleWalk.mjs
import { writeFileSync } from 'node:fs';

const RATE = 100;
const SECONDS = 10;
const STEPS = 1.8; // Hz
const GRAVITY = 9.81;

let state = 11;
/** Uniform in [0, 1): Park and Miller's generator, the same numbers every time. */
const random = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const rows = [
  'time (s),acceleration x (m/s^2),acceleration y (m/s^2),acceleration z (m/s^2),gyroscope x (rad/s),gyroscope y (rad/s),gyroscope z (rad/s)',
];
for (let i = 0; i < RATE * SECONDS; i++) {
  const t = i / RATE;
  const step = Math.sin(2 * Math.PI * STEPS * t) + 0.35 * Math.sin(4 * Math.PI * STEPS * t + 1);
  const sway = Math.sin(Math.PI * STEPS * t);
  const values = [
    0.8 * sway + 0.4 * step,
    GRAVITY + 2.3 * step,
    0.7 * step,
    0.35 * sway,
    0.15 * sway,
    0.25 * Math.cos(Math.PI * STEPS * t),
  ].map((value, c) => value + normal() * (c < 3 ? 0.12 : 0.03));
  rows.push([t.toFixed(2), ...values.map((value) => value.toFixed(4))].join(','));
}
writeFileSync('media/samples/walk.csv', `${rows.join('\n')}\n`);
