import { expect, it } from 'vitest';
import { errors } from '../../../daemon/common/errors';
import type { Engine } from '../../../daemon/engine/engineHost';
import type { EngineAsk } from '../../../daemon/engine/messages';
import type { AskProgress, AskResult } from '../../../daemon/protocol/messages';
import { ChatService } from '../../../daemon/services/chatService';

const signal = new AbortController().signal;
const report = { file: '/a', modality: 'image', facts: [], warnings: [] };

function serviceOver(ask: (params: EngineAsk, onProgress: (value: AskProgress) => void) => Promise<AskResult>) {
  const status = { state: 'ready', pid: 1, model: { id: 'nano', device: 'cpu', deviceReason: '' }, detail: undefined };
  const engine = { status, ask: (params, _signal, onProgress) => ask(params, onProgress) } as Engine;
  return new ChatService(engine, async (id) => ({ folder: `/models/${id ?? 'default'}` }));
}

it('fills in the defaults and the model’s folder', async () => {
  let asked: EngineAsk | undefined;
  const service = serviceOver(async (params) => {
    asked = params;
    return { text: '' } as AskResult;
  });
  await service.ask({ media: [{ name: 'a', base64: 'AQI=' }], question: 'What?' }, signal, () => {});
  expect(asked).toEqual({
    sources: [{ name: 'a', bytes: Buffer.from([1, 2]) }],
    question: 'What?',
    history: [],
    model: { folder: '/models/default' },
    maxTokens: 256,
    temperature: 0,
    topP: 0.75,
    seed: 0,
    noCache: false,
  });
});

it('a cancelled answer is what had come so far', async () => {
  const service = serviceOver(async (_params, onProgress) => {
    onProgress({ kind: 'media', media: [report] });
    onProgress({ kind: 'piece', text: 'A ' });
    onProgress({ kind: 'piece', text: 'pl' });
    throw errors.cancelled();
  });
  const seen: AskProgress[] = [];
  const result = await service.ask({ media: [{ path: '/a' }], question: 'What?' }, signal, (value) => seen.push(value));
  expect(result).toMatchObject({ text: 'A pl', stopped: 'cancelled', model: 'nano', device: 'cpu', media: [report] });
  expect(seen).toHaveLength(3);
});

it('other failures stay failures', async () => {
  const service = serviceOver(async () => {
    throw errors.engineDied('signal SIGKILL');
  });
  await expect(service.ask({ media: [], question: 'x' }, signal, () => {})).rejects.toMatchObject({
    code: 'ENGINE_DIED',
  });
});
