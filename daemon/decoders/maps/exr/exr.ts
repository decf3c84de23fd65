import { errors } from '../../../common/errors';
import type { DecodeTools, Format } from '../../format';
import { MAP_LIMITS, MAX_MAP_BYTES } from '../mapLimits';
import { mapWord } from '../mapWord';
import { toDepthMedia } from '../toDepthMedia';
import { decodeNormals, toNormalMedia } from '../toNormalMedia';
import { type MapChannels, mapChannels } from './exrChannels';
import { isExr, readExrHeader } from './exrHeader';
import { readExr } from './readExr';

/** The kind of map: by the channels' names, and of R G B by the file's name; "colour" where neither tells. */
function kindOf(bytes: Uint8Array, name: string): MapChannels['kind'] | undefined {
  const kind = mapChannels(readExrHeader(bytes).channels)?.kind;
  return kind === 'colour' ? (mapWord(name)?.kind ?? 'colour') : kind;
}

function detect(kind: 'depth' | 'normal', head: Uint8Array, name: string): 'yes' | 'maybe' | 'no' {
  if (!isExr(head)) return 'no';
  try {
    return kindOf(head, name) === kind ? 'yes' : 'maybe';
  } catch {
    return 'maybe'; // decoding says what is wrong
  }
}

async function read(
  bytes: Uint8Array,
  name: string,
  kind: 'depth' | 'normal',
  signal?: AbortSignal,
  tools?: DecodeTools,
) {
  const header = readExrHeader(bytes);
  const found = mapChannels(header.channels);
  const names = header.channels
    .map((c) => c.name)
    .join(', ')
    .slice(0, 200);
  if (!found) throw errors.unsupported('EXR', `the channels ${names}, none of which is depth or normals`);
  const told = tools?.as === kind || mapWord(name)?.kind === kind;
  if (found.kind !== kind && !(found.kind === 'colour' && told))
    throw errors.unsupported(
      'EXR',
      `the channels ${found.name} (${found.kind === 'colour' ? 'a picture of high dynamic range' : found.kind}) where a ${kind} map was looked for`,
    );
  return readExr(bytes, header, found.indices, signal);
}

const common = {
  extensions: ['.exr'],
  mime: 'image/x-exr',
  magic: '76 2F 31 01',
  maxBytes: MAX_MAP_BYTES,
  limits: MAP_LIMITS,
};

export const exrDepth: Format = {
  id: 'exr-depth',
  kind: 'rgbd',
  ...common,
  detect: (head, name = '') => detect('depth', head, name),
  decode: async (bytes, name, signal, tools) =>
    toDepthMedia('exr', name, await read(bytes, name, 'depth', signal, tools), tools),
};

export const exrNormals: Format = {
  id: 'exr-normals',
  kind: 'rgbn',
  ...common,
  detect: (head, name = '') => detect('normal', head, name),
  decode: async (bytes, name, signal, tools) => {
    const samples = await read(bytes, name, 'normal', signal, tools);
    return toNormalMedia('exr', samples, decodeNormals(samples), tools);
  },
};
