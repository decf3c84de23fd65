import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { isNewEnough, locateNode } from '../../daemon/locateNode';

const search = (changes: object, versions: Record<string, string> = {}) =>
  locateNode({
    path: ['/old', '/new'].join(delimiter),
    execPath: '/code/electron',
    electron: true,
    versionOf: async (command: string) => versions[command],
    ...changes,
  });

it('the configured Node comes first, when it is new enough', async () => {
  const versions = { '/my/node': 'v22.1.0' };
  expect((await search({ configured: '/my/node' }, versions)).command).toBe('/my/node');
  expect((await search({ configured: '/my/node' }, { '/my/node': 'v18.0.0' })).command).toBe('/code/electron');
});

it('a plain Node runs on itself', async () => {
  expect(await search({ electron: false, execPath: '/usr/bin/node' })).toMatchObject({
    command: '/usr/bin/node',
    env: {},
  });
});

it('inside VS Code the first new enough Node on PATH', async () => {
  const versions = { [join('/old', 'node')]: 'v16.20.0', [join('/new', 'node')]: 'v20.9.0' };
  expect(await search({}, versions)).toMatchObject({ command: join('/new', 'node'), env: {} });
});

it('else VS Code’s own, as Node', async () => {
  expect(await search({})).toMatchObject({ command: '/code/electron', env: { ELECTRON_RUN_AS_NODE: '1' } });
});

it('20.9 is the oldest', () => {
  expect(['v20.9.0', '20.10.1', 'v22.0.0'].map(isNewEnough)).toEqual([true, true, true]);
  expect(['v20.8.9', 'v18.19.0', '', undefined, 'deno 2'].map(isNewEnough)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
