import type { PixelBox, TextLine } from '../../../media/text';
import { parseDate } from './parseDate';
import { centerX, centerY, unionOf } from './raster';
import type { LabelBox } from './sideLabels';

/**
 * The second row of a date axis ("Jan 5" above "2020"): gives each of its lines to the label above it. `texts` are the
 * labels' texts, which are changed; returns the boxes that were used.
 */
export function addSecondRow(
  labels: readonly LabelBox[],
  texts: Array<{ text: string }>,
  lines: readonly TextLine[],
  h: number,
): PixelBox[] {
  const parsed = texts.map((t) => parseDate(t.text));
  const dated = parsed.filter((p) => p !== null && p.year === undefined).length;
  if (labels.length === 0 || dated < 0.5 * labels.length) return [];
  const row = unionOf(labels.map((l) => l.box));
  const below = lines.filter((l) => {
    const year = parseDate(l.text)?.year;
    return l.rotation === 0 && year !== undefined && centerY(l.box) > row.bottom && l.box.top - row.bottom < 1.5 * h;
  });
  const used: PixelBox[] = [];
  for (const line of below) {
    const near = labels
      .map((l, index) => ({ index, away: Math.abs(centerX(l.box) - centerX(line.box)) }))
      .sort((a, b) => a.away - b.away)[0]!;
    const atEnd = centerX(line.box) > row.right - 3 * h;
    const index = near.away <= 1.5 * h ? near.index : atEnd ? labels.length - 1 : -1;
    if (index < 0 || parsed[index]?.year !== undefined) continue;
    texts[index]!.text = `${texts[index]!.text} ${line.text}`;
    used.push(line.box);
  }
  return used;
}
