/** Delays and repeats of animations, read from files whose blocks `readGifHeader` or `readWebpHeader` found in order. */

export interface AnimationTimes {
  /** Seconds that each frame is shown. */
  delays: number[];
  /** How often it plays; 0 = for ever. */
  plays: number;
}

/** Browsers show a frame whose delay is 10 ms or less for 100 ms; so is it here. */
const DEFAULT_DELAY = 0.1;
const SHORTEST_DELAY = 0.011;

const shown = (delay: number): number => (delay < SHORTEST_DELAY ? DEFAULT_DELAY : delay);

/** GIF89a: graphic control extensions (section 23), and the NETSCAPE2.0 application extension, which counts repeats. */
export function gifTimes(bytes: Uint8Array): AnimationTimes {
  const delays: number[] = [];
  let plays = 1;
  let delay = 0;
  for (const { kind, at } of gifBlocks(bytes)) {
    if (kind === 'control') delay = (bytes[at + 4]! | (bytes[at + 5]! << 8)) / 100;
    if (kind === 'loop') plays = playsOf(bytes[at + 16]! | (bytes[at + 17]! << 8));
    if (kind !== 'image') continue;
    delays.push(shown(delay));
    delay = 0;
  }
  return { delays, plays };
}

/** "Repeat n times" plays n + 1 times. */
const playsOf = (repeats: number): number => (repeats === 0 ? 0 : repeats + 1);

/**
 * Whether the first bytes show an animation: the extension that repeats, a second frame, or a delay before the first.
 * (A single frame with one of these is possible; the decoder sees it.)
 */
export function looksAnimatedGif(head: Uint8Array): boolean {
  if (String.fromCharCode(...head.subarray(0, 4)) !== 'GIF8') return false;
  let images = 0;
  for (const { kind, at } of gifBlocks(head)) {
    if (kind === 'loop') return true;
    if (kind === 'control' && (head[at + 4]! | head[at + 5]!) !== 0) return true;
    if (kind === 'image' && ++images === 2) return true;
  }
  return false;
}

type GifBlock = { kind: 'image' | 'control' | 'loop' | 'other'; at: number };

/** The blocks whose beginning is there, up to the trailer or the first byte that begins none. */
function* gifBlocks(bytes: Uint8Array): Generator<GifBlock> {
  let at = 13 + paletteBytes(bytes[10] ?? 0);
  while (at + 10 <= bytes.length) {
    const [introducer, label] = [bytes[at], bytes[at + 1]];
    if (introducer === 0x2c) {
      yield { kind: 'image', at };
      at = afterSubBlocks(bytes, at + 11 + paletteBytes(bytes[at + 9]!));
    } else if (introducer === 0x21) {
      yield { kind: extensionKind(bytes, at, label!), at };
      at = afterSubBlocks(bytes, at + 2);
    } else return;
  }
}

function extensionKind(bytes: Uint8Array, at: number, label: number): GifBlock['kind'] {
  if (label === 0xf9) return 'control';
  const name = String.fromCharCode(...bytes.subarray(at + 3, at + 14));
  const loops = label === 0xff && (name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0') && bytes[at + 15] === 1;
  return loops ? 'loop' : 'other';
}

const paletteBytes = (packed: number): number => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);

function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
  return at + 1;
}

/** RFC 9649, sections 2.7.1.1 (ANIM: loop count) and 2.7.1.2 (ANMF: duration in ms). */
export function webpTimes(bytes: Uint8Array): AnimationTimes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delays: number[] = [];
  let plays = 1;
  for (let at = 12; at + 24 <= bytes.length; ) {
    const id = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (id === 'ANIM') plays = view.getUint16(at + 12, true);
    if (id === 'ANMF') delays.push(shown((view.getUint32(at + 19, true) >>> 8) / 1000));
    at += 8 + size + (size & 1);
  }
  return { delays, plays };
}

/** Whether it is a WebP whose extended header has the animation flag (RFC 9649, section 2.7). */
export function looksAnimatedWebp(head: Uint8Array): boolean {
  const text = (at: number) => String.fromCharCode(...head.subarray(at, at + 4));
  return text(0) === 'RIFF' && text(8) === 'WEBP' && text(12) === 'VP8X' && (head[20]! & 2) !== 0;
}
