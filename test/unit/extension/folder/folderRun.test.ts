import { expect, test, vi } from 'vitest';
import type { FolderStatus } from '../../../../daemon/protocol/folderMessages';
import type { FolderFile } from '../../../../extension/folder/folderRow';
import { FolderRun, MOST_ROWS } from '../../../../extension/folder/folderRun';
import type { MediaRecord } from '../../../../extension/media/mediaRecord';
import { Failure, failures } from '../../../../extension/supervisor/failure';

const file = (uri: string, mtime = 1): FolderFile => ({ uri, path: uri, size: 1, mtime });
const description = { text: 'D', confidence: 1, model: 'm' };

function setUp(
  change: {
    files?: FolderFile[];
    describe?: (file: FolderFile, signal: AbortSignal) => Promise<Partial<MediaRecord>>;
  } = {},
) {
  const known = new Map<string, MediaRecord>();
  const described: string[] = [];
  const statuses: FolderStatus[] = [];
  const state = { files: change.files ?? ['a', 'b', 'c'].map((uri) => file(uri)), gone: 0, asked: 0 };
  const run: FolderRun = new FolderRun({
    async *list(most) {
      state.asked = most;
      yield state.files;
    },
    known: (uri) => known.get(uri),
    async describe(one, signal) {
      described.push(one.uri);
      const made = { ...one, ...(await (change.describe?.(one, signal) ?? { description })) };
      known.set(one.uri, made);
      return made;
    },
    onFiles: () => {},
    onGone: () => {
      state.gone += 1;
    },
    onStatus: (status) => statuses.push(status),
  });
  return { run, known, described, statuses, state };
}

test('describes each once, in order, and is done', async () => {
  const { run, described, statuses } = setUp();
  await run.start(true);
  expect(described).toEqual(['a', 'b', 'c']);
  expect(statuses).toEqual([
    { state: 'listing' },
    { state: 'running', current: 'a' },
    { state: 'running', current: 'b' },
    { state: 'running', current: 'c' },
    { state: 'done' },
  ]);
});

test('what is described or failed already is not asked again, unless the file changed', async () => {
  const { run, known, described } = setUp();
  known.set('a', { ...file('a'), description });
  known.set('b', { ...file('b'), error: { code: 'FILE_DAMAGED', text: '' } });
  known.set('c', { ...file('c', 0), description });
  await run.start(true);
  expect(described).toEqual(['c']);
});

test('stops in the middle of a file, and goes on with that one', async () => {
  let hang = true;
  const { run, described, statuses } = setUp({
    describe: (one, signal) =>
      one.uri === 'b' && hang
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(failures.cancelled())))
        : Promise.resolve({ description }),
  });
  const first = run.start(true);
  await vi.waitFor(() => expect(described).toEqual(['a', 'b']));
  expect(run.isReading('b')).toBe(true);
  await run.stop();
  await first;
  expect(statuses.at(-1)).toEqual({ state: 'stopped' });
  expect(run.isReading('b')).toBe(false);
  hang = false;
  await run.start(true);
  expect(described).toEqual(['a', 'b', 'b', 'c']);
  expect(run.status).toEqual({ state: 'done' });
});

test('only lists where it is told to', async () => {
  const { run, described, state } = setUp();
  await run.start(false);
  expect(described).toEqual([]);
  expect(run.status).toEqual({ state: 'stopped' });
  state.files = [file('a')];
  await run.start(false);
  expect([run.all.length, state.gone]).toEqual([1, 1]);
});

test('a broken file is a row; a missing model ends the run', async () => {
  const { run, described, statuses } = setUp({
    describe: async ({ uri }) => {
      if (uri === 'a') return { error: { code: 'FILE_DAMAGED', text: 'x' } };
      throw new Failure('MODEL_MISSING', 'There is no model.', 'Get one.');
    },
  });
  await run.start(true);
  expect(described).toEqual(['a', 'b']);
  expect(statuses.at(-1)).toEqual({ state: 'failed', problem: 'There is no model. Get one.' });
});

test('an engine that dies on three files in a row is left alone', async () => {
  const files = ['a', 'b', 'c', 'd'].map((uri) => file(uri));
  const { run, described } = setUp({ files, describe: async () => ({ error: { code: 'ENGINE_DIED', text: 'x' } }) });
  await run.start(true);
  expect(described).toEqual(['a', 'b', 'c']);
  expect(run.status).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('3 files in a row failed with ENGINE_DIED'),
  });
});

test('again means again, for a file of the table only', async () => {
  const { run, described } = setUp();
  await run.start(true);
  await run.repeat(['b', 'elsewhere']);
  expect(described).toEqual(['a', 'b', 'c', 'b']);
});

test('a store that keeps nothing does not make it go round for ever', async () => {
  const { run, described, known } = setUp();
  known.set = () => known;
  await run.start(true);
  expect(described).toEqual(['a', 'b', 'c']);
});

test('more files than a table takes are left out, and that is told', async () => {
  const files = Array.from({ length: MOST_ROWS + 1 }, (_, i) => file(String(i)));
  const { run, state } = setUp({ files });
  await run.start(false);
  expect([run.all.length, run.status.isCut, state.asked]).toEqual([MOST_ROWS, true, MOST_ROWS + 1]);
});
