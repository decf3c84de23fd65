import { formats as audio } from './audio';
import type { Format } from './format';
import { formats as image } from './image';
import { formats as points } from './points';

/** Every file format that can be read. */
export const formats: readonly Format[] = [...image, ...audio, ...points];

/** The largest file that any decoder takes, in bytes: whoever reads files stops there. */
export const MAX_FILE_BYTES = Math.max(...formats.map((f) => f.maxBytes));
