import type { LegendEntry, PanelLayout, Rgb } from '../../../../media/plot';
import { inkDistance } from '../colors/sameInk';
import type { LineTrack } from './readLines';

/** Colours nearer than this (RGB) are the same entry's. */
const FARTHEST = 48;

/**
 * Names of a layer's tracks, in their order: by colour, and where several entries have that colour by their dashes.
 * null where the legend has none. No entry names two tracks.
 */
export function nameTracks(panel: PanelLayout, color: Rgb, tracks: LineTrack[]): Array<string | null> {
  const entries = entriesOf(panel, color);
  const names: Array<string | null> = tracks.map(() => null);
  const pairs = tracks.flatMap((track, t) => entries.map((entry, e) => ({ t, e, cost: unlike(track, entry) })));
  const used = new Set<number>();
  for (const { t, e } of pairs.sort((a, b) => a.cost - b.cost)) {
    if (names[t] !== null || used.has(e)) continue;
    names[t] = entries[e]!.name;
    used.add(e);
  }
  return names;
}

/** The legend's entries that have a layer's colour. */
export function entriesOf(panel: PanelLayout, color: Rgb): LegendEntry[] {
  const far = (entry: LegendEntry) => inkDistance(color, entry.color, panel.background);
  const least = Math.min(...panel.legend.map(far));
  return panel.legend.filter((entry) => far(entry) <= Math.min(FARTHEST, least + 12));
}

/** 0 for equal dashes. */
function unlike({ dash }: LineTrack, entry: LegendEntry): number {
  if (!dash || !entry.dash) return dash || entry.dash ? 1 : 0;
  return Math.abs(Math.log(dash.period / entry.dash.period)) + Math.abs(dash.duty - entry.dash.duty);
}
