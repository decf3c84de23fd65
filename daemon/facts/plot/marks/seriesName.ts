import type { LegendEntry, PanelLayout, Rgb } from '../../../media/plot';

/** Farthest that a mark's colour may lie from its legend entry's, as a distance in RGB. */
const FARTHEST = 48;

/** The legend entry of a colour: the nearest one that is near enough, else undefined. */
export function legendEntryOf(panel: PanelLayout, color: Rgb): LegendEntry | undefined {
  let best: LegendEntry | undefined;
  let least = FARTHEST;
  for (const entry of panel.legend) {
    const far = Math.hypot(...entry.color.map((part, c) => part - color[c]));
    if (far < least) [best, least] = [entry, far];
  }
  return best;
}
