import type { ImageMedia } from '../../../media/media';
import type { PanelLayout, PlotLayout, Rgb } from '../../../media/plot';
import type { Cancellation, PixelBox, TextLine, TextReader } from '../../../media/text';
import { WorkPacer } from '../../audio/workPacer';
import type { FlatImage } from '../../image/flatten';
import { type Pacer, paced } from '../steps';
import { filledRegions } from './blocks';
import { type FoundLegend, findLegends } from './findLegend';
import { findLines } from './findLines';
import { findPanels, panelBackground } from './findPanels';
import { findPies } from './findPie';
import { frameOf } from './findTitles';
import { figureBackground } from './flatColors';
import { flattened } from './flattened';
import type { FoundPanel } from './foundPanel';
import { mayBePlot } from './isPlot';
import { panelFromText } from './panelFromText';
import { boxHeight, boxWidth, centerX, differenceAt, holdsCenter } from './raster';
import { emptyAxis } from './readAxis';
import { type ReadPanel, readColorbar, readPanelAxes } from './readPanelLayout';
import { readTexts } from './readTexts';
import { selectPanels } from './selectPanels';
import type { LabelSearch } from './sideLabels';
import { solidAreas } from './solidAreas';
import { textHeightOf } from './textHeight';
import { wholeTurnedLines } from './turnedTitles';
import { yearsAsTime } from './yearsAsTime';

/** Shortest line that may be a spine or a grid line, as a share of the picture's side. */
const LEAST_LINE = 0.08;

/** Least difference from the background of the core of a stroke of text, 0..255. */
const CLEAR = 60;

/** From a picture to its plotting areas, axes and texts. No panel: it is no plot. Throws CANCELLED. */
export async function readLayout(
  image: ImageMedia,
  text: TextReader,
  signal?: Cancellation,
  pacer: Pacer = new WorkPacer(signal),
): Promise<PlotLayout> {
  const flat = await paced(flattened(image), pacer);
  const background = figureBackground(flat);
  const nothing: PlotLayout = { title: null, background, panels: [], lines: [], warnings: [] };
  if (!mayBePlot(flat, image)) return nothing;
  const level = await paced(findLines(flat, false, LEAST_LINE * flat.width, background), pacer);
  const upright = await paced(findLines(flat, true, LEAST_LINE * flat.height, background), pacer);
  const regions = await paced(filledRegions(flat, background), pacer);
  const filled = await paced(solidAreas(flat, regions, background), pacer);
  const candidates = findPanels(flat, level, upright, filled);
  const pies = await paced(findPies(flat, regions, background), pacer);
  const lines = await text.read(image, signal);
  const textHeight = textHeightOf(lines, flat);
  const taken = axisTitles(lines, textHeight);
  const search: LabelSearch = { image: flat, background, textHeight, taken, wide: wideLines(lines) };
  const guess = pies.length === 0 ? panelFromText(flat, lines, textHeight) : null;
  const found = await paced(selectPanels(search, candidates, guess, level), pacer);
  const isInk = (x: number, y: number) => differenceAt(flat.rgb, y * flat.width + x, background) > CLEAR;
  const reading = { image, text, isInk, ...(signal ? { signal } : {}) };
  const panels: ReadPanel[] = [];
  for (const panel of found.panels.filter((p) => !isTable(p, lines))) {
    await pacer.breathe();
    panels.push(await readPanelAxes(panel, search, lines, reading, pacer));
  }
  const kept = panels.filter(({ layout }) => hasScale(layout));
  const shown = kept.length > 0 ? panels : pies.map((box) => piePanel(flat, box, background));
  const barLabels: PixelBox[] = [];
  for (const bar of found.colorbars) barLabels.push(...(await readColorbar(bar, shown, search, lines, reading)));
  await pacer.breathe();
  const lowest = Math.max(...shown.map((p) => p.layout.area.bottom));
  const named = legendLines(lines, shown, barLabels);
  const legends = await trimmed(await paced(findLegends(flat, named, textHeight, lowest), pacer), reading);
  await pacer.breathe();
  const titled = await wholeTurnedLines(lines, shown, search, reading);
  await pacer.breathe();
  const title = readTexts(shown, legends, titled, barLabels, textHeight);
  shareAxes(shown);
  for (const { layout } of shown) layout.x = yearsAsTime(layout.x);
  return { ...nothing, title, panels: shown.map((p) => p.layout), lines };
}

/**
 * Turned lines of several letters that stand alone: axis titles; several with one upper or lower end, or in
 * one column, are tick labels.
 */
function axisTitles(lines: readonly TextLine[], h: number): PixelBox[] {
  const turned = lines.filter((l) => l.rotation !== 0 && boxHeight(l.box) > 1.2 * boxWidth(l.box));
  const level = (l: TextLine) =>
    turned.filter(
      (o) => o !== l && Math.min(Math.abs(o.box.top - l.box.top), Math.abs(o.box.bottom - l.box.bottom)) <= 0.6 * h,
    );
  const inColumn = (l: TextLine) =>
    turned.filter((o) => o !== l && Math.abs(centerX(o.box) - centerX(l.box)) <= 0.3 * h);
  return turned
    .filter((l) => l.text.length >= 3 && !/^[-\d.,\s%e+]+$/i.test(l.text) && boxHeight(l.box) > 1.6 * boxWidth(l.box))
    .filter((l) => level(l).length < 2 && inColumn(l).length < 2)
    .map((l) => l.box)
    .filter((box) => !lines.some((l) => l.rotation === 0 && /\d/.test(l.text) && crosses(l.box, box)));
}

/** Whether level text runs through half the width of a turned one: the title is printed over labels, and hides none. */
const crosses = (level: PixelBox, turned: PixelBox): boolean =>
  Math.min(level.right, turned.right) - Math.max(level.left, turned.left) > 0.5 * boxWidth(turned) &&
  boxWidth(level) > 1.5 * boxWidth(turned) &&
  level.top < turned.bottom &&
  level.bottom > turned.top;

/** Lines of at least eight characters, most of them letters. */
const wideLines = (lines: readonly TextLine[]): PixelBox[] =>
  lines
    .filter(
      (l) => l.rotation === 0 && l.text.length >= 8 && l.text.replace(/\P{L}/gu, '').length >= 0.6 * l.text.length,
    )
    .map((l) => l.box);

/** Numbers all over the inside of an area that only its texts showed: a table. */
function isTable({ candidate: { by, area } }: FoundPanel, lines: readonly TextLine[]): boolean {
  const inside = lines.filter((l) => holdsCenter(area, l.box) && /^[\d.,$%-]+$/.test(l.text));
  return by === 'text' && inside.length >= 8;
}

/** A scale on one axis, or names on both as in a heat map. */
const hasScale = ({ x, y }: PanelLayout): boolean =>
  x.slope !== undefined ||
  y.slope !== undefined ||
  ((x.categories?.length ?? 0) >= 2 && (y.categories?.length ?? 0) >= 2);

function piePanel(image: FlatImage, area: PixelBox, background: Rgb): ReadPanel {
  const layout: PanelLayout = {
    area,
    background,
    grid: { x: [], y: [], color: null },
    x: emptyAxis(),
    y: emptyAxis(),
    title: null,
    legend: [],
    annotations: [],
    warnings: [],
  };
  return {
    layout: { ...layout, background: panelBackground(image, area) && background },
    frame: frameOf(area, []),
    labelBoxes: [],
  };
}

/** Lines that may be legend entries: tick labels are not. */
function legendLines(lines: readonly TextLine[], panels: ReadPanel[], taken: PixelBox[]): TextLine[] {
  const labels = [...taken, ...panels.flatMap((p) => p.labelBoxes)];
  const isValue = (text: string) => /^-?\d*[.,]\d+$|^-\d+$/.test(text);
  return lines
    .filter((l) => !isValue(l.text))
    .filter(
      (l) =>
        !labels.some(
          (b) =>
            Math.min(b.right, l.box.right) - Math.max(b.left, l.box.left) > 0.5 * boxWidth(b) &&
            Math.min(b.bottom, l.box.bottom) - Math.max(b.top, l.box.top) > 0.5 * boxHeight(b),
        ),
    );
}

/** Reads names again where the line that was read had the sample in it. */
async function trimmed(
  legends: FoundLegend[],
  { image, text, signal }: { image: ImageMedia; text: TextReader; signal?: Cancellation },
): Promise<FoundLegend[]> {
  const again = legends.flatMap((l) => l.entries).filter((e) => e.trimmed);
  if (again.length === 0) return legends;
  const read = await text.recognize(
    image,
    again.map((e) => ({ box: e.textBox })),
    signal,
  );
  again.forEach((e, i) => {
    if (read[i]!.text !== '') e.entry.name = read[i]!.text;
  });
  return legends;
}

/** A panel without labels of its own takes the axis of the panel in its column or row (shared axes). */
function shareAxes(panels: ReadPanel[]): void {
  for (const { layout } of panels) {
    const near = (a: number, b: number) => Math.abs(a - b) <= 3;
    if (layout.x.ticks.length === 0) {
      const other = panels.find(
        (p) =>
          p.layout.x.ticks.length > 0 &&
          near(p.layout.area.left, layout.area.left) &&
          near(p.layout.area.right, layout.area.right),
      );
      if (other) layout.x = { ...other.layout.x, label: layout.x.label };
    }
    if (layout.y.ticks.length === 0) {
      const other = panels.find(
        (p) =>
          p.layout.y.ticks.length > 0 &&
          near(p.layout.area.top, layout.area.top) &&
          near(p.layout.area.bottom, layout.area.bottom),
      );
      if (other) layout.y = { ...other.layout.y, label: layout.y.label };
    }
  }
}
