import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseModelConfig } from '../../../daemon/common/modelConfig';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import { expectedKeys } from '../../../daemon/converter/weightNames';
import { safetensorsOf, temporaryFolder } from '../../support/checkpointFiles';

// a machine with many other things to do
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** 24 layers of 14 MB in float32, 330 MB in all; the largest tensor, w1, has 3 MB. */
const PARAMS = {
  dim: 512,
  n_layers: 24,
  n_heads: 8,
  vocab_size: 1000,
  multiple_of: 256,
  clip: { width: 64, layers: 1, heads: 1, patch: 14, image: 28 },
  resample_layers: 1,
  resample_experts: 1,
  fmri_voxels: 10,
};
const MB = 2 ** 20;

/** Zeros that take no room on disk: a header, then a hole. */
function sparseCheckpoint(folder: string): string {
  const header: Record<string, unknown> = {};
  let at = 0;
  for (const [name, shape] of expectedKeys(parseModelConfig(PARAMS))) {
    const bytes = shape.reduce((n, d) => n * d, 2);
    header[name] = { dtype: 'F16', shape, data_offsets: [at, at + bytes] };
    at += bytes;
  }
  const file = join(folder, 'model.safetensors');
  const fd = openSync(file, 'w');
  const start = writeSync(fd, safetensorsOf(header, new Uint8Array(0)));
  closeSync(fd);
  truncateSync(file, start + at);
  return file;
}

it('converts 330 MB of weights in far less memory', async () => {
  const folder = temporaryFolder();
  const paramsPath = join(folder, 'params.json');
  writeFileSync(paramsPath, JSON.stringify(PARAMS));
  const before = process.memoryUsage().rss;
  let peak = before;
  const manifest = await convertCheckpoint({
    checkpoint: sparseCheckpoint(folder),
    paramsPath,
    out: join(folder, 'pack'),
    dtype: 'fp32',
    onProgress: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  expect(manifest.files.reduce((sum, f) => sum + f.bytes, 0)).toBeGreaterThan(310 * MB);
  expect((peak - before) / MB).toBeLessThan(160);
});
