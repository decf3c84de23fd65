import { errors, type OneLensError, toOneLensError } from '../../common/errors';

/** What libvips and the libraries under it say -> what that means for the file. The first match counts. */
const MEANINGS: ReadonlyArray<[RegExp, (format: string, text: string) => OneLensError]> = [
  [/exceeds pixel limit|too large|dimensions? (?:exceed|out of)/i, (f) => tooLarge(f)],
  [
    /timeout|killed for image|exceeded more than/i,
    (f) => errors.unsupported(f, 'more drawing than fits the time limit'),
  ],
  [
    /premature end|unexpected end|end of file|truncat|got \d+ bytes|not enough data/i,
    (f) => errors.truncated(f, 'its picture data end too early'),
  ],
  [/bad dimensions/i, (f) => (f === 'SVG' ? errors.noContent(f, 'shapes') : errors.damaged(f, 'it has no size'))],
  [/unsupported|not supported|no support|unimplemented/i, (f, text) => errors.unsupported(f, `a feature (${text})`)],
  [/xml parse error/i, (f, text) => errors.damaged(f, `its XML is not well formed${xmlPlace(text)}`)],
];

const tooLarge = (format: string) =>
  errors.tooLarge(`${format} picture`, 'larger than its header says', '100 megapixels');

/** Any error of the picture library as ours. Its text is one line, without names of functions. */
export function translateSharpError(error: unknown, format: string): OneLensError {
  if (!(error instanceof Error) || error.name === 'OneLensError') return toOneLensError(error);
  const text = tidy(error.message);
  const meaning = MEANINGS.find(([pattern]) => pattern.test(error.message));
  return meaning ? meaning[1](format, text) : errors.damaged(format, `its picture data cannot be decoded (${text})`);
}

/** The last telling line, without libvips' prefixes. */
function tidy(message: string): string {
  const lines = message
    .split('\n')
    .map((line) =>
      line
        .replace(/^Input buffer (has corrupt header: |contains )?/, '')
        .replace(/^[\w-]+: +/, '')
        .replace(/\s*\([\d.]+\)\s*$/, '')
        .trim(),
    )
    .filter((line) => line !== '');
  return (lines[lines.length - 1] ?? 'no reason given').slice(0, 120).replace(/[.\s]+$/, '');
}

function xmlPlace(text: string): string {
  const place = /line (\d+) column (\d+)/.exec(text);
  return place ? ` near line ${place[1]}, column ${place[2]}` : '';
}
