import type { TextLine } from '../../media/text';

/**
 * Lines as one reads a page: rows from top to bottom, each from left to right. A line belongs to the row that its
 * middle lies in; a turned line counts as high as it is thick, round its middle, so that an axis label does not join
 * the rows beside it.
 */
export function readingOrder(lines: TextLine[]): TextLine[] {
  const placed = lines.map((line) => ({ line, ...spanOf(line) })).sort((a, b) => a.middle - b.middle);
  const rows: Array<typeof placed> = [];
  for (const item of placed) {
    const row = rows.at(-1);
    if (row && inRow(item, row)) row.push(item);
    else rows.push([item]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.line.box.left - b.line.box.left).map(({ line }) => line));
}

interface Span {
  middle: number;
  height: number;
}

function spanOf({ box, rotation }: TextLine): Span {
  const height = rotation === 0 ? box.bottom - box.top : box.right - box.left;
  return { middle: (box.top + box.bottom) / 2, height };
}

/** Whether the middle is within half the smaller height of the row's first line's middle. */
const inRow = (item: Span, row: Span[]): boolean =>
  Math.abs(item.middle - row[0]!.middle) < 0.5 * Math.min(item.height, row[0]!.height);
