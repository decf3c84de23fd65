import { type Envelope, openEnvelope } from './envelopes';
import type { Random } from './random';
import { repairChecksums } from './repair';

type Mutation = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array;

/** Headers stand at the front; MP4, MOV, ZIP and LAZ have theirs at the end. */
function place(bytes: Uint8Array, random: Random): number {
  const where = random.below(10);
  if (where < 5) return random.below(Math.min(bytes.length, 256));
  if (where < 7) return Math.max(0, bytes.length - 1 - random.below(Math.min(bytes.length, 512)));
  return random.below(bytes.length);
}

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

const flipBits: Mutation = (bytes, random) => {
  for (let n = random.length(16); n > 0; n--) bytes[place(bytes, random)]! ^= 1 << random.below(8);
  return bytes;
};

const setBytes: Mutation = (bytes, random) => {
  for (let n = random.length(8); n > 0; n--)
    bytes[place(bytes, random)] = random.pick([0, 1, 0x7f, 0x80, 0xfe, 0xff, 0x20, 0x0a, random.below(256)]);
  return bytes;
};

const cut: Mutation = (bytes, random) => bytes.slice(0, random.below(bytes.length));
const cutFront: Mutation = (bytes, random) => bytes.slice(random.length(bytes.length));

const remove: Mutation = (bytes, random) => {
  const at = place(bytes, random);
  return join(bytes.subarray(0, at), bytes.subarray(at + random.length(bytes.length - at)));
};

const repeat: Mutation = (bytes, random) => {
  const at = place(bytes, random);
  const part = bytes.subarray(at, at + random.length(4096));
  const times = random.chance(0.05) ? 200 : random.length(4);
  return join(bytes.subarray(0, at), ...Array<Uint8Array>(times).fill(part), bytes.subarray(at));
};

const swap: Mutation = (bytes, random) => {
  const [a, b] = [place(bytes, random), place(bytes, random)].sort((x, y) => x - y) as [number, number];
  const size = Math.min(random.length(256), b - a, bytes.length - b);
  const first = bytes.slice(a, a + size);
  bytes.copyWithin(a, b, b + size);
  bytes.set(first, b);
  return bytes;
};

const fill: Mutation = (bytes, random) => {
  const at = place(bytes, random);
  const value = random.pick([0, 0xff, random.below(256)]);
  return bytes.fill(value, at, at + random.length(1024));
};

const insertNoise: Mutation = (bytes, random) => {
  const at = place(bytes, random);
  const noise = Uint8Array.from({ length: random.length(256) }, () => random.below(256));
  return join(bytes.subarray(0, at), noise, bytes.subarray(at));
};

/** An integer of 1, 2, 4 or 8 bytes in either order, or a float, becomes an extreme. */
const extremeNumber: Mutation = (bytes, random) => {
  const size = random.pick([1, 2, 4, 4, 8]);
  if (bytes.length < size) return bytes;
  const at = Math.min(place(bytes, random), bytes.length - size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = random.chance(0.5);
  if (size >= 4 && random.chance(0.2)) {
    const value = random.pick([Number.NaN, Infinity, -Infinity, 0, -0, 1e-40, 3.4e38, -1]);
    if (size === 4) view.setFloat32(at, value, little);
    else view.setFloat64(at, value, little);
    return bytes;
  }
  const bits = BigInt(8 * size);
  const value = random.pick([
    0n,
    1n,
    2n,
    (1n << bits) - 1n,
    (1n << bits) - 2n,
    1n << (bits - 1n),
    (1n << (bits - 1n)) - 1n,
    BigInt(bytes.length),
    BigInt(bytes.length) + 1n,
    BigInt(bytes.length - at),
    BigInt(random.below(65_536)),
    1_000_000n,
    50_000_000n,
  ]);
  for (let i = 0; i < size; i++) {
    const shift = BigInt(8 * (little ? i : size - 1 - i));
    bytes[at + i] = Number((value >> shift) & 0xffn);
  }
  return bytes;
};

const WORDS = (
  '0 -1 1 -0 4294967295 4294967296 2147483648 99999999999999999999 1e308 1e999 -1e999 nan NaN inf 1e-320 0x10 1.5 ' +
  '50000000 20000001 1000000 .. -- + e 1e5 {} [] null true "" , ;'
).split(' ');

/** A number written in digits becomes another, or a word. */
const extremeText: Mutation = (bytes, random) => {
  const text = Buffer.from(bytes).toString('latin1');
  const numbers = [...text.slice(0, 20_000).matchAll(/-?\d+(\.\d+)?(e[-+]?\d+)?/gi)];
  if (numbers.length === 0) return extremeNumber(bytes, random, []);
  const { 0: old, index } = random.chance(0.6) ? random.pick(numbers.slice(0, 24)) : random.pick(numbers);
  const value = random.pick(WORDS);
  return Uint8Array.from(Buffer.from(text.slice(0, index) + value + text.slice(index! + old.length), 'latin1'));
};

/** Lines of a text taken out, doubled or swapped: whole records stay whole. */
const shuffleLines: Mutation = (bytes, random) => {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  if (lines.length < 3) return remove(bytes, random, []);
  const at = random.below(Math.min(lines.length, random.chance(0.7) ? 16 : lines.length));
  const other = random.below(lines.length);
  const kind = random.below(3);
  if (kind === 0) lines.splice(at, random.length(4));
  else if (kind === 1) lines.splice(at, 0, lines[other]!);
  else [lines[at], lines[other]] = [lines[other]!, lines[at]!];
  return Uint8Array.from(Buffer.from(lines.join('\n'), 'latin1'));
};

/** The front of one file and the back of another of the same format. */
const splice: Mutation = (bytes, random, others) => {
  const other = random.pick(others);
  const share = random.below(1001) / 1000;
  const front = random.chance(0.5) ? Math.floor(bytes.length * share) : place(bytes, random);
  const back = random.chance(0.5) ? Math.floor(other.length * share) : random.below(other.length);
  return join(bytes.subarray(0, front), other.subarray(back));
};

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  setBytes,
  setBytes,
  cut,
  cutFront,
  remove,
  repeat,
  swap,
  fill,
  insertNoise,
  extremeNumber,
  extremeNumber,
  extremeNumber,
  splice,
];
const TEXT_MUTATIONS: readonly Mutation[] = [extremeText, extremeText, extremeText, shuffleLines];

/** Mutated files stay small: many a second. */
const MAX_BYTES = 128 * 1024;

/**
 * A damaged copy of one of `originals`: one to four changes; where the file has checksums, half of the copies have
 * them mended, and where it has compressed parts, half of the changes are made inside them.
 */
export function mutate(originals: readonly Uint8Array[], random: Random): { original: number; bytes: Uint8Array } {
  const original = random.below(originals.length);
  const whole = originals[original]!;
  const envelope = random.chance(0.5) ? openEnvelope(whole, (limit) => random.below(limit)) : undefined;
  const bytes = envelope ? insideOf(envelope, random) : changed(Uint8Array.from(whole), random, originals);
  const mended = random.chance(0.5) ? repairChecksums(bytes) : bytes;
  return { original, bytes: mended.subarray(0, MAX_BYTES) };
}

function insideOf({ inner, close }: Envelope, random: Random): Uint8Array {
  return close(changed(Uint8Array.from(inner), random, [inner]));
}

function changed(copy: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  const isText = copy.subarray(0, 512).every((b) => (b >= 32 && b < 127) || (b >= 9 && b <= 13));
  const mutations = isText ? [...MUTATIONS, ...TEXT_MUTATIONS, ...TEXT_MUTATIONS] : MUTATIONS;
  let bytes = copy;
  for (let n = 1 + random.below(random.chance(0.5) ? 1 : 4); n > 0 && bytes.length > 0; n--)
    bytes = random.pick(mutations)(bytes, random, others);
  // a text header before binary data (PLY, PCD, NPY)
  if (
    !isText &&
    bytes.length > 0 &&
    /^(ply|# ?\.pcd|\x93numpy|version)/i.test(Buffer.from(bytes.subarray(0, 10)).toString('latin1'))
  )
    if (random.chance(0.5)) bytes = extremeText(bytes, random, others);
  return bytes;
}
