import { describe, expect, it } from 'vitest';
import { generate, newConversation, PREFILL_CHUNK } from '../../../daemon/runtime/generate';
import type { DecoderState, LanguageModelPort } from '../../../daemon/runtime/ports';
import type { Segment } from '../../../daemon/runtime/sequence';

const EOS = 2;
/** Ids 3.. of the fake vocabulary; the emoji is split over four byte tokens. */
const PIECES: Array<string | number[]> = [
  '',
  '',
  '',
  ' A',
  ' cat',
  '.',
  '\n',
  '##',
  '#',
  [0xf0],
  [0x9f],
  [0x98],
  [0x80],
];
const tokenizer = { eosId: EOS, pieceBytes: (id: number) => Buffer.from((PIECES[id] ?? ` w${id}`) as string) };

interface FakeState extends DecoderState {
  rows: number[];
}

/** D = 1; a state is the list of its rows. `next` decides the next id and its probability from all rows so far. */
function fakeModel(next: (rows: number[]) => number | Float32Array, maxSequence = 512) {
  const calls: number[] = [];
  const model: LanguageModelPort & { calls: number[] } = {
    dim: 1,
    vocabSize: 50,
    maxSequence,
    calls,
    embed: (ids) => Float32Array.from(ids as ArrayLike<number>),
    newState: () =>
      new (class implements FakeState {
        rows: number[] = [];
        get length() {
          return this.rows.length;
        }
        truncate(length: number) {
          this.rows.length = Math.min(this.rows.length, length);
        }
      })(),
    forward: async (state, embeddings, count) => {
      expect(embeddings.length).toBe(count);
      calls.push(count);
      const rows = (state as FakeState).rows;
      rows.push(...embeddings);
      const answer = next(rows);
      if (typeof answer !== 'number') return answer;
      return new Float32Array(50).map((_, id) => (id === answer ? 10 : 0));
    },
  };
  return model;
}

const PROMPT: Segment[] = [
  { kind: 'tokens', ids: [1] },
  { kind: 'media', key: 'm', embeddings: Float32Array.of(0.5, 0.25, 0.125), count: 3 },
  { kind: 'tokens', ids: [20, 21] },
];
const PROMPT_LENGTH = 6;
const greedy = { temperature: 0, topP: 1, seed: 1, maxTokens: 40 };
/** Plays a list of ids after the prompt. */
const script = (ids: number[], promptLength = PROMPT_LENGTH) =>
  fakeModel((rows) => ids[rows.length - promptLength] ?? EOS);
const never = new AbortController().signal;

async function ask(
  model: LanguageModelPort,
  options = greedy,
  segments = PROMPT,
  conversation = newConversation(model),
) {
  const pieces: string[] = [];
  const result = await generate({ model, tokenizer, conversation }, segments, options, never, (p) => pieces.push(p));
  expect(pieces.join('')).toBe(result.text);
  expect(conversation.keys.length).toBe(conversation.state.length);
  return { ...result, pieces, conversation };
}

describe('generate', () => {
  it('ends at EOS; counts positions', async () => {
    const result = await ask(script([3, 4, 5, EOS]));
    expect(result).toMatchObject({
      text: 'A cat.',
      pieces: ['A', ' cat', '.'],
      stopped: 'end',
      promptTokens: 6,
      mediaTokens: 3,
      completionTokens: 4,
      prefixTokens: 0,
    });
    expect(result.firstTokenMs).toBeGreaterThan(0);
    expect(result.tokensPerSecond).toBeGreaterThan(0);
  });

  it('ends at a stop string split over tokens, and asks for nothing after it', async () => {
    const model = script([3, 4, 5, 6, 7, 8, 3, 3]);
    expect(await ask(model)).toMatchObject({ text: 'A cat.', stopped: 'end', completionTokens: 6 });
    expect(model.calls).toEqual([6, 1, 1, 1, 1, 1]);
  });

  it('puts an emoji together from byte tokens', async () => {
    const result = await ask(script([3, 9, 10, 11, 12, EOS]));
    expect(result.pieces).toEqual(['A', '😀']);
  });

  it('stops at maxTokens without a needless forward', async () => {
    const model = script([3, 4, 4, 4, 4, 4, 4]);
    expect(await ask(model, { ...greedy, maxTokens: 3 })).toMatchObject({
      text: 'A cat cat',
      stopped: 'length',
      completionTokens: 3,
    });
    expect(model.calls).toEqual([6, 1, 1]);
    expect(await ask(script([3]), { ...greedy, maxTokens: 0 })).toMatchObject({
      text: '',
      stopped: 'length',
      confidence: 0,
    });
  });

  it('stops when the positions are used up', async () => {
    const model = fakeModel(() => 4, 8);
    expect(await ask(model)).toMatchObject({ text: 'cat cat cat', stopped: 'length', completionTokens: 3 });
  });

  it('shows at the end what was held back', async () => {
    const result = await ask(script([3, 7, EOS]));
    expect(result.pieces).toEqual(['A', '##']);
  });

  it('refuses a prompt that is longer than the model', async () => {
    await expect(ask(fakeModel(() => 4, 5))).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' });
  });

  it('feeds a long prompt in chunks, in order', async () => {
    const ids = Array.from({ length: 2 * PREFILL_CHUNK + 5 }, (_, i) => i % 50);
    const model = script([3, EOS], ids.length);
    const { conversation } = await ask(model, greedy, [{ kind: 'tokens', ids }]);
    expect(model.calls.slice(0, 3)).toEqual([PREFILL_CHUNK, PREFILL_CHUNK, 5]);
    expect((conversation.state as FakeState).rows).toEqual([...ids, 3]);
  });
});

describe('an answer that goes round in circles', () => {
  it('ends, and is worth nothing', async () => {
    const circle = fakeModel((rows) => (rows.at(-1) === 3 ? 4 : 3));
    expect(await ask(circle, { ...greedy, maxTokens: 200 })).toMatchObject({
      stopped: 'length',
      completionTokens: 32,
      confidence: 0,
    });
  });

  it('may repeat itself a little, and a sampled one at will', async () => {
    const table = fakeModel((rows) => (rows.length > 25 ? EOS : 3));
    expect((await ask(table, { ...greedy, maxTokens: 200 })).stopped).toBe('end');
    const circle = fakeModel((rows) => (rows.at(-1) === 3 ? 4 : 3));
    expect((await ask(circle, { ...greedy, maxTokens: 60, temperature: 0.01 })).completionTokens).toBe(60);
  });
});

describe('confidence', () => {
  /** Logits in which `id` has probability p and the rest share what is left. */
  const withProbability = (id: number, p: number) =>
    new Float32Array(50).map((_, i) => Math.log(i === id ? p : (1 - p) / 49));

  it('is the geometric mean over the visible tokens and the one that ended them', async () => {
    const steps = [withProbability(3, 0.8), withProbability(4, 0.5), withProbability(EOS, 0.9)];
    const { confidence } = await ask(fakeModel((rows) => steps[rows.length - PROMPT_LENGTH]!));
    expect(confidence).toBeCloseTo((0.8 * 0.5 * 0.9) ** (1 / 3), 5);
  });

  it('does not count the rest of a stop string', async () => {
    const steps = [
      withProbability(3, 0.5),
      withProbability(6, 0.9),
      withProbability(7, 0.99),
      withProbability(8, 0.99),
    ];
    const { confidence, text } = await ask(fakeModel((rows) => steps[rows.length - PROMPT_LENGTH]!));
    expect(text).toBe('A');
    expect(confidence).toBeCloseTo((0.5 * 0.9) ** (1 / 2), 5);
  });

  it('is 0 for an empty answer, and at temperature 1 whatever the sampling', async () => {
    expect((await ask(script([EOS]))).confidence).toBe(0);
    const steps = [withProbability(3, 0.5), withProbability(EOS, 0.5)];
    const sampled = await ask(
      fakeModel((rows) => steps[rows.length - PROMPT_LENGTH]!),
      { ...greedy, temperature: 0.1, topP: 0.3 },
    );
    expect(sampled.confidence).toBeCloseTo(0.5, 5);
  });

  it('logits that are not numbers fail the answer and empty the conversation, which stays usable', async () => {
    let broken = true;
    const model = fakeModel((rows) =>
      broken && rows.length > 7 ? new Float32Array(50).fill(Number.NaN) : rows.length < 9 ? 3 : EOS,
    );
    const conversation = newConversation(model);
    await expect(ask(model, greedy, PROMPT, conversation)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
    expect(conversation.keys).toEqual([]);
    expect(conversation.state.length).toBe(0);
    broken = false;
    expect(await ask(model, greedy, PROMPT, conversation)).toMatchObject({ stopped: 'end', text: 'A A A' });
  });
});

describe('cancelling', () => {
  it('takes effect within a token and keeps the text so far', async () => {
    const abort = new AbortController();
    const model = fakeModel(() => 4);
    const conversation = newConversation(model);
    const pieces: string[] = [];
    const result = await generate({ model, tokenizer, conversation }, PROMPT, greedy, abort.signal, (piece) => {
      pieces.push(piece);
      if (pieces.length === 3) abort.abort();
    });
    expect(result).toMatchObject({ text: 'cat cat cat', stopped: 'cancelled', completionTokens: 3 });
    expect(pieces).toHaveLength(3);
    expect(model.calls).toEqual([6, 1, 1]);
    expect(conversation.keys.length).toBe(conversation.state.length);
  });

  it('from a timer is heard while tokens come: the event loop turns between them', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5);
    const model = fakeModel((rows) => 20 + (rows.length % 11), 1e9);
    const context = { model, tokenizer, conversation: newConversation(model) };
    const result = await generate(context, PROMPT, { ...greedy, maxTokens: 1e9 }, abort.signal, () => {});
    expect(result.stopped).toBe('cancelled');
  });

  it('is heard between the chunks of a long prompt', async () => {
    const abort = new AbortController();
    const model = fakeModel((rows) => {
      if (rows.length >= PREFILL_CHUNK) abort.abort();
      return 4;
    }, 4096);
    const ids = new Array<number>(1000).fill(7);
    const context = { model, tokenizer, conversation: newConversation(model) };
    const result = await generate(context, [{ kind: 'tokens', ids }], greedy, abort.signal, () => {});
    expect(result).toMatchObject({
      text: '',
      stopped: 'cancelled',
      confidence: 0,
      completionTokens: 0,
      firstTokenMs: 0,
    });
    expect(model.calls).toEqual([PREFILL_CHUNK]);
    expect(context.conversation.keys).toHaveLength(PREFILL_CHUNK);
  });

  it('before the start does no work', async () => {
    const model = script([3]);
    const context = { model, tokenizer, conversation: newConversation(model) };
    expect((await generate(context, PROMPT, greedy, AbortSignal.abort(), () => {})).stopped).toBe('cancelled');
    expect(model.calls).toEqual([]);
  });
});

describe('sampling with a seed', () => {
  const flat = () =>
    fakeModel((rows) => new Float32Array(50).map((_, id) => (id < 20 ? -50 : Math.sin(id * rows.length))));

  it('gives the same answer for the same seed, another for another', async () => {
    const options = { temperature: 1, topP: 0.95, maxTokens: 12 };
    const [a, b, c] = [
      await ask(flat(), { ...options, seed: 7 }),
      await ask(flat(), { ...options, seed: 7 }),
      await ask(flat(), { ...options, seed: 8 }),
    ];
    expect(a.text).toBe(b.text);
    expect(a.text).not.toBe(c.text);
  });
});

describe('prefix reuse', () => {
  /** The next id depends on every row, so that a wrong cache would show. */
  const mixing = () =>
    fakeModel((rows) => {
      const hash = rows.reduce((h, r, i) => (h * 31 + Math.round(r * 1000) * (i + 1)) % 100_003, 7);
      return rows.length % 11 === 0 ? EOS : 3 + (hash % 40);
    });
  const followUp = (more: number[]): Segment[] => [...PROMPT.slice(0, 2), { kind: 'tokens', ids: [20, 21, ...more] }];

  it('gives the identical answer and computes only what is new', async () => {
    const model = mixing();
    const first = await ask(model);
    const reused = await ask(model, greedy, followUp([30, 31, 32]), first.conversation);
    const fresh = await ask(mixing(), greedy, followUp([30, 31, 32]));
    expect(reused.text).toBe(fresh.text);
    expect(reused.confidence).toBe(fresh.confidence);
    expect(reused.conversation.keys).toEqual(fresh.conversation.keys);
    expect(reused.prefixTokens).toBe(6);
    expect(fresh.prefixTokens).toBe(0);
  });

  it('the same prompt again computes its last position again, for the logits', async () => {
    const model = mixing();
    const first = await ask(model);
    model.calls.length = 0;
    const again = await ask(model, greedy, PROMPT, first.conversation);
    expect(again.text).toBe(first.text);
    expect(again.prefixTokens).toBe(PROMPT_LENGTH - 1);
    expect(model.calls[0]).toBe(1);
  });

  it('another medium at the same place is not taken for the old one', async () => {
    const model = mixing();
    const { conversation } = await ask(model);
    const other: Segment[] = [
      PROMPT[0]!,
      { kind: 'media', key: 'other', embeddings: Float32Array.of(0.75, 0.25, 0.125), count: 3 },
      PROMPT[2]!,
    ];
    const reused = await ask(model, greedy, other, conversation);
    expect(reused.prefixTokens).toBe(1);
    expect(reused.text).toBe((await ask(mixing(), greedy, other)).text);
  });

  it('answers of earlier turns are reused as well', async () => {
    const model = script([3, 4, EOS]);
    const { conversation } = await ask(model);
    expect(conversation.keys).toEqual([1, 'media:m:0', 'media:m:1', 'media:m:2', 20, 21, 3, 4]);
    const next = await ask(model, greedy, followUp([3, 4, 33]), conversation);
    expect(next.prefixTokens).toBe(8);
  });
});
