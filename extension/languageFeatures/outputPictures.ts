/** One representation of one output, as VS Code keeps it. */
export interface OutputItem {
  mime: string;
  data: Uint8Array;
}

/** The best first: an output has the same picture in several formats. */
const FORMATS: ReadonlyArray<readonly [mime: string, extension: string]> = [
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
  ['image/svg+xml', 'svg'],
];
const MOST_PICTURES = 8;

/** The pictures of a cell's outputs in their order, one an output, at most 8, named after where they are from. */
export function outputPictures(
  outputs: ReadonlyArray<{ readonly items: readonly OutputItem[] }>,
  name: string,
): Array<{ name: string; data: Uint8Array }> {
  const found = outputs
    .map(({ items }) => pictureOf(items))
    .filter((picture) => picture !== undefined)
    .slice(0, MOST_PICTURES);
  return found.map(({ data, extension }, i) => ({
    name: `${name}${found.length === 1 ? '' : ` (${i + 1})`}.${extension}`,
    data,
  }));
}

function pictureOf(items: readonly OutputItem[]): { data: Uint8Array; extension: string } | undefined {
  for (const [mime, extension] of FORMATS) {
    const item = items.find((one) => one.mime === mime && one.data.length > 0);
    if (item !== undefined) return { data: item.data, extension };
  }
  return undefined;
}
