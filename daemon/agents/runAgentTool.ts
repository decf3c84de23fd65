import type {
  AskParams,
  AskProgress,
  AskResult,
  FactsParams,
  FactsResult,
  FileSource,
  MediaHints,
  MediaSource,
  PlotDataParams,
  PlotDataResult,
} from '../protocol/messages';
import {
  type AnswerReport,
  answerReport,
  type MeasuredMedia,
  measuredMedia,
  type PlotReport,
  plotReport,
  selectedFacts,
} from './agentReports';
import { AGENT_TOOLS, type AgentToolName, DEFAULT_POINTS } from './agentTools';
import { checkInput } from './checkInput';

/** The daemon, as the tools use it. */
export interface AgentDaemon {
  ask(params: AskParams, onProgress: (value: AskProgress) => void, signal: AbortSignal): Promise<AskResult>;
  facts(params: FactsParams, signal: AbortSignal): Promise<FactsResult>;
  plotData(params: PlotDataParams, signal: AbortSignal): Promise<PlotDataResult>;
}

/** A file that an agent named. */
export interface AgentFile {
  /** What it is called in the result. */
  file: string;
  source: FileSource;
}

/** What a call works with; the extension and the MCP server each fill it in their way. */
export interface AgentCall {
  /** Lends the daemon; not called before the input and the files are known to be right. */
  use<T>(work: (daemon: AgentDaemon) => Promise<T>): Promise<T>;
  /** From what the agent wrote to a file that it may read. Rejects with AgentProblem. */
  open(path: string): Promise<AgentFile>;
  onProgress(value: AskProgress): void;
  signal: AbortSignal;
  /** The user's settings. */
  options?: Pick<AskParams, 'model' | 'maxTokens' | 'temperature'>;
  /** Characters that the facts may have, where the caller has less room than usual. */
  budget?: number;
}

export type AgentReport = AnswerReport | MeasuredMedia | PlotReport;

/**
 * Checks the input and answers one call. Rejects with AgentProblem (bad input, a file that may not be read) and with
 * what the daemon says; an abort ends an answer with `stopped: "cancelled"` or rejects.
 */
export async function runAgentTool(name: AgentToolName, input: unknown, call: AgentCall): Promise<AgentReport> {
  checkInput(name, AGENT_TOOLS[name].input, input);
  return RUNS[name](input as never, call);
}

interface Hinted {
  as?: 'depth' | 'normal';
  photo?: string;
}

const RUNS: Record<AgentToolName, (input: never, call: AgentCall) => Promise<AgentReport>> = {
  describe_media: ({ file, as, photo }: { file: string } & Hinted, call) =>
    answer({ files: [file], question: 'Describe this.' }, { as, photo }, call),
  ask_media: ({ as, photo, ...asked }: { files: string[]; question: string; maxTokens?: number } & Hinted, call) =>
    answer(asked, { as, photo }, call),
  measure_media: measure,
  plot_data: readPlot,
};

async function answer(
  { files, question, maxTokens }: { files: string[]; question: string; maxTokens?: number },
  hints: { as: Hinted['as'] | undefined; photo: string | undefined },
  call: AgentCall,
): Promise<AnswerReport> {
  const opened = await Promise.all(files.map(call.open));
  const first = await hintsOf(hints, call);
  const media: MediaSource[] = opened.map(({ source }, i) => (i === 0 ? { ...source, ...first } : source));
  const params = { ...call.options, media, question, ...(maxTokens === undefined ? {} : { maxTokens }) };
  const result = await call.use((daemon) => daemon.ask(withoutUndefined(params), call.onProgress, call.signal));
  const named = result.media.map((report, i) => ({ ...report, file: opened[i]?.file ?? report.file }));
  return answerReport({ ...result, media: named }, call.budget);
}

async function measure(
  { file, facts, as, photo }: { file: string; facts?: string[] } & Hinted,
  call: AgentCall,
): Promise<MeasuredMedia> {
  const opened = await call.open(file);
  const source = { ...opened.source, ...(await hintsOf({ as, photo }, call)) };
  const report = { ...(await call.use((daemon) => daemon.facts({ source }, call.signal))), file: opened.file };
  return facts ? selectedFacts(report, facts) : measuredMedia(report, call.budget);
}

async function readPlot(
  { file, maxPoints = DEFAULT_POINTS, csv = false }: { file: string; maxPoints?: number; csv?: boolean },
  call: AgentCall,
): Promise<PlotReport> {
  const opened = await call.open(file);
  const result = await call.use((daemon) => daemon.plotData({ source: opened.source }, call.signal));
  return plotReport({ ...result, file: opened.file }, maxPoints, csv);
}

async function hintsOf(
  { as, photo }: { as: Hinted['as'] | undefined; photo: string | undefined },
  call: AgentCall,
): Promise<MediaHints> {
  return {
    ...(as ? { as } : {}),
    ...(photo === undefined ? {} : { photo: (await call.open(photo)).source }),
  };
}

/** A setting that is not set must not travel as one that is. */
function withoutUndefined<T extends object>(params: T): T {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as T;
}
