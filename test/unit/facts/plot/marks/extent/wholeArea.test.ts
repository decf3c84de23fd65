import { describe, expect, it } from 'vitest';
import { wholeArea } from '../../../../../../daemon/facts/plot/marks/extent/wholeArea';
import { finish } from '../../../../../../daemon/facts/plot/steps';
import type { PanelLayout, PlotLayout } from '../../../../../../daemon/media/plot';
import { BLACK, BLUE, Drawing, ORANGE } from '../drawing';

const GREY: [number, number, number] = [220, 220, 220];

function areaOf(drawing: Drawing, changes: Partial<PanelLayout>, lines: PlotLayout['lines'] = []) {
  const panel = drawing.panel(changes);
  const layout: PlotLayout = { title: null, background: [255, 255, 255], panels: [panel], lines, warnings: [] };
  return finish(wholeArea(drawing.image, panel, layout));
}

const area = { left: 40, top: 60, right: 180, bottom: 150 };

describe('wholeArea', () => {
  it('follows a bar over the upper side, and leaves room to measure its end', () => {
    const drawing = new Drawing(200, 180).box(BLUE, 60, 35, 90, 150).box(BLUE, 110, 90, 140, 150);
    expect(areaOf(drawing, { area })).toEqual({ ...area, top: 31 });
  });

  it('holds every tick that has a value', () => {
    const drawing = new Drawing(200, 180).box(BLUE, 60, 70, 90, 150);
    const y = {
      ...drawing.panel().y,
      ticks: [
        { pixel: 150, text: '0', value: 0 },
        { pixel: 40, text: '2', value: 2 },
      ],
    };
    expect(areaOf(drawing, { area, y })).toEqual({ ...area, top: 39 });
  });

  it('stops at a frame, though a line leaves it', () => {
    const drawing = new Drawing(200, 180)
      .box(ORANGE, 100, 30, 103, 150)
      .box(BLACK, 39, 59, 181, 60)
      .box(BLACK, 39, 150, 181, 151);
    expect(areaOf(drawing, { area }).top).toBe(60);
  });

  it('follows the grid to where it ends', () => {
    const drawing = new Drawing(200, 180);
    const grid = { x: [70, 100, 130], y: [60, 100, 149], color: GREY };
    for (const x of grid.x) drawing.box(GREY, x, 45, x + 1, 150);
    expect(areaOf(drawing, { area, grid })).toEqual({ ...area, top: 45 });
  });

  it('takes the uppermost grid line for no frame where upright ones go on beyond it', () => {
    const drawing = new Drawing(200, 180).box(GREY, 40, 59, 180, 60);
    const grid = { x: [70, 100, 130], y: [60, 100, 149], color: null };
    for (const x of grid.x) drawing.box(GREY, x, 45, x + 1, 150);
    drawing.box(BLUE, 90, 52, 100, 150);
    expect(areaOf(drawing, { area, grid })).toEqual({ ...area, top: 45 });
  });

  it('does not leave a panel of its own colour whose grid is white as the figure', () => {
    const drawing = new Drawing(200, 180).box([229, 236, 246], 40, 60, 180, 150).box(BLUE, 60, 90, 90, 150);
    const grid = { x: [70, 100, 130], y: [], color: [255, 255, 255] as [number, number, number] };
    expect(areaOf(drawing, { area, grid })).toEqual(area);
  });

  it('does not follow thin grey strokes: ticks and axes', () => {
    const drawing = new Drawing(200, 180);
    for (const x of [70, 100, 130]) drawing.box([90, 90, 90], x, 140, x + 2, 158);
    expect(areaOf(drawing, { area })).toEqual(area);
  });

  it('ends before a text', () => {
    const drawing = new Drawing(200, 180).box(BLUE, 60, 20, 90, 150);
    const text = {
      text: 'Title',
      score: 1,
      rotation: 0,
      box: { left: 50, top: 40, right: 120, bottom: 52 },
      corners: [],
    };
    expect(areaOf(drawing, { area }, [text as never]).top).toBe(52);
  });
});
