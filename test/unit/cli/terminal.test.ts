import { expect, it } from 'vitest';
import { formatFacts } from '../../../daemon/cli/formatFacts';
import { printable } from '../../../daemon/cli/terminal';

it('text that steers a terminal is made harmless; lines, tabs and every script stay', () => {
  expect(printable('a\x1b[2Jb\x07\r\nc\td\x9b31m é 漢 🎉')).toBe('a[2Jb\nc\td31m é 漢 🎉');
});

it('facts stand in columns; lists and fractions are short', () => {
  const facts = [
    { name: 'a', value: 1 / 3, unit: 's', how: 'measured' },
    { name: 'long.name', value: [['#ff0000', 0.5], true], how: 'counted' },
  ];
  expect(formatFacts(facts)).toBe(
    'a          0.333333 s              measured\nlong.name  [[#ff0000, 0.5], true]  counted\n',
  );
});
