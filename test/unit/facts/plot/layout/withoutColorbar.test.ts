import { describe, expect, it } from 'vitest';
import type { PanelCandidate } from '../../../../../daemon/facts/plot/layout/findPanels';
import { withoutColorbar } from '../../../../../daemon/facts/plot/layout/withoutColorbar';
import type { Rgb } from '../../../../../daemon/media/plot';

const WHITE: Rgb = [255, 255, 255];

/** A blue panel from 20 to 140 and a bar from 160 to 170, both from 10 to 90. */
function drawn() {
  const [width, height] = [200, 100];
  const rgb = new Uint8Array(3 * width * height).fill(255);
  for (let y = 10; y < 90; y++)
    for (let x = 20; x < 170; x++) if (x < 140 || x >= 160) rgb.set([0, 0, 2 * y], 3 * (y * width + x));
  return { width, height, rgb };
}

const candidate = (left: number, right: number, top = 10): PanelCandidate => ({
  area: { left, right, top, bottom: 90 },
  spines: {},
  level: [],
  upright: [],
  by: 'lines',
});

const areaWith = (panel: PanelCandidate, bar: PanelCandidate) => withoutColorbar(drawn(), panel, [bar], WHITE).area;

describe('withoutColorbar', () => {
  it('ends the panel where the gap before the bar begins', () => {
    expect(areaWith(candidate(20, 170), candidate(160, 170))).toEqual({ left: 20, right: 140, top: 10, bottom: 90 });
  });

  it('leaves a panel alone that does not reach to the bar, is of another height or has no gap before it', () => {
    for (const [panel, bar] of [
      [candidate(20, 140), candidate(160, 170)],
      [candidate(20, 170), candidate(160, 170, 30)],
      [candidate(20, 140), candidate(130, 140)],
    ] as const)
      expect(withoutColorbar(drawn(), panel, [bar], WHITE)).toBe(panel);
  });
});
