import { errors } from '../common/errors';
import { MODALITIES, type Modality } from '../common/modality';
import { openSafetensors, type SafetensorsFile } from '../common/safetensors';
import { OneLlm } from './oneLlm';
import { checkPackFiles, readManifest } from './packFiles';
import type { LanguageModelPort } from './ports';
import type { PreparedMedia } from './preparedMedia';
import type { RuntimeOptions } from './session';

export interface VerifyReport {
  pass: boolean;
  tolerance: number;
  cases: VerifyCase[];
}

export interface VerifyCase {
  /** A modality, or "text" for the case without media. */
  modality: string;
  /** Largest absolute differences; null where the file has no such item. */
  mediaTokensMaxAbs: number | null;
  logitsMaxAbs: number | null;
  greedyEqual: boolean | null;
}

export const DEFAULT_TOLERANCE = 1e-3;

/**
 * Runs a pack on reference cases (`M.input`, `M.media_tokens`, `M.tokens`, `M.logits`, `M.greedy` for a modality M,
 * `text.*` without media; any may be absent) and compares. Every file's SHA-256 is checked first.
 * Throws MODEL_DAMAGED, FILE_MISSING, FILE_DAMAGED, USAGE.
 */
export async function verifyPack(
  pack: string,
  casesPath: string,
  tolerance = DEFAULT_TOLERANCE,
  options: RuntimeOptions & { signal?: AbortSignal } = {},
): Promise<VerifyReport> {
  const cases = openSafetensors(casesPath);
  try {
    const manifest = await readManifest(pack);
    await checkPackFiles(pack, manifest, true);
    const model = await OneLlm.load(pack, manifest, options);
    try {
      return report(await runCases(model, cases, options.signal ?? NEVER), tolerance);
    } finally {
      await model.close();
    }
  } finally {
    cases.close();
  }
}

const NEVER = new AbortController().signal;

function report(cases: VerifyCase[], tolerance: number): VerifyReport {
  const within = (difference: number | null) => difference === null || difference <= tolerance;
  const pass = cases.every((c) => within(c.mediaTokensMaxAbs) && within(c.logitsMaxAbs) && c.greedyEqual !== false);
  return { pass, tolerance, cases };
}

async function runCases(model: OneLlm, cases: SafetensorsFile, signal: AbortSignal): Promise<VerifyCase[]> {
  const results: VerifyCase[] = [];
  for (const modality of MODALITIES) {
    if (cases.entries.has(`${modality}.input`)) results.push(await mediaCase(model, cases, modality, signal));
  }
  if (cases.entries.has('text.tokens')) {
    results.push({ modality: 'text', mediaTokensMaxAbs: null, ...(await textPart(model, cases, 'text', [], signal)) });
  }
  if (results.length === 0) throw errors.usage('The cases file has neither an input of a modality nor text.tokens.');
  return results;
}

async function mediaCase(model: OneLlm, cases: SafetensorsFile, modality: Modality, signal: AbortSignal) {
  const media = await model.encode(preparedFrom(cases, modality), signal);
  const { start, end } = model.tags(modality);
  return {
    modality,
    mediaTokensMaxAbs: difference(cases, `${modality}.media_tokens`, media),
    ...(await textPart(model, cases, modality, [start, media, end], signal)),
  };
}

function preparedFrom(cases: SafetensorsFile, modality: Modality): PreparedMedia {
  const name = `${modality}.input`;
  const { shape } = cases.entries.get(name)!;
  const frames = shape.length === 5 ? shape[1]! : 1;
  return { modality, frames, tensor: cases.readFloats(name), shape, warnings: [] };
}

/** Prefills BOS, `media` rows, the rest of the prompt; compares the logits, then decodes greedily. */
async function textPart(
  model: OneLlm,
  cases: SafetensorsFile,
  name: string,
  media: Float32Array[],
  signal: AbortSignal,
): Promise<Pick<VerifyCase, 'logitsMaxAbs' | 'greedyEqual'>> {
  if (!cases.entries.has(`${name}.tokens`)) return { logitsMaxAbs: null, greedyEqual: null };
  const ids = cases.readInts(`${name}.tokens`);
  const { languageModel: llm } = model;
  const embeddings = joined([llm.embed(ids.slice(0, 1)), ...media, llm.embed(ids.slice(1))]);
  const state = llm.newState();
  const logits = await llm.forward(state, embeddings, embeddings.length / llm.dim);
  const logitsMaxAbs = difference(cases, `${name}.logits`, logits);
  if (!cases.entries.has(`${name}.greedy`)) return { logitsMaxAbs, greedyEqual: null };
  const expected = cases.readInts(`${name}.greedy`);
  const actual = await decodeGreedily(llm, state, logits, expected.length, signal);
  return { logitsMaxAbs, greedyEqual: actual.every((id, i) => id === expected[i]) };
}

async function decodeGreedily(
  llm: LanguageModelPort,
  state: ReturnType<LanguageModelPort['newState']>,
  first: Float32Array,
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const ids: number[] = [];
  let logits = first;
  while (ids.length < count) {
    if (signal.aborted) throw errors.cancelled();
    ids.push(largest(logits));
    if (ids.length < count) logits = await llm.forward(state, llm.embed(ids.slice(-1)), 1);
  }
  return ids;
}

function largest(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

/** Largest absolute difference to a tensor of the cases; null when it is not there, infinite when the sizes differ. */
function difference(cases: SafetensorsFile, name: string, actual: Float32Array): number | null {
  if (!cases.entries.has(name)) return null;
  const expected = cases.readFloats(name);
  if (expected.length !== actual.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((worst, x, i) => Math.max(worst, Math.abs(x - actual[i]!)), 0);
}

function joined(parts: Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
