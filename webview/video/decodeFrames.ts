import { ALL_FORMATS, BufferSource, CanvasSink, Input } from 'mediabunny';
import type { SuppliedFrame } from '../../daemon/protocol/messages';

const JPEG_QUALITY = 0.92;

/**
 * Frames of a video at about `times` (seconds), by the browser's own decoders, at most `side` pixels on the longer
 * side, turned upright. Rejects with a reason where the container or the codec is beyond them.
 */
export async function decodeFrames(bytes: Uint8Array, times: number[], side: number): Promise<SuppliedFrame[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('it has no video track');
  if (!(await track.canDecode())) throw new Error(`VS Code has no decoder for ${track.codec ?? 'its codec'}`);
  const scale = Math.min(1, side / Math.max(track.displayWidth, track.displayHeight));
  const sink = new CanvasSink(track, {
    width: Math.max(1, Math.round(track.displayWidth * scale)),
    height: Math.max(1, Math.round(track.displayHeight * scale)),
    fit: 'fill',
  });
  const frames: SuppliedFrame[] = [];
  const first = await track.getFirstTimestamp();
  for await (const wrapped of sink.canvasesAtTimestamps(times.map((time) => time + first))) {
    if (wrapped === null) continue;
    const base64 = await jpegOf(wrapped.canvas);
    frames.push({ time: Math.max(0, wrapped.timestamp - first), base64 });
  }
  return frames;
}

async function jpegOf(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<string> {
  if ('toDataURL' in canvas) return afterComma(canvas.toDataURL('image/jpeg', JPEG_QUALITY));
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(afterComma(String(reader.result)));
    reader.onerror = () => reject(reader.error ?? new Error('the frame cannot be read'));
    reader.readAsDataURL(blob);
  });
}

const afterComma = (url: string): string => url.slice(url.indexOf(',') + 1);
