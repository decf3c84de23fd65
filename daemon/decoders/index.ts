/** Decoders: bytes in, media out. What other layers use. */
export { type Decoded, decode, decodeSource, detectFormat } from './decode';
export { type ByteSource, type DecodeTools, type Format, STREAM_ABOVE_BYTES } from './format';
export { formats, MAX_FILE_BYTES, MAX_SOURCE_BYTES } from './formats';
export { encodePng, PREVIEW_SIDE } from './image/encodePng';
export { photoNames } from './maps/photoNames';
export { isSafe, type Outline, outlineOf } from './restricted';
export { type SuppliedFrame, suppliedFrames } from './video/suppliedFrames';
