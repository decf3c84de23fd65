/** Decoders: bytes in, media out. What other layers use. */
export { type Decoded, decode, detectFormat } from './decode';
export type { Format } from './format';
export { formats, MAX_FILE_BYTES } from './formats';
export { encodePng, PREVIEW_SIDE } from './image/encodePng';
