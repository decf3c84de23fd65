import { latin1Of } from './riff';

/** Length in bytes of the ID3v2 tag at `at`, header and footer included; 0 if there is none (id3.org, 3.1). */
export function id3v2Length(bytes: Uint8Array, at = 0): number {
  if (latin1Of(bytes, at, 3) !== 'ID3' || at + 10 > bytes.length) return 0;
  const size = [6, 7, 8, 9].reduce((sum, i) => (sum << 7) | (bytes[at + i]! & 0x7f), 0);
  const footer = bytes[at + 5]! & 0x10 ? 10 : 0;
  return 10 + size + footer;
}

/** End of the sound: where the tags at the end of the file begin (ID3v1, APEv2). */
export function trailingTagStart(bytes: Uint8Array): number {
  let end = bytes.length;
  if (end >= 128 && latin1Of(bytes, end - 128, 3) === 'TAG') end -= 128;
  return end - apeLength(bytes, end);
}

/** APEv2 ends with a footer of 32 bytes: "APETAGEX", version, size (items and footer), items, flags. */
function apeLength(bytes: Uint8Array, end: number): number {
  if (end < 32 || latin1Of(bytes, end - 32, 8) !== 'APETAGEX') return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset + end - 32, 32);
  const header = view.getUint32(20, true) & 0x8000_0000 ? 32 : 0;
  const length = view.getUint32(12, true) + header;
  return length <= end ? length : 0;
}
