import type { AudioMedia } from '../../media/media';

const HEADER_BYTES = 44;
const MOST_CHANNELS = 2;

/** A whole WAV file: 16-bit PCM of the first two channels, cut where it would be larger than `mostBytes`. */
export function wavOf({ channels, sampleRate }: AudioMedia, mostBytes: number): { bytes: Uint8Array; seconds: number } {
  const heard = channels.slice(0, MOST_CHANNELS);
  const frameBytes = 2 * heard.length;
  const frames = Math.min(heard[0]?.length ?? 0, Math.floor((mostBytes - HEADER_BYTES) / Math.max(2, frameBytes)));
  const bytes = new Uint8Array(HEADER_BYTES + frames * frameBytes);
  const view = new DataView(bytes.buffer);
  writeHeader(view, { channels: heard.length, sampleRate, dataBytes: frames * frameBytes });
  heard.forEach((samples, c) => {
    for (let i = 0; i < frames; i++) view.setInt16(HEADER_BYTES + i * frameBytes + 2 * c, sampleOf(samples[i]!), true);
  });
  return { bytes, seconds: frames / sampleRate };
}

/** Beyond full scale is clipped; what is no number is silence. */
function sampleOf(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value || 0)) * 32767);
}

/** RIFF, "fmt " of 16 bytes with format 1 (PCM), "data". */
function writeHeader(
  view: DataView,
  { channels, sampleRate, dataBytes }: { channels: number; sampleRate: number; dataBytes: number },
): void {
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  const rate = Math.round(sampleRate);
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
}
