import { describe, expect, it } from 'vitest';
import { imageFacts } from '../../../../daemon/facts/image';
import { MemoTextReader, textFacts } from '../../../../daemon/facts/ocr';
import type { ImageMedia } from '../../../../daemon/media/media';
import type { TextLine, TextReader } from '../../../../daemon/media/text';

const line = (text: string, score = 0.9): TextLine => ({
  text,
  score,
  corners: [
    [0, 0],
    [9, 0],
    [9, 4],
    [0, 4],
  ],
  rotation: 0,
  box: { left: 0, top: 0, right: 9, bottom: 4 },
});
const picture = (): ImageMedia => ({
  kind: 'image',
  width: 1,
  height: 1,
  data: new Uint8ClampedArray(4),
  format: 'png',
  channels: 3,
  bitDepth: 8,
  hasAlpha: false,
  frames: 1,
  warnings: [],
});

/** Counts its passes; the first `failures` of them fail. */
function reader(failures = 0): TextReader & { passes: number } {
  return {
    passes: 0,
    async read() {
      if (this.passes++ < failures) throw new Error('cancelled');
      return [line('Title')];
    },
    recognize: async () => [],
  };
}

describe('MemoTextReader', () => {
  it('reads a picture once, and another picture again', async () => {
    const inner = reader();
    const memo = new MemoTextReader(inner);
    const image = picture();
    const [a, b] = await Promise.all([memo.read(image), memo.read(image)]);
    expect(a).toBe(b);
    await memo.read(picture());
    expect(inner.passes).toBe(2);
  });

  it('does not keep a pass that failed, and does not fail whoever waited for it', async () => {
    const inner = reader(1);
    const memo = new MemoTextReader(inner);
    const image = picture();
    const [first, second] = await Promise.allSettled([memo.read(image), memo.read(image)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(inner.passes).toBe(2);
  });
});

describe('textFacts', () => {
  it('lists the lines with their mean score', () => {
    const [text, count] = textFacts([line('One', 0.8), line('two', 1)]);
    expect(text).toEqual({
      name: 'image.text',
      value: ['One', 'two'],
      how: 'Read by PP-OCRv4 on this machine; 2 lines, mean score 0.90.',
    });
    expect(count?.value).toBe(2);
  });

  it('is absent where nothing is written, and says what is left out', () => {
    expect(textFacts([])).toEqual([]);
    const [text] = textFacts(Array.from({ length: 201 }, (_, i) => line(`${i}`)));
    expect(text?.value).toHaveLength(200);
    expect(text?.how).toMatch(/201 lines, .*the first 200 are listed\.$/);
  });

  it('comes with a picture where there is a reader', async () => {
    const facts = await imageFacts(picture(), { text: reader() });
    expect(facts.find((f) => f.name === 'image.text')?.value).toEqual(['Title']);
    expect(imageFacts(picture()).some((f) => f.name === 'image.text')).toBe(false);
  });
});
