import { comparedLines } from './comparedLines';
import { FactReader, type Line, type MeasuredMedia } from './factReader';
import { cloudLines, depthLines, motionLines, pictureLines, soundLines, videoLines } from './mediaLines';

/** UTF-16 units of one value: titles are shorter, and a page of text is not for the prompt. */
const LONGEST_VALUE = 160;

const LINES: Record<string, (facts: FactReader) => Line[]> = {
  image: pictureLines,
  audio: soundLines,
  point: cloudLines,
  video: videoLines,
  rgbd: depthLines,
  rgbn: depthLines,
  imu: motionLines,
};

/**
 * The measured facts of a question's files as the language model reads them before the first turn, one "key: value" a
 * line, and what they say of one another; empty where there are none. A model pack asks for them by `prompt.facts` of
 * params.json; what the embedded model learnt is written by training/data/measured.py, line for line.
 */
export function groundingText(media: readonly MeasuredMedia[]): string {
  const blocks = measuredLines(media);
  if (blocks.every((lines) => lines.length === 0)) return '';
  const between = comparedLines(media);
  return [
    ...blocks.map((lines, i) => block(`Measured${media.length > 1 ? ` in file ${i + 1}` : ''}`, lines)),
    ...(between.length > 0 ? [block('Compared', between)] : []),
  ].join('');
}

/** The lines of each file; none where nothing of it is told. No break and no turn mark can come from a file. */
export function measuredLines(media: readonly MeasuredMedia[]): Line[][] {
  return media.map(({ modality, facts }) =>
    (LINES[modality]?.(new FactReader(facts)) ?? []).map(([key, value]): Line => [plain(key), plain(value)]),
  );
}

const block = (head: string, lines: Line[]): string => `${head}:\n${lines.map(shown).join('')}\n`;
const shown = ([key, value]: Line): string => `${key}: ${value}\n`;

function plain(text: string): string {
  const one = text.replace(/\s+/g, ' ').replace(/#{3,}/g, '##').trim();
  return one.length > LONGEST_VALUE ? `${one.slice(0, LONGEST_VALUE - 1)}…` : one;
}
