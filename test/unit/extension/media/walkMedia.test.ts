import { expect, test } from 'vitest';
import { type FoundFile, type WalkPorts, walkMedia } from '../../../../extension/media/walkMedia';

/** Folders and their entries; a name that ends in "/" is a folder, in "@" something else. */
function ports(tree: Record<string, string[]>): WalkPorts & { read: string[] } {
  const read: string[] = [];
  return {
    read,
    async readFolder(path) {
      read.push(path);
      const names = tree[path];
      if (names === undefined) throw new Error(`no permission for ${path}`);
      return names.map((name) => ({
        name: name.replace(/[/@]$/, ''),
        kind: name.endsWith('/') ? 'folder' : name.endsWith('@') ? 'other' : 'file',
      }));
    },
    async stat(path) {
      if (path.includes('gone')) throw new Error('gone');
      return { size: path.length, mtime: 1 };
    },
  };
}

const options = { wanted: (name: string) => name.endsWith('.png'), excluded: () => false, most: 100 };
const never = new AbortController().signal;

async function all(walk: AsyncIterable<FoundFile[]>): Promise<string[]> {
  const paths: string[] = [];
  for await (const found of walk) paths.push(...found.map(({ path }) => path));
  return paths;
}

test('files of a folder in the order of their numbers, then its folders', async () => {
  const tree = { '': ['b/', 'p10.png', 'p9.png', 'x.txt', 'link.png@'], b: ['c/', 'q.png'], 'b/c': ['r.png'] };
  expect(await all(walkMedia(ports(tree), options, never))).toEqual(['p9.png', 'p10.png', 'b/q.png', 'b/c/r.png']);
});

test('an excluded folder is not entered, an excluded file left out', async () => {
  const fs = ports({ '': ['a/', 'b/', 'x.png', 'y.png'], b: ['z.png'], a: ['w.png'] });
  const excluded = (path: string) => path === 'a' || path === 'y.png';
  expect(await all(walkMedia(fs, { ...options, excluded }, never))).toEqual(['x.png', 'b/z.png']);
  expect(fs.read).toEqual(['', 'b']);
});

test('ends with the most files, and reads no further', async () => {
  const fs = ports({ '': ['a/', 'x.png', 'y.png', 'z.png'], a: ['w.png'] });
  expect(await all(walkMedia(fs, { ...options, most: 2 }, never))).toEqual(['x.png', 'y.png']);
  expect(fs.read).toEqual(['']);
});

test('a caller that stops asking stops the walk', async () => {
  const fs = ports({ '': ['a/', 'x.png'], a: ['w.png'] });
  for await (const found of walkMedia(fs, options, never)) {
    expect(found).toEqual([{ path: 'x.png', size: 5, mtime: 1 }]);
    break;
  }
  expect(fs.read).toEqual(['']);
});

test('what cannot be read is passed over, the first folder excepted', async () => {
  expect(await all(walkMedia(ports({ '': ['a/', 'gone.png', 'x.png'] }), options, never))).toEqual(['x.png']);
  await expect(all(walkMedia(ports({}), options, never))).rejects.toThrow('no permission');
});

test('an abort ends it', async () => {
  await expect(all(walkMedia(ports({ '': [] }), options, AbortSignal.abort()))).rejects.toThrow();
});
