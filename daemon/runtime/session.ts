// before onnxruntime-node is loaded, hence before everything
import './silenceTelemetry';

import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { errors } from '../common/errors';
import { DEVICES, type Device, hasCudaProvider, hasVulkanDriver } from './devices';

/**
 * The only importer of onnxruntime-node: opens graphs on the best device that works, and runs them.
 *
 * What 1.30.0 does, measured: `create` throws when a device is not there and never falls back by itself; `run` is
 * synchronous under its promise; every output is copied, inputs are not (on the CPU).
 */
const DEVICE_NAMES: Record<Device, string> = {
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'Core ML',
  cpu: 'the CPU',
};

/** A graph's input; the dimensions' product is the data's length. */
export interface Feed {
  data: Float32Array | BigInt64Array;
  dims: number[];
}

export interface GraphSession {
  /** Outputs by name. Throws MODEL_FAILED. */
  run(feeds: Record<string, Feed>): Promise<Record<string, Float32Array>>;
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** One of DEVICES; the default is the environment's ONELENS_DEVICE, else the first that works. */
  device?: string;
  /** Provider libraries and their order, for tests. */
  candidates?: Device[];
}

/** Threads of a session: all cores of a small machine, else about as many as there are physical ones. */
export function intraOpThreads(cores = availableParallelism()): number {
  return cores <= 4 ? cores : Math.max(4, Math.ceil(cores / 2));
}

/** One a process: it remembers which device works. */
export class SessionRuntime {
  private readonly candidates: Device[];
  private readonly failures: string[] = [];

  constructor(
    options: RuntimeOptions = {},
    private readonly create: CreateSession = createSession,
  ) {
    const asked = options.device ?? process.env.ONELENS_DEVICE;
    this.candidates = options.candidates ?? (asked ? forcedDevices(asked) : availableDevices());
  }

  /** The device that the next graph is opened on; final once one was opened. */
  get device(): Device {
    return this.candidates[0] ?? 'cpu';
  }

  /** One sentence: why this device, and what was tried before it. */
  get deviceReason(): string {
    const name = DEVICE_NAMES[this.device];
    if (this.failures.length > 0) return `Running on ${name}, because ${this.failures.join('; ')}.`;
    if (this.device === 'cpu') return 'Running on the CPU: ONNX Runtime found no faster device here.';
    return `Running on ${name}, the fastest device found.`;
  }

  /**
   * Opens a graph; a device that throws is given up, with its reason, and the next one tried.
   * Throws MODEL_DAMAGED when even the CPU cannot open it.
   */
  async open(path: string): Promise<GraphSession> {
    return new FallbackSession(path, this, await this.openOnBest(path));
  }

  /** Gives up `device` and opens the graph on the next one. */
  async reopen(path: string, device: Device, reason: string): Promise<OpenSession> {
    this.giveUp(device, reason);
    return this.openOnBest(path);
  }

  private async openOnBest(path: string): Promise<OpenSession> {
    for (;;) {
      const device = this.device;
      try {
        return { device, session: await this.create(path, device) };
      } catch (error) {
        if (device === 'cpu') throw errors.modelDamaged(packOf(path), `${basename(path)}: ${firstLine(error)}`);
        this.giveUp(device, firstLine(error));
      }
    }
  }

  private giveUp(device: Device, reason: string): void {
    if (this.device !== device) return;
    this.candidates.shift();
    this.failures.push(`${DEVICE_NAMES[device]} failed (${reason})`);
  }
}

export interface OpenSession {
  device: Device;
  session: Pick<InferenceSession, 'run' | 'release'>;
}

export type CreateSession = (path: string, device: Device) => Promise<OpenSession['session']>;

function createSession(path: string, device: Device): Promise<InferenceSession> {
  env.logLevel = 'fatal';
  return InferenceSession.create(path, {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: intraOpThreads(),
    logSeverityLevel: 4,
  });
}

/** A session that moves to the next device when a run throws, and tries that run once more there. */
class FallbackSession implements GraphSession {
  constructor(
    private readonly path: string,
    private readonly runtime: SessionRuntime,
    private current: OpenSession,
  ) {}

  async run(feeds: Record<string, Feed>): Promise<Record<string, Float32Array>> {
    try {
      return await this.runOnce(feeds);
    } catch (error) {
      if (this.current.device === 'cpu') throw errors.modelFailed(`${basename(this.path)}: ${firstLine(error)}`);
      await this.moveOn(firstLine(error));
      return this.run(feeds);
    }
  }

  async close(): Promise<void> {
    await this.current.session.release();
  }

  private async moveOn(reason: string): Promise<void> {
    const failed = this.current;
    this.current = await this.runtime.reopen(this.path, failed.device, reason);
    await failed.session.release();
  }

  private async runOnce(feeds: Record<string, Feed>): Promise<Record<string, Float32Array>> {
    const tensors = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensorOf(feed)]));
    const outputs = await this.current.session.run(tensors);
    return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]));
  }
}

function tensorOf({ data, dims }: Feed): Tensor {
  return data instanceof BigInt64Array ? new Tensor('int64', data, dims) : new Tensor('float32', data, dims);
}

/** A device asked for by name comes before the CPU only. Throws USAGE for an unknown name. */
function forcedDevices(asked: string): Device[] {
  const device = DEVICES.find((d) => d === asked.toLowerCase());
  if (!device) throw errors.usage(`The device ${JSON.stringify(asked)} is not one of ${DEVICES.join(', ')}.`);
  return device === 'cpu' ? ['cpu'] : [device, 'cpu'];
}

/**
 * What this build of ONNX Runtime carries and this machine seems to have, in the order of DEVICES; the CPU is always
 * last. WebGPU without a driver is left out beforehand, because its libraries complain on standard error.
 */
export function availableDevices(): Device[] {
  const bundled = new Set(listSupportedBackends().flatMap((b) => (b.bundled ? [b.name] : [])));
  const here: Record<Device, boolean> = {
    cuda: bundled.has('cuda') || hasCudaProvider(require.resolve('onnxruntime-node/package.json')),
    webgpu: bundled.has('webgpu') && (process.platform !== 'linux' || hasVulkanDriver()),
    dml: bundled.has('dml'),
    coreml: bundled.has('coreml'),
    cpu: true,
  };
  return DEVICES.filter((d) => here[d]);
}

const packOf = (graphPath: string): string => dirname(dirname(graphPath));

/** Native messages run over several lines and begin with the source file and the condition that did not hold. */
const SOURCE_PLACE = /^\S+\.(cc|h|cpp):\d+ .* was false\. /;

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? '').replace(SOURCE_PLACE, '').trim().replace(/\.$/, '');
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}
