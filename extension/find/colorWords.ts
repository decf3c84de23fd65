/** The plain name of a measured colour "#rrggbb"; undefined for what is no colour. */
export function colorWord(hex: string): string | undefined {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (found === null) return undefined;
  const [r, g, b] = found.slice(1).map((two) => Number.parseInt(two, 16) / 255) as [number, number, number];
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const light = (most + least) / 2;
  const chroma = most - least;
  if (light < 0.12) return 'black';
  if (light > 0.93) return 'white';
  if (chroma < 0.12) return 'grey';
  const hue = hueOf(r, g, b, most, chroma);
  if (hue >= 15 && hue < 45 && light < 0.45) return 'brown';
  return HUES.find(([end]) => hue < end)![1];
}

const HUES: Array<[number, string]> = [
  [15, 'red'],
  [45, 'orange'],
  [70, 'yellow'],
  [165, 'green'],
  [200, 'cyan'],
  [255, 'blue'],
  [290, 'purple'],
  [340, 'pink'],
  [360, 'red'],
];

function hueOf(r: number, g: number, b: number, most: number, chroma: number): number {
  const sixth = most === r ? (g - b) / chroma : most === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return (60 * sixth + 360) % 360;
}
