import { expect, test, vi } from 'vitest';
import type { StatusInfo } from '../../../../daemon/protocol/messages';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { failures } from '../../../../extension/supervisor/failure';
import { type Link, type LinkEvents, type Snapshot, Supervisor } from '../../../../extension/supervisor/supervisor';

const STATUS: StatusInfo = {
  state: 'ready',
  model: 'tiny',
  device: 'CPU',
  deviceReason: null,
  daemonPid: 7,
  version: '0.1.0',
};

function setUp(openFailures: Error[] = []) {
  const restartEngine = vi.fn(async () => {});
  const close = vi.fn(async () => {});
  const api = { getStatus: async () => STATUS, restartEngine } as unknown as DaemonApi;
  const links: LinkEvents[] = [];
  let now = 0;
  const supervisor = new Supervisor(
    async (events): Promise<Link> => {
      links.push(events);
      const failure = openFailures.shift();
      if (failure) throw failure;
      return { api, close };
    },
    () => now,
  );
  const states: Snapshot['state'][] = [];
  supervisor.onDidChange(({ state }) => states.at(-1) !== state && states.push(state));
  return { supervisor, api, links, states, close, restartEngine, later: (ms: number) => (now += ms) };
}

test('nothing is opened before it is needed', () => {
  const { supervisor, links } = setUp();
  expect(links).toHaveLength(0);
  expect(supervisor.snapshot.state).toBe('stopped');
});

test('calls at the same time share one start; the first status is fetched', async () => {
  const { supervisor, api, links, states } = setUp();
  expect(await Promise.all([supervisor.ready(), supervisor.ready()])).toEqual([api, api]);
  expect(links).toHaveLength(1);
  expect(states).toEqual(['starting', 'ready']);
  await vi.waitFor(() => expect(supervisor.snapshot.status).toEqual(STATUS));
});

test('a connection that breaks is opened again by the next call', async () => {
  const { supervisor, links, states, later } = setUp();
  await supervisor.ready();
  links[0]!.closed();
  expect(supervisor.snapshot).toEqual({ state: 'stopped', status: null, failure: null });
  later(60_000);
  await supervisor.ready();
  expect(links).toHaveLength(2);
  expect(states).toEqual(['starting', 'ready', 'stopped', 'starting', 'ready']);
});

test('a failed start rejects with its failure, which the snapshot keeps', async () => {
  const failure = failures.daemonSlow(30);
  const { supervisor, later } = setUp([failure]);
  await expect(supervisor.ready()).rejects.toBe(failure);
  expect(supervisor.snapshot).toEqual({ state: 'failed', status: null, failure });
  later(60_000);
  await supervisor.ready();
  expect(supervisor.snapshot.state).toBe('ready');
});

test('after five failures it waits for a person', async () => {
  const { supervisor, links, later, restartEngine } = setUp(Array.from({ length: 5 }, () => failures.daemonSlow(30)));
  for (let i = 0; i < 5; i++) {
    await expect(supervisor.ready()).rejects.toMatchObject({ code: 'DAEMON_SLOW' });
    later(20_000);
  }
  await expect(supervisor.ready()).rejects.toMatchObject({ code: 'DAEMON_GAVE_UP' });
  expect(links).toHaveLength(5);
  await supervisor.restart();
  expect(links).toHaveLength(6);
  expect(restartEngine).toHaveBeenCalledOnce();
});

test('stop ends the connection, and what the old one says later changes nothing', async () => {
  const { supervisor, links, close } = setUp();
  await supervisor.ready();
  await supervisor.stop();
  expect(close).toHaveBeenCalledOnce();
  links[0]!.status(STATUS);
  links[0]!.closed();
  expect(supervisor.snapshot).toEqual({ state: 'stopped', status: null, failure: null });
});
