import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../../daemon/store/catalog';
import { tryLock } from '../../../daemon/store/locks';
import { temporaryFolder } from '../../support/checkpointFiles';
import { rejectionOf, writePack } from '../../support/packFolder';

let root: string;
let home: string;
let catalog: Catalog;
beforeEach(() => {
  root = temporaryFolder();
  home = path.join(root, 'home');
  catalog = new Catalog({ home, embedded: pack('model', 'built-in') });
});

function pack(folder: string, id: string, files?: Record<string, string>): string {
  const at = path.join(root, folder);
  mkdirSync(at, { recursive: true });
  return writePack(at, id, files);
}
const stored = (id: string) => path.join(home, 'models', id);
const ids = async () =>
  (await catalog.list()).map(
    (e) => `${e.id}${e.active ? ' active' : ''}${e.embedded ? ' embedded' : ''}${e.problem ? ' damaged' : ''}`,
  );
const settings = () => JSON.parse(readFileSync(path.join(home, 'settings.json'), 'utf8')) as unknown;

describe('a fresh store', () => {
  it('has the embedded model, and writes nothing to say so', async () => {
    expect(await ids()).toEqual(['built-in active embedded']);
    expect((await catalog.resolve()).folder).toBe(path.join(root, 'model'));
    expect((await catalog.resolve('built-in')).manifest.id).toBe('built-in');
    expect(existsSync(path.join(home, 'models'))).toBe(false);
  });

  it('without an embedded model there is none', async () => {
    catalog = new Catalog({ home });
    expect(await ids()).toEqual([]);
    expect(await rejectionOf(catalog.resolve())).toMatch(/^MODEL_MISSING: There is no model "embedded"/);
  });
});

describe('import', () => {
  it('copies the pack whole, then it can be used', async () => {
    const entry = await catalog.import(pack('from', 'mine'));
    expect(entry).toMatchObject({ id: 'mine', folder: stored('mine'), embedded: false, active: false, bytes: 17 });
    rmSync(path.join(root, 'from'), { recursive: true });
    expect(await ids()).toEqual(['built-in active embedded', 'mine']);
    expect((await catalog.use('mine')).active).toBe(true);
    expect(await ids()).toEqual(['built-in embedded', 'mine active']);
    expect((await catalog.resolve()).folder).toBe(stored('mine'));
    expect(readdirSync(path.join(home, 'models'))).toEqual(['mine']);
    expect(existsSync(path.join(home, 'models.lock'))).toBe(false);
  });

  it('copies only what the manifest lists', async () => {
    const from = pack('from', 'mine');
    writeFileSync(path.join(from, 'diary.txt'), 'private');
    await catalog.import(from);
    expect(readdirSync(stored('mine')).sort()).toEqual(['graphs', 'manifest.json', 'tags.f32']);
  });

  it('the same pack again is no error; another with its id is; a damaged one is replaced', async () => {
    await catalog.import(pack('from', 'mine'));
    await catalog.import(path.join(root, 'from'));
    const other = pack('other', 'mine', { a: 'other' });
    expect(await rejectionOf(catalog.import(other))).toMatch(/^MODEL_EXISTS: There is already another model "mine"/);
    writeFileSync(path.join(stored('mine'), 'tags.f32'), 'cut');
    await catalog.import(path.join(root, 'from'));
    expect((await catalog.resolve('mine')).bytes).toBe(17);
  });

  it("refuses another pack under the embedded model's id", async () => {
    expect(await rejectionOf(catalog.import(pack('from', 'built-in', { a: 'x' })))).toMatch(/^MODEL_EXISTS: /);
    expect(await ids()).toEqual(['built-in active embedded']);
  });

  it('leaves nothing of a damaged source, a missing one, a cancelled import', async () => {
    const from = pack('from', 'mine');
    expect(await rejectionOf(catalog.import(from, { signal: AbortSignal.abort() }))).toMatch(/^CANCELLED: /);
    writeFileSync(path.join(from, 'tags.f32'), 'tagz');
    expect(await rejectionOf(catalog.import(from))).toMatch(/^MODEL_DAMAGED: .*tags\.f32/);
    expect(await rejectionOf(catalog.import(path.join(root, 'none')))).toMatch(/^MODEL_MISSING: /);
    expect(existsSync(path.join(home, 'models'))).toBe(false);
  });

  it('clears what a killed import left', async () => {
    mkdirSync(path.join(home, 'models', '.incoming-mine'), { recursive: true });
    writeFileSync(path.join(home, 'models', '.incoming-mine', 'half'), 'x');
    expect(await ids()).toEqual(['built-in active embedded']);
    await catalog.import(pack('from', 'mine'));
    expect(readdirSync(stored('mine')).sort()).toEqual(['graphs', 'manifest.json', 'tags.f32']);
    expect(readdirSync(path.join(home, 'models'))).toEqual(['mine']);
  });

  it('waits for another that is changing the models', async () => {
    const lock = tryLock(path.join(home, 'models.lock'));
    setTimeout(() => lock.held && lock.lock.release(), 100);
    const started = Date.now();
    await catalog.import(pack('from', 'mine'));
    expect(Date.now() - started).toBeGreaterThanOrEqual(90);
  });
});

describe('remove', () => {
  it('removes the pack and makes the embedded one active again', async () => {
    await catalog.import(pack('from', 'mine'));
    await catalog.use('mine');
    await catalog.remove('mine');
    expect(await ids()).toEqual(['built-in active embedded']);
    expect(readdirSync(path.join(home, 'models'))).toEqual([]);
    expect(settings()).toEqual({});
  });

  it.each([
    ['built-in', /^MODEL_EMBEDDED: The model "built-in" is part of OneLens/],
    ['none', /^MODEL_MISSING: There is no model "none"/],
    ['../../from', /^MODEL_MISSING: /],
    ['..', /^MODEL_MISSING: /],
    ['', /^MODEL_MISSING: /],
  ])('%j is refused', async (id, expected) => {
    const from = pack('from', 'mine');
    await catalog.import(from);
    expect(await rejectionOf(catalog.remove(id))).toMatch(expected);
    expect(existsSync(from)).toBe(true);
    expect(await ids()).toEqual(['built-in active embedded', 'mine']);
  });
});

describe('damage', () => {
  it('a damaged pack is listed as such, and neither used nor resolved', async () => {
    await catalog.import(pack('from', 'mine'));
    writeFileSync(path.join(stored('mine'), 'manifest.json'), '{');
    expect(await ids()).toEqual(['built-in active embedded', 'mine damaged']);
    expect(await rejectionOf(catalog.use('mine'))).toMatch(/^MODEL_DAMAGED: /);
    expect(await rejectionOf(catalog.resolve('mine'))).toMatch(/^MODEL_DAMAGED: /);
    await catalog.remove('mine');
    expect(await ids()).toEqual(['built-in active embedded']);
  });

  it('a pack under a name that is not its own', async () => {
    mkdirSync(stored('other'), { recursive: true });
    writePack(stored('other'), 'mine');
    expect((await catalog.info('other')).problem?.what).toContain('its manifest says it is mine');
  });

  it('damaged settings count as none; unknown fields survive a change', async () => {
    mkdirSync(home, { recursive: true });
    for (const text of ['{', '[]', 'null', '{"model": 5}']) {
      writeFileSync(path.join(home, 'settings.json'), text);
      expect(await ids()).toEqual(['built-in active embedded']);
    }
    writeFileSync(path.join(home, 'settings.json'), '{"later": [1]}');
    await catalog.use('built-in');
    expect(settings()).toEqual({ later: [1], model: 'built-in' });
  });

  it('an active model whose folder was deleted is an error that names it', async () => {
    await catalog.import(pack('from', 'mine'));
    await catalog.use('mine');
    rmSync(stored('mine'), { recursive: true });
    expect(await rejectionOf(catalog.resolve())).toMatch(/^MODEL_MISSING: There is no model "mine"/);
  });

  it('a home that cannot be written', async () => {
    writeFileSync(home, 'a file');
    expect(await rejectionOf(catalog.import(pack('from', 'mine')))).toMatch(/^STORE_UNWRITABLE: .*(ENOTDIR|EEXIST)/);
    expect((await catalog.resolve()).manifest.id).toBe('built-in');
  });
});
