import { expect, test } from 'vitest';
import type { Fact } from '../../../../daemon/protocol/facts';
import { measuredLines } from '../../../../extension/languageFeatures/measuredLines';

const facts = (values: Record<string, Fact['value']>): Fact[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, how: '' }));
const lines = (modality: string, values: Record<string, Fact['value']>) =>
  measuredLines({ modality, facts: facts(values) }).map(({ label, value }) => `${label}: ${value}`);

const PICTURE = { 'image.width': 640, 'image.height': 480, 'file.format': 'png', 'file.size': 41761 };

test('a photograph', () => {
  expect(
    lines('image', {
      ...PICTURE,
      'image.dominantColors': [
        ['#2b2213', 0.54],
        ['#cb8324', 0.132],
        ['#ebd44c', 0.129],
        ['#5c3303', 0.119],
      ],
      'image.brightness': 0.3391,
      'image.grayscale': false,
      'image.alpha': true,
      'image.text': ['STOP', 'here'],
    }),
  ).toEqual([
    'file: 640 × 480 px, PNG, 40.8 KiB',
    'text: “STOP · here”',
    'colors: #2b2213 54 %, #cb8324 13 %, #ebd44c 13 %',
    'light: brightness 34 %, with transparency',
  ]);
});

test('a plot is told by what is in it', () => {
  expect(
    lines('image', {
      ...PICTURE,
      'image.text': ['Title', '1', '2'],
      'plot.kind': 'line',
      'plot.title': 'Air temperature',
      'plot.xLabel': 'Hour',
      'plot.xRange': [0.074, 23.932],
      'plot.yScale': 'log',
      'plot.yRange': [1, 1000],
      'plot.series': ['City', 'Forest'],
    }),
  ).toEqual([
    'file: 640 × 480 px, PNG, 40.8 KiB',
    'plot: line, “Air temperature”',
    'xAxis: Hour, 0.074 to 23.93',
    'yAxis: 1 to 1000, logarithmic',
    'series: City, Forest',
  ]);
  expect(lines('image', { ...PICTURE, 'plot.kind': 'none', 'image.brightness': 1 })).toEqual([
    'file: 640 × 480 px, PNG, 40.8 KiB',
    'light: brightness 100 %',
  ]);
});

test('sound, video, cloud, depth, motion and scan', () => {
  expect(
    lines('audio', {
      'audio.duration': 2.408,
      'file.format': 'wav',
      'file.size': 77100,
      'audio.loudness': -13.65,
      'audio.truePeak': -1.11,
      'audio.clipped': 0,
      'audio.silence': 0.25,
      'audio.speechShare': 0,
      'audio.sampleRate': 16000,
      'audio.channels': 1,
    }),
  ).toEqual([
    'file: 2.41 s, WAV, 75.3 KiB',
    'level: -13.65 LUFS, true peak -1.11 dBTP',
    'silence: 25 %',
    'sound: 16,000 Hz, 1 channel',
  ]);
  expect(
    lines('video', {
      'video.width': 96,
      'video.height': 82,
      'video.duration': 83.2,
      'video.frameRate': 10,
      'video.codec': 'vp9',
      'video.scenes': 1,
      'video.motionLevel': 'fast',
      'video.motionDirection': 'left',
    }),
  ).toEqual(['file: 96 × 82 px, 1:23', 'picture: 10 frames a second, vp9, 1 scene', 'motion: fast, left']);
  expect(
    lines('point', {
      'points.count': 4096,
      'points.extent': [0.427441, 0.926142, 0.426413],
      'points.clusters': 1,
      'points.planes': [[[0, 1, 0], 0.455, 0.212, 'wall']],
      'points.colorStats': [['#89592f', 0.325]],
    }),
  ).toEqual([
    'file: 4096 points',
    'extent: 0.427 × 0.926 × 0.426',
    'shape: 1 separate group',
    'surfaces: wall 21 %',
    'colors: #89592f 33 %',
  ]);
  expect(
    lines('rgbd', { 'map.range': [1492, 3200], 'map.median': 2246, 'map.invalidShare': 0.216, 'map.photo': 'a.png' }),
  ).toEqual(['range: 1492 to 3200, median 2246', 'missing: 22 %', 'photo: a.png']);
  expect(lines('imu', { 'imu.sensors': ['accelerometer'], 'imu.sampleRate': 100, 'imu.stepsPerMinute': 108 })).toEqual([
    'sensors: accelerometer, 100 Hz',
    'rhythm: as steps 108 a minute',
  ]);
  expect(lines('fmri', { 'fmri.dimensions': [64, 64, 30], 'fmri.frames': 2 })).toEqual([
    'volume: 64 × 64 × 30, 2 frames',
  ]);
});

test('at most six lines of at most 110 characters, on one line each', () => {
  const many = lines('image', {
    ...PICTURE,
    'plot.kind': 'pie',
    'plot.title': `one\ntwo ${'x'.repeat(200)}`,
    'plot.xLabel': 'a',
    'plot.yLabel': 'b',
    'plot.series': Array.from({ length: 9 }, (_, i) => `s${i}`),
    'plot.slices': [['A', 40]],
  });
  expect(many).toHaveLength(6);
  expect(many[1]).toMatch(/^plot: pie, “one two x+…$/);
  expect(many[1]!.length).toBe('plot: '.length + 110);
  expect(many[4]).toBe('series: s0, s1, s2, s3, s4, s5 and 3 more');
});

test('a kind that is not known has the file’s line', () => {
  expect(lines('smell', { 'file.size': 3 })).toEqual(['file: 3 B']);
});
