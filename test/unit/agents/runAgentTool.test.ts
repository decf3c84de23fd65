import { describe, expect, it } from 'vitest';
import { problems } from '../../../daemon/agents/agentProblem';
import { problemText } from '../../../daemon/agents/problemText';
import { type AgentCall, runAgentTool } from '../../../daemon/agents/runAgentTool';
import { fakeAgentDaemon } from '../../support/fakeAgentDaemon';

function setUp(change: Partial<AgentCall> = {}) {
  const daemon = fakeAgentDaemon();
  const progress: string[] = [];
  const call: AgentCall = {
    use: (work) => work(daemon),
    open: async (path) => ({ file: `/w/${path}`, source: { path: `/w/${path}` } }),
    onProgress: ({ kind }) => progress.push(kind),
    signal: new AbortController().signal,
    ...change,
  };
  return { daemon, call, progress };
}

describe('runAgentTool', () => {
  it('describes a file with the question that descriptions are trained on', async () => {
    const { daemon, call, progress } = setUp();
    const answer = await runAgentTool('describe_media', { file: 'a.png' }, call);
    expect(daemon.asked).toEqual([{ media: [{ path: '/w/a.png' }], question: 'Describe this.' }]);
    expect(answer).toMatchObject({ model: { text: 'A cat.' }, media: [{ file: '/w/a.png' }] });
    expect(progress).toEqual(['stage', 'piece']);
  });

  it('asks about several files; the hints are of the first', async () => {
    const { daemon, call } = setUp({ options: { model: 'm', maxTokens: 99 } });
    const input = { files: ['d.png', 'b.png'], question: 'Which?', as: 'depth', photo: 'p.jpg', maxTokens: 5 };
    await runAgentTool('ask_media', input, call);
    expect(daemon.asked).toEqual([
      {
        model: 'm',
        maxTokens: 5,
        question: 'Which?',
        media: [{ path: '/w/d.png', as: 'depth', photo: { path: '/w/p.jpg' } }, { path: '/w/b.png' }],
      },
    ]);
  });

  it('measures without the model', async () => {
    const { daemon, call } = setUp();
    const measured = await runAgentTool('measure_media', { file: 'a.png', as: 'normal' }, call);
    expect(daemon.asked).toEqual([]);
    expect(daemon.measured).toEqual([{ source: { path: '/w/a.png', as: 'normal' } }]);
    expect(measured).toMatchObject({ file: '/w/a.png', measured: [{ name: 'image.width', value: 640 }] });
  });

  it('reads a plot', async () => {
    const { call } = setUp();
    const plot = await runAgentTool('plot_data', { file: 'a.png' }, call);
    expect(plot).toMatchObject({ file: '/w/a.png', kind: 'line', series: [{ pointCount: 2 }] });
  });

  it('asks nothing where the input is not right or a file may not be read', async () => {
    const open = async (path: string) => {
      throw problems.outside(path, ['/w']);
    };
    const { daemon, call } = setUp({ open });
    await expect(runAgentTool('describe_media', {}, call)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const refused = runAgentTool('describe_media', { file: '/etc/x.png' }, call);
    await expect(refused).rejects.toMatchObject({ code: 'FILE_OUTSIDE' });
    expect(daemon.asked).toEqual([]);
  });

  it('tells a failure as one line', () => {
    expect(problemText(problems.outside('/x.png', ['/w', '/v']))).toBe(
      'error[FILE_OUTSIDE]: "/x.png" is outside the folders that OneLens may read here (/w, /v). ' +
        'Name a file inside one of them, or ask the user to open its folder.',
    );
  });
});
