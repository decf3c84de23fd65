import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MediaRecord } from '../../../../extension/media/mediaRecord';
import { MediaStore, type StoreChange } from '../../../../extension/media/mediaStore';

let folder: string;
let logged: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onelens-store-'));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEADER = '{"onelens":"media","version":1}\n';
const file = () => join(folder, 'deep/media.jsonl');
const open = async (limits = { records: 10, bytes: 1e6 }) => {
  const store = new MediaStore(file(), (line) => logged.push(line), limits);
  await store.load();
  return store;
};
const record = (uri: string, change: Partial<MediaRecord> = {}): MediaRecord => ({ uri, size: 1, mtime: 2, ...change });
const uris = (store: MediaStore) => [...store.all()].map(({ uri }) => uri);

test('what was put is there again after a reload; what was removed is not', async () => {
  const store = await open();
  expect(await store.exists()).toBe(false);
  store.put(record('a', { description: { text: 'A cat.', confidence: 0.5, model: 'm' } }), record('b'));
  await store.flush();
  store.put(record('c'));
  store.remove('b', 'never there');
  await store.flush();
  const again = await open();
  expect(uris(again)).toEqual(['a', 'c']);
  expect(again.get('a')?.description?.text).toBe('A cat.');
  expect(await again.exists()).toBe(true);
  expect(logged).toEqual([]);
});

test('later changes are lines more, and the file is written anew when most lines are old', async () => {
  const store = await open();
  const lines = () => readFileSync(file(), 'utf8').trimEnd().split('\n').length;
  for (let i = 0; i < 5; i++) {
    store.put(record('a', { size: i }));
    await store.flush();
  }
  expect(lines()).toBe(6);
  for (let i = 0; i < 2010; i++) {
    store.put(record('a', { size: i }));
    await store.flush();
  }
  expect(lines()).toBeLessThan(30);
  expect((await open()).get('a')?.size).toBe(2009);
});

test('a line cut short by a crash costs that file, and is mended', async () => {
  const store = await open();
  store.put(record('a'), record('b'));
  await store.flush();
  const text = readFileSync(file(), 'utf8');
  writeFileSync(file(), text.slice(0, -8));
  const again = await open();
  expect(uris(again)).toEqual(['a']);
  expect(logged).toEqual(['The media index has 1 damaged line; these files are read again.']);
  again.put(record('c'));
  await again.flush();
  logged = [];
  expect(uris(await open())).toEqual(['a', 'c']);
  expect(logged).toEqual([]);
});

test.each([['not ours at all'], ['{"onelens":"media","version":2}\n{"uri":"a"}'], ['']])(
  'a head that is not ours (%j): built anew, with a line in the log',
  async (text) => {
    const store = await open();
    store.put(record('a'));
    await store.flush();
    writeFileSync(file(), text);
    const again = await open();
    expect(again.size).toBe(0);
    expect(logged).toEqual([expect.stringContaining('it is built anew')]);
    again.put(record('b'));
    await again.flush();
    expect(readFileSync(file(), 'utf8')).toBe(`${HEADER}{"uri":"b","size":1,"mtime":2}\n`);
  },
);

test('lines of the wrong shape are damage', async () => {
  const store = await open();
  store.put(record('a'));
  await store.flush();
  writeFileSync(
    file(),
    `${HEADER}{"uri":7}\n[]\nnull\n{"uri":"x","size":1,"mtime":1,"facts":3}\n{"uri":"b","size":1,"mtime":1}\n`,
  );
  expect(uris(await open())).toEqual(['b']);
  expect(logged).toEqual(['The media index has 4 damaged lines; these files are read again.']);
});

test('a file beyond the limit is not read', async () => {
  const store = await open();
  store.put(record('a'));
  await store.flush();
  expect((await open({ records: 10, bytes: 10 })).size).toBe(0);
  expect(logged[0]).toContain('more than 10; it is built anew');
});

test('a full store takes no new files, and says so once', async () => {
  const store = await open({ records: 2, bytes: 1e6 });
  expect(store.put(record('a'), record('b'), record('c'))).toBe(false);
  expect(store.put(record('d'))).toBe(false);
  expect(store.put(record('a', { size: 9 }))).toBe(true);
  expect(uris(store)).toEqual(['a', 'b']);
  expect(logged).toEqual(['The media index is full (2 files); further files are left out.']);
});

test('listeners hear of each change', async () => {
  const store = await open();
  const heard: StoreChange[] = [];
  const listener = store.onChange((changes) => heard.push(...changes));
  store.put(record('a'));
  store.remove('a');
  listener.dispose();
  store.put(record('b'));
  expect(heard).toEqual([
    { uri: 'a', record: record('a') },
    { uri: 'a', record: undefined },
  ]);
  await store.flush();
});

test('a place that cannot be written is a line in the log', async () => {
  writeFileSync(join(folder, 'deep'), 'a file where the folder should be');
  const store = await open();
  store.put(record('a'));
  await store.flush();
  expect(logged.at(-1)).toMatch(/^The media index cannot be saved: /);
});
