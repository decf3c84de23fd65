import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode } from '../../../daemon/decoders';
import type { VideoMedia } from '../../../daemon/media/media';
import { ffmpegTool, findFfmpeg } from '../../../daemon/tools/ffmpeg';
import { fixture } from '../../support/mediaFixtures';

const root = mkdtempSync(join(tmpdir(), 'ffmpeg-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A program in the place of ffmpeg: Node with this code; `args`, `input` and `note` are at hand. */
function fake(name: string, code: string): string {
  const file = join(root, name);
  const note = JSON.stringify(join(root, `${name}.json`));
  const head = `#!${process.execPath}\nconst fs = require('fs');\nconst args = process.argv.slice(2);\n`;
  const about = `const input = args[args.indexOf('-i') + 1];\nconst note = (x) => fs.writeFileSync(${note}, JSON.stringify(x));\n`;
  writeFileSync(file, head + about + code);
  chmodSync(file, 0o755);
  return file;
}
const noted = (name: string) => JSON.parse(readFileSync(join(root, `${name}.json`), 'utf8'));

// private files go here, so that what is left behind is seen
const temporary = join(root, 'tmp');
beforeEach(() => {
  rmSync(temporary, { recursive: true, force: true });
  vi.stubEnv('TMPDIR', temporary);
  mkdirSync(temporary);
});
afterEach(() => {
  expect(readdirSync(temporary)).toEqual([]);
  vi.unstubAllEnvs();
});

const bytes = Uint8Array.of(1, 2, 3, 4);
const posix = describe.skipIf(process.platform === 'win32');

posix('ffmpeg, with a fake one', () => {
  it('gets the bytes as a file of this user alone, safe arguments, and gives frames with their times', async () => {
    const program = fake(
      'frames',
      `note({ args, mode: fs.statSync(input).mode & 0o777, bytes: [...fs.readFileSync(input)] });
       console.error('[Parsed_showinfo_5 @ 0x1] n:   0 pts:    512 pts_time:0.04    pos: 48 fmt:rgb24 sar:1/1 s:2x1 i:P');
       console.error('[Parsed_showinfo_5 @ 0x1] n:   1 pts:   1024 pts_time:0.08    pos: 99 fmt:rgb24 sar:1/1 s:1x1 i:P');
       process.stdout.write(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9]));`,
    );
    const frames = await ffmpegTool(program).frames(bytes, { times: [0.04, 0.08], side: 160 });
    expect(frames.map(({ time, image }) => [time, image.width, image.height, [...image.data]])).toEqual([
      [0.04, 2, 1, [1, 2, 3, 255, 4, 5, 6, 255]],
      [0.08, 1, 1, [7, 8, 9, 255]],
    ]);
    const { args, mode, bytes: given } = noted('frames');
    expect([mode, given]).toEqual([0o600, [1, 2, 3, 4]]);
    expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('file,pipe');
    expect(args[args.indexOf('-frames:v') + 1]).toBe('2');
  });

  it('says in an error what it complained about, without the private path', async () => {
    const program = fake('fails', `console.error(input + ': Invalid data found'); process.exit(1);`);
    await expect(ffmpegTool(program).frames(bytes, { times: [0], side: 8 })).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
      what: expect.stringMatching(/ffmpeg says: the file.*Invalid data found/),
    });
  });

  it('is ended at its time limit, and on a cancel', async () => {
    const program = fake('hangs', 'setInterval(() => {}, 1000);');
    const start = performance.now();
    await expect(ffmpegTool(program, 0.3).frames(bytes, { times: [0], side: 8 })).rejects.toMatchObject({
      code: 'TIMED_OUT',
    });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    await expect(ffmpegTool(program).frames(bytes, { times: [0], side: 8 }, stop.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is ended when it prints without end', async () => {
    const program = fake(
      'floods',
      `const b = Buffer.alloc(1 << 20); (function go() { process.stdout.write(b, go); })();`,
    );
    await expect(ffmpegTool(program, 20).frames(bytes, { times: [0], side: 8 })).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
    });
  });

  it('gives the sound track as float samples', async () => {
    const program = fake(
      'sound',
      `const head = Buffer.alloc(44); head.write('RIFF', 0); head.write('WAVEfmt ', 8); head.writeUInt32LE(16, 16);
       head.writeUInt16LE(3, 20); head.writeUInt16LE(2, 22); head.writeUInt32LE(8000, 24); head.write('data', 36);
       head.writeUInt32LE(0xffffffff, 40);
       process.stdout.write(Buffer.concat([head, Buffer.from(new Float32Array([0.5, -0.5, 0.25, -0.25]).buffer)]));`,
    );
    const sound = await ffmpegTool(program).sound!(bytes);
    expect(sound).toMatchObject({ sampleRate: 8000, warnings: [] });
    expect(sound!.channels.map((c) => [...c])).toEqual([
      [0.5, 0.25],
      [-0.5, -0.25],
    ]);
  });

  it('is found on the PATH or by ONELENS_FFMPEG, never in a relative folder', async () => {
    const program = fake('ffmpeg', '');
    expect((await findFfmpeg({ PATH: ['relative', root].join(delimiter) }))?.name).toBe('ffmpeg');
    expect((await findFfmpeg({ ONELENS_FFMPEG: program }))?.name).toBe('ffmpeg');
    expect(await findFfmpeg({ PATH: '.' })).toBeUndefined();
    expect(await findFfmpeg({ ONELENS_FFMPEG: 'ffmpeg', PATH: root })).toBeUndefined();
    expect(await findFfmpeg({})).toBeUndefined();
  });
});

describe('the real ffmpeg (skipped where there is none)', () => {
  let tool: Awaited<ReturnType<typeof findFfmpeg>>;
  beforeAll(async () => {
    tool = await findFfmpeg(process.env);
    if (!tool) console.info('No ffmpeg on the PATH: the tests with the real one are skipped.');
  });
  const decodeFile = async (name: string): Promise<VideoMedia> =>
    (await decode(fixture(`video/${name}`), name, undefined, { video: tool! })).media as VideoMedia;

  it('decodes frames at their times, cuts, and the sound', { timeout: 60_000 }, async ({ skip }) => {
    if (!tool) return skip();
    const media = await decodeFile('h264-aac.mp4');
    expect(media).toMatchObject({ decodedBy: 'ffmpeg', sceneCuts: [1, 2], warnings: [] });
    expect(media.scan!.times.length).toBe(75);
    expect(media.frames.length).toBe(16);
    // the square begins at 8 + 60 t (test/fixtures/video/make.py)
    media.times!.forEach((time, i) => {
      if (time > 0.9) return;
      const { data, width } = media.frames[i]!;
      expect(data[(32 * width + Math.round(16 + 60 * time)) * 4]).toBeGreaterThan(200);
    });
    expect(media.sound!.audio!.channels[0]!.length / 44100).toBeCloseTo(3, 1);
  });

  it('takes two hundred times at once, and two that fall on one frame once', { timeout: 60_000 }, async ({ skip }) => {
    if (!tool) return skip();
    const times = Array.from({ length: 200 }, (_, i) => (i * 3) / 200);
    const frames = await tool.frames(fixture('video/h264-aac.mp4'), { times, side: 16 });
    expect(frames.map((f) => Math.round(f.time * 25))).toEqual(Array.from({ length: 75 }, (_, i) => i));
  });

  it('turns frames upright and squares their pixels', { timeout: 60_000 }, async ({ skip }) => {
    if (!tool) return skip();
    const [turned] = (await decodeFile('rotated.mp4')).frames;
    expect([turned!.width, turned!.height]).toEqual([64, 96]);
    const [squared] = (await decodeFile('anamorphic.mp4')).frames;
    expect([squared!.width, squared!.height]).toEqual([64, 48]);
  });
});
