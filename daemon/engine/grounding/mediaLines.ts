import { noteName } from '../../facts/audio/notes';
import type { FactArray } from '../../media/fact';
import { colorName } from './colorName';
import { type FactReader, type Line, line, map } from './factReader';
import { numberText } from './numberText';
import { plotLines } from './plotLines';

const MOST_TEXT_LINES = 6;
const LEAST_COLOR_SHARE = 0.1;

const pixels = (facts: FactReader, width: string, height: string) =>
  map(facts.number(width), (w) => `${w} x ${facts.number(height)} pixels`);
const percent = (share: number | undefined) => map(share, (s) => `${Math.round(100 * s)} %`);
const yesNo = (flag: boolean | undefined) => map(flag, (f) => (f ? 'yes' : 'no'));
const withUnit = (unit: string) => (value: number) => `${numberText(value)} ${unit}`;

/** A picture: what was read of a plot, else its size, main colours and text. */
export function pictureLines(facts: FactReader): Line[] {
  const plot = plotLines(facts);
  if (plot.length > 0) return plot;
  const text = facts.list('image.text')?.slice(0, MOST_TEXT_LINES);
  return [
    ...line('picture', pixels(facts, 'image.width', 'image.height')),
    ...line('colours', colors(facts.list('image.dominantColors') ?? [])),
    ...line(
      'text',
      map(text?.length ? text : undefined, (t) => t.join(' | ')),
    ),
  ];
}

function colors(list: FactArray): string {
  const names = list
    .filter(Array.isArray)
    .filter(([, share], i) => i === 0 || Number(share) >= LEAST_COLOR_SHARE)
    .map(([hex]) => colorName(String(hex)))
    .filter((name) => name !== undefined);
  return [...new Set(names)].slice(0, 3).join(', ');
}

export function soundLines(facts: FactReader): Line[] {
  const silent = isSilent(facts);
  const unless = <T>(value: T | undefined) => (silent ? undefined : value);
  const pitch = facts.number('audio.pitch');
  return [
    ...line('sound', map(facts.number('audio.duration'), withUnit('s'))),
    ...line('channels', map(facts.number('audio.channels'), String)),
    ...line(
      'sample rate',
      map(facts.number('audio.sampleRate'), (rate) => `${Math.round(rate)} Hz`),
    ),
    ...line('loudness', unless(map(facts.number('audio.loudness'), (v) => `${numberText(tenths(v))} LUFS`))),
    ...line('peak', unless(map(facts.number('audio.peak'), (v) => `${numberText(tenths(v))} dB`))),
    ...line('silence', percent(facts.number('audio.silence'))),
    ...line('clipped', yesNo(map(facts.number('audio.clipped'), (n) => n > 0))),
    ...line('speech', unless(percent(facts.number('audio.speechShare')))),
    ...line('music', unless(percent(facts.number('audio.musicShare')))),
    ...line('pitch', unless(map(pitch, (hz) => `${numberText(hz)} Hz, ${noteOf(hz)}`))),
    ...line('tempo', unless(map(facts.number('audio.tempo'), (bpm) => `${Math.round(bpm)} a minute`))),
  ];
}

/** Whether there is nothing to hear, so that loudness and pitch mean nothing. */
export const isSilent = (facts: FactReader): boolean => (facts.number('audio.silence') ?? 0) >= 0.995;

export const tenths = (value: number) => Math.round(10 * value) / 10;

/** "A sharp 3": the measured note's name in letters that the small vocabulary has. */
export const noteOf = (hz: number): string =>
  noteName(hz)
    .replace('#', ' sharp')
    .replace(/(?=-?\d+$)/, ' ');

/** "m", "mm" or, where the unit was not guessed, "units". */
export const cloudUnit = (facts: FactReader): string =>
  /\b(mm|m)\b/.exec(facts.text('points.unitsGuess') ?? '')?.[1] ?? 'units';

export function cloudLines(facts: FactReader): Line[] {
  const extent = facts.list('points.extent')?.map((side) => numberText(Number(side)));
  const unit = cloudUnit(facts);
  return [
    ...line('points', map(facts.number('points.count'), String)),
    ...line(
      'size',
      map(extent, (sides) => `${sides.join(' x ')} ${unit}`),
    ),
    ...line('groups', map(facts.number('points.clusters'), String)),
    ...line('coloured', yesNo(facts.flag('points.hasColors'))),
    ...line(
      'planes',
      map(facts.list('points.planes'), (planes) => String(planes.length)),
    ),
    ...line('faces', map(facts.number('points.faces'), String)),
    ...line('watertight', yesNo(facts.flag('points.watertight'))),
  ];
}

export function videoLines(facts: FactReader): Line[] {
  const level = facts.text('video.motionLevel');
  const way = facts.text('video.motionDirection');
  const towards =
    way === 'left' || way === 'right' ? `, to the ${way}` : way === 'up' || way === 'down' ? `, ${way}` : '';
  return [
    ...line('video', map(facts.number('video.duration'), withUnit('s'))),
    ...line('picture', pixels(facts, 'video.width', 'video.height')),
    ...line('frames', map(facts.number('video.frames'), String)),
    ...line('frame rate', map(facts.number('video.frameRate'), withUnit('a second'))),
    ...line(
      'cuts',
      map(facts.list('video.sceneCuts'), (cuts) => String(cuts.length)),
    ),
    ...line(
      'movement',
      map(level, (l) => (l === 'still' ? l : l + towards)),
    ),
    ...line('sound track', yesNo(facts.flag('video.sound'))),
  ];
}

export function depthLines(facts: FactReader): Line[] {
  const kind = facts.text('map.kind') === 'normal' ? 'normal map' : 'depth map';
  const range = facts.list('map.range')?.map((end) => numberText(Number(end)));
  const unit = facts.unit('map.range') ?? 'units';
  return [
    ...line(kind, pixels(facts, 'map.width', 'map.height')),
    ...line(
      'depth',
      map(kind === 'depth map' ? range : undefined, (r) => `${r.join(' to ')} ${unit}`),
    ),
    ...line('invalid', percent(facts.number('map.invalidShare'))),
    ...line(
      'planes',
      map(facts.list('map.planes'), (planes) => String(planes.length)),
    ),
  ];
}

export function motionLines(facts: FactReader): Line[] {
  const turned = facts.list('imu.rotation')?.map((angle) => Math.abs(Number(angle)));
  return [
    ...line('motion', map(facts.number('imu.duration'), withUnit('s'))),
    ...line(
      'sample rate',
      map(facts.number('imu.sampleRate'), (rate) => `${Math.round(rate)} Hz`),
    ),
    ...line('at rest', percent(facts.number('imu.stillShare'))),
    ...line('movement', map(facts.number('imu.activityEnergy'), withUnit('m/s2'))),
    ...line('rhythm', map(facts.number('imu.dominantFrequency'), withUnit('Hz'))),
    ...line(
      'steps',
      map(facts.number('imu.stepsPerMinute'), (steps) => `${Math.round(steps)} a minute`),
    ),
    ...line(
      'turned',
      map(turned, (angles) => `${Math.round(Math.max(...angles))} degrees`),
    ),
    ...line('gaps', map(facts.number('imu.gaps'), String)),
  ];
}
