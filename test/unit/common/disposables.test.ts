import { expect, it } from 'vitest';
import { Disposables } from '../../../daemon/common/disposables';

it('ends last first, all of them, once, and throws the first failure', async () => {
  const ended: number[] = [];
  const all = new Disposables();
  all.defer(() => void ended.push(1));
  all.defer(() => {
    throw new Error('two');
  });
  all.add({ dispose: async () => void ended.push(3) });
  await expect(all.dispose()).rejects.toThrow('two');
  await all.dispose();
  expect(ended).toEqual([3, 1]);
});
