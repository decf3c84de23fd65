import type { Fact } from '../../media/fact';
import type { ImageMedia } from '../../media/media';
import type { TextReader } from '../../media/text';
import type { FactTools } from '../factTools';
import { textFacts } from '../ocr';
import { plotFacts, readPlot } from '../plot';
import { colorCount, GREY_SPREAD, isGrey } from './colorCount';
import { dominantColors } from './dominantColors';
import { flatten } from './flatten';
import { laplacianVariance } from './laplacianVariance';
import { lumaOf, meanAndDeviation } from './luma';

/**
 * What is measured about a picture: first what its header says, then what its pixels say, then, where there is a
 * reader of text, what is written in it and, of a plot, what it shows
 * (that takes a while, hence the promise). Throws CANCELLED.
 */
export function imageFacts(media: ImageMedia): Fact[];
export function imageFacts(media: ImageMedia, tools: FactTools): Fact[] | Promise<Fact[]>;
export function imageFacts(media: ImageMedia, { text, plots, signal }: FactTools = {}): Fact[] | Promise<Fact[]> {
  const measured = [...headerFacts(media), ...pixelFacts(media)];
  if (!text) return measured;
  return text
    .read(media, signal)
    .then(async (lines) => [
      ...measured,
      ...textFacts(lines),
      ...plotFacts(
        plots
          ? await plots.read(media, signal)
          : await readPlot(media, { ...reader(text), read: async () => lines }, signal),
      ),
    ]);
}

/** The reader without the lines, which are read once. */
const reader = (text: TextReader): Pick<TextReader, 'recognize'> => ({
  recognize: (...asked) => text.recognize(...asked),
});

function headerFacts(media: ImageMedia): Fact[] {
  const width = media.fullWidth ?? media.width;
  const height = media.fullHeight ?? media.height;
  const header = 'Read from the header.';
  return [
    { name: 'image.width', value: width, unit: 'px', how: 'Read from the header, turned upright.' },
    { name: 'image.height', value: height, unit: 'px', how: 'Read from the header, turned upright.' },
    { name: 'image.megapixels', value: rounded((width * height) / 1e6), unit: 'MP', how: 'Width times height.' },
    { name: 'image.aspect', value: rounded(width / height), how: 'Width divided by height.' },
    { name: 'image.channels', value: media.channels, how: header },
    { name: 'image.bitDepth', value: media.bitDepth, unit: 'bit', how: 'Bits a channel, read from the header.' },
    { name: 'image.alpha', value: media.hasAlpha, how: 'Whether the file has transparency, read from the header.' },
    { name: 'image.frames', value: media.frames, how: 'Frames or pages; the first is measured.' },
    ...(media.density === undefined
      ? []
      : [{ name: 'image.density', value: Math.round(media.density), unit: 'dpi', how: header }]),
  ];
}

function pixelFacts(media: ImageMedia): Fact[] {
  const flat = flatten(media);
  const luma = lumaOf(flat);
  const { mean, deviation } = meanAndDeviation(luma);
  const over = pixelsMeasured(media);
  return [
    { name: 'image.colors', value: colorCount(flat), how: `Distinct RGB values, counted over ${over}.` },
    {
      name: 'image.dominantColors',
      value: dominantColors(flat),
      how: `Colour and share of the pixels, by k-means in CIE L*a*b* over ${over}.`,
    },
    {
      name: 'image.brightness',
      value: rounded(mean / 255),
      how: `Mean luma (BT.601) over ${over}; 0 is black, 1 white.`,
    },
    {
      name: 'image.contrast',
      value: rounded(deviation / 255),
      how: `Standard deviation of luma over ${over}, 0 to 0.5.`,
    },
    {
      name: 'image.grayscale',
      value: isGrey(flat),
      how: `Whether red, green and blue differ by at most ${GREY_SPREAD} of 255 in every pixel.`,
    },
    {
      name: 'image.sharpness',
      value: rounded(laplacianVariance(luma, flat.width, flat.height)),
      how: `Variance of the Laplacian of luma (0 to 255) over ${over}.`,
    },
  ];
}

function pixelsMeasured({ width, height, fullWidth, hasAlpha }: ImageMedia): string {
  const which = fullWidth === undefined ? 'all' : 'the';
  const shrunk = fullWidth === undefined ? '' : ' of the picture as shrunk for decoding';
  return `${which} ${width} × ${height} pixels${shrunk}${hasAlpha ? ', laid over white' : ''}`;
}

/** Four digits after the point. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
