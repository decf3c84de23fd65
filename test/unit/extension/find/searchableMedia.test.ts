import { beforeEach, expect, test, vi } from 'vitest';
import { fieldsOf } from '../../../../extension/find/fieldsOf';
import { type IndexedFile, Indexer } from '../../../../extension/find/indexer';
import { SearchableMedia } from '../../../../extension/find/searchableMedia';
import { snippetOf } from '../../../../extension/find/snippet';
import type { MediaRecord, StoredFact } from '../../../../extension/media/mediaRecord';
import { MediaStore } from '../../../../extension/media/mediaStore';
import { Failure, failures } from '../../../../extension/supervisor/failure';

const facts = (values: Record<string, StoredFact['value']>): StoredFact[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const PLOT: MediaRecord = {
  uri: 'w/fig1.png',
  size: 1,
  mtime: 1,
  modality: 'image',
  facts: facts({
    'image.width': 640,
    'image.height': 480,
    'image.dominantColors': [
      ['#ffffff', 0.9],
      ['#1f77b4', 0.02],
    ],
    'image.text': ['Air temperature', '22', 'City'],
    'plot.kind': 'line',
    'plot.title': 'Air temperature on a day in May',
    'plot.legend': ['City', 'Forest'],
  }),
  description: { text: 'A line plot with two lines.', confidence: 0.9, model: 'm' },
};
const SOUND: MediaRecord = {
  uri: 'w/rec/a.wav',
  size: 1,
  mtime: 2,
  modality: 'audio',
  facts: facts({ 'audio.duration': 2, 'audio.speechShare': 0.8, 'audio.channels': 1, 'file.format': 'wav' }),
};

test('a file is found by these words', () => {
  expect(fieldsOf(PLOT, 'out/fig1.png')).toEqual({
    name: 'fig1.png',
    folder: 'out',
    kind: 'plot chart graph picture image',
    title: 'Air temperature on a day in May · City · Forest',
    text: 'Air temperature · 22 · City',
    description: 'A line plot with two lines.',
    facts: '640 480 white line',
  });
  expect(fieldsOf(SOUND, 'a.wav')).toMatchObject({
    folder: '',
    kind: 'sound audio recording',
    facts: 'speech voice mono wav',
  });
});

test('the part that has the words is shown, and whose words they are', () => {
  expect(snippetOf(PLOT, 'lines')).toEqual({ source: 'model', text: 'A line plot with two lines.' });
  expect(snippetOf(PLOT, 'forest')).toEqual({
    source: 'title',
    text: 'Air temperature on a day in May · City · Forest',
  });
  expect(snippetOf(SOUND, 'mono')).toEqual({ source: 'measured', text: '2 s · mono · 80 % speech' });
  expect(snippetOf({ uri: 'x', size: 1, mtime: 1 }, 'x')).toBeUndefined();
});

test('a long text is cut round the first word that was looked for', () => {
  const text = `${'so many words '.repeat(20)}and then a lighthouse stands there ${'and more '.repeat(20)}`;
  const shown = snippetOf({ ...SOUND, description: { text, confidence: 1, model: 'm' } }, 'lighthouses')!.text;
  expect(shown).toMatch(/^….*lighthouse stands.*…$/);
  expect(shown.length).toBeLessThanOrEqual(112);
});

let store: MediaStore;
let media: SearchableMedia;
const inside = (uri: string) => (uri.startsWith('w/') ? uri.slice(2) : undefined);
const found = (query: string) => media.search(query, 10).map(({ record }) => record.uri);
beforeEach(() => {
  store = new MediaStore('/nowhere/at/all', () => {});
  vi.spyOn(store as unknown as { save(): Promise<void> }, 'save').mockResolvedValue();
  media = new SearchableMedia(store, inside);
});

test('follows the store: what comes, changes and goes', async () => {
  store.put(PLOT, { ...SOUND, uri: 'elsewhere/a.wav' });
  await media.build();
  expect([media.size, found('temperature'), found('sound')]).toEqual([1, [PLOT.uri], []]);
  store.put(SOUND);
  expect(found('sound')).toEqual([SOUND.uri]);
  store.put({ ...SOUND, description: { text: 'A rooster crows.', confidence: 1, model: 'm' } });
  expect(found('cock')).toEqual([SOUND.uri]);
  store.remove(PLOT.uri);
  expect(found('temperature')).toEqual([]);
});

test('without words the newest files of the workspace', async () => {
  store.put(PLOT, SOUND, { ...SOUND, uri: 'elsewhere/b.wav', mtime: 9 });
  await media.build();
  expect(found(' ')).toEqual([SOUND.uri, PLOT.uri]);
});

function indexing(files: IndexedFile[], measure?: (file: IndexedFile, signal: AbortSignal) => Promise<unknown>) {
  const state = { files, measured: [] as string[], log: [] as string[] };
  const indexer = new Indexer(store, {
    async *list() {
      yield state.files;
    },
    isInside: (uri) => inside(uri) !== undefined,
    stamp: async (uri) => state.files.find((file) => file.uri === uri),
    measure: async (file, signal) => {
      state.measured.push(file.uri);
      await measure?.(file, signal);
      store.put({ ...store.get(file.uri)!, modality: 'image', facts: [] });
    },
    log: (line) => state.log.push(line),
  });
  return { indexer, state };
}
const file = (uri: string, mtime = 1): IndexedFile => ({ uri, size: 1, mtime });

test('every file is known by its name before any is measured, then each is measured once', async () => {
  await media.build();
  const names: string[][] = [];
  const { indexer, state } = indexing([file('w/dog.png'), file('w/cat.png')], async () => {
    names.push(found('dog'), found('cat'));
  });
  await indexer.refresh();
  expect(names[0]).toEqual(['w/dog.png']);
  expect(names[1]).toEqual(['w/cat.png']);
  expect(state.measured).toEqual(['w/dog.png', 'w/cat.png']);
  await indexer.refresh();
  expect(state.measured).toHaveLength(2);
  state.files = [file('w/cat.png', 2)];
  await indexer.refresh();
  expect(state.measured).toEqual(['w/dog.png', 'w/cat.png', 'w/cat.png']);
  expect([...store.all()].map(({ uri }) => uri)).toEqual(['w/cat.png']);
  expect(indexer.status).toEqual({ state: 'idle', total: 0, done: 0 });
});

test('what is outside the workspace stays, also when it is not listed', async () => {
  store.put({ ...SOUND, uri: 'elsewhere/a.wav' });
  await indexing([]).indexer.refresh();
  expect(store.size).toBe(1);
});

test('stops, and goes on with what is left', async () => {
  const { indexer, state } = indexing(
    ['a', 'b', 'c'].map((name) => file(`w/${name}`)),
    async (_, signal) => {
      if (state.measured.length === 2) indexer.stop();
      if (signal.aborted) throw failures.cancelled();
    },
  );
  await indexer.refresh();
  expect(indexer.status).toEqual({ state: 'stopped', total: 2, done: 0 });
  expect(state.measured).toEqual(['w/a', 'w/b']);
  await indexer.changed(['w/a']);
  expect(state.measured).toHaveLength(2);
  await indexer.refresh();
  expect(state.measured).toEqual(['w/a', 'w/b', 'w/b', 'w/c']);
});

test('a failure that concerns all ends it with its words', async () => {
  const { indexer, state } = indexing([file('w/a')], async () => {
    throw new Failure('DAEMON_EXITED', 'It ended.', 'Look at the log.');
  });
  await indexer.refresh();
  expect(indexer.status).toEqual({ state: 'failed', total: 1, done: 0, problem: 'It ended. Look at the log.' });
  expect(state.log).toEqual(['The media index stopped: error[DAEMON_EXITED]: It ended. Look at the log.']);
});

test('a file that comes is measured, one that goes is gone, and with a folder all in it', async () => {
  await media.build();
  const { indexer, state } = indexing([file('w/a.png'), file('w/x/b.png'), file('w/x/c.png')]);
  await indexer.refresh();
  state.files = [file('w/a.png'), file('w/d.png')];
  await indexer.changed(['w/d.png', 'w/x']);
  expect(state.measured.slice(3)).toEqual(['w/d.png']);
  expect([...store.all()].map(({ uri }) => uri).sort()).toEqual(['w/a.png', 'w/d.png']);
  expect(media.size).toBe(2);
});
