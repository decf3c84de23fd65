import type { AgentDaemon } from '../../daemon/agents/runAgentTool';
import type { Fact } from '../../daemon/protocol/facts';
import type { AskParams, AskResult, FactsParams, MediaReport, PlotDataResult } from '../../daemon/protocol/messages';

export const WIDTH: Fact = { name: 'image.width', value: 640, unit: 'px', how: 'header' };

export const report = (change: Partial<MediaReport> = {}): MediaReport => ({
  file: '/w/a.png',
  modality: 'image',
  facts: [WIDTH],
  warnings: [],
  ...change,
});

export const askResult = (change: Partial<AskResult> = {}): AskResult => ({
  text: 'A cat.',
  confidence: 0.734,
  model: 'tiny',
  device: 'cpu',
  media: [report()],
  usage: { promptTokens: 1, mediaTokens: 2, completionTokens: 3 },
  timings: { decodeMs: 1, encodeMs: 1, firstTokenMs: 1, totalMs: 1, tokensPerSecond: 1 },
  cached: { media: false, prefixTokens: 0 },
  stopped: 'end',
  ...change,
});

export const plotResult = (points: Array<[number | string, number]>): PlotDataResult => ({
  file: '/w/a.png',
  data: {
    kind: 'line',
    title: 'Heat',
    x: { label: 'hour', scale: 'linear' },
    y: { label: '°C', scale: 'linear' },
    series: [{ name: 'City', color: '#ff0000', points }],
    warnings: [],
  },
  csv: 'series,hour,°C\nCity,0,1\n',
  overlay: { width: 1, height: 1, areas: [], series: [] },
});

export interface FakeAgentDaemon extends AgentDaemon {
  asked: AskParams[];
  measured: FactsParams[];
}

/** Answers at once and says what it was asked; what is given replaces an answer. */
export function fakeAgentDaemon(change: Partial<AgentDaemon> = {}): FakeAgentDaemon {
  const asked: AskParams[] = [];
  const measured: FactsParams[] = [];
  return {
    asked,
    measured,
    ask: async (params, onProgress) => {
      asked.push(params);
      onProgress({ kind: 'stage', stage: 'decoding' });
      onProgress({ kind: 'piece', text: 'A cat.' });
      return askResult({ media: params.media.map(() => report()) });
    },
    facts: async (params) => {
      measured.push(params);
      return report();
    },
    plotData: async () =>
      plotResult([
        [0, 1],
        [1, 2],
      ]),
    ...change,
  };
}
