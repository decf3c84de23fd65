import type { ModelInput } from '../../daemon/protocol/messages';
import { t } from '../l10n';
import { secondsText } from '../previews/waveform';

type Of<K extends ModelInput['kind']> = Extract<ModelInput, { kind: K }>;
type Texts = { [K in ModelInput['kind']]: (input: Of<K>) => string };

const count = (n: number): string => n.toLocaleString('en');
const hertz = (value: number): string => (value >= 1000 ? `${value / 1000} kHz` : `${value} Hz`);

/** What of a picture the square shows. */
function fitText({ square, width, height, crop }: Of<'picture'> | Of<'pair'>): string {
  if (square.fit === 'stretch') return `the whole picture of ${width} × ${height}, stretched to it`;
  if (crop.width >= width && crop.height >= height) return `the whole picture of ${width} × ${height}, scaled to it`;
  return `the middle ${crop.width} × ${crop.height} of ${width} × ${height}, scaled to it; what lies outside was not seen`;
}

const side = (size: number): string => `${size} × ${size} pixels`;

const TEXTS: Texts = {
  picture: (input) => t('One square of {0}: {1}.', side(input.square.size), fitText(input)),
  pair: (input) =>
    input.alone
      ? t(
          'Two squares of {0}, both of the map, for it had no photograph: {1}.',
          side(input.square.size),
          fitText(input),
        )
      : t("Two squares of {0}, the photograph's and the map's: {1}.", side(input.square.size), fitText(input)),
  frames: ({ square, times, parts }) => {
    const crops =
      square.fit === 'crop' && square.crops > 1 ? `, ${square.crops} squares of each where it is oblong` : '';
    const fit = square.fit === 'stretch' ? 'stretched' : 'scaled and cropped';
    const moments = times.map((t) => `${Number(t.toFixed(2))} s`).join(', ');
    if (parts) {
      const sides = parts.map(({ width }) => width);
      const [least, most] = [Math.min(...sides), Math.max(...sides)];
      const part = least === most ? `${least}` : `${least} to ${most}`;
      return `${times.length} frames, of each the square about what moves (${part} pixels a side), scaled to ${side(square.size)}, at ${moments}; what lies outside was not seen.`;
    }
    return `${times.length} frames, each ${fit} to ${side(square.size)}${crops}, at ${moments}.`;
  },
  sound: ({ seconds, of, channels, sampleRate, mels, frames }) => {
    const part =
      seconds < of - 0.005
        ? t('The first {0} of {1}', secondsText(seconds), secondsText(of))
        : t('All {0}', secondsText(of));
    const first = channels > 1 ? `, the first of ${channels} channels` : '';
    return `${part}${first}, at ${hertz(sampleRate)}, as ${mels} bands of frequency × ${count(frames)} steps of time.`;
  },
  points: ({ points, of, colors }) => {
    const part =
      points < of
        ? `${count(points)} of ${count(of)} points, chosen at random`
        : points > of
          ? t('All {0} points, repeated to {1}', count(of), count(points))
          : t('All {0} points', count(of));
    return `${part}; moved to the middle, scaled to radius 1, ${colors ? 'with their colours' : 'without colours, for the file has none'}.`;
  },
  motion: ({ seconds, of, sampleRate }) => {
    const part =
      seconds < of - 0.005
        ? t('The first {0} of {1}', secondsText(seconds), secondsText(of))
        : t('All {0}', secondsText(of));
    return `${part}, resampled to ${hertz(sampleRate)}.`;
  },
  voxels: ({ voxels }) => t('All {0} values.', count(voxels)),
};

/** One sentence: what of a file reached the model. */
export function inputText(input: ModelInput): string {
  return (TEXTS[input.kind] as (input: ModelInput) => string)(input);
}
