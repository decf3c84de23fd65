import type { Format } from '../format';
import { MAX_IMAGE_BYTES } from '../image/imageHeader';
import { ANIMATION_LIMITS, decodeAnimatedWebp, decodeGif } from './animation';
import { looksAnimatedGif, looksAnimatedWebp } from './animationTimes';
import { decodeAvi } from './avi';
import { decodeIsobmff, decodeMatroska } from './container';
import { MAX_VIDEO_BYTES, VIDEO_LIMITS } from './videoHeader';

const text = (head: Uint8Array, at: number, length = 4): string =>
  String.fromCharCode(...head.subarray(at, at + length));

/** Brands of pictures and of sound alone (mp4ra.org), which other readers have or nobody. */
const NOT_VIDEO = /^(avi[fos]|hei[cxms]|hev[cxms]|mi[fa1][f1]|msf1|jp[2x] |M4[ABP] |crx )/;
/** The first box of a QuickTime file from before file types were written. */
const BARE_MOVIE = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

function detectMov(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  if (text(head, 4) === 'ftyp') return text(head, 8) === 'qt  ' ? 'yes' : 'no';
  return BARE_MOVIE.includes(text(head, 4)) ? 'maybe' : 'no';
}

function detectMp4(head: Uint8Array): 'yes' | 'no' {
  const brand = text(head, 8);
  return text(head, 4) === 'ftyp' && brand !== 'qt  ' && !NOT_VIDEO.test(brand) ? 'yes' : 'no';
}

/** DocType stands within the EBML header, which is short. */
function detectEbml(docType: string) {
  return (head: Uint8Array): 'yes' | 'no' =>
    text(head, 0) === '\x1aE\xdf\xa3' && text(head, 4, 60).includes(`\x42\x82${sized(docType)}`) ? 'yes' : 'no';
}
const sized = (value: string) => String.fromCharCode(0x80 | value.length) + value;

const MP4 = { id: 'mp4', name: 'MP4' };
const MOV = { id: 'mov', name: 'MOV' };
const WEBM = { id: 'webm', name: 'WebM' };
const MKV = { id: 'mkv', name: 'MKV' };

/** The video formats that can be read. Animations come before the plain pictures in the table of all formats. */
export const formats: readonly Format[] = [
  {
    id: 'animated-gif',
    kind: 'video',
    extensions: ['.gif'],
    mime: 'image/gif',
    magic: 'GIF87a, GIF89a, two frames or more',
    detect: (head) => (looksAnimatedGif(head) ? 'yes' : 'no'),
    maxBytes: MAX_IMAGE_BYTES,
    limits: ANIMATION_LIMITS,
    decode: (bytes, _name, signal) => decodeGif(bytes, signal),
  },
  {
    id: 'animated-webp',
    kind: 'video',
    extensions: ['.webp'],
    mime: 'image/webp',
    magic: 'RIFF....WEBP with an ANIM chunk',
    detect: (head) => (looksAnimatedWebp(head) ? 'yes' : 'no'),
    maxBytes: MAX_IMAGE_BYTES,
    limits: ANIMATION_LIMITS,
    decode: (bytes, _name, signal) => decodeAnimatedWebp(bytes, signal),
  },
  {
    id: 'mp4',
    kind: 'video',
    extensions: ['.mp4', '.m4v', '.3gp', '.3g2'],
    mime: 'video/mp4',
    magic: '....ftyp',
    detect: detectMp4,
    maxBytes: MAX_VIDEO_BYTES,
    limits: VIDEO_LIMITS,
    decode: (bytes, _name, signal, tools) => decodeIsobmff(MP4, bytes, signal, tools),
  },
  {
    id: 'mov',
    kind: 'video',
    extensions: ['.mov', '.qt'],
    mime: 'video/quicktime',
    magic: '....ftypqt, or moov, mdat, wide first',
    detect: detectMov,
    maxBytes: MAX_VIDEO_BYTES,
    limits: VIDEO_LIMITS,
    decode: (bytes, _name, signal, tools) => decodeIsobmff(MOV, bytes, signal, tools),
  },
  {
    id: 'webm',
    kind: 'video',
    extensions: ['.webm'],
    mime: 'video/webm',
    magic: '1A 45 DF A3, DocType webm',
    detect: detectEbml('webm'),
    maxBytes: MAX_VIDEO_BYTES,
    limits: VIDEO_LIMITS,
    decode: (bytes, _name, signal, tools) => decodeMatroska(WEBM, bytes, signal, tools),
  },
  {
    id: 'mkv',
    kind: 'video',
    extensions: ['.mkv', '.mk3d'],
    mime: 'video/x-matroska',
    magic: '1A 45 DF A3, DocType matroska',
    detect: detectEbml('matroska'),
    maxBytes: MAX_VIDEO_BYTES,
    limits: VIDEO_LIMITS,
    decode: (bytes, _name, signal, tools) => decodeMatroska(MKV, bytes, signal, tools),
  },
  {
    id: 'avi',
    kind: 'video',
    extensions: ['.avi'],
    mime: 'video/x-msvideo',
    magic: 'RIFF....AVI',
    detect: (head) => (text(head, 0) === 'RIFF' && text(head, 8) === 'AVI ' ? 'yes' : 'no'),
    maxBytes: MAX_VIDEO_BYTES,
    limits: VIDEO_LIMITS,
    decode: (bytes, _name, signal, tools) => decodeAvi(bytes, signal, tools),
  },
];
