import type { SuppliedFrame } from '../../daemon/protocol/messages';
import { loadBundle } from '../loadBundle';

type DecodeFrames = (bytes: Uint8Array, times: number[], side: number) => Promise<SuppliedFrame[]>;

/** The demultiplexer is large and few conversations need it: its bundle is loaded with the first video. */
export async function loadVideo(): Promise<DecodeFrames> {
  return (await loadBundle<{ decodeFrames: DecodeFrames }>('video')).decodeFrames;
}
