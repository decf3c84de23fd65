import { createHash } from 'node:crypto';
import type { LanguageModelPort } from './ports';

/** A run of positions of the language model's input. */
export type Segment =
  | { kind: 'tokens'; ids: number[] }
  /** One medium with its two tags. `embeddings` is [count * D]; `key` is the same for the same numbers (see `mediaSegment`). */
  | { kind: 'media'; key: string; embeddings: Float32Array; count: number };

/** What stands at a position: a token id, or "media:<hash>:<i>". Equal keys in equal order have equal caches. */
export type PositionKey = number | string;

/** [start tag, T0 media embeddings, end tag] as one segment; D = startTag.length. */
export function mediaSegment(startTag: Float32Array, embeddings: Float32Array, endTag: Float32Array): Segment {
  const joined = new Float32Array(startTag.length + embeddings.length + endTag.length);
  joined.set(startTag, 0);
  joined.set(embeddings, startTag.length);
  joined.set(endTag, startTag.length + embeddings.length);
  const bytes = new Uint8Array(joined.buffer);
  return {
    kind: 'media',
    key: createHash('sha256').update(bytes).digest('base64url'),
    embeddings: joined,
    count: joined.length / startTag.length,
  };
}

/** The whole input of the language model, addressed by position. */
export class Sequence {
  readonly keys: PositionKey[];
  /** Positions of media and their tags. */
  readonly mediaTokens: number;

  constructor(private readonly segments: readonly Segment[]) {
    this.keys = segments.flatMap(keysOf);
    this.mediaTokens = segments.reduce((sum, s) => sum + (s.kind === 'media' ? s.count : 0), 0);
  }

  get length(): number {
    return this.keys.length;
  }

  /** Positions from the start that `earlier` shares. */
  commonPrefix(earlier: readonly PositionKey[]): number {
    let n = 0;
    while (n < this.keys.length && n < earlier.length && this.keys[n] === earlier[n]) n++;
    return n;
  }

  /** Embeddings of positions from .. to-1, [(to - from) * D]. */
  embed(model: Pick<LanguageModelPort, 'dim' | 'embed'>, from: number, to: number): Float32Array {
    const out = new Float32Array((to - from) * model.dim);
    let start = 0;
    for (const segment of this.segments) {
      const end = start + lengthOf(segment);
      const first = Math.max(from, start);
      const last = Math.min(to, end);
      if (first < last) out.set(rowsOf(segment, model, first - start, last - start), (first - from) * model.dim);
      start = end;
    }
    return out;
  }
}

function lengthOf(segment: Segment): number {
  return segment.kind === 'tokens' ? segment.ids.length : segment.count;
}

function keysOf(segment: Segment): PositionKey[] {
  if (segment.kind === 'tokens') return segment.ids;
  return Array.from({ length: segment.count }, (_, i) => `media:${segment.key}:${i}`);
}

function rowsOf(segment: Segment, model: Pick<LanguageModelPort, 'dim' | 'embed'>, from: number, to: number) {
  if (segment.kind === 'tokens') return model.embed(segment.ids.slice(from, to));
  return segment.embeddings.subarray(from * model.dim, to * model.dim);
}
