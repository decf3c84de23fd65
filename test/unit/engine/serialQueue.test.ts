import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../../daemon/engine/serialQueue';

const never = new AbortController().signal;

describe('SerialQueue', () => {
  it('lets one in at a time, in order of arrival', async () => {
    const queue = new SerialQueue();
    const order: string[] = [];
    const work = async (name: string) => {
      const leave = await queue.enter(never);
      order.push(`${name} in`);
      await Promise.resolve();
      order.push(`${name} out`);
      leave();
    };
    await Promise.all([work('a'), work('b'), work('c')]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('a cancelled waiter leaves the line at once and its place goes to the next', async () => {
    const queue = new SerialQueue();
    const leave = await queue.enter(never);
    const cancel = new AbortController();
    const cancelled = queue.enter(cancel.signal);
    const next = queue.enter(never);
    cancel.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(queue.length).toBe(1);
    leave();
    (await next)();
    (await queue.enter(never))();
  });

  it('background work waits until nobody else does, and keeps its own order', async () => {
    const queue = new SerialQueue();
    const leave = await queue.enter(never);
    const order: string[] = [];
    const work = (name: string, background: boolean) =>
      queue.enter(never, background).then((done) => {
        order.push(name);
        done();
      });
    const all = [work('folder 1', true), work('folder 2', true), work('question', false)];
    expect(queue.length).toBe(3);
    leave();
    await Promise.all(all);
    expect(order).toEqual(['question', 'folder 1', 'folder 2']);
  });

  it('leaving twice lets in one only', async () => {
    const queue = new SerialQueue();
    const leave = await queue.enter(never);
    const second = queue.enter(never);
    const third = queue.enter(never);
    leave();
    leave();
    await second;
    let inside = false;
    void third.then(() => {
      inside = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(inside).toBe(false);
  });
});
