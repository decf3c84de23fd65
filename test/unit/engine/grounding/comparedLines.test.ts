import { describe, expect, it } from 'vitest';
import { comparedLines } from '../../../../daemon/engine/grounding/comparedLines';
import type { FactValue } from '../../../../daemon/media/fact';

const media = (modality: string, ...files: Array<Record<string, FactValue>>) =>
  files.map((values) => ({
    modality,
    facts: Object.entries(values).map(([name, value]) => ({ name, value, how: '' })),
  }));

describe('comparedLines', () => {
  it('says which sound is louder and longer', () => {
    const [quiet, loud] = [
      { 'audio.loudness': -30.04, 'audio.duration': 2.5 },
      { 'audio.loudness': -21.26, 'audio.duration': 1 },
    ];
    expect(comparedLines(media('audio', quiet, loud))).toEqual([
      ['louder', 'the second, -21.3 LUFS'],
      ['longer', 'the first, 2.5 s'],
    ]);
  });

  it('takes silence for quieter than every sound', () => {
    const [silent, quiet] = [{ 'audio.silence': 1 }, { 'audio.loudness': -69 }];
    expect(comparedLines(media('audio', silent, quiet))).toEqual([['louder', 'the second, -69 LUFS']]);
    expect(comparedLines(media('audio', silent, silent))).toEqual([['louder', 'none']]);
  });

  it('calls values alike that are told alike', () => {
    expect(comparedLines(media('audio', { 'audio.duration': 1.00001 }, { 'audio.duration': 1.00002 }))).toEqual([
      ['longer', 'none'],
    ]);
  });

  it('compares nothing that one of the files has not', () => {
    expect(comparedLines(media('audio', { 'audio.duration': 1 }, {}))).toEqual([]);
    expect(comparedLines(media('audio', { 'audio.duration': 1 }))).toEqual([]);
    expect(
      comparedLines([...media('audio', { 'audio.duration': 1 }), ...media('video', { 'video.duration': 2 })]),
    ).toEqual([]);
    expect(comparedLines(media('fmri', {}, {}))).toEqual([]);
  });

  it('compares the pixels of pictures, and plots by kind and trend', () => {
    const picture = (width: number) => ({ 'image.width': width, 'image.height': 20 });
    expect(comparedLines(media('image', picture(10), picture(30), picture(20)))).toEqual([
      ['larger', 'the second, 30 x 20 pixels'],
    ]);
    const line = (trend: string, ...more: FactValue[]) => ({
      ...picture(10),
      'plot.kind': 'line',
      'plot.seriesFacts': [['#1f77b4', trend], ...more] as FactValue,
    });
    const rising = (...trends: string[]) => comparedLines(media('image', ...trends.map((t) => line(t))))[1]![1];
    expect(comparedLines(media('image', line('rising'), line('flat')))).toEqual([
      ['kinds', 'the same'],
      ['rising', 'the first'],
    ]);
    expect(rising('rising', 'rising')).toBe('all');
    expect(rising('flat', 'falling')).toBe('none');
    expect(rising('rising', 'flat', 'rising')).toBe('the first, the third');
    const pie = { 'plot.kind': 'pie' };
    expect(comparedLines(media('image', line('rising'), pie))).toEqual([['kinds', 'different']]);
    expect(comparedLines(media('image', line('rising', ['b', 'flat']), line('flat')))).toEqual([['kinds', 'the same']]);
    expect(comparedLines(media('image', pie, picture(10)))).toEqual([]);
  });

  it('compares clouds by points, and by size where the unit is the same', () => {
    const cloud = (count: number, side: number, unit: string) => ({
      'points.count': count,
      'points.extent': [1, side, 2],
      'points.unitsGuess': unit,
    });
    expect(comparedLines(media('point', cloud(50, 3.25, 'm'), cloud(60, 1, 'm')))).toEqual([
      ['more points', 'the second, 60'],
      ['larger', 'the first, 3.25 m'],
    ]);
    expect(comparedLines(media('point', cloud(50, 3.25, 'mm'), cloud(60, 1, 'm')))).toEqual([
      ['more points', 'the second, 60'],
    ]);
  });

  it('compares videos, maps and motions', () => {
    const video = (seconds: number) => ({ 'video.duration': seconds, 'video.width': 4, 'video.height': 3 });
    expect(comparedLines(media('video', video(2), video(3)))).toEqual([
      ['longer', 'the second, 3 s'],
      ['larger', 'none'],
    ]);
    const map = (width: number) => ({ 'map.width': width, 'map.height': 3 });
    expect(comparedLines(media('rgbd', map(2), map(1)))).toEqual([['larger', 'the first, 2 x 3 pixels']]);
    expect(comparedLines(media('rgbn', map(2), map(1)))).toEqual([['larger', 'the first, 2 x 3 pixels']]);
    const motion = (energy: number) => ({ 'imu.activityEnergy': energy, 'imu.duration': 2 });
    expect(comparedLines(media('imu', motion(1.23456), motion(0.5)))).toEqual([
      ['more movement', 'the first, 1.235 m/s2'],
      ['longer', 'none'],
    ]);
  });

  it('has no line for more files than it has words', () => {
    const one = { 'audio.duration': 1 };
    expect(comparedLines(media('audio', ...new Array(9).fill(one)))).toEqual([]);
  });
});
