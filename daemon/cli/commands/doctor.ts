import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import { toOneLensError } from '../../common/errors';
import { readDaemonFile } from '../../daemonRecord';
import { locateNode } from '../../locateNode';
import { PROTOCOL_VERSION } from '../../protocol/version';
import { availableDevices } from '../../runtime/session';
import { Catalog } from '../../store/catalog';
import { readableBytes } from '../../store/readableBytes';
import { type Command, type CommandContext, exactly, JSON_OPTION, printJson } from '../command';

interface Diagnosis {
  versions: { onelens: string; protocol: string; node: string };
  machine: { system: string; cpu: string; cores: number; memoryBytes: number; freeBytes: number };
  daemon: { home: string; running: boolean; pid: number | null; url: string | null; node: string };
  devices: string[];
  models: Array<{ id: string; active: boolean; problem: string | null }>;
  problems: string[];
  faster: string[];
}

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'This machine, its devices and versions, what is wrong and what would make it faster.',
  options: { ...JSON_OPTION },
  async run(args, context) {
    exactly(doctor, args, 0);
    const diagnosis = await examine(context);
    if (args.options.json) printJson(context.terminal, diagnosis);
    else context.terminal.out(format(diagnosis));
    return 0;
  },
};

async function examine({ home, installation }: CommandContext): Promise<Diagnosis> {
  const problems: string[] = [];
  const attempt = async <T>(what: string, work: () => T | Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      problems.push(`${what}: ${toOneLensError(error).what}`);
      return otherwise;
    }
  };
  const devices = await attempt('ONNX Runtime cannot be loaded', () => availableDevices() as string[], []);
  const catalog = new Catalog({ home, embedded: installation.embeddedPack });
  const listed = await attempt('the models cannot be listed', () => catalog.list(), []);
  const models = listed.map(({ id, active, problem }) => ({ id, active, problem: problem?.what ?? null }));
  if (models.length === 0) problems.push("there is no model: run 'npm run build', or 'onelens models import DIR'");
  for (const model of models) if (model.problem) problems.push(model.problem);
  const file = readDaemonFile(home);
  const running = file !== undefined && isAlive(file.pid);
  return {
    versions: { onelens: installation.version, protocol: PROTOCOL_VERSION, node: process.versions.node },
    machine: {
      system: `${platform()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeBytes: freemem(),
    },
    daemon: {
      home,
      running,
      pid: running ? file.pid : null,
      url: running ? file.url : null,
      node: (await locateNode()).reason,
    },
    devices,
    models,
    problems,
    faster: adviceFor(devices),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What would make answers faster on this machine. */
function adviceFor(devices: readonly string[]): string[] {
  const advice: string[] = [];
  if (devices.every((device) => device === 'cpu')) {
    const driver = platform() === 'linux' ? ' (on Linux: a graphics card with its Vulkan driver, or CUDA)' : '';
    advice.push(`No GPU is usable here${driver}; with one, large models answer several times faster.`);
  }
  if (availableParallelism() < 4) advice.push('More processor cores make encoding and reading the question faster.');
  if (freemem() < 2e9)
    advice.push('Less than 2 GB of memory are free; close other programs before using a large model.');
  advice.push("Large models answer faster as int8 packs: 'onelens convert --dtype int8'.");
  return advice;
}

function format(d: Diagnosis): string {
  const section = (title: string, lines: string[]) => `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  const memory = `${readableBytes(d.machine.memoryBytes)} memory, ${readableBytes(d.machine.freeBytes)} free`;
  const daemon = d.daemon.running ? `process ${d.daemon.pid} on ${d.daemon.url}` : 'not running (started when needed)';
  return [
    section('versions', [`OneLens ${d.versions.onelens}, protocol ${d.versions.protocol}, Node ${d.versions.node}`]),
    section('machine', [d.machine.system, `${d.machine.cpu}, ${d.machine.cores} cores`, memory]),
    section('daemon', [daemon, `home ${d.daemon.home}`, `runs on ${d.daemon.node}`]),
    section('devices, best first', [d.devices.join(', ') || 'none']),
    section(
      'models',
      d.models.map((m) => `${m.active ? '* ' : '  '}${m.id}${m.problem ? ' (damaged)' : ''}`),
    ),
    section('problems', d.problems.length > 0 ? d.problems : ['none']),
    section('what would make it faster', d.faster),
  ].join('');
}
