import { decodeFrames } from './decodeFrames';

declare global {
  /** Set by the video bundle, which the panel loads when the first video needs it. */
  var oneLensVideo: { decodeFrames: typeof decodeFrames } | undefined;
}

globalThis.oneLensVideo = { decodeFrames };
