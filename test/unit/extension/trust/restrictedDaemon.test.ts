import { expect, test, vi } from 'vitest';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { guarded } from '../../../../extension/trust/restrictedDaemon';

const signal = new AbortController().signal;
const daemon = () => ({
  ask: vi.fn(async () => ({})),
  facts: vi.fn(async () => ({})),
  plotData: vi.fn(async () => ({})),
  getStatus: vi.fn(async () => ({})),
  restartEngine: vi.fn(async () => undefined),
});

test('untrusted: facts by the safe decoders, and nothing else', async () => {
  const api = daemon();
  const guardedApi = guarded(api as unknown as DaemonApi, () => false);
  await guardedApi.facts({ source: { path: '/a.png' }, preview: true }, signal);
  expect(api.facts).toHaveBeenCalledWith({ source: { path: '/a.png', restricted: true }, preview: true }, signal);
  await guardedApi.getStatus();
  await guardedApi.restartEngine();
  await expect(guardedApi.ask({ media: [], question: 'What?' }, () => {}, signal)).rejects.toMatchObject({
    code: 'RESTRICTED',
  });
  await expect(guardedApi.plotData({ source: { path: '/a.png' } }, signal)).rejects.toMatchObject({
    code: 'RESTRICTED',
  });
  expect(api.ask).not.toHaveBeenCalled();
  expect(api.plotData).not.toHaveBeenCalled();
});

test('what the daemon learns to do later is refused, too, until it is allowed', async () => {
  const later = { ...daemon(), readSecrets: vi.fn(async () => 'x') };
  const api = guarded(later as unknown as DaemonApi, () => false) as unknown as typeof later;
  await expect(api.readSecrets()).rejects.toMatchObject({ code: 'RESTRICTED' });
});

test('trust works from the moment it is given', async () => {
  const api = daemon();
  let trusted = false;
  const guardedApi = guarded(api as unknown as DaemonApi, () => trusted);
  trusted = true;
  await guardedApi.ask({ media: [], question: 'What?' }, () => {}, signal);
  await guardedApi.facts({ source: { path: '/a.png' } }, signal);
  expect(api.ask).toHaveBeenCalledTimes(1);
  expect(api.facts).toHaveBeenCalledWith({ source: { path: '/a.png' } }, signal);
});
