import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DaemonConnection } from '../../../daemon/cli/connection';
import { runCli } from '../../../daemon/cli/runCli';
import { errors } from '../../../daemon/common/errors';
import { locateInstallation } from '../../../daemon/installation';
import type { AskProgress, AskResult } from '../../../daemon/protocol/messages';

const root = join(import.meta.dirname, '../../..');
const photo = join(root, 'test/fixtures/preprocess/photo.png');

/** A daemon that answers every question with two pieces, or with an error for files named "bad". */
function fakeConnection(asked: object[]): Pick<DaemonConnection, 'stream' | 'request' | 'close'> {
  return {
    request: async <R>(_method: string, params: object) => {
      asked.push(params);
      return {
        file: '/x',
        modality: 'image',
        facts: [{ name: 'image.width', value: 2, unit: 'px', how: 'header' }],
        warnings: [],
      } as R;
    },
    stream: async <R>(_method: string, params: object, onProgress: (value: AskProgress) => void) => {
      asked.push(params);
      const [{ path }] = (params as { media: [{ path: string }] }).media;
      if (path.includes('bad')) throw errors.damaged('PNG', 'its header is wrong');
      onProgress({ kind: 'stage', stage: 'decoding' });
      onProgress({ kind: 'piece', text: 'A ' });
      onProgress({ kind: 'piece', text: 'plot.\x1b[31m' });
      return {
        ...result,
        media: [{ file: path, modality: 'image', facts: [], warnings: ['odd'], preview: undefined }],
      } as R;
    },
    close: () => {},
  };
}

const result: AskResult = {
  text: 'A plot.',
  confidence: 0.5,
  model: 'fake',
  device: 'cpu',
  media: [],
  usage: { promptTokens: 1, mediaTokens: 2, completionTokens: 3 },
  timings: { decodeMs: 1.23456, encodeMs: 2, firstTokenMs: 3, totalMs: 4, tokensPerSecond: 5 },
  cached: { media: false, prefixTokens: 0 },
  stopped: 'end',
};

async function run(...argv: string[]) {
  const said = { out: '', err: '', asked: [] as object[] };
  const code = await runCli(argv, {
    terminal: {
      interactive: false,
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      progress: () => {},
    },
    home: '/nowhere',
    installation: locateInstallation(join(root, 'dist')),
    cwd: '/work',
    env: {},
    signal: new AbortController().signal,
    connect: async () => fakeConnection(said.asked) as DaemonConnection,
  });
  return { code, ...said };
}

describe('ask', () => {
  it('resolves paths, passes options on, streams, and warns on standard error', async () => {
    const { code, out, err, asked } = await run(
      'ask',
      'a.png',
      '/b.png',
      'What?',
      '--max-tokens',
      '9',
      '--temperature',
      '0.5',
      '--seed',
      '7',
      '--no-cache',
      '--model',
      'm',
    );
    expect(asked).toEqual([
      {
        media: [{ path: '/work/a.png' }, { path: '/b.png' }],
        question: 'What?',
        model: 'm',
        maxTokens: 9,
        temperature: 0.5,
        seed: 7,
        noCache: true,
      },
    ]);
    expect([code, out, err]).toEqual([0, 'A plot.\x1b[31m\n', 'warning: odd\n']);
  });

  it('--json prints one document with the contract’s fields and the file as it was named', async () => {
    const { out } = await run('ask', 'a.png', 'What?', '--json');
    expect(JSON.parse(out)).toEqual({
      ...result,
      timings: { ...result.timings, decodeMs: 1.2 },
      media: [{ file: 'a.png', modality: 'image', facts: [] }],
    });
  });

  it('a question that begins with a dash comes after --', async () => {
    expect((await run('ask', 'a.png', '--', '-1 or 1?')).asked).toMatchObject([{ question: '-1 or 1?' }]);
  });
});

describe('describe', () => {
  it('goes on after a failure and ends with its code', async () => {
    const { code, out, err } = await run('describe', 'bad.png', 'good.png');
    expect(code).toBe(3);
    expect(out).toBe('bad.png: \ngood.png: A plot.\x1b[31m\n');
    expect(err).toBe('error[FILE_DAMAGED]: The PNG file is damaged: its header is wrong. Save or fetch it again.\n');
  });
});

describe('facts', () => {
  it('prints a line a fact', async () => {
    expect((await run('facts', 'x')).out).toBe('x: image\n  image.width  2 px  header\n');
  });
});

describe('usage errors: code 2, one line, nothing on standard output', () => {
  const cases: Array<[string[], RegExp]> = [
    [[], /No command/],
    [['sing'], /no command "sing"/],
    [['ask'], /needs a FILE and a QUESTION/],
    [['ask', photo], /last argument .*photo\.png" is a file/],
    [['ask', photo, photo], /last argument .*photo\.png" is a file/],
    [['ask', 'What is this?'], /needs a file/],
    [['ask', photo, ' '], /empty/],
    [['ask', photo, 'x', '--max-tokens', 'many'], /--max-tokens is "many".*whole number/],
    [['ask', photo, 'x', '--max-tokens', '1.5'], /--max-tokens is "1.5"/],
    [['ask', photo, 'x', '--temperature', '-1'], /--temperature/],
    [['ask', photo, 'x', '--temperature=-1'], /--temperature is "-1"/],
    [['ask', photo, 'x', '--seed', ''], /--seed is ""/],
    [['ask', photo, 'x', '--loud'], /--loud/],
    [['ask', photo, 'x', '--json=1'], /--json/],
    [['describe'], /at least one FILE/],
    [['facts'], /takes FILE/],
    [['facts', 'a', 'b'], /takes FILE; 2 arguments/],
    [['plot-data', 'a', '--format', 'xml'], /--format is "xml"/],
    [['models'], /list\|info ID/],
    [['models', 'sing'], /"sing"/],
    [['models', 'use'], /takes ID/],
    [['models', 'list', 'x'], /takes no argument/],
    [['convert', 'x.pth'], /--params/],
    [['convert', 'x.pth', '--params', 'p', '--out', 'o', '--dtype', 'fp8'], /--dtype is "fp8"/],
    [['verify', 'x'], /--cases/],
    [['eval'], /there is smoke/],
    [['eval', 'everything'], /no suite "everything"/],
    [['serve', '--port', '99999'], /--port is "99999"/],
  ];
  it.each(cases)('%j', async (argv, line) => {
    const { code, out, err } = await run(...argv);
    expect(err).toMatch(line);
    expect(err).toMatch(/^error\[USAGE\]: [^\n]+\. Run 'onelens --help' for the commands and their options\.\n$/);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('help', () => {
  it('names every command of the contract', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const name of [
      'ask',
      'describe',
      'facts',
      'plot-data',
      'convert',
      'verify',
      'models',
      'eval',
      'bench',
      'serve',
      'doctor',
    ]) {
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
  });

  it('of a command shows its arguments and options', async () => {
    expect((await run('ask', '--help')).out).toMatch(/^onelens ask FILE\.\.\. QUESTION\n[\s\S]*--max-tokens TOKENS/);
  });

  it('the version is that of package.json', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

it('an unexpected failure is one line without its stack', async () => {
  const { err, code } = await run('models', 'list');
  // the fake answers with something that is no list
  expect([code, err]).toEqual([1, expect.stringMatching(/^error\[INTERNAL\]: [^\n]+\n$/)]);
});
