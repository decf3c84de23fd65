/** A number for the language model: four significant digits, no exponent between 1e-4 and 1e7 (`num` of training/data/words.py). */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '?';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  if (size >= 1e-4 && size < 1e7) return trimmed(rounded.toFixed(Math.max(0, 3 - Math.floor(Math.log10(size)))));
  const [digits, exponent] = rounded.toExponential(3).split('e') as [string, string];
  return `${trimmed(digits)}e${Number(exponent)}`;
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
