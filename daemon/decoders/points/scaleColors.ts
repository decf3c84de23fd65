/** Largest stored value of an integer channel by its bytes; wider integers are taken to hold 0 to 255. */
const INTEGER_MAX: Readonly<Record<number, number>> = { 1: 255, 2: 65_535 };

/**
 * Scales colours to [0, 1] in place. `integerBytes` where the file says that a channel is an integer of that many
 * bytes; for floats and text the values decide: none above 1 means that they are in [0, 1] already, else 0 to 255.
 */
export function scaleColors(colors: Float32Array, integerBytes?: number): Float32Array {
  let highest = 0;
  if (integerBytes === undefined) for (const value of colors) if (value > highest) highest = value;
  return scaleColorsBy(colors, integerBytes, highest);
}

/** The same, where the highest value is known already (of a file of which only a sample is held). */
export function scaleColorsBy(colors: Float32Array, integerBytes: number | undefined, highest: number): Float32Array {
  const max = integerBytes === undefined ? guessMax(highest) : (INTEGER_MAX[integerBytes] ?? 255);
  for (let i = 0; i < colors.length; i++) {
    const value = colors[i]! / max;
    colors[i] = value > 0 ? Math.min(1, value) : 0; // NaN becomes 0
  }
  return colors;
}

function guessMax(highest: number): number {
  if (highest <= 1) return 1;
  return highest <= 255 ? 255 : 65_535;
}
