import { median } from '../../../common/median';
import type { PixelBox } from '../../../media/text';
import type { FoundPanel } from './foundPanel';
import { boxHeight, boxWidth, centerX, centerY } from './raster';
import { type LabelBox, type LabelSearch, sideLabels } from './sideLabels';

/** How far the next label may be off its place, as a share of the labels' distance. */
const OFF = 0.06;

/**
 * Whether the labels beside a rectangle go on beyond it in the same row or column at the same distance: then the rectangle
 * is a bar or a box in a larger plotting area. Three labels at least tell the distance, two further ones are needed.
 */
export function isPartOfAxis({ candidate: { area }, sides }: FoundPanel, search: LabelSearch): boolean {
  return (
    goesOn(sides.left.labels, centerY, (by) => {
      const longer = { ...area, top: area.top - by, bottom: area.bottom + by };
      return sideLabels(search, clipped(longer, search), 'left', sides.left.edge);
    }) ||
    goesOn(sides.bottom.labels, centerX, (by) => {
      const wider = { ...area, left: area.left - by, right: area.right + by };
      return sideLabels(search, clipped(wider, search), 'bottom', sides.bottom.edge);
    })
  );
}

function goesOn(labels: LabelBox[], middle: (box: PixelBox) => number, further: (by: number) => LabelBox[]): boolean {
  if (labels.length < 3) return false;
  const at = labels.map((l) => middle(l.box));
  const gaps = at.slice(1).map((p, i) => p - at[i]!);
  const gap = median(gaps);
  if (gaps.some((g) => Math.abs(g - gap) > OFF * gap + 1)) return false;
  const others = further(2 * gap).filter((l) => sizeAlike(l, labels));
  const places = [at[0]! - 2 * gap, at[0]! - gap, at.at(-1)! + gap, at.at(-1)! + 2 * gap];
  const stands = (place: number) => others.some((l) => Math.abs(middle(l.box) - place) <= OFF * gap + 1);
  return places.filter(stands).length >= 2;
}

/** As high as the others: a label of the same font. */
const sizeAlike = (label: LabelBox, others: LabelBox[]): boolean => {
  const height = median(others.map((o) => boxHeight(o.box)));
  return Math.abs(boxHeight(label.box) - height) <= 0.2 * height + 1 && boxWidth(label.box) > 0;
};

const clipped = (box: PixelBox, { image }: LabelSearch): PixelBox => ({
  left: Math.max(0, Math.round(box.left)),
  top: Math.max(0, Math.round(box.top)),
  right: Math.min(image.width, Math.round(box.right)),
  bottom: Math.min(image.height, Math.round(box.bottom)),
});
