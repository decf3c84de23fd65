/** The colours that people name, as RGB; white, grey and black are told by their lack of one. */
const NAMED: ReadonlyArray<readonly [string, number, number, number]> = [
  ['red', 220, 30, 30],
  ['orange', 255, 140, 20],
  ['yellow', 250, 225, 50],
  ['green', 45, 160, 60],
  ['blue', 40, 100, 210],
  ['purple', 130, 60, 170],
  ['pink', 250, 150, 190],
  ['brown', 130, 80, 40],
  ['cyan', 60, 200, 220],
];

/** The nearest of twelve colour names to "#rrggbb"; undefined where the text is no colour. */
export function colorName(hex: string): string | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return undefined;
  const [r, g, b] = match.slice(1).map((part) => Number.parseInt(part, 16)) as [number, number, number];
  if (Math.max(r, g, b) - Math.min(r, g, b) < 24) return r > 225 ? 'white' : r < 45 ? 'black' : 'grey';
  const far = ([, x, y, z]: (typeof NAMED)[number]) => 2 * (x - r) ** 2 + 4 * (y - g) ** 2 + 3 * (z - b) ** 2;
  return NAMED.reduce((best, name) => (far(name) < far(best) ? name : best))[0];
}
