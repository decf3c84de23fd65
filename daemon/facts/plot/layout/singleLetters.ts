/**
 * Names of one letter with the case that their height shows: "c" among capitals, as tall as those, is "C" (the two look the
 * same but for their size). Other texts are left as they are. `heights` are those of the ink, pixels.
 */
export function singleLetters(texts: readonly string[], heights: readonly number[]): string[] {
  const capitals = heights.filter((_, i) => /^[A-Z]$/.test(texts[i]!));
  const isSingle = texts.every((t) => /^[A-Za-z]$/.test(t));
  if (!isSingle || capitals.length < 2) return [...texts];
  const least = 0.9 * Math.min(...capitals);
  return texts.map((text, i) => (/^[cosuvwxz]$/.test(text) && heights[i]! >= least ? text.toUpperCase() : text));
}
