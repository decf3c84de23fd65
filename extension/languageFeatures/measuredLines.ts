import type { MediaReport } from '../../daemon/protocol/messages';
import { FactReader } from './factReader';
import { bytesText, durationText, numberText, percentText } from './numberText';

/** One measured thing: a label of `MEASURED_LABELS` and what was found. */
export interface MeasuredLine {
  label: MeasuredLabel;
  value: string;
}

export const MEASURED_LABELS = [
  'file',
  'plot',
  'xAxis',
  'yAxis',
  'series',
  'slices',
  'text',
  'colors',
  'light',
  'level',
  'pitch',
  'silence',
  'content',
  'picture',
  'motion',
  'sound',
  'extent',
  'shape',
  'surfaces',
  'range',
  'missing',
  'photo',
  'rhythm',
  'turns',
  'still',
  'volume',
  'sensors',
] as const;
export type MeasuredLabel = (typeof MEASURED_LABELS)[number];

const MOST_LINES = 6;
const LONGEST = 110;
const MOST_NAMES = 6;

type Row = [MeasuredLabel, (facts: FactReader) => Array<string | undefined>];

/** The facts that matter most, the first about the file itself; 1 to 6 lines, each of at most 110 characters. */
export function measuredLines(report: Pick<MediaReport, 'modality' | 'facts'>): MeasuredLine[] {
  const facts = new FactReader(report.facts);
  const isPlot = facts.text('plot.kind') !== undefined && facts.text('plot.kind') !== 'none';
  const rows = isPlot ? PLOT_ROWS : (ROWS[report.modality] ?? []);
  return [FILE_ROW, ...rows]
    .map(([label, read]) => ({ label, value: shortened(joined(read(facts))) }))
    .filter(({ value }) => value !== '')
    .slice(0, MOST_LINES);
}

const FILE_ROW: Row = [
  'file',
  (f) => [
    sidesText(f, 'image') ?? sidesText(f, 'map') ?? sidesText(f, 'video'),
    when(f.number('audio.duration') ?? f.number('video.duration') ?? f.number('imu.duration'), durationText),
    when(f.number('points.count'), (n) => `${numberText(n)} points`),
    when(f.number('points.faces'), (n) => `${numberText(n)} triangles`),
    f.text('file.format')?.toUpperCase(),
    when(f.number('file.size'), bytesText),
  ],
];

const TEXT_ROW: Row = ['text', (f) => [when(f.texts('image.text').join(' · ') || undefined, quoted)]];
const COLOR_ROW: Row = ['colors', (f) => [colorsText(f, 'image.dominantColors')]];

const PLOT_ROWS: readonly Row[] = [
  ['plot', (f) => [f.text('plot.kind'), when(f.text('plot.title'), quoted)]],
  ['xAxis', (f) => [axisText(f, 'x')]],
  ['yAxis', (f) => [axisText(f, 'y')]],
  ['series', (f) => [namesText(f.texts('plot.series'))]],
  ['slices', (f) => [pairsText(f, 'plot.slices', ' %')]],
];

/** By the report's modality. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  image: [
    TEXT_ROW,
    COLOR_ROW,
    [
      'light',
      (f) => [
        when(f.number('image.brightness'), (n) => `brightness ${percentText(n)}`),
        f.flag('image.grayscale') ? 'grey throughout' : undefined,
        f.flag('image.alpha') ? 'with transparency' : undefined,
      ],
    ],
  ],
  audio: [
    [
      'level',
      (f) => [
        when(f.number('audio.loudness'), (n) => `${numberText(n)} LUFS`),
        when(f.number('audio.truePeak'), (n) => `true peak ${numberText(n)} dBTP`),
        when(f.number('audio.clipped') || undefined, (n) => `${numberText(n)} clipped samples`),
      ],
    ],
    [
      'pitch',
      (f) => [
        when(f.number('audio.pitch'), (n) => `${numberText(n)} Hz`),
        when(f.number('audio.tempo'), (n) => `${numberText(n)} BPM`),
      ],
    ],
    ['silence', (f) => [when(f.number('audio.silence'), percentText)]],
    [
      'content',
      (f) => [
        when(f.number('audio.speechShare') || undefined, (n) => `speech ${percentText(n)}`),
        when(f.number('audio.musicShare') || undefined, (n) => `music ${percentText(n)}`),
      ],
    ],
    ['sound', soundText('audio')],
  ],
  video: [
    [
      'picture',
      (f) => [
        when(f.number('video.frameRate'), (n) => `${numberText(n)} frames a second`),
        f.text('video.codec'),
        when(f.number('video.scenes'), (n) => `${numberText(n)} ${n === 1 ? 'scene' : 'scenes'}`),
      ],
    ],
    ['motion', (f) => [f.text('video.motionLevel'), f.text('video.motionDirection')]],
    ['sound', soundText('video.sound')],
    ['level', (f) => [when(f.number('audio.loudness'), (n) => `${numberText(n)} LUFS`)]],
  ],
  point: [
    ['extent', (f) => [extentText(f), f.text('points.unitsGuess')]],
    [
      'shape',
      (f) => [
        when(f.number('points.clusters'), (n) => `${numberText(n)} separate ${n === 1 ? 'group' : 'groups'}`),
        when(f.flag('points.watertight'), (closed) => (closed ? 'closed surface' : 'open surface')),
      ],
    ],
    ['surfaces', (f) => [planesText(f, 'points.planes', 3, 2)]],
    ['colors', (f) => [colorsText(f, 'points.colorStats')]],
  ],
  rgbd: [
    ['range', (f) => [rangeText(f, 'map.range'), when(f.number('map.median'), (n) => `median ${numberText(n)}`)]],
    ['surfaces', (f) => [planesText(f, 'map.planes', 0, 1)]],
    ['missing', (f) => [when(f.number('map.invalidShare'), percentText)]],
    ['photo', (f) => [f.text('map.photo')]],
  ],
  rgbn: [
    ['surfaces', (f) => [pairsText(f, 'map.directions', '')]],
    ['missing', (f) => [when(f.number('map.invalidShare'), percentText)]],
    ['photo', (f) => [f.text('map.photo')]],
  ],
  imu: [
    [
      'sensors',
      (f) => [namesText(f.texts('imu.sensors')), when(f.number('imu.sampleRate'), (n) => `${numberText(n)} Hz`)],
    ],
    [
      'rhythm',
      (f) => [
        when(f.number('imu.dominantFrequency'), (n) => `${numberText(n)} Hz`),
        when(f.number('imu.stepsPerMinute'), (n) => `as steps ${numberText(n)} a minute`),
      ],
    ],
    ['turns', (f) => [when(f.number('imu.largestRotationRate'), (n) => `up to ${numberText(n)} °/s`)]],
    ['still', (f) => [when(f.number('imu.stillShare'), percentText)]],
  ],
  fmri: [
    [
      'volume',
      (f) => [
        f.list('fmri.dimensions').join(' × ') || undefined,
        when(f.list('fmri.voxelSize').join(' × ') || undefined, (s) => `${s} mm`),
        when(f.number('fmri.frames'), (n) => `${numberText(n)} frames`),
        when(f.number('fmri.repetitionTime'), (n) => `every ${numberText(n)} s`),
      ],
    ],
    ['range', (f) => [rangeText(f, 'fmri.range')]],
  ],
};

function when<T>(value: T | undefined, text: (value: T) => string): string | undefined {
  return value === undefined ? undefined : text(value);
}

function joined(parts: ReadonlyArray<string | undefined>): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${[...line].slice(0, LONGEST - 1).join('')}…`;
}

const quoted = (text: string): string => `“${text}”`;

function sidesText(f: FactReader, of: string): string | undefined {
  const [width, height] = [f.number(`${of}.width`), f.number(`${of}.height`)];
  return width === undefined || height === undefined ? undefined : `${width} × ${height} px`;
}

function soundText(of: string): Row[1] {
  return (f) => [
    f.text(`${of}.codec`),
    when(f.number(`${of}.sampleRate`), (n) => `${numberText(n)} Hz`),
    when(f.number(`${of}.channels`), (n) => `${numberText(n)} ${n === 1 ? 'channel' : 'channels'}`),
  ];
}

/** "Hour of the day, 0.074 to 23.93"; nothing where neither was read. */
function axisText(f: FactReader, axis: 'x' | 'y'): string {
  const scale = f.text(`plot.${axis}Scale`);
  return joined([
    f.text(`plot.${axis}Label`),
    rangeText(f, `plot.${axis}Range`),
    scale === 'log' ? 'logarithmic' : undefined,
  ]);
}

function rangeText(f: FactReader, name: string): string | undefined {
  const [low, high] = f.list(name).map((v) => (typeof v === 'number' ? numberText(v) : String(v)));
  return low === undefined || high === undefined ? undefined : `${low} to ${high}`;
}

function namesText(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}

/** "Apples 40 %, Pears 60 %". */
function pairsText(f: FactReader, name: string, unit: string): string | undefined {
  return namesText(f.rows(name).map(([what, value]) => `${what} ${value}${unit}`));
}

/** "#2b2213 54 %, #cb8324 13 %, #ebd44c 13 %". */
function colorsText(f: FactReader, name: string): string | undefined {
  const rows = f.rows(name).slice(0, 3);
  return rows.map(([color, share]) => `${color} ${percentText(Number(share))}`).join(', ') || undefined;
}

/** "wall 21 %, floor 8 %", from rows with the kind at one place and the share at another. */
function planesText(f: FactReader, name: string, kind: number, share: number): string | undefined {
  return namesText(f.rows(name).map((row) => `${row[kind]} ${percentText(Number(row[share]))}`));
}

function extentText(f: FactReader): string | undefined {
  const sides = f.list('points.extent').filter((side) => typeof side === 'number');
  return sides.length === 3 ? sides.map((side) => numberText(Number(side.toPrecision(3)))).join(' × ') : undefined;
}
