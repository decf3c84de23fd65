import { bytePairMerge } from './bytePairMerge';
import { PIECE_TYPE, readSentencePieceModel, type SentencePieceModel } from './sentencePieceModel';

/** SentencePiece's mark for a space, U+2581. */
const SPACE = '\u2581';
const NOTHING = new Uint8Array(0);

/**
 * SentencePiece BPE with byte fallback, as LLaMA uses it. Specials written inside a text ("</s>") are plain text:
 * neither control nor user-defined pieces are ever produced by `encode`.
 */
export class TextTokenizer {
  private readonly ids = new Map<string, number>();
  private readonly byteIds = new Int32Array(256);
  private readonly byteOf = new Map<number, number>();
  private readonly longest: number;
  private readonly encoder = new TextEncoder();

  /** Reads `tokenizer.model`. `name` names it in errors (MODEL_DAMAGED, BAD_CHECKPOINT). */
  static fromBytes(bytes: Uint8Array, name: string): TextTokenizer {
    return new TextTokenizer(readSentencePieceModel(bytes, name));
  }

  private constructor(private readonly model: SentencePieceModel) {
    let longest = 1;
    model.pieces.forEach((piece, id) => {
      if (piece.type === PIECE_TYPE.byte) this.addByte(id, piece.text);
      if (piece.type !== PIECE_TYPE.normal && piece.type !== PIECE_TYPE.unused) return;
      this.ids.set(piece.text, id);
      longest = Math.max(longest, piece.text.length);
    });
    this.longest = longest;
  }

  get size(): number {
    return this.model.pieces.length;
  }

  get bosId(): number {
    return this.model.bosId;
  }

  get eosId(): number {
    return this.model.eosId;
  }

  get unkId(): number {
    return this.model.unkId;
  }

  /** Ids without BOS. Lone surrogates become U+FFFD. */
  encode(text: string): number[] {
    const ids: number[] = [];
    const pieces = bytePairMerge(this.normalize(text), {
      score: (piece) => this.model.pieces[this.ids.get(piece) ?? -1]?.score,
      longest: this.longest,
    });
    for (const piece of pieces) this.emit(piece, ids);
    return ids;
  }

  /** The text of a sequence; the space that the dummy prefix stands for is dropped. Invalid UTF-8 becomes U+FFFD. */
  decode(ids: ArrayLike<number>): string {
    let text = '';
    let bytes: number[] = [];
    let atStart = this.model.addDummyPrefix || this.model.removeExtraWhitespaces;
    for (let i = 0; i < ids.length; i++) {
      const byte = this.byteOf.get(ids[i]!);
      if (byte !== undefined) {
        bytes.push(byte);
        continue;
      }
      text += decodeBytes(bytes);
      bytes = [];
      if (text !== '') atStart = false;
      const piece = this.surface(ids[i]!);
      const dropped = atStart && piece.startsWith(' ') && ids[i] !== this.unkId;
      text += dropped ? piece.slice(1) : piece;
      if (dropped && !this.model.removeExtraWhitespaces) atStart = false;
    }
    return text + decodeBytes(bytes);
  }

  /** UTF-8 of one token as it stands in running text: with its leading space; the raw byte of a byte piece; empty for control ids and ids beyond the vocabulary. */
  pieceBytes(id: number): Uint8Array {
    const byte = this.byteOf.get(id);
    if (byte !== undefined) return Uint8Array.of(byte);
    const surface = this.surface(id);
    return surface === '' ? NOTHING : this.encoder.encode(surface);
  }

  private addByte(id: number, text: string): void {
    const value = Number.parseInt(text.slice(3, 5), 16);
    this.byteIds[value] = id;
    this.byteOf.set(id, value);
  }

  /** Identity normaliser: spaces by the model's flags, then U+2581 for each space. Empty stays empty. */
  private normalize(text: string): string {
    let out = text.replace(/\p{Surrogate}/gu, '\uFFFD');
    if (this.model.removeExtraWhitespaces) out = out.replace(/ +/g, ' ').replace(/^ | $/g, '');
    if (out === '') return '';
    return ((this.model.addDummyPrefix ? ' ' : '') + out).replaceAll(' ', SPACE);
  }

  private emit(piece: string, ids: number[]): void {
    const id = this.ids.get(piece);
    if (id === undefined) this.emitUnknown(piece, ids);
    else if (this.model.pieces[id]!.type === PIECE_TYPE.unused) this.emitParts(piece, ids);
    else ids.push(id);
  }

  /** A piece that exists only as a step of merging: its parts, found by merging again without it. */
  private emitParts(piece: string, ids: number[]): void {
    const parts = bytePairMerge(piece, {
      score: (part) => (part === piece ? undefined : this.model.pieces[this.ids.get(part) ?? -1]?.score),
      longest: piece.length,
    });
    if (parts.length === 1) this.emitUnknown(piece, ids);
    else for (const part of parts) this.emit(part, ids);
  }

  private emitUnknown(piece: string, ids: number[]): void {
    if (this.model.byteFallback) for (const byte of this.encoder.encode(piece)) ids.push(this.byteIds[byte]!);
    else if (ids.at(-1) !== this.unkId) ids.push(this.unkId);
  }

  /** Text of a token that is not a byte piece. */
  private surface(id: number): string {
    const piece = this.model.pieces[id];
    if (!piece || piece.type === PIECE_TYPE.control) return '';
    if (piece.type === PIECE_TYPE.unknown) return this.model.unkSurface;
    return piece.text.replaceAll(SPACE, ' ');
  }
}

/** As SentencePiece decodes byte pieces: each byte that begins no valid character is one U+FFFD. */
function decodeBytes(bytes: number[]): string {
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const length = characterLength(bytes, i);
    out += length > 0 ? decodeCharacter(bytes.slice(i, i + length)) : '\uFFFD';
    i += Math.max(1, length);
  }
  return out;
}

function decodeCharacter(bytes: number[]): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

/** Bytes of the valid UTF-8 character at `at`, 0 where there is none. */
function characterLength(bytes: number[], at: number): number {
  const lead = bytes[at]!;
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    fatal.decode(Uint8Array.from(bytes.slice(at, at + length)));
    return length;
  } catch {
    return 0;
  }
}
