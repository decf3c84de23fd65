import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentToolName } from '../../../../daemon/agents/agentTools';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { failures } from '../../../../extension/supervisor/failure';
import { type AgentVscode, agentVscode, tokenSource } from '../../../support/agentVscode';
import { fakeAgentDaemon } from '../../../support/fakeAgentDaemon';

vi.mock('vscode', () => agentVscode());
const vscode = (await import('vscode')) as unknown as AgentVscode;
const { MediaTool } = await import('../../../../extension/agents/mediaTool');

beforeEach(() => {
  vscode.workspace.workspaceFolders = [
    { uri: vscode.Uri.file('/w/one'), name: 'one' },
    { uri: vscode.Uri.file('/w/two'), name: 'two' },
  ];
  vscode.files.clear();
  for (const path of ['/w/one/a.png', '/w/two/b.png', '/home/c.png']) vscode.files.set(path, 'bytes');
});

function setUp(name: AgentToolName, change: Parameters<typeof fakeAgentDaemon>[0] = {}) {
  const daemon = fakeAgentDaemon(change);
  const log: string[] = [];
  const tool = new MediaTool(name, {
    daemon: async () => daemon as unknown as DaemonApi,
    options: () => ({ model: undefined, maxTokens: 64, temperature: undefined }),
    log: (line) => log.push(line),
  });
  const { token, cancel } = tokenSource();
  const invoke = async (input: object, tokenBudget?: number) => {
    const tokenizationOptions = tokenBudget === undefined ? undefined : { tokenBudget, countTokens: async () => 0 };
    const result = await tool.invoke(
      { input, toolInvocationToken: undefined, tokenizationOptions } as never,
      token as never,
    );
    return (result.content as Array<{ value: string }>).map(({ value }) => value).join('');
  };
  const prepare = async (input: object) => {
    const prepared = await tool.prepareInvocation({ input } as never);
    const confirm = prepared?.confirmationMessages;
    return {
      shown: prepared?.invocationMessage,
      title: confirm?.title,
      message: confirm && (confirm.message as unknown as { value: string }).value,
    };
  };
  return { daemon, log, invoke, prepare, cancel };
}

describe('invoke', () => {
  it('answers with facts apart from the words, for paths of any of the folders', async () => {
    const { invoke, daemon } = setUp('ask_media');
    const answer = JSON.parse(await invoke({ files: ['a.png', 'two/b.png', '/w/two/b.png'], question: 'What?' }));
    expect(daemon.asked).toEqual([
      {
        maxTokens: 64,
        question: 'What?',
        media: [{ path: '/w/one/a.png' }, { path: '/w/two/b.png' }, { path: '/w/two/b.png' }],
      },
    ]);
    expect(answer.model).toMatchObject({ text: 'A cat.', confidence: 0.73 });
    expect(answer.media.map(({ file }: { file: string }) => file)).toEqual([
      '/w/one/a.png',
      '/w/two/b.png',
      '/w/two/b.png',
    ]);
  });

  it('sends the bytes of a file that is not on the disk', async () => {
    vscode.files.set('/repo/v.png', 'virtual');
    const { invoke, daemon } = setUp('measure_media');
    await invoke({ file: 'vfs://host/repo/v.png' });
    expect(daemon.measured).toEqual([{ source: { name: 'v.png', base64: Buffer.from('virtual').toString('base64') } }]);
  });

  it.each([
    [{ path: 'a.png' }, /^error\[BAD_INPUT\]: The input of measure_media is not right: "file" is missing\./],
    [{ file: 'none.png' }, /^error\[FILE_MISSING\]: There is no file "none.png" \(looked in \/w\/one, \/w\/two\)\./],
    [{ file: '//server/a.png' }, /^error\[BAD_INPUT\]: .* network path/],
  ])('tells the agent what is wrong with %j', async (input, text) => {
    const { invoke, log } = setUp('measure_media');
    expect(await invoke(input)).toMatch(text);
    expect(log).toHaveLength(1);
  });

  it('tells the agent what the daemon says', async () => {
    const { invoke } = setUp('measure_media', {
      facts: async () => {
        throw failures.connectionLost();
      },
    });
    expect(await invoke({ file: 'a.png' })).toMatch(/^error\[DAEMON_LOST\]: .* Ask again/);
  });

  it('leaves facts out where the caller has little room', async () => {
    const { invoke } = setUp('measure_media');
    expect(JSON.parse(await invoke({ file: 'a.png' }, 10))).toMatchObject({ measured: [], leftOut: ['image.width'] });
    expect(JSON.parse(await invoke({ file: 'a.png' }, 1000))).toMatchObject({ leftOut: [] });
  });

  it('ends with a cancellation, and cancels the daemon’s work', async () => {
    let stopped = false;
    const { invoke, cancel } = setUp('plot_data', {
      plotData: (_params, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(failures.cancelled());
          });
          cancel();
        }),
    });
    await expect(invoke({ file: 'a.png' })).rejects.toBeInstanceOf(vscode.CancellationError);
    expect(stopped).toBe(true);
  });
});

describe('prepareInvocation', () => {
  it('says which file, what is asked, and that nothing leaves the machine', async () => {
    const { prepare } = setUp('ask_media');
    expect(await prepare({ files: ['a.png', 'two/b.png'], question: 'What is it?' })).toEqual({
      shown: 'Asking about a.png, b.png',
      title: 'Let OneLens read files?',
      message:
        'OneLens asks its local model “What is it?” about:\n\na.png\n\ntwo/b.png\n\nIt is read on this machine; nothing leaves it.',
    });
  });

  it.each(['/home/c.png', '../../home/c.png', 'file:///home/c.png'])(
    'says that %s is outside the workspace',
    async (file) => {
      const { prepare } = setUp('measure_media');
      expect(await prepare({ file })).toEqual({
        shown: 'Measuring c.png',
        title: 'Let OneLens read a file outside the workspace?',
        message:
          'OneLens measures, without a model:\n\n/home/c.png (outside the workspace)\n\nIt is read on this machine; nothing leaves it.',
      });
    },
  );

  it('names the photograph of a map, too', async () => {
    const { prepare } = setUp('describe_media');
    expect((await prepare({ file: 'a.png', photo: '/home/c.png' })).message).toContain('/home/c.png (outside');
  });

  it('asks nothing where the call names no file', async () => {
    const { prepare } = setUp('plot_data');
    expect(await prepare({})).toEqual({ shown: undefined, title: undefined, message: undefined });
  });
});
