import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';

/** What is measured about a recording. */
export function audioFacts(media: AudioMedia): Fact[] {
  const samples = media.channels[0]?.length ?? 0;
  return [
    {
      name: 'audio.duration',
      value: samples / media.sampleRate,
      unit: 's',
      how: 'Samples divided by the sample rate.',
    },
    { name: 'audio.sampleRate', value: media.sampleRate, unit: 'Hz', how: 'Read from the header.' },
    { name: 'audio.channels', value: media.channels.length, how: 'Read from the header.' },
  ];
}
