import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Device } from '../../../daemon/runtime/devices';
import { availableDevices, type CreateSession, intraOpThreads, SessionRuntime } from '../../../daemon/runtime/session';
import { temporaryFolder } from '../../support/checkpointFiles';

/** Sessions that fail to open, or to run, on some devices. */
function fake(failing: { open?: Device[]; run?: Device[] }) {
  const log: string[] = [];
  const create: CreateSession = async (_path, device) => {
    log.push(`open ${device}`);
    if (failing.open?.includes(device)) throw new Error(`no ${device} here.\nsource.cc:12`);
    const run = async () => {
      log.push(`run ${device}`);
      if (failing.run?.includes(device)) throw new Error(`${device} ran out of memory`);
      return { y: { data: Float32Array.of(1) } };
    };
    const release = async () => void log.push(`release ${device}`);
    return { run, release } as unknown as Awaited<ReturnType<CreateSession>>;
  };
  return { log, create };
}

const candidates = (): Device[] => ['cuda', 'webgpu', 'cpu'];
const graph = '/packs/p/graphs/g.onnx';

describe('SessionRuntime', () => {
  it('takes the first device that opens a graph and says why', async () => {
    const { log, create } = fake({ open: ['cuda', 'webgpu'] });
    const runtime = new SessionRuntime({ candidates: candidates() }, create);
    await runtime.open(graph);
    await runtime.open(graph);
    expect(log).toEqual(['open cuda', 'open webgpu', 'open cpu', 'open cpu']);
    expect(runtime.device).toBe('cpu');
    expect(runtime.deviceReason).toBe(
      'Running on the CPU, because CUDA failed (no cuda here); WebGPU failed (no webgpu here).',
    );
  });

  it('runs once more on the next device when a run throws', async () => {
    const { log, create } = fake({ run: ['cuda'] });
    const runtime = new SessionRuntime({ candidates: candidates() }, create);
    const session = await runtime.open(graph);
    expect(await session.run({})).toEqual({ y: Float32Array.of(1) });
    expect(log).toEqual(['open cuda', 'run cuda', 'open webgpu', 'release cuda', 'run webgpu']);
    expect(runtime.deviceReason).toBe('Running on WebGPU, because CUDA failed (cuda ran out of memory).');
  });

  it('moves graphs of one device one by one and gives the device up once', async () => {
    const { create } = fake({ run: ['cuda'] });
    const runtime = new SessionRuntime({ candidates: candidates() }, create);
    const [a, b] = [await runtime.open(graph), await runtime.open(graph)];
    await a.run({});
    await b.run({});
    expect(runtime.deviceReason.match(/failed/g)).toHaveLength(1);
    expect(runtime.device).toBe('webgpu');
  });

  it('fails when even the CPU does', async () => {
    const opening = new SessionRuntime({ candidates: ['cpu'] }, fake({ open: ['cpu'] }).create);
    await expect(opening.open(graph)).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      what: 'The model pack "/packs/p" is damaged: g.onnx: no cpu here.',
    });
    const running = await new SessionRuntime({ candidates: ['cpu'] }, fake({ run: ['cpu'] }).create).open(graph);
    await expect(running.run({})).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      what: 'The model failed: g.onnx: cpu ran out of memory.',
    });
  });

  it('tries a device asked for, then the CPU; an unknown name is a usage error', async () => {
    const { log, create } = fake({ open: ['coreml'] });
    await new SessionRuntime({ device: 'CoreML' }, create).open(graph);
    expect(log).toEqual(['open coreml', 'open cpu']);
    expect(() => new SessionRuntime({ device: 'abacus' }, create)).toThrow(
      'The device "abacus" is not one of cuda, webgpu, dml, coreml, cpu.',
    );
  });

  it('drops the source file and the condition from a native message', async () => {
    const message =
      '/src/core/webgpu_context.cc:136 f(const Config&)::<lambda()> status == Ok was false. No adapter: none\n';
    const create: CreateSession = async (path, device) => {
      if (device === 'webgpu') throw new Error(message);
      return fake({}).create(path, device);
    };
    const runtime = new SessionRuntime({ candidates: ['webgpu', 'cpu'] }, create);
    await runtime.open(graph);
    expect(runtime.deviceReason).toBe('Running on the CPU, because WebGPU failed (No adapter: none).');
  });

  it('survives the real runtime without a CUDA library', async () => {
    const runtime = new SessionRuntime({ device: 'cuda' });
    const missing = join(temporaryFolder(), 'graphs', 'none.onnx');
    await expect(runtime.open(missing)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(runtime.device).toBe('cpu');
  });
});

describe('the machine', () => {
  it('always has the CPU, last', () => {
    expect(availableDevices().at(-1)).toBe('cpu');
  });

  it('gets all cores of a small machine and half of a large one', () => {
    expect([1, 2, 4, 6, 8, 32].map(intraOpThreads)).toEqual([1, 2, 4, 4, 4, 16]);
  });
});
