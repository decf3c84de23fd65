import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { crc32, repairPng } from './repair';

/** A compressed part of a file: what it holds, and the file again with other content there. */
export interface Envelope {
  inner: Uint8Array;
  close(inner: Uint8Array): Uint8Array;
}

/** Opens a gzip file, the pixels of a PNG, or one entry of a ZIP archive; undefined where there is none of these. */
export function openEnvelope(bytes: Uint8Array, below: (limit: number) => number): Envelope | undefined {
  const file = Buffer.from(bytes);
  try {
    if (file[0] === 0x1f && file[1] === 0x8b) return { inner: gunzipSync(file), close: (inner) => gzipSync(inner) };
    if (file.toString('latin1', 1, 4) === 'PNG') return pngPixels(file);
    if (file.toString('latin1', 0, 4) === 'PK\x03\x04') return zipEntry(file, below);
  } catch {
    return undefined; // no such file after all
  }
  return undefined;
}

function pngPixels(file: Buffer): Envelope | undefined {
  const parts: Buffer[] = [];
  let [start, end] = [0, 0];
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    start ||= at;
    end = at + 12 + file.readUInt32BE(at);
    parts.push(file.subarray(at + 8, end - 4));
  }
  if (parts.length === 0) return undefined;
  const close = (inner: Uint8Array) => {
    const data = deflateSync(inner);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write('IDAT', 4, 'latin1');
    return repairPng(Buffer.concat([file.subarray(0, start), head, data, Buffer.alloc(4), file.subarray(end)]));
  };
  return { inner: inflateSync(Buffer.concat(parts)), close };
}

interface Entry {
  name: Buffer;
  method: number;
  data: Buffer;
}

function zipEntry(file: Buffer, below: (limit: number) => number): Envelope | undefined {
  const entries = zipEntries(file);
  const chosen = entries[below(entries.length)];
  if (!chosen) return undefined;
  const close = (inner: Uint8Array) =>
    writeZip(entries.map((entry) => (entry === chosen ? { ...entry, data: Buffer.from(inner) } : entry)));
  return { inner: chosen.data, close };
}

/** By the central directory (APPNOTE 4.3.12). */
function zipEntries(file: Buffer): Entry[] {
  const end = file.lastIndexOf('PK\x05\x06', file.length, 'latin1');
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let n = file.readUInt16LE(end + 10); n > 0; n--) {
    const [method, packed, local] = [
      file.readUInt16LE(at + 10),
      file.readUInt32LE(at + 20),
      file.readUInt32LE(at + 42),
    ];
    const nameLength = file.readUInt16LE(at + 28);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const raw = file.subarray(start, start + packed);
    const name = file.subarray(at + 46, at + 46 + nameLength);
    entries.push({ name, method, data: method === 8 ? inflateRawSync(raw) : raw });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function writeZip(entries: readonly Entry[]): Uint8Array {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, method, data } of entries) {
    const packed = method === 8 ? deflateRawSync(data) : data;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
    locals.push(local);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name]));
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
