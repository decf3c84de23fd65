import { errors } from '../common/errors';
import { floatOf, ProtobufError, readFields } from './protobufReader';

/**
 * A parsed `tokenizer.model`. Field numbers are those of
 * https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
 */
export interface SentencePieceModel {
  /** Index = id. */
  pieces: Piece[];
  unkId: number;
  bosId: number;
  eosId: number;
  byteFallback: boolean;
  /** A space is put before the text. */
  addDummyPrefix: boolean;
  /** Spaces at both ends are dropped and runs of spaces become one. */
  removeExtraWhitespaces: boolean;
  unkSurface: string;
}

export interface Piece {
  /** With U+2581 in place of a space. */
  text: string;
  score: number;
  type: number;
}

export const PIECE_TYPE = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

const BPE = 2;
/** No published tokenizer has a tenth of it. */
const MAX_PIECES = 4_000_000;

/** Reads the file's bytes; `name` is what errors call it. Damage is MODEL_DAMAGED, another kind of tokenizer BAD_CHECKPOINT. */
export function readSentencePieceModel(bytes: Uint8Array, name: string): SentencePieceModel {
  try {
    const model = parse(bytes, name);
    check(model, name);
    return model;
  } catch (error) {
    if (error instanceof ProtobufError) throw errors.modelDamaged(name, error.message);
    throw error;
  }
}

function parse(bytes: Uint8Array, name: string): SentencePieceModel {
  const model: SentencePieceModel = {
    pieces: [],
    unkId: 0,
    bosId: 1,
    eosId: 2,
    byteFallback: false,
    addDummyPrefix: true,
    removeExtraWhitespaces: true,
    unkSurface: ' \u2047 ',
  };
  let modelType = 1;
  for (const field of readFields(bytes)) {
    if (field.number === 1) model.pieces.push(parsePiece(submessage(field.value)));
    if (field.number === 2) modelType = parseTrainer(submessage(field.value), model);
    if (field.number === 3) parseNormalizer(submessage(field.value), model, name);
    if (model.pieces.length > MAX_PIECES) throw errors.modelDamaged(name, `it lists more than ${MAX_PIECES} pieces`);
  }
  if (modelType !== BPE && model.pieces.length > 0) {
    throw errors.badCheckpoint(`The tokenizer ${name} is not of the BPE kind.`, 'Give the tokenizer of a LLaMA model.');
  }
  return model;
}

function parsePiece(bytes: Uint8Array): Piece {
  const piece: Piece = { text: '', score: 0, type: PIECE_TYPE.normal };
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) piece.text = textOf(value);
    if (number === 2) piece.score = floatOf(numberOf(value));
    if (number === 3) piece.type = numberOf(value);
  }
  return piece;
}

/** TrainerSpec; returns its model_type. */
function parseTrainer(bytes: Uint8Array, model: SentencePieceModel): number {
  let modelType = 1;
  for (const { number, value } of readFields(bytes)) {
    if (number === 3) modelType = numberOf(value);
    if (number === 35) model.byteFallback = numberOf(value) !== 0;
    if (number === 40) model.unkId = numberOf(value);
    if (number === 41) model.bosId = numberOf(value);
    if (number === 42) model.eosId = numberOf(value);
    if (number === 44) model.unkSurface = textOf(value);
  }
  return modelType;
}

function parseNormalizer(bytes: Uint8Array, model: SentencePieceModel, name: string): void {
  for (const { number, value } of readFields(bytes)) {
    if (number === 2 && submessage(value).length > 0) {
      throw errors.badCheckpoint(
        `The tokenizer ${name} normalises text with a table of its own, which is not supported.`,
        'Give a tokenizer with the identity normaliser, as LLaMA has.',
      );
    }
    if (number === 3) model.addDummyPrefix = numberOf(value) !== 0;
    if (number === 4) model.removeExtraWhitespaces = numberOf(value) !== 0;
  }
}

function check(model: SentencePieceModel, name: string): void {
  const { pieces } = model;
  if (pieces.length === 0) throw errors.modelDamaged(name, 'it lists no pieces');
  for (const id of [model.unkId, model.bosId, model.eosId]) {
    if (id >= pieces.length) throw errors.modelDamaged(name, `a special token has the id ${id} of ${pieces.length}`);
  }
  if (pieces[model.unkId]!.type !== PIECE_TYPE.unknown) throw errors.modelDamaged(name, 'it has no unknown token');
  const broken = pieces.findIndex((p) => p.text === '' || Number.isNaN(p.score));
  if (broken >= 0) throw errors.modelDamaged(name, `piece ${broken} is empty or has no score`);
  if (new Set(pieces.map((p) => p.text)).size !== pieces.length)
    throw errors.modelDamaged(name, 'it lists a piece twice');
  if (model.byteFallback && pieces.filter((p) => p.type === PIECE_TYPE.byte).length !== 256) {
    throw errors.modelDamaged(name, 'it has byte fallback but not 256 byte pieces');
  }
}

function submessage(value: number | Uint8Array): Uint8Array {
  if (typeof value === 'number') throw new ProtobufError('a number stands where a message belongs');
  return value;
}

function numberOf(value: number | Uint8Array): number {
  if (typeof value !== 'number') throw new ProtobufError('bytes stand where a number belongs');
  return value;
}

function textOf(value: number | Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(submessage(value));
  } catch (error) {
    if (error instanceof ProtobufError) throw error;
    throw new ProtobufError('a piece is not UTF-8');
  }
}
