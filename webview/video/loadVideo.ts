import type { SuppliedFrame } from '../../daemon/protocol/messages';

type DecodeFrames = (bytes: Uint8Array, times: number[], side: number) => Promise<SuppliedFrame[]>;

/** Of this script, which the policy allows; a script that it adds needs the same. */
const nonce = (document.currentScript as HTMLScriptElement | null)?.nonce ?? '';
let loaded: Promise<DecodeFrames> | undefined;

/** The demultiplexer is large and few conversations need it: its bundle is loaded with the first video. */
export function loadVideo(): Promise<DecodeFrames> {
  loaded ??= new Promise<DecodeFrames>((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = document.getElementById('app')?.dataset.videoScript ?? '';
    script.onload = () => {
      const video = (globalThis as { oneLensVideo?: { decodeFrames: DecodeFrames } }).oneLensVideo;
      if (video) resolve(video.decodeFrames);
      else reject(new Error('the video decoder did not start'));
    };
    script.onerror = () => reject(new Error('the video decoder cannot be loaded'));
    document.head.append(script);
  });
  // a load that failed is tried again with the next video
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}
