/** Mutated files that once broke a decoder (test/fuzz/seeds): each is decoded again, whole and piece by piece. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { formatById } from '../../fuzz/corpus';
import { play } from '../../fuzz/play';

const folder = join(__dirname, '../../fuzz/seeds');
const seeds = readdirSync(folder).filter((name) => name.includes('--'));

it.each(seeds)('%s', async (name) => {
  const prints = (['error', 'warn', 'log'] as const).map((method) => vi.spyOn(console, method));
  const format = formatById(name.split('--')[0]!);
  const bytes = Uint8Array.from(readFileSync(join(folder, name)));
  const start = process.cpuUsage();
  const outcomes = await play(format, name, bytes);
  expect(outcomes.filter(({ wrong }) => wrong)).toEqual([]);
  // of the processor, as other tests run beside this one
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(2);
  for (const print of prints) expect(print).not.toHaveBeenCalled();
});
