/**
 * 32-bit float samples of a WAV that a program wrote into a pipe (its sizes are not filled in, so the data chunk reaches to
 * the end). One array a channel; undefined where it is no such WAV.
 */
export function floatWav(bytes: Uint8Array): { sampleRate: number; channels: Float32Array[] } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: { count: number; sampleRate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = String.fromCharCode(...bytes.subarray(at, at + 4));
    if (id === 'fmt ' && at + 24 <= bytes.length)
      format = { count: view.getUint16(at + 10, true), sampleRate: view.getUint32(at + 12, true) };
    if (id === 'data')
      return format && format.count > 0 && format.sampleRate > 0 ? split(view, at + 8, format) : undefined;
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size & 1);
  }
  return undefined;
}

function split(view: DataView, from: number, { count, sampleRate }: { count: number; sampleRate: number }) {
  const samples = Math.floor((view.byteLength - from) / (4 * count));
  const channels = Array.from({ length: count }, (_, c) =>
    Float32Array.from({ length: samples }, (_, i) => view.getFloat32(from + (i * count + c) * 4, true)),
  );
  return { sampleRate, channels };
}
