import { expect, test, vi } from 'vitest';
import type { ViewParams, ViewResult } from '../../../../daemon/protocol/messages';
import type { PanelViewPart, ToPanel } from '../../../../daemon/protocol/panelMessages';
import type { Attachable } from '../../../../extension/chat/attachments';
import { AttachmentViews } from '../../../../extension/chat/attachmentViews';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { failures } from '../../../../extension/supervisor/failure';

const square = { size: 64, fit: 'stretch' as const, clips: 4, crops: 1 };
const attachable = (readBytes?: Attachable['readBytes']): Attachable => ({
  name: 'a.png',
  key: 'a.png',
  load: async () => ({ path: '/a.png' }),
  ...(readBytes ? { readBytes } : {}),
});

function setUp(view: (params: ViewParams, signal: AbortSignal) => Promise<ViewResult>, file = attachable()) {
  const posted: ToPanel[] = [];
  const asked: ViewParams[] = [];
  const views = new AttachmentViews({
    attachments: {
      fileOf: (id) => (id === 'a1' ? file : undefined),
      sourceOf: async (id) => (id === 'a1' ? { path: '/a.png' } : undefined),
    },
    daemon: async () =>
      ({
        view: (params: ViewParams, signal: AbortSignal) => {
          asked.push(params);
          return view(params, signal);
        },
      }) as unknown as DaemonApi,
    post: (message) => posted.push(message),
    log: () => {},
  });
  const ask = (part: PanelViewPart, id = 'a1') =>
    views.view({ type: 'view', id: 'p1', attachment: id, part, ...(part === 'seen' ? { square } : {}) });
  return { views, posted, asked, ask };
}

test('a view is asked of the daemon and handed on; what the model saw with the square that the answer told', async () => {
  const { ask, posted, asked } = setUp(async () => ({ file: '/a.png', view: { kind: 'none' } }));
  await ask('large');
  await ask('seen');
  expect(asked).toEqual([
    { source: { path: '/a.png' }, part: 'large' },
    { source: { path: '/a.png' }, part: 'seen', square },
  ]);
  expect(posted).toEqual([
    { type: 'viewed', id: 'p1', view: { kind: 'none' } },
    { type: 'viewed', id: 'p1', view: { kind: 'none' } },
  ]);
});

test('a decoded sound goes on as bytes', async () => {
  const wav = { kind: 'wav' as const, base64: 'AQI=', seconds: 1, of: 2 };
  const { ask, posted } = setUp(async () => ({ file: '/a.png', view: wav }));
  await ask('wav');
  expect(posted).toEqual([
    { type: 'viewed', id: 'p1', view: { kind: 'bytes', bytes: Uint8Array.of(1, 2), seconds: 1, of: 2 } },
  ]);
});

test('the file’s own bytes come without the daemon, as a plain array', async () => {
  const { ask, posted, asked } = setUp(
    async () => Promise.reject(new Error('not asked')),
    attachable(async () => Buffer.from([7, 8])),
  );
  await ask('bytes');
  expect(asked).toEqual([]);
  const [{ view }] = posted as [Extract<ToPanel, { type: 'viewed' }>];
  expect(view).toEqual({ kind: 'bytes', bytes: Uint8Array.of(7, 8) });
  expect(Buffer.isBuffer((view as { bytes: Uint8Array }).bytes)).toBe(false);
});

test('a failure is told in its own words; so is a file that is gone', async () => {
  const { ask, posted } = setUp(async () => Promise.reject(failures.fileUnreadable('a.png', 'gone')));
  await ask('large');
  await ask('large', 'a9');
  expect(posted).toEqual([
    { type: 'viewFailed', id: 'p1', text: failures.fileUnreadable('a.png', 'gone').message },
    { type: 'viewFailed', id: 'p1', text: failures.attachmentGone().message },
  ]);
});

test('a closed preview cancels what it waited for, and nothing is posted', async () => {
  let heard: AbortSignal | undefined;
  const { ask, views, posted } = setUp(
    (_, signal) =>
      new Promise((_resolve, reject) => {
        heard = signal;
        signal.addEventListener('abort', () => reject(failures.cancelled()));
      }),
  );
  const done = ask('large');
  await vi.waitFor(() => expect(heard).toBeDefined());
  views.cancel('p1');
  await done;
  expect(heard!.aborted).toBe(true);
  expect(posted).toEqual([]);
});
