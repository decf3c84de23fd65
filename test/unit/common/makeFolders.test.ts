import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolders } from '../../../daemon/common/makeFolders';

describe('makeFolders', () => {
  it('makes every missing folder, with the mode, and again without complaint', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'folders-')), 'a b', 'ü', 'c');
    makeFolders(folder, 0o700);
    makeFolders(folder, 0o700);
    expect(statSync(folder).isDirectory()).toBe(true);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('fails where a file is in the way', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'folders-')), 'file');
    writeFileSync(file, '');
    expect(() => makeFolders(file)).toThrow(/EEXIST/);
    expect(() => makeFolders(join(file, 'below'))).toThrow(/EEXIST|ENOTDIR/);
  });

  it.runIf(process.platform === 'linux')('fails at once in a folder that takes no entries', () => {
    expect(() => makeFolders('/proc/onelens-home/logs')).toThrow(/ENOENT/);
  });
});
