import type { Rgb } from '../../../../media/plot';
import { channelDistance } from '../solid/panelRaster';
import type { SolidPixels } from '../solid/solidColors';

/** A colour that two translucent colours make where they lie over one another. Labels of `SolidPixels`. */
export interface Overlap {
  label: number;
  of: [number, number];
}

/**
 * Which of the colours are mixtures: `upper` over `lower` over the background gives
 * upper' + (1 - alpha) * (lower' - background), where ' is the colour as it is seen on the background.
 */
export function overlaps(labels: number[], solid: SolidPixels): Overlap[] {
  const color = (label: number): Rgb => solid.colors[label - 1];
  const out: Overlap[] = [];
  for (const label of labels) {
    let best: Overlap | undefined;
    let least = 10;
    for (const upper of labels) {
      for (const lower of labels) {
        if (upper === lower || upper === label || lower === label) continue;
        const far = misfit(color(label), color(upper), color(lower), solid.background);
        if (far < least) [best, least] = [{ label, of: [upper, lower] }, far];
      }
    }
    if (best) out.push(best);
  }
  // two colours and their mixture could be told apart in more than one way: a mixture's parts are no mixtures
  return out.filter(
    (mix) =>
      !out.some((other) => other !== mix && mix.of.includes(other.label) && other.of.includes(mix.label)) ||
      isDarkest(mix, out, color, solid.background),
  );
}

/** Channel difference between a colour and the best mixture of two, for a share of the lower one of 0.1 to 0.9. */
function misfit(mix: Rgb, upper: Rgb, lower: Rgb, background: Rgb): number {
  const added = lower.map((part, c) => part - background[c]);
  const over = mix.map((part, c) => part - upper[c]);
  const length = added.reduce((sum, part) => sum + part * part, 0);
  const t = length === 0 ? 0 : added.reduce((sum, part, c) => sum + part * over[c], 0) / length;
  if (t < 0.1 || t > 0.9) return Number.POSITIVE_INFINITY;
  return channelDistance(
    over,
    added.map((part) => part * t),
  );
}

/** Of two colours that could be each other's mixture, the one farther from the background is. */
function isDarkest(mix: Overlap, all: Overlap[], color: (label: number) => Rgb, background: Rgb): boolean {
  const far = (label: number) => color(label).reduce((sum, part, c) => sum + (part - background[c]) ** 2, 0);
  return all.every((other) => other === mix || !mix.of.includes(other.label) || far(mix.label) > far(other.label));
}
