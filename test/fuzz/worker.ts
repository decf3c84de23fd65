/**
 * The process that decodes mutated files. Arguments: format, seed, first round, round after the last, fixtures.
 * Writes lines to file descriptor 3: `base KIB SAMPLES`, then for each round `begin N`, and `end N MS DECODE STREAM
 * KIB` or `bad N WHAT` before it. KIB is the largest resident memory so far. With `--out FILE` it only writes the file.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { isOneLensError } from '../../daemon/common/errors';
import type { ByteSource, Format } from '../../daemon/decoders/format';
import type { Media } from '../../daemon/media/media';
import { nonsenseIn } from './checkMedia';
import { formatById, type Sample, samplesOf } from './corpus';
import { mutate } from './mutate';
import { Random } from './random';

/** What a decoder may throw (daemon/decoders/format.ts). */
const CODES = ['FILE_DAMAGED', 'FILE_TRUNCATED', 'FILE_TOO_LARGE', 'FILE_UNSUPPORTED', 'MEDIA_EMPTY'];

const say = (line: string) => writeSync(3, line + '\n');
const oneLine = (value: unknown) =>
  String(value instanceof Error ? (value.stack ?? value.message) : value)
    .replace(/\s+/g, ' ')
    .slice(0, 400);

/** Pieces that stand anywhere in their buffer, a turn of the event loop later, as from a disk. */
function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      await Promise.resolve();
      const end = Math.max(offset, Math.min(offset + length, bytes.length));
      const piece = bytes.slice(Math.min(offset, bytes.length), end);
      const shifted = new Uint8Array(piece.length + 1);
      shifted.set(piece, 1);
      return shifted.subarray(1);
    },
  };
}

interface Outcome {
  code: string;
  wrong?: string;
}

async function outcomeOf(work: () => Promise<Media>): Promise<Outcome> {
  try {
    const wrong = nonsenseIn(await work());
    return { code: 'decoded', ...(wrong && { wrong: `decoded to ${wrong}` }) };
  } catch (error) {
    if (!isOneLensError(error)) return { code: 'CRASH', wrong: oneLine(error) };
    if (!CODES.includes(error.code)) return { code: error.code, wrong: `${error.code}: ${error.what}` };
    const sound = /^[^\n]{1,400}\.$/.test(error.what) && !/undefined|\[object|NaN/.test(error.what);
    return { code: error.code, ...(!sound && { wrong: `says "${error.what}"` }) };
  }
}

async function playRound(format: Format, { name }: Sample, bytes: Uint8Array): Promise<Outcome[]> {
  format.detect(bytes.subarray(0, 4096), name);
  const outcomes = [await outcomeOf(() => format.decode(bytes, name))];
  if (format.decodeStream) outcomes.push(await outcomeOf(() => format.decodeStream!(sourceOf(bytes), name)));
  return outcomes;
}

async function main([id, seed, from, to, fixtures, out]: string[]): Promise<void> {
  const format = formatById(id!);
  const samples = await samplesOf(format, fixtures!);
  const originals = samples.map(({ bytes }) => bytes);
  const input = (round: number) => mutate(originals, new Random(Number(seed), id!, round));
  if (out) return writeFileSync(out, input(Number(from)).bytes);
  for (const sample of samples) await playRound(format, sample, sample.bytes);
  const peak = () => Math.round(process.resourceUsage().maxRSS);
  say(`base ${peak()} ${samples.length}`);
  let printed = '';
  for (const stream of [process.stdout, process.stderr])
    stream.write = (text: unknown) => {
      printed += String(text);
      return true;
    };
  for (let round = Number(from); round < Number(to); round++) {
    say(`begin ${round}`);
    const { original, bytes } = input(round);
    const start = performance.now();
    const outcomes = await playRound(format, samples[original]!, bytes);
    const ms = performance.now() - start;
    for (const { wrong } of outcomes) if (wrong) say(`bad ${round} ${oneLine(wrong)}`);
    if (printed) say(`bad ${round} prints "${oneLine(printed)}"`);
    printed = '';
    say(`end ${round} ${ms.toFixed(1)} ${outcomes[0]!.code} ${outcomes[1]?.code ?? '-'} ${peak()}`);
  }
}

main(process.argv.slice(2)).catch((error) => {
  say(`fatal ${oneLine(error)}`);
  process.exitCode = 1;
});
process.on('unhandledRejection', (error) => {
  say(`bad -1 unhandled rejection: ${oneLine(error)}`);
  process.exit(3);
});
