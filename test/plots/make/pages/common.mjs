/** What every page of a plotting library shares. Pixels here are CSS pixels from the top left of the element. */

/** A number or time axis from two values and their pixels; on a log axis the values themselves. */
export const valueAxis = (label, scale, low, high, pixelOf) => ({
  label: label ?? null,
  scale,
  range: [low, high],
  at: [
    [pixelOf(low), low],
    [pixelOf(high), high],
  ],
});

/** A category axis: names at the pixels of their middles; positions are 0, 1, 2 in order of `names`. */
export function categoryAxis(label, names, pixelOf) {
  const pixels = names.map((name, i) => pixelOf(name, i));
  const step = names.length > 1 ? pixels[1] - pixels[0] : 100;
  const at = (position) => [pixels[0] + step * position, position];
  return {
    label: label ?? null,
    scale: 'category',
    range: [-0.5, names.length - 0.5],
    at: [at(-0.5), at(names.length - 0.5)],
    categories: names.map((name, i) => ({ name, pixel: pixels[i] })),
  };
}

/** [r, g, b] of any CSS colour; a see-through one as it looks on `behind`. */
export function rgb(color, behind = '#ffffff') {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d');
  for (const fill of [behind, color]) {
    context.fillStyle = fill;
    context.fillRect(0, 0, 1, 1);
  }
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** A number from 0 to 1 that only the plan's seed decides, for choices that belong to one library. */
export function pick(plan, salt, list) {
  let hash = (plan.seed * 2654435761 + salt * 40503) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  hash = (hash ^ (hash >>> 12)) >>> 0;
  return list[hash % list.length];
}

export const iso = (ms) => new Date(ms).toISOString();
