/** What unsupported bytes look like, in a few words for an error message. Magic numbers as in file(1). */
const SIGNATURES: ReadonlyArray<[at: number, magic: string, what: string]> = [
  [0, '%PDF', 'a PDF document'],
  [0, 'PK\x03\x04', 'a ZIP archive, as documents and packages are'],
  [0, 'PK\x05\x06', 'an empty ZIP archive'],
  [0, '\x1f\x8b', 'gzip-compressed data'],
  [0, 'BZh', 'bzip2-compressed data'],
  [0, '\xfd7zXZ\0', 'xz-compressed data'],
  [0, '\x28\xb5\x2f\xfd', 'zstd-compressed data'],
  [0, "7z\xbc\xaf'\x1c", 'a 7z archive'],
  [0, 'Rar!', 'a RAR archive'],
  [257, 'ustar', 'a tar archive'],
  [0, '\x7fELF', 'an executable'],
  [0, 'MZ', 'a Windows executable'],
  [0, '\xcf\xfa\xed\xfe', 'a macOS executable'],
  [0, '\x1aE\xdf\xa3', 'a Matroska or WebM video'],
  [4, 'ftypheic', 'an HEIC picture'],
  [4, 'ftypheix', 'an HEIC picture'],
  [4, 'ftypmif1', 'an HEIF picture'],
  [4, 'ftypM4A', 'M4A (AAC) sound'],
  [4, 'ftypqt', 'a QuickTime video'],
  [4, 'ftyp', 'an MP4 video'],
  [0, 'FLV', 'a Flash video'],
  [8, 'AVI ', 'an AVI video'],
  [0, '\x30\x26\xb2\x75', 'Windows Media'],
  [0, 'ADIF', 'AAC sound'],
  [0, '\xff\xf1', 'AAC sound'],
  [0, 'MThd', 'a MIDI file'],
  [0, 'FORM', 'an AIFF sound or another IFF file'],
  [0, '\0\0\x01\0', 'a Windows icon'],
  [0, '8BPS', 'a Photoshop document'],
  [0, '\x76\x2f\x31\x01', 'an OpenEXR picture'],
  [0, '\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  [0, '\xff\x0a', 'a JPEG XL picture'],
  [0, '\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  [0, '\x93NUMPY', 'a NumPy array'],
  [0, '\x89HDF', 'an HDF5 file'],
  [0, 'SQLite format 3', 'an SQLite database'],
  [0, 'glTF', 'a binary glTF model'],
  [0, 'LASF', 'a LAS point cloud'],
];

/** For example "plain text", "a PDF document", "unknown binary data". `head`: the first bytes of the file. */
export function describeBytes(head: Uint8Array): string {
  const signature = SIGNATURES.find(([at, magic]) => matches(head, magic, at));
  if (signature) return signature[2];
  if (head.every((b) => b === 0)) return 'nothing but zero bytes';
  if (!looksLikeText(head)) return 'unknown binary data';
  const text = new TextDecoder().decode(head).trimStart();
  if (/^<!doctype html|^<html/i.test(text)) return 'an HTML page';
  if (text.startsWith('<?xml')) return 'an XML document';
  if (/^[[{]\s*["[{\]}\d]/.test(text)) return 'JSON text';
  return 'plain text';
}

/** UTF-8 or UTF-16 with a byte order mark, without control characters other than white space. */
export function looksLikeText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  if (head.some((b) => b < 32 && b !== 9 && b !== 10 && b !== 12 && b !== 13 && b !== 27)) return false;
  try {
    // a cut at the end of the head may split a character
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function matches(bytes: Uint8Array, magic: string, at: number): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}
