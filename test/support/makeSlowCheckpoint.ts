/**
 * A checkpoint of random weights for the end-to-end tests: of the embedded model's shape but with a language model
 * large enough that an answer takes seconds, and whose `output` rows favour tokens made of letters only, so that it
 * never ends by itself. Writes params.json and model.safetensors (half precision) into the folder named as argument,
 * reading params.json and tokenizer.model from the second.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import * as path from 'node:path';
import { parseModelConfig } from '../../daemon/common/modelConfig';
import { weights } from '../../daemon/converter/weightNames';
import { TextTokenizer } from '../../daemon/runtime/textTokenizer';

const LANGUAGE_MODEL = { dim: 512, n_layers: 16, n_heads: 8, multiple_of: 256, max_seq_len: 1024 };

const [target, model] = process.argv.slice(2);
if (target === undefined || model === undefined) throw new Error('usage: makeSlowCheckpoint TARGET MODEL');
mkdirSync(target, { recursive: true });
const params = { ...JSON.parse(readFileSync(path.join(model, 'params.json'), 'utf8')), ...LANGUAGE_MODEL };
const tokenizer = TextTokenizer.fromBytes(readFileSync(path.join(model, 'tokenizer.model')), 'tokenizer.model');
writeFileSync(path.join(target, 'params.json'), JSON.stringify({ ...params, vocab_size: tokenizer.size }));
writeCheckpoint(path.join(target, 'model.safetensors'));

function writeCheckpoint(file: string): void {
  const all = [...weights(parseModelConfig({ ...params, vocab_size: tokenizer.size }))];
  const header: Record<string, unknown> = {};
  let at = 0;
  for (const [key, shape] of all) {
    const end = at + 2 * product(shape);
    header[`llma.${key}`] = { dtype: 'F16', shape, data_offsets: [at, end] };
    at = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const out = openSync(file, 'w');
  writeSync(out, length);
  writeSync(out, json);
  const next = xorshift(20261124);
  for (const [key, shape] of all) writeSync(out, halves(key, shape, next));
  closeSync(out);
}

/** Norm weights are one, biases zero, all else small and random; `output` only has rows for tokens of letters. */
function halves(key: string, shape: number[], next: () => number): Uint16Array {
  const isNorm = /(norm|ln_\w+|\.1)\.weight$/.test(key);
  const isBias = key.endsWith('.bias');
  const values = new Uint16Array(product(shape));
  for (let i = 0; i < values.length; i++) values[i] = isNorm ? 0x3c00 : isBias ? 0 : smallHalf(next());
  if (key === 'output.weight') {
    const width = shape[1]!;
    for (let id = 0; id < tokenizer.size; id++) {
      const text = Buffer.from(tokenizer.pieceBytes(id)).toString('utf8');
      if (!/^ ?[a-z]+$/.test(text)) values.fill(0, id * width, (id + 1) * width);
    }
  }
  return values;
}

/** A half between 2^-6 and 2^-4 of either sign, from 16 random bits. */
function smallHalf(bits: number): number {
  return (bits & 0x83ff) | ((9 + (bits & 0x400 ? 1 : 0)) << 10);
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** 16 random bits a call (Marsaglia, "Xorshift RNGs", 2003). */
function xorshift(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x & 0xffff;
  };
}
