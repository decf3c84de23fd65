import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storeHome } from '../../../../daemon/store/home';
import { resolveHome } from '../../../../extension/supervisor/home';

const userHome = '/home/ada';
const inputs = (platform: NodeJS.Platform, env: Record<string, string> = {}) => ({ platform, env, userHome });

test.each([
  ['linux', {}, '/home/ada/.local/share/onelens'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/onelens'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/onelens'],
  ['linux', { ONELENS_HOME: '/models' }, '/models'],
  ['darwin', {}, '/home/ada/Library/Application Support/OneLens'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/OneLens'],
  ['win32', {}, '/home/ada/AppData/Local/OneLens'],
] as const)('%s with %j: %s, the same as the daemon', (platform, env, expected) => {
  const around = inputs(platform, env);
  expect(resolveHome('', around)).toBe(expected);
  expect(storeHome({ platform, env, homedir: userHome })).toBe(expected);
});

test('the setting wins, and its tilde is the home folder', () => {
  const around = inputs('linux', { ONELENS_HOME: '/models' });
  expect(resolveHome('/set', around)).toBe('/set');
  expect(resolveHome('~/lens', around)).toBe(join(userHome, 'lens'));
});
