import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OneLensError } from '../../../../daemon/common/errors';
import { detectAmong } from '../../../../daemon/decoders/detect';
import { formats } from '../../../../daemon/decoders/image';

/** Broken files (see make.py beside them), each with the error that it must give. */
const folder = join(__dirname, '../../../fixtures/bad/image');

interface Expected {
  code: string;
  exitCode: number;
  says: string;
}

const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;

async function failureOf(name: string): Promise<OneLensError> {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  try {
    await detectAmong(formats, bytes, name).format.decode(bytes, name);
  } catch (error) {
    if (error instanceof OneLensError) return error;
    throw error;
  }
  throw new Error(`${name} was decoded`);
}

describe('broken pictures', () => {
  it.each(Object.entries(expected))('%s', async (name, e) => {
    const error = await failureOf(name);
    expect({ code: error.code, exitCode: error.exitCode, what: error.what }).toEqual({
      code: e.code,
      exitCode: e.exitCode,
      what: expect.stringContaining(e.says),
    });
    // one sentence, no innards
    expect(error.what).not.toMatch(/\n|libvips|vips|buffer|node_modules|undefined|NaN/i);
    expect(error.what).toMatch(/[^.]\.$/);
  });
});
