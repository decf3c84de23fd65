import { describe, expect, it } from 'vitest';
import { StoredZip } from '../../../../daemon/converter/checkpoint/zip';
import { failureOf, writeTemporary, type ZipPart, zipBytes } from '../../../support/checkpointFiles';

const bytes = (s: string) => Buffer.from(s);
const parts: ZipPart[] = [
  { name: 'a/one', bytes: bytes('first') },
  { name: 'a/two', bytes: bytes('the second') },
];
const open = (content: Uint8Array) => StoredZip.open(writeTemporary('c.pth', content));
const failure = (content: Uint8Array) => failureOf(() => open(content).readAll('a/one', 100));

describe.each([
  ['zip', false],
  ['zip64', true],
])('%s', (_, zip64) => {
  it('lists and reads whole entries and slices', () => {
    const zip = open(zipBytes(parts, zip64));
    expect(zip.names()).toEqual(['a/one', 'a/two']);
    expect(Buffer.from(zip.readAll('a/two', 10)).toString()).toBe('the second');
    const slice = new Uint8Array(3);
    zip.read(zip.entry('a/two'), slice, 4);
    expect(Buffer.from(slice).toString()).toBe('sec');
    expect(failureOf(() => zip.read(zip.entry('a/one'), slice, 3))).toContain('past the end');
    expect(failureOf(() => zip.readAll('a/two', 9))).toContain('the limit is 9');
    expect(failureOf(() => zip.readAll('a/three', 9))).toContain('no entry');
    zip.close();
  });
});

describe('lies and damage', () => {
  const lie = (directory: ZipPart['directory']) => zipBytes([{ ...parts[0]!, directory }, parts[1]!]);
  const set32 = (content: Buffer, fromEnd: number, value: number) => {
    content.writeUInt32LE(value, content.length - fromEnd);
    return content;
  };

  it.each([
    ['compressed', lie({ method: 8 }), 'is a compressed zip ("a/one", method 8)'],
    ['encrypted', lie({ flags: 1 }), 'is encrypted'],
    ['sizes differ (a bomb: 5 bytes that unpack to 4 GiB)', lie({ bytes: 0xfffffff0 }), 'the sizes of "a/one" differ'],
    ['beyond the file', lie({ bytes: 5000, packed: 5000 }), 'lies outside the file'],
    ['the next entry swallowed', lie({ bytes: 20, packed: 20 }), 'overlaps'],
    ['two entries over the same bytes', lie({ header: 40 }), '"a/one"'],
    ['the same name twice', zipBytes([parts[0]!, parts[0]!]), 'two entries "a/one"'],
    ['an offset far away', lie({ header: 0xfffffff0 }), 'lies outside the file'],
    [
      'a zip64 size of 2^63',
      zipBytes([{ ...parts[0]!, directory: { bytes: 2 ** 62, packed: 2 ** 62 } }], true),
      'claims a size',
    ],
    ['a directory outside', set32(zipBytes(parts), 6, 0x7fffffff), 'directory lies outside the file'],
    ['a directory too short for its entries', set32(zipBytes(parts), 10, 46), 'claims 2 entries'],
    ['a directory elsewhere', set32(zipBytes(parts), 6, 0), 'entry 0 of its directory is broken'],
    ['no end record', zipBytes(parts).subarray(0, -1), 'cut short'],
    ['nothing', new Uint8Array(3), 'no end record'],
  ])('%s', (_, content, message) => {
    expect(failure(content)).toMatch(/^BAD_CHECKPOINT: /);
    expect(failure(content)).toContain(message);
  });

  it('a local header that is not there', () => {
    const content = zipBytes(parts);
    content.writeUInt32LE(0, 0);
    expect(failure(content)).toContain('"a/one" is not where it should be');
  });

  it('a local header whose extra field pushes the data into the next entry', () => {
    const content = zipBytes(parts);
    content.writeUInt16LE(8, 28);
    expect(failure(content)).toContain('overlaps');
  });
});
