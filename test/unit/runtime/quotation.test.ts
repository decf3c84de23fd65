import { describe, expect, it } from 'vitest';
import { Quotation, quotable } from '../../../daemon/runtime/quotation';

const PIECES = [
  '',
  'The title is ',
  '"',
  'Air',
  ' temperature',
  ' quality',
  '."',
  '.',
  'Share',
  '\u00c3',
  '\u00a9',
  '"Air',
  'the x axis: ',
  '. It says ',
  'second ',
  'The highest bar is ',
  ' of ',
  ', at',
  ' ',
  '5',
  '2',
  '7',
];
const id = (piece: string) => PIECES.indexOf(piece);
const FACTS = 'Measured:\nplot: line plot\ntitle: Air temperature\nlegend: Air, \u00e9\n\n';

/** Which pieces may follow the given ones. */
function allowed(said: string[], facts = FACTS): string[] {
  const quotation = new Quotation(quotable(facts), PIECES);
  for (const piece of said) quotation.push(id(piece));
  const logits = quotation.restrict(new Float32Array(PIECES.length));
  return PIECES.filter((_, i) => Number.isFinite(logits[i]!));
}

describe('Quotation', () => {
  it('leaves everything outside quotes alone', () => {
    expect(allowed(['The title is '])).toEqual(PIECES);
    expect(allowed(['The title is ', '"'], '')).toEqual(PIECES);
  });

  it('begins a quotation with the beginning of a measured value only', () => {
    expect(allowed(['"'])).toEqual(['Air', '\u00c3']);
    expect(allowed(['"Air'])).toEqual(['"', ' temperature', '"Air', ' ']); // or closed, and something after it
  });

  it('closes a quotation where a value ends, and not before', () => {
    expect(allowed(['"', 'Air', ' temperature'])).toEqual(['"', '"Air']);
    expect(allowed(['"', 'Air', ' temperature', '"'])).toContain('.');
  });

  it('spells a character that is split over tokens', () => {
    expect(allowed(['"', '\u00c3'])).toEqual(['\u00a9']);
    expect(allowed(['"', '\u00c3', '\u00a9'])).toEqual(['"', '"Air']);
  });

  it('is free where nothing fits, until the quotation ends', () => {
    expect(allowed(['"'], 'title: Zero\n')).toEqual(PIECES);
    expect(allowed(['"', 'Share'], 'title: Zero\n')).toEqual(PIECES);
    expect(allowed(['"', 'Share', '"', 'The title is '], 'title: Air\n')).toContain('Share');
  });

  it('quotes the fact that the sentence names, where it was measured', () => {
    const facts = 'title: Air temperature\nx label: Share\n';
    expect(allowed(['"'], facts)).toEqual(['Air', 'Share']);
    expect(allowed(['The title is ', '"'], facts)).toEqual(['Air']);
    expect(allowed(['the x axis: ', '"'], facts)).toEqual(['Share']);
    expect(allowed(['The title is ', 'the x axis: ', '"'], facts)).toEqual(['Share']);
    expect(allowed(['The title is ', '"', 'Air', ' temperature', '"', '. It says ', '"'], facts)).toEqual([
      'Air',
      'Share',
    ]);
    expect(allowed(['The title is ', '"'], 'x label: Share\n')).toEqual(['Share']);
  });

  it('quotes the name of the highest bar', () => {
    const facts = 'title: Share\nhighest: Air, 5.2\nlowest: Share, 1\n- Air: 5.2\n- Share: 1\n';
    expect(allowed(['The highest bar is ', '"'], facts)).toEqual(['Air']);
    const grouped = 'highest: Air, 5.2, Share\n';
    expect(allowed(['The highest bar is ', '"'], grouped)).toEqual(['Air']);
    expect(allowed(['The highest bar is ', '"', 'Air', '"', ' of ', '"'], grouped)).toEqual(['Share']);
  });

  it('says the height of that bar and no other number', () => {
    const facts = 'highest: Air, 5.2\nlowest: Share, 7\n';
    const said = ['The highest bar is ', '"', 'Air', '"', ', at', ' '];
    expect(allowed(said, facts)).toEqual(expect.arrayContaining(['5']));
    expect(allowed(said, facts)).not.toContain('7');
    expect(allowed([...said, '5', '.'], facts)).toContain('2');
    expect(allowed([...said, '5', '.'], facts)).not.toContain('7');
    expect(allowed([...said, '5', '.', '2'], facts)).toContain('.');
    expect(allowed([...said, '5', '.', '2'], facts)).not.toContain('7');
    expect(allowed(said, 'title: Air\n')).toEqual(PIECES);
  });

  it('quotes the file that the sentence names', () => {
    const facts = 'Measured in file 1:\ntitle: Air\n\nMeasured in file 2:\ntitle: Share\n\n';
    expect(allowed(['The title is ', '"'], facts)).toEqual(['Air', 'Share']);
    expect(allowed(['The title is ', 'second ', '"'], facts)).toEqual(['Share']);
  });
});

describe('quotable', () => {
  it('takes values whole and, of lists, each item, with their keys and files', () => {
    const texts = (facts: string) => quotable(facts).map(({ text }) => text);
    expect(texts('Measured:\nlegend: a, b\ntitle: x: y\n\n')).toEqual(['a, b', 'a', 'b', 'x: y']);
    expect(texts('text: Exit | Way out\n')).toEqual(['Exit | Way out', 'Exit', 'Way out']);
    expect(texts('')).toEqual([]);
    expect(texts('series: 2: 2020, 2021\n')).toEqual(['2020, 2021', '2020', '2021']);
    expect(texts('highest: Q1 2022, -8.5\nlowest: Bern, 1e-9, 2020\n')).toEqual([
      'Q1 2022',
      '-8.5',
      'Bern',
      '1e-9',
      '2020',
    ]);
    expect(texts('- Q1: 2022: 8.5\n- run 3: rising, 1 to 5\n')).toEqual(['Q1: 2022', 'run 3']);
    expect(quotable('Measured in file 2:\ntitle: x\n')).toEqual([{ key: 'title', file: 2, text: 'x' }]);
  });
});
