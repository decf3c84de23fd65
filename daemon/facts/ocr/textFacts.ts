import type { Fact } from '../../media/fact';
import type { TextLine } from '../../media/text';

/** Lines that a fact lists: a page of a book has fewer. */
const MOST_LINES = 200;

/** `image.text`: the lines in reading order, and `image.textLines`, how many; no facts where nothing is written. */
export function textFacts(lines: TextLine[]): Fact[] {
  if (lines.length === 0) return [];
  const mean = lines.reduce((sum, line) => sum + line.score, 0) / lines.length;
  const read = `Read by PP-OCRv4 on this machine; ${counted(lines.length)}, mean score ${mean.toFixed(2)}`;
  const cut = lines.length > MOST_LINES ? `; the first ${MOST_LINES} are listed` : '';
  return [
    { name: 'image.text', value: lines.slice(0, MOST_LINES).map((line) => line.text), how: `${read}${cut}.` },
    {
      name: 'image.textLines',
      value: lines.length,
      how: 'Lines of text found by PP-OCRv4 with a score of at least 0.5.',
    },
  ];
}

const counted = (n: number): string => (n === 1 ? '1 line' : `${n} lines`);
