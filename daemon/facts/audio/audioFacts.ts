import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { CLIPPED_RUN, FLOOR_DBFS, measureLevels } from './levels';
import { integratedLoudness, SILENCE_LUFS } from './loudness';
import { FRAME_SECONDS, findSilence, MAX_SPANS, SHORTEST_SPAN, SILENCE_DBFS } from './silence';

/** What is measured about a recording; every value is finite. */
export function audioFacts(media: AudioMedia): Fact[] {
  const { channels, sampleRate, bitDepth } = media;
  const samples = channels[0]?.length ?? 0;
  return [
    { name: 'audio.duration', value: round(samples / sampleRate, 4), unit: 's', how: 'samples / sample rate' },
    { name: 'audio.sampleRate', value: sampleRate, unit: 'Hz', how: 'from the file (Opus always decodes at 48 kHz)' },
    { name: 'audio.channels', value: channels.length, how: 'from the file' },
    ...(bitDepth === undefined
      ? []
      : [{ name: 'audio.bitDepth', value: bitDepth, unit: 'bit', how: 'bits a sample, from the file' }]),
    { name: 'audio.samples', value: samples, how: 'samples of one channel, counted after decoding' },
    ...loudnessFacts(media),
    ...levelFacts(media),
    ...silenceFacts(media),
  ];
}

const round = (value: number, digits: number): number => {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0; // no negative zero
};

function loudnessFacts({ channels, sampleRate }: AudioMedia): Fact[] {
  const loudness = integratedLoudness(channels, sampleRate);
  if (loudness === undefined) return [];
  const how =
    'integrated, ITU-R BS.1770-4 with K-weighting at this sample rate and both gates; ' +
    `below 0.4 s without gates; silence is ${SILENCE_LUFS}`;
  return [{ name: 'audio.loudness', value: round(loudness, 2), unit: 'LUFS', how }];
}

function levelFacts({ channels, bitDepth }: AudioMedia): Fact[] {
  const { peak, rms, clipped, dcOffset } = measureLevels(channels, bitDepth);
  const floor = `digital silence is ${FLOOR_DBFS}`;
  return [
    { name: 'audio.peak', value: round(peak, 2), unit: 'dBFS', how: `largest sample of any channel; ${floor}` },
    { name: 'audio.rms', value: round(rms, 2), unit: 'dBFS', how: `root mean square of all channels; ${floor}` },
    {
      name: 'audio.clipped',
      value: clipped,
      unit: 'samples',
      how: `samples in runs of at least ${CLIPPED_RUN} at full scale`,
    },
    {
      name: 'audio.dcOffset',
      value: round(dcOffset, 6),
      how: 'mean sample (full scale 1) of the channel farthest off 0',
    },
  ];
}

function silenceFacts({ channels, sampleRate }: AudioMedia): Fact[] {
  const { share, spans } = findSilence(channels, sampleRate);
  const frames = `frames of ${FRAME_SECONDS * 1000} ms with a root mean square below ${SILENCE_DBFS} dBFS`;
  return [
    { name: 'audio.silence', value: round(share, 4), how: `share of ${frames}` },
    {
      name: 'audio.silenceSpans',
      value: spans.map(([from, to]) => [round(from, 3), round(to, 3)]),
      unit: 's',
      how: `[start, end] of runs of ${frames}, at least ${SHORTEST_SPAN} s long, the ${MAX_SPANS} longest`,
    },
  ];
}
