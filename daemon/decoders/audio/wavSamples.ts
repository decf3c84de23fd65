import type { WorkPacer } from '../workPacer';
import type { SampleEncoding, WavFormat } from './wavFormat';

/** Frames (one sample of every channel) between two looks at the signal. */
const CHUNK_FRAMES = 1 << 16;

/** One stored sample as a number; integers are scaled so that full scale is [-1, 1). */
const readers: Readonly<Record<SampleEncoding, (view: DataView, at: number) => number>> = {
  u8: (v, at) => (v.getUint8(at) - 128) / 128,
  s16: (v, at) => v.getInt16(at, true) / 2 ** 15,
  s24: (v, at) => ((v.getInt8(at + 2) << 16) | v.getUint16(at, true)) / 2 ** 23,
  s32: (v, at) => v.getInt32(at, true) / 2 ** 31,
  f32: (v, at) => v.getFloat32(at, true),
  f64: (v, at) => v.getFloat64(at, true),
  alaw: (v, at) => expandALaw(v.getUint8(at)),
  mulaw: (v, at) => expandMuLaw(v.getUint8(at)),
};

/** ITU-T G.711 A-law, 13 bits of 16. */
function expandALaw(code: number): number {
  const value = code ^ 0x55;
  const exponent = (value >> 4) & 7;
  const mantissa = ((value & 15) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (value & 0x80 ? magnitude : -magnitude) / 2 ** 15;
}

/** ITU-T G.711 mu-law, 14 bits of 16. */
function expandMuLaw(code: number): number {
  const value = ~code & 0xff;
  const magnitude = ((((value & 15) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
  return (value & 0x80 ? -magnitude : magnitude) / 2 ** 15;
}

/** Interleaved stored samples -> one Float32Array a channel of `frames` samples. The data must be there. */
export async function readWavSamples(
  data: Uint8Array,
  format: WavFormat,
  frames: number,
  pacer: WorkPacer,
): Promise<Float32Array[]> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = readers[format.encoding];
  const stride = format.bytesPerSample * format.channels;
  const channels = Array.from({ length: format.channels }, () => new Float32Array(frames));
  for (let from = 0; from < frames; from += CHUNK_FRAMES) {
    const to = Math.min(from + CHUNK_FRAMES, frames);
    channels.forEach((samples, c) => {
      let at = from * stride + c * format.bytesPerSample;
      for (let i = from; i < to; i++, at += stride) samples[i] = read(view, at);
    });
    await pacer.breathe();
  }
  return channels;
}
