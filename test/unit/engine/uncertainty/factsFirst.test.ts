import { describe, expect, it } from 'vitest';
import { FactsFirst } from '../../../../daemon/engine/uncertainty/factsFirst';

function run(pieces: Array<[string, number]>, unsure = 0.5) {
  const shown: string[] = [];
  const first = new FactsFirst(
    unsure,
    () => 'LEAD ',
    (text) => shown.push(text),
  );
  for (const [text, confidence] of pieces) first.piece(text, confidence);
  first.end();
  return { shown, lead: first.lead };
}

describe('an answer of which the model is not sure', () => {
  it('waits for its first sentence, then begins with the lead', () => {
    const { shown, lead } = run([
      ['A', 0.9],
      [' pug.', 0.4],
      [' It', 0.4],
      [' sits.', 0.4],
    ]);
    expect(shown).toEqual(['LEAD A pug. It', ' sits.']);
    expect(lead).toBe('LEAD ');
  });

  it('has no lead where the confidence of the first sentence reaches the bound', () => {
    const { shown, lead } = run([
      ['A', 0.2],
      [' pug.\n', 0.5],
      ['More.', 0.1],
    ]);
    expect(shown).toEqual(['A pug.\n', 'More.']);
    expect(lead).toBe('');
  });

  it('goes out at the end where no sentence ended', () =>
    expect(run([['A pug.', 0.1]]).shown).toEqual(['LEAD A pug.']));

  it('does not wait for ever', () => {
    const long = 'word '.repeat(40);
    const { shown } = run([
      [long.slice(0, 150), 0.1],
      [long.slice(150, 170), 0.1],
      ['rest', 0.1],
    ]);
    expect(shown).toEqual([`LEAD ${long.slice(0, 170)}`, 'rest']);
  });

  it('passes at once where the model says no bound, and shows nothing of an empty answer', () => {
    expect(run([['A', 0]], 0).shown).toEqual(['A']);
    expect(run([])).toEqual({ shown: [], lead: '' });
  });
});
