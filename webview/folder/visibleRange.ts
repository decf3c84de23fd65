/** Rows drawn beyond both ends of what is seen, so that a fast wheel finds them there. */
const BEYOND = 8;

/** The rows [from, to) that a scrolled stretch shows; all have the same height. */
export function visibleRange(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
): { from: number; to: number } {
  const first = Math.floor(Math.max(0, top) / rowHeight);
  const last = Math.ceil((Math.max(0, top) + height) / rowHeight);
  return { from: Math.min(count, Math.max(0, first - BEYOND)), to: Math.min(count, last + BEYOND) };
}

/** Where to scroll so that a row is wholly below the head and above the end; where it is already, if it is. */
export function scrollToShow(index: number, top: number, height: number, rowHeight: number): number {
  if (index * rowHeight < top) return index * rowHeight;
  return Math.max(top, (index + 1) * rowHeight - height);
}
