/** Names of codecs: what files call them -> what people call them. */

/** Sample entries (MP4, MOV), codec ids (Matroska) and four-character codes (AVI), lower case. */
const CODES: Readonly<Record<string, string>> = {
  avc: 'h264',
  avc1: 'h264',
  avc3: 'h264',
  h264: 'h264',
  x264: 'h264',
  'v_mpeg4/iso/avc': 'h264',
  hevc: 'hevc',
  hvc1: 'hevc',
  hev1: 'hevc',
  h265: 'hevc',
  'v_mpegh/iso/hevc': 'hevc',
  vp80: 'vp8',
  v_vp8: 'vp8',
  vp90: 'vp9',
  v_vp9: 'vp9',
  av01: 'av1',
  v_av1: 'av1',
  mp4v: 'mpeg4',
  fmp4: 'mpeg4',
  xvid: 'mpeg4',
  divx: 'mpeg4',
  dx50: 'mpeg4',
  mp4s: 'mpeg4',
  'v_mpeg4/iso/asp': 'mpeg4',
  'v_mpeg4/iso/sp': 'mpeg4',
  v_mpeg1: 'mpeg1',
  v_mpeg2: 'mpeg2',
  mpg1: 'mpeg1',
  mpg2: 'mpeg2',
  jpeg: 'mjpeg',
  mjpg: 'mjpeg',
  mjpa: 'mjpeg',
  v_mjpeg: 'mjpeg',
  png: 'png',
  'png ': 'png',
  mpng: 'png',
  apch: 'prores',
  apcn: 'prores',
  apcs: 'prores',
  apco: 'prores',
  ap4h: 'prores',
  ap4x: 'prores',
  v_prores: 'prores',
  dib: 'rawvideo',
  'dib ': 'rawvideo',
  'raw ': 'rawvideo',
  v_uncompressed: 'rawvideo',
  v_theora: 'theora',
  mp43: 'msmpeg4v3',
  div3: 'msmpeg4v3',
  mp42: 'msmpeg4v2',
  wmv3: 'wmv3',
  ffv1: 'ffv1',
  v_ffv1: 'ffv1',
};

/** The usual name of a video codec; a code that is not known comes back in lower case. */
export function videoCodecName(code: string): string {
  const lower = code.toLowerCase();
  return Object.hasOwn(CODES, lower) ? CODES[lower]! : printable(lower);
}

/** A code as a file has it, for people: at most 40 characters, none of them a control character. */
export function printable(code: string): string {
  return (
    code
      .replace(/\p{Cc}/gu, '?')
      .trim()
      .slice(0, 40) || 'unknown'
  );
}

/** How a sentence names a codec. */
export function codecTitle(codec: string): string {
  const titles: Record<string, string> = {
    h264: 'H.264',
    hevc: 'HEVC (H.265)',
    vp8: 'VP8',
    vp9: 'VP9',
    av1: 'AV1',
    mpeg4: 'MPEG-4 Part 2',
    mjpeg: 'Motion JPEG',
    prores: 'ProRes',
    unknown: 'a codec that the file does not name',
  };
  return Object.hasOwn(titles, codec) ? titles[codec]! : codec;
}

const H264: Readonly<Record<number, string>> = {
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4 Predictive',
};
const HEVC: Readonly<Record<string, string>> = { 1: 'Main', 2: 'Main 10', 3: 'Main Still Picture', 4: 'Rext' };
const AV1: Readonly<Record<string, string>> = { 0: 'Main', 1: 'High', 2: 'Professional' };
const PRORES: Readonly<Record<string, string>> = {
  apco: 'Proxy',
  apcs: 'LT',
  apcn: 'Standard',
  apch: 'HQ',
  ap4h: '4444',
  ap4x: '4444 XQ',
};

/**
 * Profile and level from a codec string (RFC 6381; ISO/IEC 14496-15; the AV1 and VP9 bindings), for example
 * "avc1.64001f" -> "High, level 3.1"; undefined where it says none.
 */
export function codecProfile(codecString: string): string | undefined {
  const [name = '', ...fields] = codecString.split('.');
  if (PRORES[name]) return PRORES[name];
  if (/^avc[13]$/.test(name) && /^[\da-f]{6}$/i.test(fields[0] ?? ''))
    return h264Profile(Number.parseInt(fields[0]!, 16));
  if (/^h(ev|vc)1$/.test(name)) {
    const level = /^[LH](\d+)$/.exec(fields[2] ?? '');
    return withLevel(HEVC[fields[0]?.replace(/^[ABC]/, '') ?? ''], level && Number(level[1]) / 30);
  }
  if (name === 'vp09') return withLevel(`Profile ${Number(fields[0])}`, Number(fields[1]) / 10);
  if (name === 'av01') {
    const index = Number.parseInt(fields[1] ?? '', 10);
    return withLevel(AV1[fields[0] ?? ''], 2 + (index >> 2) + (index & 3) / 10);
  }
  return undefined;
}

function h264Profile(packed: number): string | undefined {
  const [profile, constraints, level] = [packed >> 16, (packed >> 8) & 0xff, packed & 0xff];
  const name = profile === 66 && constraints & 0x40 ? 'Constrained Baseline' : H264[profile];
  return withLevel(name, level / 10);
}

function withLevel(profile: string | undefined, level: number | null): string | undefined {
  if (!profile) return undefined;
  return level && Number.isFinite(level) ? `${profile}, level ${Math.round(level * 10) / 10}` : profile;
}
