import { expect, test } from 'vitest';
import { findNode, isNewEnough, nodeVersion } from '../../../../extension/supervisor/findNode';

const says = (version: string) => async () => version;
const absent = async (): Promise<string> => {
  throw new Error('there is no such program');
};

test.each([
  ['20.9.0', true],
  ['20.8.1', false],
  ['18.20.0', false],
  ['22.0.0', true],
])('%s is new enough: %s', (version, expected) => expect(isNewEnough(version)).toBe(expected));

test('a configured Node is taken as it is', async () => {
  expect(await findNode('/opt/node', says('22.15.0'))).toEqual({
    path: '/opt/node',
    version: '22.15.0',
    env: {},
    from: 'setting',
  });
});

test('a configured Node that will not do is an error that names it, and nothing else is tried', async () => {
  await expect(findNode('/opt/node', absent)).rejects.toMatchObject({
    code: 'NODE_UNUSABLE',
    what: 'The Node.js "/opt/node" cannot run the engine: there is no such program.',
  });
  await expect(findNode('/opt/node', says('18.0.0'))).rejects.toThrow('it is version 18.0.0, 20.9 or newer is needed');
});

test('then the one on PATH', async () => {
  expect(await findNode('', says('20.20.0'))).toMatchObject({ path: 'node', from: 'path' });
});

test('an old one on PATH, or none, leaves the editor’s own', async () => {
  expect(await findNode('', says('16.0.0'))).toMatchObject({ path: process.execPath, from: 'editor' });
  expect(await findNode('', absent)).toMatchObject({ path: process.execPath, from: 'editor' });
});

test('a real Node tells its version; another program does not pass for one', async () => {
  expect(await nodeVersion(process.execPath)).toBe(process.versions.node);
  await expect(nodeVersion('/nowhere/node')).rejects.toThrow('there is no such program');
  await expect(nodeVersion('/bin/echo')).rejects.toThrow('it is not Node.js');
});
