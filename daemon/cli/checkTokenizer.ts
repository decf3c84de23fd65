import { readFile, stat } from 'node:fs/promises';
import { errors, isOneLensError } from '../common/errors';
import { readSentencePieceModel } from '../runtime/sentencePieceModel';

/** No published tokenizer has a tenth of it. */
const MAX_BYTES = 64 << 20;

/** A file that is no SentencePiece model must not end up in a pack. What cannot be read is the converter's to tell. Throws BAD_CHECKPOINT. */
export async function checkTokenizer(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size === 0 || found.size > MAX_BYTES) return;
  try {
    readSentencePieceModel(await readFile(path), path);
  } catch (error) {
    if (!isOneLensError(error) || error.code !== 'MODEL_DAMAGED') throw error;
    throw errors.badCheckpoint(
      `The tokenizer ${JSON.stringify(path)} is no SentencePiece model, or a damaged one.`,
      'Give the tokenizer.model that belongs to the checkpoint.',
    );
  }
}
