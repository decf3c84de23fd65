import { errors } from '../../common/errors';
import { NumberScanner } from './numberScanner';
import { type PlyElement, type PlyHeader, type PlyScalar, scalarBytes } from './plyHeader';

/** Numbers in file order, whatever the encoding. */
export interface PlySource {
  /** Throws FILE_TRUNCATED at the end, FILE_DAMAGED at what is no number. */
  read(type: PlyScalar): number;
  /** Bytes not read yet. */
  remaining(): number;
  /** Fewest bytes that one value takes. */
  minBytes(type: PlyScalar): number;
}

export function openPlySource(bytes: Uint8Array, header: PlyHeader): PlySource {
  return header.encoding === 'ascii'
    ? new AsciiSource(bytes, header.dataStart)
    : new BinarySource(bytes, header.dataStart, header.encoding === 'binary_little_endian');
}

/** Fewest bytes that one record of the element takes: its lists empty. */
export function minRecordBytes(source: PlySource, element: PlyElement): number {
  return element.properties.reduce((sum, p) => sum + source.minBytes(p.countType ?? p.type), 0);
}

const endOfFile = () => errors.truncated('PLY', 'the file ends before all that its header declares');

class AsciiSource implements PlySource {
  private readonly scanner: NumberScanner;

  constructor(
    private readonly bytes: Uint8Array,
    at: number,
  ) {
    this.scanner = new NumberScanner('PLY', bytes, at);
  }

  read(): number {
    if (!this.scanner.skipSpace()) throw endOfFile();
    return this.scanner.readNumber();
  }

  remaining(): number {
    return this.bytes.length - this.scanner.at + 1; // the last number needs no separator
  }

  /** A digit and a separator. */
  minBytes(): number {
    return 2;
  }
}

class BinarySource implements PlySource {
  private readonly view: DataView;

  constructor(
    bytes: Uint8Array,
    private at: number,
    private readonly little: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(type: PlyScalar): number {
    const at = this.at;
    this.at += scalarBytes[type];
    if (this.at > this.view.byteLength) throw endOfFile();
    switch (type) {
      case 'f32':
        return this.view.getFloat32(at, this.little);
      case 'u8':
        return this.view.getUint8(at);
      case 'i32':
        return this.view.getInt32(at, this.little);
      case 'f64':
        return this.view.getFloat64(at, this.little);
      case 'u32':
        return this.view.getUint32(at, this.little);
      case 'i8':
        return this.view.getInt8(at);
      case 'i16':
        return this.view.getInt16(at, this.little);
      case 'u16':
        return this.view.getUint16(at, this.little);
    }
  }

  remaining(): number {
    return this.view.byteLength - this.at;
  }

  minBytes(type: PlyScalar): number {
    return scalarBytes[type];
  }
}
