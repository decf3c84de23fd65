import type { ImageMedia } from '../../media/media';
import type { PlotReading } from '../../media/plot';
import type { Cancellation, TextReader } from '../../media/text';
import { WorkPacer } from '../audio/workPacer';
import { readLayout, textHeightOf } from './layout';
import { readPanel } from './marks';
import { namedPlaces } from './namedPlaces';
import { enlarged, reduced, reducedReader } from './reduced';
import { type Pacer, paced } from './steps';

/** Pixels above which a picture whose text is large is read on a smaller one. */
const MANY_PIXELS = 8e6;
/** The text of a picture that was made smaller is at least so high, pixels: as at 100 dots an inch. */
const LEAST_TEXT = 12;

/**
 * Reads a picture of a plot back: its panels, axes, texts and the marks in data units. A picture that is none has kind
 * "none" and no panel. Very large pictures are made smaller first, where their text shows that they are finer than they
 * need be: a pixel then covers the mean of several, so that edges are still known to a fraction of one. Throws CANCELLED.
 */
export async function readPlot(
  image: ImageMedia,
  text: TextReader,
  signal?: Cancellation,
  pacer: Pacer = new WorkPacer(signal),
): Promise<PlotReading> {
  const factor = await reductionOf(image, text, signal);
  if (factor === 1) return readWhole(image, text, signal, pacer);
  const small = await paced(reduced(image, factor), pacer);
  return enlarged(await readWhole(small, reducedReader(text, image, factor), signal, pacer), factor);
}

/** How many times smaller the picture may be made. */
async function reductionOf(image: ImageMedia, text: TextReader, signal?: Cancellation): Promise<number> {
  const most = Math.ceil(Math.sqrt((image.width * image.height) / MANY_PIXELS));
  if (most <= 1) return 1;
  const height = textHeightOf(await text.read(image, signal), image);
  return Math.max(1, Math.min(most, Math.floor(height / LEAST_TEXT)));
}

async function readWhole(
  image: ImageMedia,
  text: TextReader,
  signal: Cancellation | undefined,
  pacer: Pacer,
): Promise<PlotReading> {
  const layout = await readLayout(image, text, signal, pacer);
  const read: Array<Awaited<ReturnType<typeof readPanel>>> = [];
  for (const panel of layout.panels) {
    const first = await readPanel(image, panel, layout, signal, pacer);
    const named = namedPlaces(first);
    const again = named ? await readPanel(image, named, layout, signal, pacer) : first;
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
