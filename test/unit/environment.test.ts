import { expect, it } from 'vitest';
import { idleMsFromEnvironment, parsePort } from '../../daemon/environment';

it('idle minutes: ten by default, fractions, 0 = never', () => {
  const ms = (text?: string) => idleMsFromEnvironment(text === undefined ? {} : { ONELENS_IDLE_MINUTES: text });
  expect([ms(), ms(''), ms('0.5'), ms('0')]).toEqual([600_000, 600_000, 30_000, 0]);
  for (const bad of ['soon', '-1', 'Infinity', '30000']) expect(() => ms(bad)).toThrow(`"${bad}"`);
});

it('ports', () => {
  expect([parsePort(undefined), parsePort('0'), parsePort('65535')]).toEqual([0, 0, 65535]);
  for (const bad of ['65536', '-1', '1.5', 'http']) expect(() => parsePort(bad)).toThrow(`"${bad}"`);
});
