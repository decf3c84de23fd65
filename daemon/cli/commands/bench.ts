import type { ChatModel } from '../../backends/chatModel';
import { loadOneLlm } from '../../backends/oneLlm';
import { errors } from '../../common/errors';
import { decode } from '../../decoders/index';
import { readAttachment } from '../../store/attachments';
import { Catalog } from '../../store/catalog';
import { type Command, exactly, JSON_OPTION, MODEL_OPTION, printJson, textOption } from '../command';
import { listSamples, type Sample } from '../samples';

const ROUNDS = 5;
const TOKENS = 64;
const LIMIT_BYTES = 1 << 30;

interface SampleTimes {
  kind: string;
  decodeMs: number;
  encodeMs: number;
  firstTokenMs: number;
}

export const bench: Command = {
  name: 'bench',
  usage: '',
  summary: 'Measure decoding, encoding and answering on the samples (medians of 5).',
  options: { ...JSON_OPTION, ...MODEL_OPTION },
  async run(args, context) {
    exactly(bench, args, 0);
    const { home, installation, terminal, signal } = context;
    const catalog = new Catalog({ home, embedded: installation.embeddedPack });
    const pack = await catalog.resolve(textOption(args, 'model'), { signal });
    const begun = performance.now();
    const model = await loadOneLlm(pack.folder, pack.manifest);
    const loadMs = performance.now() - begun;
    try {
      const samples: SampleTimes[] = [];
      for (const sample of listSamples(installation.root)) {
        terminal.progress(`measuring ${sample.kind} ...`);
        samples.push(await measure(sample, model, signal));
      }
      terminal.progress('measuring the language model ...');
      const tokensPerSecond = await speed(model, signal);
      terminal.progress(null);
      const result = { model: model.id, device: model.device, loadMs, tokensPerSecond, samples };
      if (args.options.json) printJson(terminal, result);
      else terminal.out(format(result));
    } finally {
      terminal.progress(null);
      await model.close();
    }
    return 0;
  },
};

async function measure(sample: Sample, model: ChatModel, signal: AbortSignal): Promise<SampleTimes> {
  const { bytes } = await readAttachment(sample.path, LIMIT_BYTES, signal);
  const times: Array<[number, number, number]> = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (signal.aborted) throw errors.cancelled();
    // another question in between, else the prompt would be taken over from the round before
    await model.generate({ ...GREEDY, media: [], question: 'Hello', maxTokens: 1, seed: 0 }, signal, () => {});
    const start = performance.now();
    const { media } = await decode(bytes, sample.path, signal);
    const decoded = performance.now();
    const encoded = await model.encode(media, signal);
    const ready = performance.now();
    const request = { ...GREEDY, media: [encoded], question: sample.question, maxTokens: 1, seed: round };
    const { firstTokenMs } = await model.generate(request, signal, () => {});
    times.push([decoded - start, ready - decoded, firstTokenMs]);
  }
  const column = (i: 0 | 1 | 2) => median(times.map((row) => row[i]));
  return { kind: sample.kind, decodeMs: column(0), encodeMs: column(1), firstTokenMs: column(2) };
}

const GREEDY = { history: [], temperature: 0, topP: 1 };

/** Sampled hot, so that the answer rarely ends before TOKENS. */
async function speed(model: ChatModel, signal: AbortSignal): Promise<number> {
  const rates: number[] = [];
  for (let seed = 0; seed < ROUNDS; seed++) {
    const request = { media: [], history: [], question: 'Describe this.', maxTokens: TOKENS, temperature: 2, topP: 1 };
    rates.push((await model.generate({ ...request, seed }, signal, () => {})).tokensPerSecond);
  }
  return median(rates);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.round(middle * 10) / 10;
}

function format(r: { model: string; device: string; loadMs: number; tokensPerSecond: number; samples: SampleTimes[] }) {
  const head = `${r.model} on ${r.device}: loaded in ${Math.round(r.loadMs)} ms, ${r.tokensPerSecond} tokens a second\n`;
  const rows = r.samples.map(
    (s) => `${s.kind.padEnd(12)} decode ${s.decodeMs} ms, encode ${s.encodeMs} ms, first token ${s.firstTokenMs} ms\n`,
  );
  return head + rows.join('');
}
