import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPack } from '../../../daemon/store/packs';
import { temporaryFolder } from '../../support/checkpointFiles';
import { rejectionOf, writePack } from '../../support/packFolder';

let root: string;
let folder: string;
let verifiedFolder: string;
beforeEach(() => {
  root = temporaryFolder();
  folder = path.join(root, 'm');
  verifiedFolder = path.join(root, 'verified');
  mkdirSync(folder);
  writePack(folder, 'm');
});
const at = (name: string) => path.join(folder, name);
const failure = () => rejectionOf(openPack(folder, { verifiedFolder }));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Bytes that were hashed while opening. */
async function hashed(): Promise<number> {
  let total = 0;
  await openPack(folder, { verifiedFolder, onProgress: (done) => (total = done) });
  return total;
}

it('opens a whole pack', async () => {
  const pack = await openPack(folder);
  expect(pack.manifest.id).toBe('m');
  expect(pack.manifest.config.clip.width).toBe(1024);
  expect(pack.bytes).toBe('graph of m'.length + 'tags'.length);
});

describe('verification', () => {
  it('reads each file once, and again only the one that changed', async () => {
    await pause(30);
    expect(await hashed()).toBe(14);
    expect(await hashed()).toBe(0);
    writeFileSync(at('tags.f32'), 'tags');
    await pause(30);
    expect(await hashed()).toBe(4);
    expect(await hashed()).toBe(0);
  });

  it('sees a flipped byte of a verified file, even when its time is set back', async () => {
    utimesSync(at('tags.f32'), 1000, 1000);
    await pause(30);
    await hashed();
    expect(await hashed()).toBe(0);
    writeFileSync(at('tags.f32'), 'tagz');
    utimesSync(at('tags.f32'), 1000, 1000);
    expect(await failure()).toMatch(
      /^MODEL_DAMAGED: The model pack "m" is damaged: tags\.f32 is not what its manifest's SHA-256 says\./,
    );
  });

  it('sees a flipped byte at once after the first opening', async () => {
    await hashed();
    writeFileSync(at('tags.f32'), 'tagz');
    expect(await failure()).toContain('tags.f32 is not what');
  });

  it('does not trust a damaged stamp', async () => {
    await pause(30);
    await hashed();
    const [stamp] = readdirSync(verifiedFolder);
    writeFileSync(path.join(verifiedFolder, stamp!), '[["tags.f32", null], 5]');
    expect(await hashed()).toBe(14);
  });

  it('a store that cannot be written costs time only', async () => {
    writeFileSync(verifiedFolder, 'a file where the folder should be');
    expect(await hashed()).toBe(14);
  });

  it('can be cancelled', async () => {
    expect(await rejectionOf(openPack(folder, { signal: AbortSignal.abort() }))).toMatch(/^CANCELLED: /);
  });
});

describe('damage', () => {
  it.each([
    [
      'a file is missing',
      () => rmSync(at('graphs/a.onnx')),
      'MODEL_DAMAGED: The model pack "m" is damaged: graphs/a.onnx is missing',
    ],
    ['a file is cut', () => writeFileSync(at('tags.f32'), 'tag'), 'tags.f32 has 3 bytes, its manifest says 4'],
    ['a folder in place of a file', () => [rmSync(at('tags.f32')), mkdirSync(at('tags.f32'))], 'tags.f32 is missing'],
    [
      'no manifest',
      () => rmSync(at('manifest.json')),
      'MODEL_DAMAGED: The model pack "m" is damaged: manifest.json is missing',
    ],
    ['not JSON', () => writeFileSync(at('manifest.json'), '{'), 'manifest.json is not JSON'],
    ['another format', () => writePack(folder, 'm', {}, { format: 'x' }), 'manifest.json is not that of a model pack'],
    ['a newer version', () => writePack(folder, 'm', { a: 'a' }, { version: 2 }), 'has version 2'],
    ['a file outside', () => writePack(folder, 'm', { '../outside': 'x' }), 'has a bad file entry'],
    ['an id that is a path', () => writePack(folder, '../m'), 'has no valid id'],
    ['no pack at all', () => rmSync(folder, { recursive: true }), 'MODEL_MISSING: There is no model "m"'],
  ])('%s', async (_, damage, message) => {
    damage();
    expect(await failure()).toContain(message);
  });
});
