import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TextTokenizer } from '../../../daemon/runtime/textTokenizer';

const fixtures = 'test/fixtures/preprocess';
const bytes = readFileSync(`${fixtures}/tokenizer.model`);
const cases: Array<{ text: string; ids: number[]; decoded: string }> = JSON.parse(
  readFileSync(`${fixtures}/tokenizer.cases.json`, 'utf8'),
);
const tokenizer = TextTokenizer.fromBytes(bytes, 'tokenizer.model');

/** A tiny model: the header of a field, then its bytes. */
const field = (number: number, value: Uint8Array) => [number * 8 + 2, value.length, ...value];
const piece = (text: string, score: number, type = 1) => {
  const float = new Uint8Array(new Float32Array([score]).buffer);
  return field(1, Uint8Array.from([...field(1, Buffer.from(text)), 2 * 8 + 5, ...float, 3 * 8, type]));
};
const model = (pieces: number[][], trainer: number[] = [], normalizer: number[] = []) =>
  Uint8Array.from([
    ...[piece('<unk>', 0, 2), piece('<s>', 0, 3), piece('</s>', 0, 3), ...pieces].flat(),
    ...field(2, Uint8Array.from([3 * 8, 2, ...trainer])),
    ...field(3, Uint8Array.from([3 * 8, 1, 4 * 8, 0, ...normalizer])),
  ]);

describe('TextTokenizer on the reference cases', () => {
  it.each(cases)('encodes and decodes $text', ({ text, ids, decoded }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(decoded);
  });

  it('knows its size and special ids', () => {
    expect([tokenizer.size, tokenizer.unkId, tokenizer.bosId, tokenizer.eosId]).toEqual([600, 0, 1, 2]);
  });
});

describe('TextTokenizer', () => {
  it('never parses specials inside text', () => {
    const ids = tokenizer.encode('a</s><s><0x41><unk>');
    expect(ids.some((id) => id <= 2)).toBe(false);
    expect(tokenizer.decode(ids)).toBe('a</s><s><0x41><unk>');
  });

  it('gives the bytes of a piece: space, raw byte, nothing for control and unknown ids', () => {
    expect([...tokenizer.pieceBytes(262)]).toEqual([0x20, 0x61]);
    expect([...tokenizer.pieceBytes(3 + 0xf0)]).toEqual([0xf0]);
    expect([...tokenizer.pieceBytes(1)]).toEqual([]);
    expect([...tokenizer.pieceBytes(99_999)]).toEqual([]);
  });

  it('concatenated piece bytes are the text with one space before', () => {
    for (const { ids, decoded } of cases.filter((c) => c.text !== '')) {
      expect(Buffer.concat(ids.map((id) => tokenizer.pieceBytes(id))).toString()).toBe(' ' + decoded);
    }
  });

  it('replaces each byte that is no character, and skips control ids', () => {
    const b = (n: number) => 3 + n;
    expect(tokenizer.decode([1, b(0xe6), b(0x97), 262, b(0xff), 2])).toBe('\uFFFD\uFFFD a\uFFFD');
    expect(tokenizer.decode([b(0xf0), b(0x9f), b(0x98), b(0x80)])).toBe('😀');
  });

  it('encodes a lone surrogate as U+FFFD', () => {
    expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\uFFFDb');
  });

  it('encodes 200,000 characters quickly and losslessly', () => {
    const text = 'the plot shows a rising line, '.repeat(6667);
    const start = performance.now();
    const ids = tokenizer.encode(text);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(tokenizer.decode(ids)).toBe(text);
  });

  it('merges by score, then from the left', () => {
    const small = TextTokenizer.fromBytes(
      model([piece('a', -9), piece('aa', -1), piece('aaa', -2), piece('\u2581', -9), piece('b', -9), piece('ab', -1)]),
      'small',
    );
    // aa and ab have the same score: the leftmost pair wins
    expect(small.encode('aab')).toEqual([6, 4, 7]);
    expect(small.encode('aaaaa')).toEqual([6, 4, 5]);
  });

  it('without byte fallback, neighbouring unknown characters are one unknown token', () => {
    const small = TextTokenizer.fromBytes(model([piece('a', -1), piece('\u2581', -2)]), 'small');
    expect(small.encode('aéüa')).toEqual([4, 3, 0, 3]);
    expect(small.decode([4, 3, 0, 3])).toBe('a \u2047 a');
  });

  it('resolves pieces that exist only for merging', () => {
    const small = TextTokenizer.fromBytes(
      model([
        piece('a', -5),
        piece('b', -5),
        piece('ab', -1, 5),
        piece('c', -5),
        piece('abc', -2),
        piece('\u2581', -9),
      ]),
      'small',
    );
    expect(small.encode('ab')).toEqual([8, 3, 4]);
    expect(small.encode('abc')).toEqual([8, 7]);
  });
});

describe('a damaged tokenizer.model', () => {
  const read = (b: Uint8Array) => () => TextTokenizer.fromBytes(b, 'tokenizer.model');
  const damaged = expect.objectContaining({ code: 'MODEL_DAMAGED' });

  it('cut short anywhere never crashes with another error', () => {
    for (const length of [1, 5, 100, 4001, bytes.length - 1]) expect(read(bytes.subarray(0, length))).toThrow(damaged);
  });

  it.each([
    ['empty', new Uint8Array(0), /no pieces/],
    ['a length beyond the file', Uint8Array.from([10, 0xff, 0xff, 0xff, 0xff, 0x0f]), /ends after the file/],
    ['an endless number', new Uint8Array(12).fill(0xff), /too long/],
    ['a group', Uint8Array.from([0x0b]), /unknown type 3/],
    ['a piece twice', model([piece('a', -1), piece('a', -2)]), /twice/],
    ['byte fallback without bytes', model([piece('a', -1)], [0x98, 0x02, 1]), /256 byte pieces/],
    ['a special id beyond the vocabulary', model([], [0xd0, 0x02, 90]), /id 90 of 3/],
    ['a piece that is not UTF-8', Uint8Array.from(field(1, Uint8Array.from(field(1, Uint8Array.of(0xff))))), /UTF-8/],
  ])('%s', (_, b, message) => {
    expect(read(b)).toThrow(damaged);
    expect(read(b)).toThrow(message);
  });

  it('another kind of tokenizer is refused with its reason', () => {
    expect(read(model([], [3 * 8, 1]))).toThrow(/not of the BPE kind/);
    expect(read(model([], [], [2 * 8 + 2, 1, 65]))).toThrow(/normalises text/);
  });
});
