import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DaemonFile } from '../../daemon/protocol/daemonFile';
import type { AskResult, ModelInfo, PlotData } from '../../daemon/protocol/messages';
import { installUnderTest, ROOT } from '../support/bundle';
import { isAlive, makeHome, removeHome, spawnNode, until } from '../support/daemonUnderTest';

const fixture = (path: string) => join(ROOT, 'test/fixtures', path);
const photo = fixture('preprocess/photo.png');
const sound = fixture('preprocess/chirp.wav');
const cloud = fixture('preprocess/cloud.npy');

let script: string;
let home: string;
let folder: string;

beforeAll(async () => {
  script = await installUnderTest();
  home = makeHome();
  folder = makeHome();
});
afterAll(async () => {
  await stopDaemon(home);
  removeHome(home);
  removeHome(folder);
});

interface Outcome {
  code: number | string;
  stdout: string;
  stderr: string;
}

async function onelens(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const { ended, output } = spawnNode(
    [script, ...args],
    { ONELENS_HOME: home, ONELENS_IDLE_MINUTES: '1', ...env },
    folder,
  );
  const code = await ended;
  return { code, ...output };
}

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await onelens([...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error[') });
  return JSON.parse(stdout) as T;
}

const daemonFile = (where: string) => JSON.parse(readFileSync(join(where, 'daemon.json'), 'utf8')) as DaemonFile;

async function stopDaemon(where: string): Promise<void> {
  if (!existsSync(join(where, 'daemon.json'))) return;
  const { pid } = daemonFile(where);
  process.kill(pid, 'SIGTERM');
  await until(() => !isAlive(pid), 'the end of the daemon');
}

/** One line `error[CODE]: what. remedy.`, nothing on standard output, no stack. */
async function expectFailure(args: string[], code: number, line: RegExp): Promise<void> {
  const outcome = await onelens(args);
  expect(outcome.stderr).toMatch(line);
  expect(outcome.stderr).toMatch(/^error\[[A-Z_]+\]: .+\. .+\.\n$/);
  expect(outcome.stderr).not.toMatch(/\n\s+at /);
  expect([outcome.code, outcome.stdout]).toEqual([code, '']);
}

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

it('eval stops at a model that cannot be named, instead of counting every question as wrong', async () => {
  const cases = [{ group: 'g', files: [photo], question: 'What is this?', accept: 'x' }];
  write('suite.json', JSON.stringify({ cases }));
  await expectFailure(['eval', folder, '--model', '/no/such/pack'], 2, /^error\[USAGE\]: .*model/);
});

describe('answers', () => {
  it('asks about a picture, a sound and a cloud, in the contract’s fields; the second time from the cache', async () => {
    for (const [file, modality] of [
      [photo, 'image'],
      [sound, 'audio'],
      [cloud, 'point'],
    ] as const) {
      const first = await json<AskResult>('ask', file, 'What is this?', '--max-tokens', '8');
      expect(Object.keys(first)).toEqual([
        'text',
        'confidence',
        'model',
        'device',
        'media',
        'usage',
        'timings',
        'cached',
        'stopped',
      ]);
      expect(first).toMatchObject({ model: 'random', device: 'cpu', cached: { media: false } });
      expect(first.media).toEqual([{ file, modality, facts: expect.any(Array) }]);
      expect(first.media[0]!.facts.length).toBeGreaterThan(5);
      expect(first.confidence).toBeGreaterThan(0);
      expect(first.confidence).toBeLessThan(1);
      expect(first.usage).toMatchObject({ mediaTokens: 6, completionTokens: expect.any(Number) });
      const second = await json<AskResult>('ask', file, 'What is this?', '--max-tokens', '8');
      expect(second.cached.media).toBe(true);
      expect(second.text).toBe(first.text);
    }
  });

  it('streams the same text to standard output that --json has', async () => {
    const whole = await json<AskResult>('ask', photo, 'Describe this.', '--max-tokens', '12', '--seed', '3');
    const { code, stdout, stderr } = await onelens([
      'ask',
      photo,
      'Describe this.',
      '--max-tokens',
      '12',
      '--seed',
      '3',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    // control characters of a random model are not let through to a terminal
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    expect(stdout.trimEnd()).toBe(whole.text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '').trimEnd());
  });

  it('takes several files of several kinds in one question', async () => {
    const result = await json<AskResult>('ask', photo, sound, cloud, 'Which is loudest?', '--max-tokens', '4');
    expect(result.media.map((m) => m.modality)).toEqual(['image', 'audio', 'point']);
    expect(result.usage.mediaTokens).toBe(18);
  });

  it('prints facts', async () => {
    const facts = await json<{ file: string; modality: string; facts: object[] }>('facts', photo);
    expect(Object.keys(facts)).toEqual(['file', 'modality', 'facts']);
    expect(facts.facts).toContainEqual(expect.objectContaining({ name: 'image.width', value: 512, unit: 'px' }));
    const { stdout } = await onelens(['facts', sound]);
    expect(stdout).toMatch(/audio\.sampleRate +\d+ Hz/);
  });

  it('describes one file after the other, and ends with the first failure’s code', async () => {
    const missing = join(folder, 'absent.png');
    const outcome = await onelens(['describe', photo, missing, sound, '--json']);
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(/^error\[FILE_MISSING\]: .*absent\.png/);
    const answers = JSON.parse(outcome.stdout) as AskResult[];
    expect(answers.map((answer) => answer.media[0]!.file)).toEqual([photo, sound]);
  });
});

describe('bad files: each its own message and code', () => {
  const cases: Array<[string, () => string, RegExp]> = [
    ['no such file', () => join(folder, 'absent.png'), /^error\[FILE_MISSING\].*absent\.png/],
    ['a folder', () => folder, /^error\[FILE_IS_FOLDER\]/],
    ['an empty file', () => write('empty.png', ''), /^error\[FILE_EMPTY\].*empty\.png.*0 bytes/],
    [
      'a PNG cut in half',
      () => write('half.png', readFileSync(photo).subarray(0, 200_000)),
      /^error\[FILE_TRUNCATED\].*PNG/,
    ],
    ['a 60,000 x 60,000 PNG header', () => fixture('bad/image/60000x60000.png'), /^error\[FILE_TOO_LARGE\].*60.?000/],
    ['a WAV of zero samples', () => write('silence.wav', emptyWav()), /^error\[MEDIA_EMPTY\].*WAV.*sample/],
    ['a PLY that declares 2^40 points', () => write('huge.ply', hugePly()), /^error\[FILE_\w+\].*1[,_ ]?099[,_ ]?511/],
    [
      'a .txt renamed .png',
      () => write('note.png', 'Dear diary, nothing happened.\n'),
      /^error\[FILE_UNKNOWN_KIND\].*note\.png/,
    ],
  ];
  it.each(cases)('%s', async (_name, make, line) => {
    const file = make();
    await expectFailure(['ask', file, 'What is this?'], 3, line);
    await expectFailure(['facts', file], 3, line);
  });

  function emptyWav(): Buffer {
    const head = Buffer.from(readFileSync(sound).subarray(0, 44));
    head.writeUInt32LE(36, 4);
    head.writeUInt32LE(0, 40);
    return head;
  }

  const hugePly = () =>
    `ply\nformat binary_little_endian 1.0\nelement vertex ${2 ** 40}\nproperty float x\nproperty float y\nproperty float z\nend_header\nxyz`;
});

describe('models', () => {
  it('lists, imports, uses and removes; the embedded one cannot be removed', async () => {
    const pack = join(folder, 'second');
    await onelens(['convert', ...checkpoint(), '--out', pack]);
    expect(await json<ModelInfo>('models', 'import', pack)).toMatchObject({
      id: 'second',
      embedded: false,
      active: false,
    });
    expect(await json<ModelInfo[]>('models', 'use', 'second')).toMatchObject([
      { id: 'random', embedded: true, active: false },
      { id: 'second', active: true },
    ]);
    expect((await json<AskResult>('ask', photo, 'Hello?', '--max-tokens', '2')).model).toBe('second');
    expect((await json<AskResult>('ask', photo, 'Hello?', '--max-tokens', '2', '--model', 'random')).model).toBe(
      'random',
    );
    expect(await json<ModelInfo>('models', 'info', 'second')).toMatchObject({ dtype: 'fp32', active: true });
    expect(await json<ModelInfo[]>('models', 'remove', 'second')).toMatchObject([{ id: 'random', active: true }]);
    await expectFailure(['models', 'remove', 'random'], 2, /^error\[MODEL_EMBEDDED\]/);
    await expectFailure(['models', 'info', 'second'], 4, /^error\[MODEL_MISSING\].*second/);
    await expectFailure(['models', 'install', 'onellm-7b'], 4, /^error\[MODEL_NO_SOURCE\].*onellm-7b/);
    await expectFailure(['ask', photo, 'Hello?', '--model', 'absent'], 4, /^error\[MODEL_MISSING\].*absent/);
  });

  it('a damaged pack is told by name, with the file, and does not stop the engine', async () => {
    const pack = join(home, 'models', 'damaged');
    mkdirSync(dirname(pack), { recursive: true });
    await onelens(['convert', ...checkpoint(), '--out', pack]);
    const { files } = JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')) as {
      files: Array<{ path: string }>;
    };
    const weights = files.find(({ path }) => path.includes('language_model') && !path.endsWith('.onnx')) ?? files[0]!;
    const file = join(pack, weights.path);
    const ask = ['ask', photo, 'Hello?', '--model', 'damaged', '--max-tokens', '2'];
    expect((await onelens(ask)).code).toBe(0);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 0xff;
    writeFileSync(file, bytes);
    await expectFailure(ask, 4, /^error\[MODEL_DAMAGED\].*damaged.*SHA-256/);
    truncateSync(file, 100);
    await expectFailure(ask, 4, /^error\[MODEL_DAMAGED\].*has 100 bytes/);
    writeFileSync(join(pack, 'manifest.json'), '{');
    await expectFailure(ask, 4, /^error\[MODEL_DAMAGED\].*not JSON/);
    expect((await onelens(['ask', photo, 'Hello?', '--max-tokens', '2'])).code).toBe(0);
  });

  it('a file that is no tokenizer makes no pack, and neither a device nor a huge file is read', async () => {
    const pack = join(folder, 'no-tokenizer');
    const args = (tokenizer: string, params = fixture('tiny/params.json')) => [
      'convert',
      fixture('tiny/model.safetensors'),
      '--params',
      params,
      '--out',
      pack,
      '--tokenizer',
      tokenizer,
    ];
    await expectFailure(args(fixture('tiny/params.json')), 4, /^error\[BAD_CHECKPOINT\].*params\.json.*SentencePiece/);
    const huge = join(folder, 'huge.json');
    writeFileSync(huge, '');
    truncateSync(huge, 3e9);
    await expectFailure(args(huge), 3, /^error\[FILE_TOO_LARGE\].*huge\.json/);
    await expectFailure(args(huge, huge), 3, /^error\[FILE_TOO_LARGE\].*huge\.json/);
    if (process.platform !== 'win32')
      await expectFailure(args('/dev/zero'), 3, /^error\[FILE_UNREADABLE\].*not a regular file/);
    expect(existsSync(pack)).toBe(false);
  });

  it('verifies a pack on reference cases', async () => {
    const pack = join(folder, 'tiny');
    const params = fixture('tiny/params.json');
    const converted = await onelens(['convert', fixture('tiny/model.safetensors'), '--params', params, '--out', pack]);
    expect(converted.code).toBe(0);
    const report = await json<{ pass: boolean; cases: object[] }>(
      'verify',
      pack,
      '--cases',
      fixture('tiny/cases.safetensors'),
    );
    expect(report.pass).toBe(true);
    expect(report.cases).toHaveLength(9);
    const strict = await onelens(['verify', pack, '--cases', fixture('tiny/cases.safetensors'), '--tolerance', '0']);
    expect(strict.code).toBe(4);
    expect(strict.stdout).toContain('FAIL (tolerance 0)');
  });

  /** The arguments that convert the random checkpoint. */
  function checkpoint(): string[] {
    const made = join(dirname(script), '../checkpoint');
    const tokenizer = fixture('preprocess/tokenizer.model');
    return [join(made, 'model.safetensors'), '--params', join(made, 'params.json'), '--tokenizer', tokenizer];
  }
});

describe('the numbers behind a plot', () => {
  const plot = join(ROOT, 'media/samples/plot.png');
  // what test/support/makeSamplePlot.py drew
  const HOURS = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24];

  it('are CSV, or the contract’s JSON', async () => {
    const { code, stdout } = await onelens(['plot-data', plot, '--format', 'json']);
    const data = JSON.parse(stdout) as PlotData;
    expect([code, data.kind, data.title]).toEqual([0, 'line', 'Air temperature on a day in May']);
    expect(data.x).toEqual({ label: 'Hour of the day', scale: 'linear' });
    expect(data.y).toEqual({ label: 'Temperature (°C)', scale: 'linear' });
    expect(data.series.map(({ name }) => name)).toEqual(['City', 'Forest']);
    for (const { color, points } of data.series) {
      expect(color).toMatch(/^#[0-9a-f]{6}$/);
      for (const hour of HOURS) expect(Math.min(...points.map(([x]) => Math.abs(Number(x) - hour)))).toBeLessThan(0.24);
    }
    expect(data.warnings).toEqual([]);
    const csv = await onelens(['plot-data', plot]);
    expect(csv.stdout).toMatch(/^series,x,y\r?\n/);
  });

  it('are none where there is no plot', async () => {
    const { code, stdout } = await onelens(['plot-data', photo, '--format', 'json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { kind: 'none', series: [] }]);
  });

  it('are asked of pictures only', async () => {
    await expectFailure(['plot-data', sound], 3, /^error\[FILE_NO_PICTURE\].*chirp\.wav/);
  });
});

describe('usage and help', () => {
  it.runIf(process.platform === 'linux')('an answer that cannot be written is a failure', () => {
    const run = spawnSync('sh', ['-c', '"$0" "$1" --version > /dev/full', process.execPath, script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^error\[NOT_WRITABLE\].*standard output.*ENOSPC.*\n$/);
  });

  it('a wrong option is one line and code 2', async () => {
    await expectFailure(['ask', photo, 'x', '--loud'], 2, /^error\[USAGE\].*--loud/);
    await expectFailure(['serve', '--port', '99999'], 2, /^error\[USAGE\].*--port/);
  });

  it('helps', async () => {
    expect((await onelens(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await onelens(['--help'])).stdout).toContain('describe');
    expect((await onelens(['ask', '--help'])).stdout).toMatch(/^onelens ask FILE\.\.\. QUESTION/);
  });

  it('doctor and bench run alone', async () => {
    expect(await json('doctor')).toMatchObject({ devices: expect.arrayContaining(['cpu']), versions: {} });
    expect(await json('bench')).toMatchObject({ model: 'random', tokensPerSecond: expect.any(Number) });
  });
});

describe('the daemon behind the command line', () => {
  let own: string;
  beforeEach(() => {
    own = makeHome();
  });
  afterEach(async () => {
    await stopDaemon(own);
    removeHome(own);
  });

  it('is started once by commands that come at the same time', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => onelens(['facts', photo], { ONELENS_HOME: own })));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(isAlive(daemonFile(own).pid)).toBe(true);
  });

  it('a second serve is refused; a port taken is told', async () => {
    const first = spawnNode([script, 'serve', '--json'], { ONELENS_HOME: own });
    await until(() => first.output.stdout.includes('\n'));
    const { url, tokenFile, pid } = JSON.parse(first.output.stdout) as { url: string; tokenFile: string; pid: number };
    expect(daemonFile(own)).toMatchObject({ url, pid });
    expect(tokenFile).toBe(join(own, 'daemon.json'));
    const second = await onelens(['serve'], { ONELENS_HOME: own });
    expect([second.code, second.stdout]).toEqual([5, '']);
    expect(second.stderr).toMatch(/^error\[DAEMON_RUNNING\]/);
    const port = new URL(url).port;
    const third = await onelens(['serve', '--port', port], { ONELENS_HOME: join(own, 'other') });
    expect([third.code, third.stderr.slice(0, 25)]).toEqual([5, 'error[DAEMON_PORT_TAKEN]:']);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('Ctrl-C cancels: what came is printed, and the code is 6', async () => {
    const args = ['ask', photo, 'Talk.', '--max-tokens', '4000', '--temperature', '3'];
    const running = spawnNode([script, ...args], { ONELENS_HOME: own });
    await until(() => running.output.stdout.length > 0);
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(6);
    expect(running.output.stderr).toMatch(/^(warning: .*\n)*error\[CANCELLED\]: /);
    expect(running.output.stdout.length).toBeGreaterThan(0);
  });

  it('a daemon of another build makes room', async () => {
    await onelens(['facts', photo], { ONELENS_HOME: own });
    const old = daemonFile(own);
    writeFileSync(join(own, 'daemon.json'), JSON.stringify({ ...old, build: 'older' }));
    expect((await onelens(['facts', photo], { ONELENS_HOME: own })).code).toBe(0);
    expect(daemonFile(own).pid).not.toBe(old.pid);
    await until(() => !isAlive(old.pid));
  });

  it('a daemon.json of a dead process is no obstacle', async () => {
    const stale = {
      url: 'ws://127.0.0.1:1',
      token: 'x',
      pid: 2 ** 22 - 1,
      version: '0',
      build: '0',
      protocol: '1',
      startedAt: '',
    };
    writeFileSync(join(own, 'daemon.json'), JSON.stringify(stale));
    expect((await onelens(['facts', photo], { ONELENS_HOME: own })).code).toBe(0);
  });

  it('a home that cannot be written is told', async () => {
    const file = join(folder, 'a-file');
    cpSync(photo, file);
    const outcome = await onelens(['facts', photo], { ONELENS_HOME: join(file, 'home') });
    expect([outcome.code, outcome.stderr]).toEqual([1, expect.stringMatching(/^error\[STORE_UNWRITABLE\]: [^\n]+\n$/)]);
  });
});
