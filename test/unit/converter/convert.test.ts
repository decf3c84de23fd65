import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import { verifyPack } from '../../../daemon/runtime/verify';

const tiny = join(__dirname, '../../fixtures/tiny');
const folder = mkdtempSync(join(tmpdir(), 'onelens-convert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the official tiny model', () => {
  it.each(['consolidated.00-of-01.pth', 'model.safetensors'])('%s converts and agrees with PyTorch', async (file) => {
    const out = join(folder, file.slice(-3));
    await convertCheckpoint({
      checkpoint: join(tiny, file),
      paramsPath: join(tiny, 'params.json'),
      out,
      dtype: 'fp32',
    });
    const report = await verifyPack(out, join(tiny, 'cases.safetensors'));
    console.log(JSON.stringify(report.cases));
    expect(report.pass).toBe(true);
  });
});
