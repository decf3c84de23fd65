import { expect, test } from 'vitest';
import type { StatusInfo } from '../../../../daemon/protocol/messages';
import { failures } from '../../../../extension/supervisor/failure';
import { panelStatus, statusText } from '../../../../extension/supervisor/statusText';

const status = (state: StatusInfo['state']): StatusInfo => ({
  state,
  model: 'onelens-tiny',
  device: 'CPU (2 threads)',
  deviceReason: 'no GPU found',
  daemonPid: 7,
  version: '0.1.0',
});

test('state, model and device with its reason', () => {
  const shown = statusText({ state: 'ready', status: status('ready'), failure: null });
  expect(shown.text).toBe('$(eye) OneLens · onelens-tiny · CPU');
  expect(shown.label).toBe('OneLens, ready, model onelens-tiny, on CPU (2 threads)');
  expect(shown.tooltip).toContain('Model: onelens\\-tiny');
  expect(shown.tooltip).toContain('Device: CPU \\(2 threads\\) (no GPU found)');
  expect(shown.isError).toBe(false);
});

test.each([
  ['stopped', null, '$(eye) OneLens'],
  ['starting', null, '$(loading~spin) OneLens'],
  ['ready', status('busy'), '$(loading~spin) OneLens · onelens-tiny · CPU'],
  ['ready', status('failed'), '$(error) OneLens · onelens-tiny · CPU'],
] as const)('%s', (state, info, text) => {
  expect(statusText({ state, status: info, failure: null }).text).toBe(text);
});

test('a failure shows what and what to do, and its text is no Markdown of ours', () => {
  const failure = failures.daemonExited('exit code 1', '[x](command:evil)');
  const shown = statusText({ state: 'failed', status: null, failure });
  expect(shown.isError).toBe(true);
  expect(shown.tooltip).not.toContain('[x](command:evil)');
  expect(panelStatus({ state: 'failed', status: null, failure })).toMatchObject({
    state: 'failed',
    detail: failure.message,
  });
});

test('a connection that rests is nothing to tell the panel', () => {
  expect(panelStatus({ state: 'stopped', status: null, failure: null })).toBeNull();
});
