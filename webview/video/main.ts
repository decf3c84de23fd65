import { decodeFrames } from './decodeFrames';

// what the panel finds when the first video needs it
Object.assign(globalThis, { oneLens_video: { decodeFrames } });
