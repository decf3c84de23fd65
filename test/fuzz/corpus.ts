import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formats } from '../../daemon/decoders';
import { detectFormat } from '../../daemon/decoders/decode';
import type { DecodeTools, Format } from '../../daemon/decoders/format';

/** One whole file, made by a real tool. */
export interface Sample {
  name: string;
  bytes: Uint8Array;
}

const FOLDERS = ['image', 'audio', 'points', 'video', 'maps', 'imu', 'fmri'];
/** Files that are mutated, at most: small ones, many a second. */
const MAX_SAMPLES = 12;
const MAX_BYTES = 32 * 1024;

/** The user's word, for maps that look like pictures. */
export function toolsFor({ kind }: Format): DecodeTools {
  return kind === 'rgbd' ? { as: 'depth' } : kind === 'rgbn' ? { as: 'normal' } : {};
}

export function formatById(id: string): Format {
  const format = formats.find((row) => row.id === id);
  if (!format) throw new Error(`no format "${id}"; there are ${formats.map((row) => row.id).join(', ')}`);
  return format;
}

/**
 * The fixtures of a format, by name: the smallest ones that it decodes. Maps that only the user's word tells from a
 * picture take pictures.
 */
export async function samplesOf(format: Format, fixtures: string): Promise<Sample[]> {
  const files = filesBySize(fixtures);
  const own = await smallest(files, (sample) => formatOf(sample) === format, format);
  const samples = own.length > 0 ? own : await smallest(files, ({ name }) => hasExtension(format, name), format);
  if (samples.length === 0) throw new Error(`no fixture of ${format.id}`);
  return samples.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function smallest(files: string[], belongs: (sample: Sample) => boolean, format: Format): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const file of files) {
    if (samples.length === MAX_SAMPLES) break;
    const sample = { name: basename(file), bytes: Uint8Array.from(readFileSync(file)) };
    if (sample.bytes.length > MAX_BYTES && samples.length > 0) break;
    if (belongs(sample) && (await decodes(format, sample))) samples.push(sample);
  }
  return samples;
}

const hasExtension = ({ extensions }: Format, name: string): boolean => extensions.some((e) => name.endsWith(e));

function filesBySize(fixtures: string): string[] {
  const files = FOLDERS.flatMap((folder) => {
    const path = join(fixtures, folder);
    return (statSync(path, { throwIfNoEntry: false }) ? readdirSync(path) : []).map((name) => join(path, name));
  }).filter((file) => !/\.(md|py)$/.test(file) && statSync(file).isFile());
  return files.sort((a, b) => statSync(a).size - statSync(b).size || (a < b ? -1 : 1));
}

function formatOf({ name, bytes }: Sample): Format | undefined {
  try {
    return detectFormat(bytes, name);
  } catch {
    return undefined; // the READMEs and tables beside the fixtures
  }
}

/** Fixtures of what is not supported are no samples. */
async function decodes(format: Format, { name, bytes }: Sample): Promise<boolean> {
  try {
    return (await format.decode(bytes, name, undefined, toolsFor(format))).kind === format.kind;
  } catch {
    return false;
  }
}
