import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TextLine, TextReader } from '../../daemon/media/text';

interface Recorded {
  lines: TextLine[];
  regions: Record<string, [text: string, score: number]>;
}

const FILE = path.resolve(__dirname, '../fixtures/plots/text.json');

/** What the product's text reader answered for a plot of test/fixtures/plots; throws on a question that is not recorded. */
export function recordedText(plot: string): TextReader {
  const recorded = (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Recorded>)[plot];
  if (!recorded) throw new Error(`${plot} is not in text.json: node test/plots/recordText.mjs`);
  return {
    read: async () => recorded.lines,
    recognize: async (_image, regions, _signal, options) =>
      regions.map(({ box, rotation }) => {
        const key = [box.left, box.top, box.right, box.bottom, rotation ?? 0, options?.charset ?? 'any'].join(' ');
        const answer = recorded.regions[key];
        if (!answer) throw new Error(`${plot}: no text recorded at ${key}: node test/plots/recordText.mjs`);
        return { text: answer[0], score: answer[1], characters: [] };
      }),
  };
}
