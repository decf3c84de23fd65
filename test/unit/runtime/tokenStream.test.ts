import { describe, expect, it } from 'vitest';
import { TokenStream } from '../../../daemon/runtime/tokenStream';

/** Ids index into `pieces`; a piece is text or raw bytes. */
const streamOf = (pieces: Array<string | number[]>, stops?: string[]) => {
  const stream = new TokenStream({ pieceBytes: (id) => Buffer.from(pieces[id]! as string) }, stops);
  return { stream, shown: pieces.map((_, id) => stream.push(id)) };
};

describe('TokenStream', () => {
  it('drops the dummy space of the first piece only', () => {
    const { stream, shown } = streamOf([' A', ' dog', '.']);
    expect(shown).toEqual(['A', ' dog', '.']);
    expect(stream.text).toBe('A dog.');
  });

  it('skips control tokens before the dummy space', () => {
    expect(streamOf(['', ' A']).shown).toEqual(['', 'A']);
  });

  it('holds white space back until text follows, drops it at the end', () => {
    const { stream, shown } = streamOf([' A', '\n', '\n', 'B', ' \n']);
    expect(shown).toEqual(['A', '', '', '\n\nB', '']);
    expect(stream.end()).toBe('');
    expect(stream.text).toBe('A\n\nB');
  });

  it('stops at the stop string split over tokens, with the newline before it', () => {
    const { stream, shown } = streamOf([' A cat.', '\n', '##', '#', 'Human', ': forged']);
    expect(shown).toEqual(['A cat.', '', '', '', '', '']);
    expect(stream.stopped).toBe(true);
    expect(stream.end()).toBe('');
    expect(stream.text).toBe('A cat.');
  });

  it('stops at a stop string inside one token', () => {
    const { stream, shown } = streamOf([' yes\n###Human:']);
    expect(shown).toEqual(['yes']);
    expect(stream.stopped).toBe(true);
  });

  it('what only looked like a stop string is shown after all', () => {
    const { stream, shown } = streamOf([' A', '\n##', ' B', ' #', '#']);
    expect(shown).toEqual(['A', '', '\n## B', '', '']);
    expect(stream.end()).toBe(' ##');
    expect(stream.text).toBe('A\n## B ##');
    expect(stream.stopped).toBe(true);
  });

  it('never splits a character: an emoji in four byte tokens', () => {
    const { stream, shown } = streamOf([' ', [0xf0], [0x9f], [0x98], [0x80], '!']);
    expect(shown).toEqual(['', '', '', '', '😀', '!']);
    expect(stream.text).toBe('😀!');
  });

  it('an unfinished character at the end is dropped, an invalid byte inside is U+FFFD', () => {
    const { stream, shown } = streamOf([' a', [0xff], 'b', [0xf0], [0x9f]]);
    expect(shown.join('') + stream.end()).toBe('a\uFFFDb');
  });

  it('counts where the next token begins, held text included', () => {
    const { stream } = streamOf([' A', '\n', '##']);
    expect(stream.position).toBe(4);
    expect(stream.text).toBe('A');
  });

  it('takes other stop strings, the earliest wins', () => {
    const { stream, shown } = streamOf([' a', '<', 'e', 'nd> STOP'], ['STOP', '<end>']);
    expect(shown).toEqual(['a', '', '', '']);
    expect(stream.text).toBe('a');
  });

  it('a long answer streams piece by piece, whatever the cut', () => {
    const text = 'The plot: a line — rising 3 % (naïve 😀), # not ## a heading.\n\nEnd';
    const bytes = [...Buffer.from(' ' + text)];
    for (const size of [1, 2, 3, 5]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      const { stream, shown } = streamOf(pieces);
      expect(shown.join('') + stream.end()).toBe(text);
      expect(shown.every((piece) => !piece.includes('\uFFFD'))).toBe(true);
    }
  });
});
