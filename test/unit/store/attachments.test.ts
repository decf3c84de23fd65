import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { attachmentPieces, readAttachment, statAttachment } from '../../../daemon/store/attachments';
import { temporaryFolder } from '../../support/checkpointFiles';
import { rejectionOf } from '../../support/packFolder';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const at = (name: string) => path.join(folder, name);
const failure = (file: string, limit = 1000) => rejectionOf(readAttachment(file, limit));

it('gives the bytes, the name, the size and the time', async () => {
  writeFileSync(at('photo.png'), 'content');
  utimesSync(at('photo.png'), 1000, 1234.5);
  const { bytes, ...rest } = await readAttachment(at('photo.png'), 7);
  expect(Buffer.from(bytes).toString()).toBe('content');
  expect(rest).toEqual({ name: 'photo.png', size: 7, mtimeMs: 1234500 });
});

it('follows a link and keeps its name', async () => {
  writeFileSync(at('a'), 'x');
  symlinkSync(at('a'), at('b'));
  expect((await readAttachment(at('b'), 10)).name).toBe('b');
});

it('reads a file larger than one piece', async () => {
  const content = Buffer.alloc((16 << 20) + 3, 'abcdefg');
  writeFileSync(at('big'), content);
  const { bytes } = await readAttachment(at('big'), 1 << 30);
  expect(Buffer.compare(bytes, content)).toBe(0);
});

describe('pieces of a large file', () => {
  it('are read from anywhere and end at the end', async () => {
    writeFileSync(at('cloud.las'), 'abcdefghij');
    const pieces = attachmentPieces(at('cloud.las'), await statAttachment(at('cloud.las')));
    const text = async (offset: number, length: number) => Buffer.from(await pieces.read(offset, length)).toString();
    expect([pieces.size, await text(2, 3), await text(8, 100), await text(10, 4)]).toEqual([10, 'cde', 'ij', '']);
  });

  it('of a file that was changed since are refused', async () => {
    writeFileSync(at('cloud.las'), 'abcdefghij');
    const pieces = attachmentPieces(at('cloud.las'), await statAttachment(at('cloud.las')));
    writeFileSync(at('cloud.las'), 'abc');
    expect(await rejectionOf(pieces.read(0, 2))).toMatch(/^FILE_UNREADABLE: .*changed while it was read/);
  });

  it('of a folder or of no file are refused before', async () => {
    mkdirSync(at('folder'));
    expect(await rejectionOf(statAttachment(at('folder')))).toMatch(/^FILE_IS_FOLDER: /);
    expect(await rejectionOf(statAttachment(at('none')))).toMatch(/^FILE_MISSING: /);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['no such file', 'none.png', /^FILE_MISSING: There is no file ".*none\.png"/],
    ['a file taken for a folder', 'file/inside', /^FILE_MISSING: /],
    ['a folder', 'sub', /^FILE_IS_FOLDER: /],
    ['an empty file', 'empty', /^FILE_EMPTY: /],
    ['a link to nothing', 'dangling', /^FILE_MISSING: /],
    ['links in a circle', 'circle', /^FILE_UNREADABLE: .*go round in a circle/],
    ['a name of 5000 letters', 'x'.repeat(5000), /^FILE_UNREADABLE: .*too long/],
    ['a name with a zero byte', 'x\0y', /^FILE_UNREADABLE: .*not valid/],
  ])('%s', async (_, name, expected) => {
    mkdirSync(at('sub'));
    writeFileSync(at('file'), 'x');
    writeFileSync(at('empty'), '');
    symlinkSync(at('nothing'), at('dangling'));
    symlinkSync(at('circle'), at('circle'));
    expect(await failure(at(name))).toMatch(expected);
  });

  it('too large: both sizes are named, and nothing is read', async () => {
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 3 * 1024 ** 4);
    expect(await failure(at('huge'), 512_000_000)).toMatch(
      /^FILE_TOO_LARGE: The file ".*huge" is 3\.3 TB; the limit is 512 MB\./,
    );
    writeFileSync(at('eleven'), 'x'.repeat(11));
    expect(await failure(at('eleven'), 10)).toContain('is 11 bytes; the limit is 10 bytes');
  });
});

describe.skipIf(process.platform === 'win32')('special files do not hang', () => {
  it('a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(await failure(at('pipe'))).toMatch(/^FILE_UNREADABLE: .*it is a pipe/);
  });

  it('an endless device', async () => {
    expect(await failure('/dev/zero')).toMatch(/^FILE_UNREADABLE: .*it is a device/);
  });

  it('a socket', async () => {
    const server = createServer().listen(at('socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await failure(at('socket'))).toMatch(/^FILE_UNREADABLE: .*it is a socket/);
  });

  it('a file that may not be read', async () => {
    writeFileSync(at('secret'), 'x', { mode: 0o000 });
    // root may read everything, so it asks as nobody
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      expect(await failure(at('secret'))).toMatch(/^FILE_UNREADABLE: .*permission denied/);
    } finally {
      if (root) process.seteuid?.(0);
    }
  });
});

it('a cancelled read ends at once', async () => {
  writeFileSync(at('a'), 'x');
  expect(await rejectionOf(readAttachment(at('a'), 10, AbortSignal.abort()))).toMatch(/^CANCELLED: /);
});
