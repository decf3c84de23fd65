import { isOneLensError } from '../../daemon/common/errors';
import type { ByteSource, Format } from '../../daemon/decoders/format';
import type { Media } from '../../daemon/media/media';
import { nonsenseIn } from './checkMedia';
import { toolsFor } from './corpus';

/** What a decoder may throw (daemon/decoders/format.ts). */
const CODES = ['FILE_DAMAGED', 'FILE_TRUNCATED', 'FILE_TOO_LARGE', 'FILE_UNSUPPORTED', 'MEDIA_EMPTY'];
/** What no sentence for a person has, unless it quotes the file. */
const INNARDS = /(?<!["\w])undefined(?!["\w])|\[object|[\p{Cc}\n]/u;

export interface Outcome {
  /** The error's code, "decoded", or "CRASH". */
  code: string;
  /** Why this is a failure of the decoder. */
  wrong?: string;
}

/** Decodes the bytes as this format, whole and, where it can, piece by piece. Never throws. */
export async function play(format: Format, name: string, bytes: Uint8Array): Promise<Outcome[]> {
  const detected = await outcomeOf(async () => void format.detect(bytes.subarray(0, 4096), name));
  const outcomes = [await outcomeOf(() => format.decode(bytes, name, undefined, toolsFor(format)))];
  if (format.decodeStream) outcomes.push(await outcomeOf(() => format.decodeStream!(sourceOf(bytes), name)));
  if (detected.wrong) outcomes[0]!.wrong = detected.wrong;
  return outcomes;
}

async function outcomeOf(work: () => Promise<Media | undefined>): Promise<Outcome> {
  try {
    const media = await work();
    const wrong = media && nonsenseIn(media);
    return { code: 'decoded', ...(wrong && { wrong: `decoded to ${wrong}` }) };
  } catch (error) {
    if (!isOneLensError(error))
      return { code: 'CRASH', wrong: error instanceof Error ? (error.stack ?? '') : String(error) };
    if (!CODES.includes(error.code)) return { code: error.code, wrong: `${error.code}: ${error.what}` };
    const isSentence = /^.{1,400}\.$/s.test(error.what) && !INNARDS.test(error.what);
    return { code: error.code, ...(!isSentence && { wrong: `says ${JSON.stringify(error.what)}` }) };
  }
}

/** Pieces that stand anywhere in their buffer, a turn later, as from a disk. */
function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      await Promise.resolve();
      const piece = bytes.subarray(
        Math.min(offset, bytes.length),
        Math.max(offset, Math.min(offset + length, bytes.length)),
      );
      const shifted = new Uint8Array(piece.length + 1);
      shifted.set(piece, 1);
      return shifted.subarray(1);
    },
  };
}
