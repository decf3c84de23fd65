import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskParams } from '../../../../daemon/protocol/messages';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { failures } from '../../../../extension/supervisor/failure';
import { type AgentVscode, agentVscode, tokenSource } from '../../../support/agentVscode';
import { askResult, fakeAgentDaemon, plotResult, report } from '../../../support/fakeAgentDaemon';

vi.mock('vscode', () => agentVscode());
const vscode = (await import('vscode')) as unknown as AgentVscode;
const { registerParticipant } = await import('../../../../extension/agents/participant/registerParticipant');

interface Participant {
  iconPath?: unknown;
  followupProvider?: { provideFollowups(result: object): Array<{ prompt: string; command?: string; label?: string }> };
}
interface Result {
  metadata?: object;
  errorDetails?: { message: string };
}
type Handler = (request: object, context: object, stream: object, token: object) => Promise<Result>;

beforeEach(() => {
  vscode.workspace.workspaceFolders = [{ uri: vscode.Uri.file('/w'), name: 'w' }];
  vscode.files.clear();
  for (const path of ['/w/a.png', '/w/b.png', '/w/doc/c.wav']) vscode.files.set(path, 'bytes');
  vscode.window.tabGroups.activeTabGroup.activeTab = undefined;
});

function setUp(change: Parameters<typeof fakeAgentDaemon>[0] = {}) {
  const daemon = fakeAgentDaemon(change);
  const participant: Participant = {};
  let handler: Handler = async () => ({});
  vscode.chat = {
    createChatParticipant: (_id: string, given: Handler) => {
      handler = given;
      return participant;
    },
  };
  const options = () => ({ model: undefined, maxTokens: undefined, temperature: undefined });
  registerParticipant({
    daemon: async () => daemon as unknown as DaemonApi,
    options,
    log: () => {},
  });
  const { token, cancel } = tokenSource();
  const chat = async (
    request: { prompt?: string; command?: string; references?: unknown[] },
    history: object[] = [],
  ) => {
    const said = { text: '', progress: [] as string[], buttons: [] as object[], references: [] as string[] };
    const stream = {
      markdown: (text: string) => {
        said.text += text;
      },
      progress: (text: string) => said.progress.push(text),
      button: (button: object) => said.buttons.push(button),
      reference: (uri: object) => said.references.push(String(uri)),
    };
    const references = (request.references ?? []).map((value) => ({ id: 'x', value }));
    const result = await handler({ prompt: '', ...request, references }, { history }, stream, token);
    return { ...said, result };
  };
  return { daemon, participant, chat, cancel };
}

const uri = (path: string) => vscode.Uri.file(path);
const paths = ({ asked }: { asked: AskParams[] }) => asked.map(({ media }) => media.map((m) => 'path' in m && m.path));

describe('@onelens', () => {
  it('streams the words, says whose they are, and tells the facts after them', async () => {
    const { chat, daemon } = setUp();
    const { text, progress, references, buttons, result } = await chat({
      prompt: 'What is it?',
      references: [uri('/w/a.png')],
    });
    expect(daemon.asked).toEqual([{ media: [{ path: '/w/a.png' }], question: 'What is it?' }]);
    expect(text).toBe(
      'A cat.\n\n*The words of tiny on cpu, confidence 73 %; they may be wrong.*\n' +
        '\n**Measured in a.png**\n\n| Fact | Value |\n| --- | --- |\n| width | 640 px |\n\n',
    );
    expect(progress).toEqual(['Reaching the engine', 'Decoding and measuring']);
    expect(references).toEqual(['file:///w/a.png']);
    expect(buttons).toMatchObject([{ command: 'onelens.describeFile', arguments: [{ path: '/w/a.png' }] }]);
    expect(result.metadata).toEqual({
      keys: ['file:///w/a.png'],
      command: '',
      question: 'What is it?',
      answer: 'A cat.',
      modality: 'image',
      isPlot: false,
    });
  });

  it('lets nothing that a model or a file says become a link, a picture or HTML', async () => {
    const evil = '![x](https://example.org/?q) <img src=x> [go](command:x) \\[y](z) \\\\[y](z)';
    const { chat } = setUp({
      ask: async (_params, onProgress) => {
        onProgress({ kind: 'piece', text: evil });
        const facts = [{ name: 'image.text', value: evil, how: 'read' }];
        return askResult({ text: evil, media: [report({ facts, warnings: [evil] })] });
      },
    });
    const { text } = await chat({ references: [uri('/w/a.png')] });
    // every bracket stands behind an odd number of backslashes
    expect(text).not.toMatch(/(?<!\\)(?:\\\\)*[[<]/);
  });

  it('takes what is attached, named in the prompt, or linked in a selection', async () => {
    vscode.files.set('/w/doc/readme.md', 'Listen: ![sound](c.wav) and [plot](../b.png)');
    const { chat, daemon } = setUp();
    await chat({
      prompt: 'Compare `a.png` with these',
      references: [new vscode.Location(uri('/w/doc/readme.md'), {})],
    });
    expect(paths(daemon)).toEqual([['/w/doc/c.wav', '/w/b.png', '/w/a.png']]);
  });

  it('takes pasted pictures by their bytes', async () => {
    const { chat, daemon } = setUp();
    const pasted = { mimeType: 'image/png', data: async () => new Uint8Array([1, 2, 3]) };
    const { buttons } = await chat({ prompt: 'What?', references: [pasted] });
    expect(daemon.asked[0]?.media).toEqual([{ name: 'pasted.png', base64: 'AQID' }]);
    expect(buttons).toEqual([]);
  });

  it('does not take the open text file, which the editor attaches by itself', async () => {
    const { chat, daemon } = setUp();
    const { text } = await chat({ prompt: 'What?', references: [uri('/w/notes.md')] });
    expect(daemon.asked).toEqual([]);
    expect(text).toMatch(/^Attach a picture/);
  });

  it('goes on about the files of the question before, with what was said', async () => {
    const { chat, daemon } = setUp();
    const before = [
      new vscode.ChatRequestTurn('What is it?', [{ id: 'x', value: uri('/w/a.png') }]),
      { result: { metadata: { keys: ['file:///w/a.png'], question: 'What is it?', answer: 'A cat.' } } },
    ];
    await chat({ prompt: 'What colour?' }, before);
    expect(daemon.asked).toEqual([
      {
        media: [{ path: '/w/a.png' }],
        question: 'What colour?',
        history: [{ question: 'What is it?', answer: 'A cat.' }],
      },
    ]);
  });

  it('shortens a history that the model cannot take', async () => {
    const lengths: number[] = [];
    const { chat } = setUp({
      ask: async ({ history = [] }) => {
        lengths.push(history.length);
        if (history.length > 0) throw Object.assign(failures.cancelled(), { code: 'PROMPT_TOO_LONG' });
        return askResult();
      },
    });
    const turn = { result: { metadata: { keys: ['file:///w/a.png'], question: 'q', answer: 'a' } } };
    const { result } = await chat({ prompt: 'And?', references: [uri('/w/a.png')] }, [turn, turn, turn]);
    expect([lengths, result.errorDetails]).toEqual([[3, 1, 0], undefined]);
  });

  it('tells what fails, and nothing when it was stopped', async () => {
    const failing = setUp({
      ask: async () => {
        throw failures.connectionLost();
      },
    });
    const { result } = await failing.chat({ references: [uri('/w/a.png')] });
    expect(result.errorDetails?.message).toMatch(/^The connection to the engine's daemon broke/);
    const stopping = setUp({
      ask: () => {
        stopping.cancel();
        return new Promise(() => {});
      },
    });
    expect((await stopping.chat({ references: [uri('/w/a.png')] })).result).toEqual({});
  });
});

describe('/describe', () => {
  it('describes each file by itself', async () => {
    const { chat, daemon } = setUp();
    const { text, result } = await chat({ command: 'describe', prompt: 'a.png and b.png' });
    expect(daemon.asked).toEqual([
      { media: [{ path: '/w/a.png' }], question: 'Describe this.' },
      { media: [{ path: '/w/b.png' }], question: 'Describe this.' },
    ]);
    expect(text.match(/### \S+/g)).toEqual(['### a.png', '### b.png']);
    expect(result.metadata).toMatchObject({ keys: ['file:///w/a.png', 'file:///w/b.png'] });
    expect(result.metadata).not.toHaveProperty('answer');
  });
});

describe('/data', () => {
  it('answers with a table and a button that opens the CSV', async () => {
    const points = Array.from({ length: 20 }, (_, i): [number, number] => [i, i / 3]);
    const { chat, daemon } = setUp({ plotData: async () => plotResult(points) });
    const { text, buttons } = await chat({ command: 'data', references: [uri('/w/a.png')] });
    expect(daemon.asked).toEqual([]);
    expect(text).toContain('**Heat**');
    expect(text).toContain('| Series | hour | °C |');
    expect(text).toContain('| City | 1 | 0.333333 |');
    expect(text).toContain('| City | … | 8 more |');
    expect(buttons).toMatchObject([{ command: 'onelens.extractPlotData', title: 'Open the CSV' }]);
  });

  it('gives the CSV of a pasted plot in the answer', async () => {
    const { chat } = setUp();
    const pasted = { mimeType: 'image/png', data: async () => new Uint8Array([1]) };
    const { text, buttons } = await chat({ command: 'data', references: [pasted] });
    expect(text).toContain('```csv\nseries,hour,°C\nCity,0,1\n');
    expect(buttons).toEqual([]);
  });

  it('says where a picture is no plot', async () => {
    const none = plotResult([]);
    const { chat } = setUp({ plotData: async () => ({ ...none, data: { ...none.data, kind: 'none', series: [] } }) });
    const { text, buttons } = await chat({ command: 'data', references: [uri('/w/a.png')] });
    expect([text.replaceAll('\\', '').trim(), buttons]).toEqual([
      'a.png does not look like a plot, so there is nothing to extract.',
      [],
    ]);
  });
});

describe('/compare', () => {
  it('needs two files', async () => {
    const { chat, daemon } = setUp();
    expect((await chat({ command: 'compare', references: [uri('/w/a.png')] })).text).toMatch(/needs two files or more/);
    expect(daemon.asked).toEqual([]);
  });

  it('tells the model’s words and the facts that differ, side by side', async () => {
    const facts = (width: number, mode: string) => [
      { name: 'image.width', value: width, unit: 'px', how: 'header' },
      { name: 'image.channels', value: 3, how: 'header' },
      { name: 'image.mode', value: mode, how: 'header' },
    ];
    const { chat } = setUp({
      ask: async () =>
        askResult({ media: [report({ facts: facts(640, 'x') }), report({ facts: facts(1024, 'x'.repeat(200)) })] }),
    });
    const { text } = await chat({ command: 'compare', references: [uri('/w/a.png'), uri('/w/b.png')] });
    expect(text).toContain('| Fact | a.png | b.png |\n| --- | --- | --- |\n| width | 640 px | 1,024 px |\n');
    expect(text).not.toMatch(/channels|mode/);
  });
});

describe('what comes next', () => {
  it('fits the kind of the file', () => {
    const { participant } = setUp();
    const next = (metadata: object) => participant.followupProvider?.provideFollowups({ metadata });
    expect(next({ keys: ['a'], modality: 'image', isPlot: true })).toEqual([
      { prompt: '', command: 'data', label: 'Get the numbers of this plot' },
      { prompt: 'What is in this picture?' },
    ]);
    expect(next({ keys: ['a'], modality: 'image', isPlot: true, command: 'data' })).toEqual([
      { prompt: 'What is in this picture?' },
    ]);
    expect(next({ keys: ['a', 'b'], modality: 'audio' })).toEqual([
      { prompt: '', command: 'compare', label: 'Compare these files' },
      { prompt: 'What sound is this?' },
    ]);
    expect(participant.followupProvider?.provideFollowups({})).toEqual([]);
  });
});
