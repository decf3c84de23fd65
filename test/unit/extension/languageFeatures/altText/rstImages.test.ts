import { expect, test } from 'vitest';
import { rstImages } from '../../../../../extension/languageFeatures/altText/rstImages';
import { seen, withAlt } from './applied';

test.each([
  ['.. image:: a.png\n\nText', '.. image:: a.png\n   :alt: A fish\n\nText'],
  ['.. image:: a.png', '.. image:: a.png\n   :alt: A fish'],
  [
    '.. figure:: a b.png\n    :width: 3\n\n    Caption',
    '.. figure:: a b.png\n    :alt: A fish\n    :width: 3\n\n    Caption',
  ],
  [
    '.. image:: a.png\n   :alt: old\n      and more\n   :width: 3\n',
    '.. image:: a.png\n   :alt: A fish\n   :width: 3\n',
  ],
  ['.. image:: a.png\n   :alt:\n', '.. image:: a.png\n   :alt: A fish\n'],
  ['.. |x| image:: a.png\r\n', '.. |x| image:: a.png\r\n   :alt: A fish\r\n'],
  ['* .. image:: a.png\n\n* b', '* .. image:: a.png\n     :alt: A fish\n\n* b'],
  ['  .. figure:: a.png\n\n  Text :alt: x', '  .. figure:: a.png\n     :alt: A fish\n\n  Text :alt: x'],
])('%j', (text, expected) => {
  expect(withAlt(text, rstImages, 'A\nfish')).toBe(expected);
});

test('what is there', () => {
  const text = '.. image:: a.png\n   :alt: x\n\n.. figure:: b.png\n   :width: 1\n\n.. code:: c.png\n.. image::\n';
  expect(seen(rstImages(text))).toEqual([
    ['a.png', 'written'],
    ['b.png', 'missing'],
  ]);
});
