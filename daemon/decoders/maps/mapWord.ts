/** What a file's name says about the map in it. */
export interface MapWord {
  kind: 'depth' | 'normal';
  /** Nearness instead of distance. */
  disparity: boolean;
  /** Where the word stands in the stem, with the separator before it. */
  before: string;
  separator: string;
  after: string;
  /** Whether the word ends the name or begins it, with nothing but numbers, sides and tags beside it: no mere topic of a plot. */
  labels: boolean;
}

/** NYU, ScanNet and TUM keep "depth" in the name, renderers append "_depth" or "_normal" to the picture's own name. */
const WORD = /(^|[-_. ])(depth|depths|disparity|disp|normal|normals|norm|nrm|depthmap|normalmap|range)(?=$|[-_. \d])/i;
/** What may follow the word in a name that labels a map. */
const TAGS = /^(?:[-_. ]*(?:\d+|map|left|right|gt|raw|pred|mm|m|16|16bit|f\d|u\d))*$/i;

export const baseName = (path: string): string => path.split(/[\\/]/).pop() ?? path;

/** The map that a name speaks of; undefined where it speaks of none. */
export function mapWord(name: string): MapWord | undefined {
  const base = baseName(name);
  const dot = base.lastIndexOf('.');
  const stem = dot > 0 ? base.slice(0, dot) : base;
  const match = WORD.exec(stem);
  if (!match) return undefined;
  const [whole, separator = '', word = ''] = match;
  const after = stem.slice(match.index + whole.length);
  return {
    kind: /^n/i.test(word) ? 'normal' : 'depth',
    disparity: /^disp/i.test(word),
    before: stem.slice(0, match.index),
    separator,
    after,
    labels: TAGS.test(after) && !/^range$/i.test(word),
  };
}
