import type { PanelLayout, PlotAxis, Rgb } from '../../../media/plot';
import type { PixelBox, TextLine } from '../../../media/text';
import { type Pacer, paced } from '../steps';
import { findGrid } from './findGrid';
import { panelBackground } from './findPanels';
import { frameOf, type PanelFrame } from './findTitles';
import type { FoundPanel } from './foundPanel';
import { centerX, centerY, overlap } from './raster';
import { innerTicks, type Reading, readAxis, type SideFinding } from './readAxis';
import { offsetFactor, type ReadScale } from './readScale';
import { scaleOfSlanted } from './scaleOfSlanted';
import { type LabelSearch, type Side, sideLabels } from './sideLabels';
import { slantedLabels } from './slantedLabels';

/** A panel with its axes read; its texts come later, when all panels are known. */
export interface ReadPanel {
  layout: PanelLayout;
  frame: PanelFrame;
  /** Boxes of all tick labels, so that they are not taken for other text. */
  labelBoxes: PixelBox[];
  /** Where the labels of the y axis stand; undefined for a pie. */
  ySide?: Side;
}

/** Reads the scales of a panel. */
export async function readPanelAxes(
  found: FoundPanel,
  search: LabelSearch,
  lines: readonly TextLine[],
  reading: Reading,
  pacer: Pacer,
): Promise<ReadPanel> {
  const { candidate, sides } = found;
  const { area } = candidate;
  const background = panelBackground(search.image, area);
  const grid = await paced(findGrid(search.image, candidate, background), pacer);
  const axis = (side: SideFinding) => axisOf(side, found, background, grid, search, lines, reading);
  const slanted = await slantedLabels(area, sides.bottom.edge, lines, search, reading, pacer);
  await pacer.breathe();
  const isBelow = slanted.length >= 2 || sides.bottom.labels.length >= Math.min(2, sides.top.labels.length);
  const xSide = isBelow ? sides.bottom : sides.top;
  const ySide = sides.left.labels.length >= 2 || sides.right.labels.length < 2 ? sides.left : sides.right;
  const ofSlanted = () => {
    const ticks = marksOf(xSide, found, background, search);
    const factor = factorOf('bottom', area, lines, search.textHeight);
    return scaleOfSlanted(slanted, { ...xSide, ticks }, grid.x, area, search.textHeight, factor);
  };
  const x = slanted.length >= 2 ? ofSlanted() : await axis(xSide);
  await pacer.breathe();
  const y = await axis(ySide);
  const second = ySide.side === 'left' && sides.right.labels.length >= 2 ? await axis(sides.right) : null;
  const y2 = second && second.slope !== undefined ? second : null;
  const used = [xSide, ySide, ...(y2 ? [sides.right] : [])];
  const labelBoxes = [...used.flatMap((s) => s.labels.map((l) => l.box)), ...x.more];
  const layout: PanelLayout = {
    area,
    background,
    grid,
    x: plain(x),
    y: plain(y),
    ...(y2 ? { y2: plain(y2) } : {}),
    title: null,
    legend: [],
    annotations: [],
    warnings: [...x.warnings, ...y.warnings, ...(y2?.warnings ?? [])],
  };
  return { layout, frame: frameOf(area, labelBoxes), labelBoxes, ySide: ySide.side };
}

/** Tick marks of a side: outer ones, else those that go into the area. */
const marksOf = (
  side: SideFinding,
  { candidate }: Pick<FoundPanel, 'candidate'>,
  background: Rgb,
  search: LabelSearch,
) => (side.ticks.length >= 2 ? side.ticks : innerTicks(search, candidate, side.side, background));

async function axisOf(
  side: SideFinding,
  { candidate }: FoundPanel,
  background: Rgb,
  grid: { x: number[]; y: number[] },
  search: LabelSearch,
  lines: readonly TextLine[],
  reading: Reading,
): Promise<ReadScale & { more: PixelBox[] }> {
  const across = side.side === 'left' || side.side === 'right' ? grid.y : grid.x;
  const ticks = marksOf(side, { candidate }, background, search);
  // labels that run into each other are cut at the grid's lines where no tick marks stand
  const split =
    side.side === 'bottom' && ticks.length < 2 && across.length >= 3
      ? sideLabels(search, candidate.area, side.side, side.edge, across, { mode: 'split' })
      : side.split;
  const factor = factorOf(side.side, candidate.area, lines, search.textHeight);
  return readAxis({ ...side, split, ticks }, across, candidate.area, search.textHeight, reading, lines, factor);
}

/** What an offset text multiplies by: above the upper end of a y axis, below the right end of an x axis. */
function factorOf(side: Side, area: PixelBox, lines: readonly TextLine[], h: number): number {
  const found = lines.find((l) => {
    if (l.rotation !== 0 || offsetFactor(l.text) === null) return false;
    const [x, y] = [centerX(l.box), centerY(l.box)];
    if (side === 'bottom') return y > area.bottom && y < area.bottom + 5 * h && x > area.right - 6 * h;
    if (side === 'left') return y < area.top && y > area.top - 2.5 * h && x < area.left + 4 * h;
    if (side === 'right') return y < area.top && y > area.top - 2.5 * h && x > area.right - 4 * h;
    return false;
  });
  return found ? offsetFactor(found.text)! : 1;
}

const plain = ({ scale, ticks, slope, offset, categories }: ReadScale): PlotAxis => ({
  label: null,
  scale,
  ticks,
  ...(slope === undefined ? {} : { slope }),
  ...(offset === undefined ? {} : { offset }),
  ...(categories ? { categories } : {}),
});

/** Attaches a colour bar to the panel beside it. */
export async function readColorbar(
  bar: FoundPanel,
  panels: ReadPanel[],
  search: LabelSearch,
  lines: readonly TextLine[],
  reading: Reading,
): Promise<PixelBox[]> {
  const { area } = bar.candidate;
  const vertical = area.bottom - area.top > area.right - area.left;
  const choices = vertical ? [bar.sides.right, bar.sides.left] : [bar.sides.bottom, bar.sides.top];
  const side = choices.find((s) => s.labels.length >= 2);
  const owner = ownerOf(area, panels, vertical);
  if (!owner) return [];
  const background = panelBackground(search.image, area);
  const read: ReadScale = side
    ? await axisOf(side, bar, background, { x: [], y: [] }, search, lines, reading)
    : { scale: 'linear', ticks: [], warnings: ['The colour bar has no labels that could be read.'] };
  owner.layout.colorbar = { box: area, axis: plain(read), vertical };
  owner.layout.warnings.push(...read.warnings);
  return side ? side.labels.map((l) => l.box) : [];
}

/** The panel level with the bar and nearest to it. */
function ownerOf(area: PixelBox, panels: ReadPanel[], vertical: boolean): ReadPanel | undefined {
  const gap = ({ layout: { area: p } }: ReadPanel) =>
    vertical ? Math.min(Math.abs(area.left - p.right), Math.abs(p.left - area.right)) : Math.abs(area.top - p.bottom);
  return panels
    .filter(({ layout: { area: p } }) =>
      vertical
        ? overlap(p.top, p.bottom, area.top, area.bottom) > 0.5 * (area.bottom - area.top)
        : overlap(p.left, p.right, area.left, area.right) > 0.5 * (area.right - area.left),
    )
    .sort((a, b) => gap(a) - gap(b))[0];
}
