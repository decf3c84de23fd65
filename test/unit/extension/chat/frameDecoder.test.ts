import { expect, test } from 'vitest';
import type { ToPanel } from '../../../../daemon/protocol/panelMessages';
import { FrameDecoder } from '../../../../extension/chat/frameDecoder';

function setUp(isReady = true) {
  const posted: ToPanel[] = [];
  const decoder = new FrameDecoder({ ready: async () => isReady, post: (message) => posted.push(message) });
  const asked = async () => {
    while (posted.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    return posted.at(-1) as Extract<ToPanel, { type: 'decodeFrames' }>;
  };
  return { decoder, posted, asked };
}

test('the panel gets the bytes and answers with frames', async () => {
  const { decoder, asked } = setUp();
  const decoded = decoder.decode(new Uint8Array([7]), [0.5]);
  const { id, bytes, times, side } = await asked();
  expect([[...bytes], times, side]).toEqual([[7], [0.5], 448]);
  const frames = [{ time: 0.5, base64: 'AA==' }];
  decoder.receive({ type: 'frames', id, frames });
  expect(await decoded).toEqual({ frames });
});

test('a reason comes through', async () => {
  const { decoder, asked } = setUp();
  const decoded = decoder.decode(new Uint8Array(), [0]);
  decoder.receive({ type: 'frames', id: (await asked()).id, frames: [], reason: 'VS Code has no decoder for hevc' });
  expect(await decoded).toEqual({ frames: [], reason: 'VS Code has no decoder for hevc' });
});

test('a panel that does not open, or does not answer, is not waited for', async () => {
  const closed = setUp(false);
  expect(await closed.decoder.decode(new Uint8Array(), [0])).toEqual({
    frames: [],
    reason: 'the chat panel is not open',
  });
  const silent = setUp();
  expect(await silent.decoder.decode(new Uint8Array(), [0], 5)).toEqual({
    frames: [],
    reason: 'decoding took too long',
  });
  // an answer that comes too late is nobody's
  silent.decoder.receive({ type: 'frames', id: 'v1', frames: [] });
});
