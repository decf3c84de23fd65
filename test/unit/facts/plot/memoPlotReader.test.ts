import { describe, expect, it } from 'vitest';
import { errors } from '../../../../daemon/common/errors';
import { MemoPlotReader } from '../../../../daemon/facts/plot';
import type { PlotReading } from '../../../../daemon/media/plot';
import type { Cancellation, TextReader } from '../../../../daemon/media/text';
import { Drawing } from './marks/drawn';

const text: TextReader = { read: async () => [], recognize: async () => [] };
const found: PlotReading = { kind: 'line', confidence: 1, title: null, panels: [], warnings: [] };

/** A reader whose readings end when told. */
function reader() {
  const started: Array<{ end: (reading: PlotReading) => void; fail: (error: unknown) => void }> = [];
  const memo = new MemoPlotReader(text, () => new Promise<PlotReading>((end, fail) => started.push({ end, fail })));
  return { memo, started };
}

const { image } = new Drawing(1, 1);

describe('MemoPlotReader', () => {
  it('reads a picture once, whoever asks and when', async () => {
    const { memo, started } = reader();
    const [first, second] = [memo.read(image), memo.read(image)];
    started[0]!.end(found);
    expect(await first).toBe(found);
    expect(await second).toBe(found);
    expect(await memo.read(image)).toBe(found);
    expect(started).toHaveLength(1);
  });

  it('reads another picture anew, though it looks the same', async () => {
    const { memo, started } = reader();
    memo.read(image);
    memo.read({ ...image });
    expect(started).toHaveLength(2);
  });

  it('who waits reads on where the first one has gone', async () => {
    const { memo, started } = reader();
    const first = memo.read(image);
    const second = memo.read(image);
    started[0]!.fail(errors.cancelled());
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => started.length).toBe(2);
    started[1]!.end(found);
    expect(await second).toBe(found);
  });

  it('who waits may go, and the first one reads on', async () => {
    const { memo, started } = reader();
    const first = memo.read(image);
    const signal: { aborted: boolean } & Cancellation = { aborted: false };
    const second = memo.read(image, signal);
    signal.aborted = true;
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    started[0]!.end(found);
    expect(await first).toBe(found);
    expect(started).toHaveLength(1);
  });
});
