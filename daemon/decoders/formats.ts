import { formats as audio } from './audio';
import { formats as fmri } from './fmri';
import { type Format, MAX_WHOLE_BYTES } from './format';
import { formats as image } from './image';
import { formats as imu } from './imu';
import { formats as maps } from './maps';
import { formats as points } from './points';
import { formats as video } from './video';

/** Every file format that can be read. */
export const formats: readonly Format[] = [...imu, ...fmri, ...maps, ...video, ...image, ...audio, ...points];

/** The largest file that any decoder takes whole, in bytes: whoever reads files stops there. */
export const MAX_FILE_BYTES = Math.max(...formats.map((f) => Math.min(f.maxBytes, MAX_WHOLE_BYTES)));

/** The largest file that any decoder takes piece by piece (`decodeSource`), in bytes. */
export const MAX_SOURCE_BYTES = Math.max(...formats.map((f) => f.maxBytes));
