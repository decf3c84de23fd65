import { expect, test } from 'vitest';
import { outputPictures } from '../../../../extension/languageFeatures/outputPictures';

const item = (mime: string, text = mime) => ({ mime, data: new TextEncoder().encode(text) });
const named = (outputs: Parameters<typeof outputPictures>[0]) =>
  outputPictures(outputs, 'fit, cell 3').map(({ name, data }) => [name, new TextDecoder().decode(data)]);

test('one picture an output, in the best of its formats', () => {
  expect(named([{ items: [item('text/plain'), item('image/svg+xml'), item('image/png')] }])).toEqual([
    ['fit, cell 3.png', 'image/png'],
  ]);
  expect(named([{ items: [item('image/svg+xml', '<svg/>')] }])).toEqual([['fit, cell 3.svg', '<svg/>']]);
});

test('several outputs are counted; text, and empty pictures, are none', () => {
  expect(
    named([
      { items: [item('image/jpeg')] },
      { items: [item('text/html')] },
      { items: [item('image/png', '')] },
      { items: [item('image/png')] },
    ]),
  ).toEqual([
    ['fit, cell 3 (1).jpg', 'image/jpeg'],
    ['fit, cell 3 (2).png', 'image/png'],
  ]);
  expect(named([])).toEqual([]);
  expect(named(Array.from({ length: 12 }, () => ({ items: [item('image/png')] })))).toHaveLength(8);
});
