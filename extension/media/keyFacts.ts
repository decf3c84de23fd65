import type { Fact } from '../../daemon/protocol/facts';
import type { MediaRecord, StoredFact } from './mediaRecord';

type Values = (name: string) => Fact['value'] | undefined;
type Words = (values: Values) => Array<string | undefined>;

/** What a row shows of each kind: the few facts that tell files of this kind apart. Measured, never the model's. */
const BY_MODALITY: Record<string, Words> = {
  image: (v) => [
    sides(v, 'image.width', 'image.height'),
    v('plot.kind') === undefined ? undefined : plotWords(v),
    v('plot.kind') === undefined ? lines(v('image.textLines')) : undefined,
  ],
  audio: (v) => [
    unit(v('audio.duration'), 's'),
    unit(v('audio.sampleRate'), 'Hz'),
    channels(v('audio.channels')),
    unit(v('audio.loudness'), 'LUFS'),
    share(v('audio.speechShare'), 'speech'),
    share(v('audio.musicShare'), 'music'),
  ],
  video: (v) => [
    unit(v('video.duration'), 's'),
    sides(v, 'video.width', 'video.height'),
    unit(v('video.frameRate'), 'frames/s'),
    text(v('video.codec')),
    v('video.motionLevel') === undefined ? undefined : `${v('video.motionLevel')} motion`,
  ],
  point: (v) => [
    unit(v('points.count'), 'points'),
    unit(v('points.faces'), 'triangles'),
    list(v('points.extent'), ' × '),
    v('points.hasColors') === true ? 'coloured' : undefined,
  ],
  rgbd: (v) => [sides(v, 'map.width', 'map.height'), ranged('depth', v('map.range'))],
  rgbn: (v) => [sides(v, 'map.width', 'map.height')],
  imu: (v) => [unit(v('imu.duration'), 's'), unit(v('imu.sampleRate'), 'Hz'), list(v('imu.sensors'), ', ')],
  fmri: (v) => [list(v('fmri.dimensions'), ' × '), unit(v('fmri.voxels'), 'voxels'), unit(v('fmri.frames'), 'frames')],
};

export function keyFacts({ modality, facts }: Pick<MediaRecord, 'modality' | 'facts'>): string[] {
  const words = BY_MODALITY[modality ?? ''];
  if (words === undefined || facts === undefined) return [];
  return words(valuesOf(facts)).filter((word) => word !== undefined);
}

export function valuesOf(facts: readonly StoredFact[]): Values {
  const values = new Map(facts.map(({ name, value }) => [name, value]));
  return (name) => values.get(name);
}

function plotWords(v: Values): string {
  const title = v('plot.title');
  const kind = `${v('plot.kind')} plot`;
  return typeof title === 'string' && title !== '' ? `${kind} “${title}”` : kind;
}

const number = (value: number): string => {
  if (!Number.isInteger(value)) return value.toLocaleString('en', { maximumSignificantDigits: 4 });
  return Math.abs(value) < 10_000 ? String(value) : value.toLocaleString('en');
};

function sides(v: Values, width: string, height: string): string | undefined {
  return v(width) === undefined ? undefined : `${v(width)} × ${v(height)} px`;
}

function unit(value: Fact['value'] | undefined, name: string): string | undefined {
  return typeof value === 'number' ? `${number(value)} ${name}` : undefined;
}

function text(value: Fact['value'] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function lines(value: Fact['value'] | undefined): string | undefined {
  if (typeof value !== 'number' || value === 0) return undefined;
  return value === 1 ? '1 line of text' : `${value} lines of text`;
}

function channels(value: Fact['value'] | undefined): string | undefined {
  if (typeof value !== 'number') return undefined;
  return value === 1 ? 'mono' : value === 2 ? 'stereo' : `${value} channels`;
}

function share(value: Fact['value'] | undefined, name: string): string | undefined {
  return typeof value === 'number' && value > 0 ? `${Math.round(100 * value)} % ${name}` : undefined;
}

function list(value: Fact['value'] | undefined, between: string): string | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => (typeof item === 'number' ? number(item) : String(item))).join(between);
}

function ranged(name: string, value: Fact['value'] | undefined): string | undefined {
  const ends = list(value, ' to ');
  return ends && `${name} ${ends}`;
}
