import { describe, expect, it } from 'vitest';
import { openSafetensors } from '../../../daemon/common/safetensors';
import {
  failureOf,
  safetensorsBytes,
  safetensorsOf,
  temporaryFolder,
  writeTemporary,
} from '../../support/checkpointFiles';

const open = (content: Uint8Array) => openSafetensors(writeTemporary('x.safetensors', content));
const failure = (content: Uint8Array) => failureOf(() => open(content));
const one = (entry: object, bytes = 8) =>
  safetensorsOf({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } }, new Uint8Array(bytes));

it('reads floats, ints, slices and metadata', () => {
  const data = Buffer.alloc(8 + 8 + 16);
  data.writeFloatLE(1.5, 0);
  data.writeFloatLE(-2, 4);
  data.writeInt32LE(-7, 8);
  data.writeInt32LE(9, 12);
  data.writeBigInt64LE(-1n, 16);
  data.writeBigInt64LE(2n ** 40n, 24);
  const file = open(
    safetensorsOf(
      {
        __metadata__: { made: 'here' },
        long: { dtype: 'I64', shape: [1, 2], data_offsets: [16, 32] },
        float: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
        int: { dtype: 'I32', shape: [2], data_offsets: [8, 16] },
        none: { dtype: 'F16', shape: [0, 5], data_offsets: [32, 32] },
      },
      data,
    ),
  );
  expect(file.metadata).toEqual({ made: 'here' });
  expect([...file.readFloats('float')]).toEqual([1.5, -2]);
  expect(file.readInts('int')).toEqual([-7, 9]);
  expect(file.readInts('long')).toEqual([-1, 2 ** 40]);
  expect(file.entries.get('long')?.shape).toEqual([1, 2]);
  const slice = new Uint8Array(4);
  file.readBytes('float', slice, 4);
  expect(Buffer.from(slice).readFloatLE()).toBe(-2);
  expect(failureOf(() => file.readBytes('float', slice, 5))).toContain('past the end');
  expect(failureOf(() => file.readFloats('int'))).toContain('"int" is I32, not F32');
  expect(failureOf(() => file.readInts('float'))).toContain('not I32 or I64');
  expect(failureOf(() => file.readInts('nope'))).toContain('no tensor "nope"');
  file.close();
});

it('reads what it should of a right file', () => {
  expect([...open(safetensorsBytes({ a: { shape: [3], values: [1, 2, 3] } })).readFloats('a')]).toEqual([1, 2, 3]);
});

describe('damaged files', () => {
  const length = (n: bigint, rest = 2) => {
    const bytes = Buffer.alloc(8 + rest, '{}');
    bytes.writeBigUInt64LE(n);
    return bytes;
  };
  const two = (a: number[], b: number[], bytes = 8) =>
    safetensorsOf(
      { a: { dtype: 'F32', shape: [1], data_offsets: a }, b: { dtype: 'F32', shape: [1], data_offsets: b } },
      new Uint8Array(bytes),
    );

  it.each([
    ['too short', new Uint8Array(7), 'it has 7 bytes'],
    ['a header of 2^60 bytes', length(2n ** 60n), `claims ${2n ** 60n} bytes`],
    ['a header longer than the file', length(3n), 'claims 3 bytes, the file has 10'],
    ['not JSON', safetensorsOf('{"a":', new Uint8Array()), 'not JSON'],
    ['not UTF-8', safetensorsOf('', new Uint8Array()).fill(0xff, 8), 'not JSON'],
    ['a list', safetensorsOf([], new Uint8Array()), 'not an object'],
    ['null entry', safetensorsOf({ w: null }, new Uint8Array()), 'has the type'],
    ['F64', one({ dtype: 'F64' }), '"w" has the type "F64"'],
    ['a type from the prototype', one({ dtype: 'toString' }), 'has the type "toString"'],
    ['a negative size', one({ shape: [-2] }), 'no valid shape'],
    ['a fraction', one({ shape: [1.5] }), 'no valid shape'],
    ['a product beyond 2^53', one({ shape: [2 ** 40, 2 ** 40] }), 'needs 4.8'],
    ['rank 17', one({ shape: Array(17).fill(1) }), 'no valid shape'],
    ['negative offsets', one({ data_offsets: [-8, 0] }), 'no valid offsets'],
    ['one offset', one({ data_offsets: [0] }), 'no valid offsets'],
    ['offsets swapped', one({ data_offsets: [8, 0] }), 'needs 8 bytes, its offsets span -8'],
    ['offsets too near', one({ data_offsets: [0, 4] }), 'needs 8 bytes, its offsets span 4'],
    ['cut short', one({}, 7), 'the file has'],
    ['overlap', two([0, 4], [2, 6], 6), 'overlaps'],
    ['a gap', two([0, 4], [5, 9], 9), '1 bytes before'],
    ['something after the end', one({}, 9), '1 bytes at its end'],
  ])('%s', (_, content, message) => {
    expect(failure(content)).toMatch(/^FILE_DAMAGED: /);
    expect(failure(content)).toContain(message);
  });

  it('is not a file', () => {
    const folder = temporaryFolder();
    expect(failureOf(() => openSafetensors(folder))).toMatch(/^FILE_IS_FOLDER: /);
    expect(failureOf(() => openSafetensors(folder + '/none'))).toMatch(/^FILE_MISSING: /);
    expect(failureOf(() => openSafetensors('/dev/zero'))).toMatch(/^FILE_UNREADABLE: /);
  });
});
