/** The table of facts against what is measured in every fixture. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../daemon/decoders';
import { measureFacts } from '../../../daemon/facts';
import { factNames, fileFactNames } from '../../../daemon/facts/factNames';
import type { Fact } from '../../../daemon/media/fact';
import type { Media } from '../../../daemon/media/media';

const FIXTURES = join(__dirname, '../../fixtures');
const FOLDERS = ['image', 'audio', 'points', 'video', 'maps', 'imu', 'fmri', 'preprocess'];

/** Facts that no fixture gives without a tool, with the reason. */
const ELSEWHERE: ReadonlyArray<[name: RegExp, why: string]> = [
  [/^image\.text/, 'needs the text models; test/unit/facts/ocr'],
  [/^plot\./, 'needs the text models; test/plots'],
  [/^map\.photo/, 'needs a photograph beside the map'],
  [/^audio\.(clippedSpans|tempo)/, 'needs clipped sound, or a beat of some seconds; test/unit/facts/audio'],
  [/^points\.crs$/, 'needs a survey that states its coordinate system; test/unit/decoders/points/las.test.ts'],
];

/** All facts of all fixtures by kind of media. */
const measured = new Map<Media['kind'], Array<Fact & { file: string }>>();

beforeAll(async () => {
  for (const folder of FOLDERS)
    for (const name of filesOf(folder)) {
      const media = await mediaOf(join(FIXTURES, folder, name));
      if (!media) continue;
      const facts = await measureFacts(media, { name, bytes: 1 });
      measured.set(media.kind, [
        ...(measured.get(media.kind) ?? []),
        ...facts.map((fact) => ({ ...fact, file: name })),
      ]);
    }
}, 120_000);

function filesOf(folder: string): string[] {
  try {
    return readdirSync(join(FIXTURES, folder));
  } catch {
    return [];
  }
}

/** Undefined for what is no media: the README and tables beside the fixtures, and files that are not supported. */
async function mediaOf(file: string): Promise<Media | undefined> {
  try {
    return (await decode(Uint8Array.from(readFileSync(file)), file)).media;
  } catch {
    return undefined;
  }
}

describe.each(Object.keys(factNames) as Array<keyof typeof factNames>)('facts of the kind %s', (kind) => {
  const table: Readonly<Record<string, readonly [string, string?]>> = { ...fileFactNames, ...factNames[kind] };

  it('every fact is in the table, with its unit', () => {
    const facts = measured.get(kind) ?? [];
    expect(facts.length, `fixtures of the kind ${kind}`).toBeGreaterThan(0);
    expect([...new Set(facts.filter(({ name }) => !(name in table)).map(({ name }) => name))]).toEqual([]);
    const wrong = facts.filter(({ name, unit }) => !unitFits(table[name]?.[1], unit));
    expect(wrong.map(({ name, unit, file }) => `${file}: ${name} in ${unit}`)).toEqual([]);
  });

  it('every row of the table is measured in some fixture', () => {
    const names = new Set((measured.get(kind) ?? []).map(({ name }) => name));
    const own = Object.keys(factNames[kind]).filter((name) => !(kind === 'video' && name in factNames.audio));
    const missing = own.filter((name) => !names.has(name) && !ELSEWHERE.some(([other]) => other.test(name)));
    expect(missing).toEqual([]);
  });
});

/** "as the file" stands for whatever unit the file states, or none. */
const unitFits = (told: string | undefined, measuredIn: string | undefined): boolean =>
  told === measuredIn || told === 'as the file';

it('every fact says how it was measured, and holds numbers that are numbers', () => {
  const isSound = (value: unknown): boolean =>
    typeof value === 'number' ? Number.isFinite(value) : !Array.isArray(value) || value.every(isSound);
  const all = [...measured.values()].flat();
  expect(all.length).toBeGreaterThan(1000);
  expect(
    all.filter(({ how, value }) => how.length < 5 || !isSound(value)).map(({ file, name }) => [file, name]),
  ).toEqual([]);
});
