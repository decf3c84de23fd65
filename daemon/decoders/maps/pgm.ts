import { errors } from '../../common/errors';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { checkMapBytes, checkMapSides, MAP_LIMITS, MAX_MAP_BYTES } from './mapLimits';
import { mapWord } from './mapWord';
import type { Samples } from './samples';
import { toDepthMedia } from './toDepthMedia';

/** "P5", sides and largest value between blanks and comments, one blank, then the values, big endian (netpbm, pgm(5)). */
const HEADER = /^P5(?:\s|#[^\n]*\n)+(\d{1,9})(?:\s|#[^\n]*\n)+(\d{1,9})(?:\s|#[^\n]*\n)+(\d{1,9})\s/;

/** A grey portable map, 8 or 16 bits: the usual one of older depth data sets. */
export const pgmDepth: Format = {
  id: 'pgm-depth',
  kind: 'rgbd',
  extensions: ['.pgm'],
  mime: 'image/x-portable-graymap',
  magic: 'P5',
  maxBytes: MAX_MAP_BYTES,
  limits: MAP_LIMITS,
  detect: (head) => (head[0] === 0x50 && head[1] === 0x35 && [10, 13, 32, 9].includes(head[2]!) ? 'yes' : 'no'),
  decode: async (bytes, name, signal, tools) => {
    const samples = await readPgm(bytes, signal);
    if (samples.bits === 8 && mapWord(name)?.kind !== 'depth' && tools?.as !== 'depth')
      throw errors.unsupported('PGM', '8-bit grey values, and neither its name nor you say that they are depth');
    return toDepthMedia('pgm', name, samples, tools);
  },
};

async function readPgm(bytes: Uint8Array, signal?: AbortSignal): Promise<Samples> {
  const match = HEADER.exec(String.fromCharCode(...bytes.subarray(0, 1024)));
  if (!match) throw errors.damaged('PGM', 'its header is not "P5", the sides and the largest value');
  const [width, height, most] = [Number(match[1]), Number(match[2]), Number(match[3])];
  checkMapSides('PGM', width, height);
  if (most < 1 || most > 65535) throw errors.damaged('PGM', `its largest value is ${most}`);
  const size = most > 255 ? 2 : 1;
  const start = match[0].length;
  checkMapBytes('PGM', size * width * height, bytes.length - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const values = new Float32Array(width * height);
  const pacer = new WorkPacer(signal);
  for (let i = 0; i < values.length; i++) {
    values[i] = size === 2 ? view.getUint16(2 * i, false) : view.getUint8(i);
    if (i % 65536 === 0) await pacer.breathe();
  }
  return { width, height, channels: 1, values, bits: 8 * size, float: false, warnings: [] };
}
