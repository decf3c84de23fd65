import type { ImageMedia } from '../../media/media';
import type { PlotReading } from '../../media/plot';
import type { Cancellation, TextReader } from '../../media/text';
import { readLayout } from './layout';
import { readPanel } from './marks';
import { namedPlaces } from './namedPlaces';

/**
 * Reads a picture of a plot back: its panels, axes, texts and the marks in data units. A picture that is none has kind
 * "none" and no panel. Throws CANCELLED.
 */
export async function readPlot(image: ImageMedia, text: TextReader, signal?: Cancellation): Promise<PlotReading> {
  const layout = await readLayout(image, text, signal);
  const read: Array<Awaited<ReturnType<typeof readPanel>>> = [];
  for (const panel of layout.panels) {
    const first = await readPanel(image, panel, layout, signal);
    const named = namedPlaces(first);
    const again = named ? await readPanel(image, named, layout, signal) : first;
    read.push(again.kind === first.kind ? again : first);
  }
  const panels = read.map(({ confidence: _, ...panel }) => panel);
  return {
    kind: panels[0]?.kind ?? 'none',
    confidence: read.length === 0 ? layoutConfidence(layout.lines.length) : Math.min(...read.map((r) => r.confidence)),
    title: layout.title,
    panels,
    warnings: layout.warnings,
  };
}

/** How sure it is that a picture without a plotting area is no plot: with much text in it less so. */
function layoutConfidence(lines: number): number {
  return lines < 4 ? 0.95 : 0.8;
}
