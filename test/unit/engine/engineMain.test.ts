import { beforeEach, describe, expect, it } from 'vitest';
import { errors } from '../../../daemon/common/errors';
import { serveEngine } from '../../../daemon/engine/engineMain';
import type { EmbeddingStore, EngineParts } from '../../../daemon/engine/engineParts';
import type { EngineAsk, EngineRequest, FromEngine, ToEngine } from '../../../daemon/engine/messages';
import type { AudioMedia, ImageMedia } from '../../../daemon/media/media';
import type { AskResult, PlotDataResult } from '../../../daemon/protocol/messages';
import { FakeChatModel } from '../../support/fakeChatModel';

const sound: AudioMedia = {
  kind: 'audio',
  sampleRate: 8,
  channels: [new Float32Array(8)],
  format: 'wav',
  warnings: [],
};
const ask: EngineAsk = {
  sources: [{ name: 'a.wav', bytes: new Uint8Array([1, 2, 3]) }],
  question: 'What is this?',
  history: [],
  model: { folder: '/pack' },
  maxTokens: 1000,
  temperature: 0,
  topP: 1,
  seed: 0,
  noCache: false,
};

const picture: ImageMedia = {
  kind: 'image',
  width: 1,
  height: 1,
  data: new Uint8ClampedArray(4),
  format: 'png',
  channels: 3,
  bitDepth: 8,
  hasAlpha: false,
  frames: 1,
  warnings: ['It is small.'],
};
const plotFound: Omit<PlotDataResult, 'file'> = {
  data: {
    kind: 'line',
    title: null,
    x: { label: null, scale: 'linear' },
    y: { label: null, scale: 'linear' },
    series: [],
    warnings: ['The y axis has no labels.'],
  },
  csv: 'x,y\r\n',
  overlay: { width: 1, height: 1, areas: [], series: [] },
};

let said: FromEngine[];
let tell: (message: ToEngine) => void;
let decoded: number;
let loads: string[];
let model: FakeChatModel;
let parts: EngineParts;

beforeEach(() => {
  said = [];
  decoded = 0;
  loads = [];
  model = new FakeChatModel();
  parts = {
    read: async (source) => {
      const [file, bytes] = 'path' in source ? [source.path, new Uint8Array([9])] : [source.name, source.bytes];
      return { file, size: bytes.length, key: `key ${bytes.join(' ')}`, content: { bytes } };
    },
    decode: async () => {
      decoded += 1;
      return { media: sound };
    },
    outline: async () => undefined,
    measure: (media) => [{ name: 'audio.duration', value: 1, unit: 's', how: `of ${media.kind}` }],
    preview: async () => undefined,
    view: async () => ({ kind: 'none' }),
    plotData: async () => plotFound,
    loadModel: async (folder) => {
      loads.push(folder);
      return model;
    },
    embeddings: noStore,
  };
});

const noStore: EmbeddingStore = { get: async () => undefined, put: async () => {} };

function start(): void {
  serveEngine({ send: (message) => said.push(message), onMessage: (listener) => (tell = listener) }, parts);
}

/** Sends a request and waits for its end. */
async function end(request: EngineRequest): Promise<FromEngine> {
  tell(request);
  for (;;) {
    const last = said.find((m) => (m.type === 'result' || m.type === 'error') && m.id === request.id);
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const request = (id: number, params: Partial<EngineAsk> = {}): EngineRequest => ({
  type: 'request',
  id,
  method: 'ask',
  params: { ...ask, ...params },
});
const progressOf = (id: number) => said.flatMap((m) => (m.type === 'progress' && m.id === id ? [m.value] : []));

describe('serveEngine', () => {
  it('says that it is ready', () => {
    start();
    expect(said).toEqual([{ type: 'ready' }]);
  });

  it('tells a warning of the decoder once, though the encoder passes it on', async () => {
    const warning = '2 points are not finite numbers and were left out.';
    parts.decode = async () => ({ media: { ...sound, warnings: [warning] } });
    const encode = model.encode.bind(model);
    model.encode = async (media) => ({ ...(await encode(media)), warnings: [warning, 'It is short.'] });
    start();
    expect(await end(request(1))).toMatchObject({ value: { media: [{ warnings: [warning, 'It is short.'] }] } });
  });

  it('begins with the measured facts and calls it a guess where answers like this were seldom right', async () => {
    model.calibration = {
      calibration: [
        [0, 0],
        [0.5, 0.25],
      ],
      unsure: 0.4,
    };
    start();
    const { value } = (await end(request(1))) as { value: AskResult };
    const lead = '> Measured: sound: 1 s\n\nNot sure, a guess: ';
    expect(value).toMatchObject({ lead, confidence: 0.25, calibrated: true });
    expect(value.text.startsWith(`${lead}audio `)).toBe(true);
    const pieces = progressOf(1).flatMap((p) => (p.kind === 'piece' ? [p.text] : []));
    expect(pieces.join('')).toBe(value.text);
  });

  it('is not surer of a guess for the words that follow it', async () => {
    model.calibration = {
      calibration: [
        [0, 0],
        [1, 1],
      ],
      unsure: 0.5,
    };
    const generate = model.generate.bind(model);
    model.generate = async (ask, signal, onPiece) => {
      const whole = await generate(ask, signal, () => {});
      onPiece('A cat.', 0.45);
      return { ...whole, text: 'A cat.', confidence: 0.52 };
    };
    start();
    const { value } = (await end(request(1))) as { value: AskResult };
    expect(value.lead).toBeDefined();
    expect(value.confidence).toBe(0.45);
  });

  it('streams stages, then media with facts, then pieces, and answers', async () => {
    start();
    const last = await end(request(1));
    const kinds = progressOf(1).map((p) => (p.kind === 'stage' ? p.stage : p.kind));
    expect(kinds.slice(0, 5)).toEqual(['decoding', 'media', 'loading', 'encoding', 'prefill']);
    expect(kinds.slice(5).every((kind) => kind === 'piece')).toBe(true);
    expect(last).toMatchObject({
      type: 'result',
      value: {
        text: 'audio turns=0 What is this?',
        model: 'fake',
        device: 'cpu',
        media: [{ file: 'a.wav', modality: 'audio', facts: [{ name: 'audio.duration', value: 1 }] }],
        usage: { promptTokens: 7, mediaTokens: 4, completionTokens: 5 },
        cached: { media: false, prefixTokens: 0 },
        stopped: 'end',
      },
    });
    expect(said).toContainEqual({
      type: 'model',
      model: { id: 'fake', device: 'cpu', deviceReason: 'It is a fake.' },
    });
  });

  it('decodes, encodes and loads once for two questions about the same content, whatever its name', async () => {
    start();
    await end(request(1));
    const second = await end(request(2, { sources: [{ name: 'b.wav', bytes: new Uint8Array([1, 2, 3]) }] }));
    expect([decoded, model.encoded, loads.length]).toEqual([1, 1, 1]);
    expect(second).toMatchObject({ value: { cached: { media: true }, media: [{ file: 'b.wav' }] } });
  });

  it('takes embeddings that an earlier engine left on disk', async () => {
    const kept = new Map<string, Awaited<ReturnType<EmbeddingStore['get']>>>();
    const store: EmbeddingStore = {
      get: async (key) => kept.get(key),
      put: async (key, value) => void kept.set(key, value),
    };
    parts = { ...parts, embeddings: store };
    start();
    await end(request(1));
    said = [];
    start();
    expect(await end(request(1))).toMatchObject({ value: { cached: { media: true } } });
    expect(model.encoded).toBe(1);
  });

  it('noCache reads and writes no cache', async () => {
    start();
    await end(request(1, { noCache: true }));
    await end(request(2));
    const third = await end(request(3, { noCache: true }));
    expect([decoded, model.encoded]).toEqual([3, 3]);
    expect(third).toMatchObject({ value: { cached: { media: false } } });
  });

  it('a bad file is told before a missing model', async () => {
    const missing = { error: errors.modelMissing('x', '/models').toJSON() };
    start();
    expect(await end(request(1, { model: missing }))).toMatchObject({
      type: 'error',
      error: { code: 'MODEL_MISSING' },
    });
    parts.decode = async () => {
      throw errors.truncated('PNG', 'it ends early');
    };
    expect(await end(request(2, { model: missing, noCache: true }))).toMatchObject({
      type: 'error',
      error: { code: 'FILE_TRUNCATED' },
    });
  });

  it('says which file is bad', async () => {
    parts.decode = async () => {
      throw errors.truncated('PNG', 'it ends early');
    };
    start();
    const last = await end(request(1, { sources: [{ path: '/folder/half.png' }] }));
    expect(last).toMatchObject({ error: { what: '"half.png": The PNG file is cut short: it ends early.' } });
  });

  it('a model that cannot be loaded is tried again with the next question', async () => {
    let broken = true;
    parts.loadModel = async () => {
      if (broken) throw errors.modelDamaged('fake', 'a file is missing');
      return model;
    };
    start();
    expect(await end(request(1))).toMatchObject({ type: 'error', error: { code: 'MODEL_DAMAGED' } });
    broken = false;
    expect(await end(request(2))).toMatchObject({ type: 'result' });
  });

  it('a cancel is heard between two tokens', async () => {
    start();
    tell(request(1, { question: 'Talk slowly' }));
    while (progressOf(1).filter((p) => p.kind === 'piece').length < 3) await new Promise((r) => setTimeout(r, 1));
    tell({ type: 'cancel', id: 1 });
    const at = progressOf(1).length;
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(progressOf(1).length - at).toBeLessThanOrEqual(1);
    expect(said.at(-1)).toMatchObject({ type: 'result', value: { stopped: 'cancelled' } });
  });

  it('facts are answered in the middle of an answer, without a model', async () => {
    start();
    tell(request(1, { question: 'Talk slowly' }));
    const facts = await end({
      type: 'request',
      id: 2,
      method: 'facts',
      params: { source: { path: '/s.wav' }, preview: true },
    });
    expect(facts).toMatchObject({ value: { file: '/s.wav', modality: 'audio' } });
    tell({ type: 'cancel', id: 1 });
  });

  it('the numbers of a plot come with the warnings of its file and of its reading', async () => {
    parts.decode = async () => ({ media: picture });
    start();
    const params = { source: { path: '/p.png' }, picture: false };
    expect(await end({ type: 'request', id: 1, method: 'plotData', params })).toMatchObject({
      type: 'result',
      value: { file: '/p.png', csv: 'x,y\r\n', data: { warnings: ['It is small.', 'The y axis has no labels.'] } },
    });
  });

  it('a picture is one object for its facts and its numbers, so that what was read in it is shared', async () => {
    const seen: unknown[] = [];
    parts.decode = async () => {
      decoded += 1;
      return { media: { ...picture } };
    };
    parts.measure = (media) => {
      seen.push(media);
      return [];
    };
    parts.plotData = async (image) => {
      seen.push(image);
      return plotFound;
    };
    start();
    const source = { path: '/p.png' };
    await end({ type: 'request', id: 1, method: 'facts', params: { source, preview: false } });
    await end({ type: 'request', id: 2, method: 'plotData', params: { source, picture: false } });
    expect(decoded).toBe(1);
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
  });

  it('numbers of a plot are asked of pictures only', async () => {
    start();
    const params = { source: { path: '/s.wav' }, picture: false };
    expect(await end({ type: 'request', id: 1, method: 'plotData', params })).toMatchObject({
      type: 'error',
      error: { code: 'FILE_NO_PICTURE', exitCode: 3 },
    });
  });

  it('an unexpected failure becomes INTERNAL; its stack goes to the log only', async () => {
    parts.decode = async () => {
      throw new TypeError('oops');
    };
    start();
    const last = await end(request(1));
    expect(last).toMatchObject({ type: 'error', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(last)).not.toContain('at ');
    expect(said.find((m) => m.type === 'log')).toMatchObject({ text: expect.stringContaining('TypeError: oops') });
  });
});
