import type { ImageMedia } from '../../media/media';
import type { PanelLayout, PlotAxis, PlotReading } from '../../media/plot';
import type { PixelBox, Point2, TextLine, TextReader } from '../../media/text';
import type { Steps } from './steps';

/** The picture made smaller: each pixel is the mean of `factor` x `factor` ones, so that what a pixel covers is kept. */
export function* reduced(image: ImageMedia, factor: number): Steps<ImageMedia> {
  const [width, height] = [Math.floor(image.width / factor), Math.floor(image.height / factor)];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    yield;
    for (let x = 0; x < width; x++) {
      let [r, g, b, alpha] = [0, 0, 0, 0];
      for (let v = y * factor; v < (y + 1) * factor; v++) {
        for (let at = 4 * (v * image.width + x * factor), k = 0; k < factor; k++, at += 4) {
          const a = image.data[at + 3]!;
          alpha += a;
          r += a * image.data[at]!;
          g += a * image.data[at + 1]!;
          b += a * image.data[at + 2]!;
        }
      }
      const to = 4 * (y * width + x);
      const most = Math.max(1, alpha);
      data[to] = Math.round(r / most);
      data[to + 1] = Math.round(g / most);
      data[to + 2] = Math.round(b / most);
      data[to + 3] = Math.round(alpha / (factor * factor));
    }
  }
  return { ...image, width, height, data };
}

/** Reads the text of the whole picture `full` for one who sees it `factor` times smaller. */
export function reducedReader(text: TextReader, full: ImageMedia, factor: number): TextReader {
  return {
    read: async (_, signal) => (await text.read(full, signal)).map((line) => smallerLine(line, factor)),
    recognize: (_, regions, signal, options) =>
      text.recognize(
        full,
        regions.map((region) => ({ ...region, box: scaledBox(region.box, factor) })),
        signal,
        options,
      ),
  };
}

/** What was read in a picture made smaller, in pixels of the whole one. */
export function enlarged(reading: PlotReading, factor: number): PlotReading {
  return {
    ...reading,
    panels: reading.panels.map((panel) => ({
      ...panel,
      layout: enlargedLayout(panel.layout, factor),
      series: panel.series.map((one) => ({ ...one, pixels: one.pixels.map((pixel) => scaledPoint(pixel, factor)) })),
    })),
  };
}

function enlargedLayout(layout: PanelLayout, factor: number): PanelLayout {
  const { grid, legendBox, colorbar, y2 } = layout;
  return {
    ...layout,
    area: scaledBox(layout.area, factor),
    grid: { ...grid, x: grid.x.map((at) => at * factor), y: grid.y.map((at) => at * factor) },
    x: enlargedAxis(layout.x, factor),
    y: enlargedAxis(layout.y, factor),
    ...(y2 ? { y2: enlargedAxis(y2, factor) } : {}),
    legend: layout.legend.map((entry) => ({
      ...entry,
      sample: scaledBox(entry.sample, factor),
      ...(entry.dash ? { dash: { ...entry.dash, period: entry.dash.period * factor } } : {}),
    })),
    ...(legendBox ? { legendBox: scaledBox(legendBox, factor) } : {}),
    ...(colorbar
      ? { colorbar: { ...colorbar, box: scaledBox(colorbar.box, factor), axis: enlargedAxis(colorbar.axis, factor) } }
      : {}),
    annotations: layout.annotations.map((line) => ({
      ...line,
      corners: line.corners.map((corner) => scaledPoint(corner, factor)) as TextLine['corners'],
      box: scaledBox(line.box, factor),
    })),
  };
}

function enlargedAxis(axis: PlotAxis, factor: number): PlotAxis {
  return {
    ...axis,
    ticks: axis.ticks.map((tick) => ({ ...tick, pixel: tick.pixel * factor })),
    ...(axis.slope === undefined ? {} : { slope: axis.slope / factor }),
    ...(axis.categories ? { categories: axis.categories.map((one) => ({ ...one, pixel: one.pixel * factor })) } : {}),
  };
}

/** Its box on whole pixels, as large as the text or larger. */
function smallerLine(line: TextLine, factor: number): TextLine {
  const { left, top, right, bottom } = scaledBox(line.box, 1 / factor);
  return {
    ...line,
    corners: line.corners.map((corner) => scaledPoint(corner, 1 / factor)) as TextLine['corners'],
    box: { left: Math.floor(left), top: Math.floor(top), right: Math.ceil(right), bottom: Math.ceil(bottom) },
  };
}

function scaledPoint([x, y]: Point2, by: number): Point2 {
  return [x * by, y * by];
}

function scaledBox({ left, top, right, bottom }: PixelBox, by: number): PixelBox {
  return { left: left * by, top: top * by, right: right * by, bottom: bottom * by };
}
