import type { MeasuredMedia } from '../grounding/factReader';
import { measuredLines } from '../grounding/groundingText';

/** Lines of one file: the first ones say what it is and how large. */
const MOST_LINES = 4;

/**
 * What stands before an answer of which the model is not sure: the measured facts, a file a line, as a Markdown quotation,
 * then the word that the rest is a guess.
 */
export function leadText(media: readonly MeasuredMedia[]): string {
  const files = measuredLines(media)
    .map((lines) => lines.slice(0, MOST_LINES).map(([key, value]) => `${key}: ${value}`))
    .filter((lines) => lines.length > 0);
  const quoted = files.map((lines) => `> Measured: ${lines.join('; ')}\n`).join('>\n');
  return `${quoted === '' ? '' : `${quoted}\n`}Not sure, a guess: `;
}
