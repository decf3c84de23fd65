/**
 * The process that decodes mutated files. Arguments: format, seed, first round, round after the last, fixtures.
 * Writes lines to file descriptor 3: `base KIB SAMPLES KIND`, then for each round `begin N WORKED`, and `end N MS DECODE
 * STREAM KIB`, with `bad N WHAT` before it where something is wrong. WORKED and MS are milliseconds of the processor, so
 * far and for this round; KIB is the largest resident memory so far. With a file as sixth argument it only writes the
 * first round's input there.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { formatById, samplesOf } from './corpus';
import { mutate } from './mutate';
import { play } from './play';
import { Random } from './random';

const say = (line: string) => writeSync(3, line + '\n');
const oneLine = (value: unknown) => String(value).replace(/\s+/g, ' ').slice(0, 500);
const workedMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const peakKib = () => Math.round(process.resourceUsage().maxRSS);

async function main([id, seed, from, to, fixtures, out]: string[]): Promise<void> {
  const format = formatById(id!);
  const samples = await samplesOf(format, fixtures!);
  const originals = samples.map(({ bytes }) => bytes);
  const input = (round: number) => mutate(originals, new Random(Number(seed), id!, round));
  if (out) return writeFileSync(out, input(Number(from)).bytes);
  for (const { name, bytes } of samples) await play(format, name, bytes);
  say(`base ${peakKib()} ${samples.length} ${format.kind}`);
  const printed = watchPrints();
  for (let round = Number(from); round < Number(to); round++) {
    const start = workedMs();
    say(`begin ${round} ${start}`);
    const { original, bytes } = input(round);
    const outcomes = await play(format, samples[original]!.name, bytes);
    const ms = workedMs() - start;
    for (const { wrong } of outcomes) if (wrong) say(`bad ${round} ${oneLine(wrong)}`);
    const text = printed();
    if (text) say(`bad ${round} prints "${oneLine(text)}"`);
    say(`end ${round} ${ms.toFixed(1)} ${outcomes[0]!.code} ${outcomes[1]?.code ?? '-'} ${peakKib()}`);
  }
}

/** Decoders are silent; returns what was printed since the last call. */
function watchPrints(): () => string {
  let printed = '';
  for (const stream of [process.stdout, process.stderr])
    stream.write = (text: unknown) => {
      printed += String(text);
      return true;
    };
  return () => {
    const text = printed;
    printed = '';
    return text;
  };
}

process.on('unhandledRejection', (error) => {
  say(`bad -1 unhandled rejection: ${oneLine(error instanceof Error ? error.stack : error)}`);
  process.exit(3);
});
main(process.argv.slice(2)).catch((error) => {
  say(`fatal ${oneLine(error instanceof Error ? error.stack : error)}`);
  process.exitCode = 1;
});
