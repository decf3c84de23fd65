import * as path from 'node:path';
import { expect, it } from 'vitest';
import { type Surroundings, storeHome } from '../../../daemon/store/home';

const home = (platform: NodeJS.Platform, env: Surroundings['env']) =>
  storeHome({ platform, env, homedir: '/home/ada' });

it.each([
  ['linux', {}, '/home/ada/.local/share/onelens'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/onelens'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/onelens'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ada/Library/Application Support/OneLens'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/OneLens'],
  ['win32', {}, '/home/ada/AppData/Local/OneLens'],
  ['linux', { ONELENS_HOME: '/elsewhere', XDG_DATA_HOME: '/data' }, '/elsewhere'],
  ['darwin', { ONELENS_HOME: 'here' }, path.resolve('here')],
] as const)('%s %j: %s', (platform, env, expected) => {
  expect(home(platform, env)).toBe(expected);
});
