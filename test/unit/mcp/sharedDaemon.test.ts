import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { errors } from '../../../daemon/common/errors';
import { SharedDaemon } from '../../../daemon/mcp/sharedDaemon';
import { fakeAgentDaemon } from '../../support/fakeAgentDaemon';

function setUp(idleMs = 10_000) {
  const events: string[] = [];
  const shared = new SharedDaemon(async () => {
    const n = events.filter((event) => event.startsWith('open')).length + 1;
    events.push(`open ${n}`);
    return { daemon: fakeAgentDaemon(), close: () => events.push(`close ${n}`) };
  }, idleMs);
  return { events, shared };
}

it('opens nothing before the first call, and one connection for all', async () => {
  const { events, shared } = setUp();
  expect(events).toEqual([]);
  expect(await Promise.all([shared.use(async () => 1), shared.use(async () => 2)])).toEqual([1, 2]);
  await shared.use(async () => 3);
  expect(events).toEqual(['open 1']);
});

it('closes when nothing was asked for a while, and not before a call is over', async () => {
  const { events, shared } = setUp(30);
  await shared.use(() => sleep(90));
  expect(events).toEqual(['open 1']);
  await sleep(90);
  expect(events).toEqual(['open 1', 'close 1']);
  await shared.use(async () => {});
  expect(events).toEqual(['open 1', 'close 1', 'open 2']);
});

it('asks once more where the connection turns out to be broken', async () => {
  const { events, shared } = setUp();
  await shared.use(async () => {});
  let calls = 0;
  const work = async () => {
    calls += 1;
    if (calls === 1) throw errors.daemonUnreachable('the connection broke');
    return 'answered';
  };
  expect(await shared.use(work)).toBe('answered');
  expect(events).toEqual(['open 1', 'close 1', 'open 2']);
});

it('tells of a daemon that cannot be started, and tries again with the next call', async () => {
  let opened = 0;
  const shared = new SharedDaemon(async () => {
    opened += 1;
    if (opened === 1) throw errors.daemonUnreachable('it ended at once');
    return { daemon: fakeAgentDaemon(), close: () => {} };
  });
  await expect(shared.use(async () => {})).rejects.toMatchObject({ code: 'DAEMON_UNREACHABLE' });
  expect(opened).toBe(1);
  expect(await shared.use(async () => 'there')).toBe('there');
});

it('leaves other failures as they are', async () => {
  const { events, shared } = setUp();
  await shared.use(async () => {});
  const failing = shared.use(async () => {
    throw errors.fileMissing('/x.png');
  });
  await expect(failing).rejects.toMatchObject({ code: 'FILE_MISSING' });
  expect(events).toEqual(['open 1']);
});
