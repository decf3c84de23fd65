/**
 * Just enough of the protocol buffers wire format to read a SentencePiece model
 * (https://protobuf.dev/programming-guides/encoding/). Every length is checked before it is used.
 */
export interface ProtobufField {
  number: number;
  /** Varints and fixed 32-bit values as a number (varints above 2^53 lose low bits), length-delimited fields as bytes. */
  value: number | Uint8Array;
}

/** Thrown for bytes that are not a message; the caller turns it into an error that names the file. */
export class ProtobufError extends Error {}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** The fields of one message in file order. Floats arrive as their 32 bits: see `floatOf`. */
export function* readFields(bytes: Uint8Array): Generator<ProtobufField> {
  const reader = new Reader(bytes);
  while (!reader.atEnd) {
    const key = reader.varint();
    yield { number: Math.floor(key / 8), value: reader.value(key % 8) };
  }
}

const scratch = new DataView(new ArrayBuffer(4));

/** The float that a fixed 32-bit field holds. */
export function floatOf(bits: number): number {
  scratch.setUint32(0, bits, true);
  return scratch.getFloat32(0, true);
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  varint(): number {
    let result = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++, scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new ProtobufError(`it ends in the middle of a number at byte ${this.at - 1}`);
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
    }
    throw new ProtobufError(`a number at byte ${this.at} is too long`);
  }

  value(wireType: number): number | Uint8Array {
    if (wireType === VARINT) return this.varint();
    if (wireType === BYTES) return this.take(this.varint());
    if (wireType === FIXED32) return littleEndian(this.take(4));
    if (wireType === FIXED64) return this.take(8);
    throw new ProtobufError(`a field of the unknown type ${wireType} at byte ${this.at}`);
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) {
      throw new ProtobufError(`a field of ${length} bytes at byte ${this.at} ends after the file`);
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

function littleEndian(b: Uint8Array): number {
  return (b[0]! | (b[1]! << 8) | (b[2]! << 16) | (b[3]! << 24)) >>> 0;
}
