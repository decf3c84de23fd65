import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadableFiles } from '../../../daemon/mcp/readableFiles';

let top: string;
let inside: string;
let other: string;
let secret: string;

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'onelens-roots-')));
  inside = join(top, 'inside');
  other = join(top, 'inside-too');
  secret = join(top, 'secret');
  for (const folder of [inside, other, secret]) mkdirSync(folder);
  for (const file of [join(inside, 'a b.png'), join(other, 'c.png'), join(secret, 's.png')]) writeFileSync(file, 'x');
  symlinkSync(join(secret, 's.png'), join(inside, 'link.png'));
  symlinkSync(inside, join(top, 'alias'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const uri = (path: string) => pathToFileURL(path).href;
const files = (roots: string[] | undefined, folders: string[] = []) =>
  new ReadableFiles(async () => roots?.map(uri), folders, inside);

describe('ReadableFiles', () => {
  it('opens a file of a root by its path, its address, and relative to the root', async () => {
    const path = join(inside, 'a b.png');
    for (const named of [path, uri(path), 'a b.png', './a b.png', '../inside/a b.png'])
      expect(await files([inside]).open(named)).toEqual({ file: path, source: { path } });
  });

  it('looks in each root for a relative path', async () => {
    const path = join(other, 'c.png');
    expect((await files([inside, other]).open('c.png')).file).toBe(path);
    await expect(files([inside, other]).open('d.png')).rejects.toMatchObject({
      code: 'FILE_MISSING',
      what: `There is no file "d.png" (looked in ${inside}, ${other}).`,
    });
  });

  it('refuses what lies outside the roots, also by "..", by a link, and where a name only begins alike', async () => {
    const outside = [
      join(secret, 's.png'),
      '../secret/s.png',
      'link.png',
      join(other, 'c.png'),
      join(secret, 'none.png'),
    ];
    for (const path of outside)
      await expect(files([inside]).open(path)).rejects.toMatchObject({
        code: 'FILE_OUTSIDE',
        what: `${JSON.stringify(path)} is outside the folders that OneLens may read here (${inside}).`,
      });
  });

  it('follows the links of the roots themselves', async () => {
    expect((await files([join(top, 'alias')]).open(join(inside, 'a b.png'))).file).toBe(join(inside, 'a b.png'));
  });

  it('reads any file where neither client nor command line limits it', async () => {
    for (const roots of [undefined, []])
      expect((await files(roots).open(join(secret, 's.png'))).file).toBe(join(secret, 's.png'));
    expect((await files(undefined).open('a b.png')).file).toBe(join(inside, 'a b.png'));
  });

  it('keeps to the folders of the command line as well as to the roots', async () => {
    await expect(files([top], [inside]).open(join(other, 'c.png'))).rejects.toMatchObject({ code: 'FILE_OUTSIDE' });
    await expect(files([other], [top]).open(join(inside, 'a b.png'))).rejects.toMatchObject({ code: 'FILE_OUTSIDE' });
    expect((await files([top], [inside]).open(join(inside, 'a b.png'))).file).toBe(join(inside, 'a b.png'));
    expect((await files(undefined, [other]).open('c.png')).file).toBe(join(other, 'c.png'));
  });

  it.each(['https://example.org/a.png', 'vscode-remote://x/a.png', '\\\\server\\a.png', '//server/a.png', 'a\0.png'])(
    'takes no %j',
    async (path) => {
      await expect(files([inside]).open(path)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  it('reads nothing of a root on another machine', async () => {
    const remote = new ReadableFiles(async () => ['vscode-remote://ssh/home'], [], inside);
    await expect(remote.open(join(inside, 'a b.png'))).rejects.toMatchObject({ code: 'FILE_OUTSIDE' });
  });
});
