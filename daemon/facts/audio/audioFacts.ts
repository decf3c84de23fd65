import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import type { Cancellation } from '../../media/text';
import { bitDepthUsed } from './bitDepthUsed';
import { levelFacts } from './levelFacts';
import { loudnessFacts } from './loudnessFacts';
import { pitchFacts } from './pitchFacts';
import { rounded } from './rounded';
import { silenceFacts } from './silenceFacts';
import { spectralFacts } from './spectralFacts';
import { stereoFacts } from './stereoFacts';
import { WorkPacer } from './workPacer';

/**
 * What is measured about a recording; every value is finite, and what cannot be measured is left out. Levels, loudness,
 * silence, stereo and bit depth look at every sample; spectra and pitch of long recordings at windows, and then say so.
 * Throws CANCELLED.
 */
export async function audioFacts(media: AudioMedia, tools: { signal?: Cancellation } = {}): Promise<Fact[]> {
  const { channels, sampleRate } = media;
  const samples = channels[0]?.length ?? 0;
  const pacer = new WorkPacer(tools.signal);
  const bits = await bitDepthFacts(media, pacer);
  const facts: Fact[] = [
    { name: 'audio.duration', value: rounded(samples / sampleRate, 4), unit: 's', how: 'samples / sample rate' },
    { name: 'audio.sampleRate', value: sampleRate, unit: 'Hz', how: 'from the file (Opus always decodes at 48 kHz)' },
    { name: 'audio.channels', value: channels.length, how: 'from the file' },
    ...bits.facts,
    { name: 'audio.samples', value: samples, how: 'samples of one channel, counted after decoding' },
  ];
  if (samples === 0) return facts;
  facts.push(...(await loudnessFacts(media, pacer)));
  facts.push(...(await levelFacts(media, pacer)));
  facts.push(...(await silenceFacts(media, pacer)));
  facts.push(...(await stereoFacts(media, pacer)));
  const { facts: spectral, onsets } = await spectralFacts(media, bits.used, pacer);
  facts.push(...spectral, ...(await pitchFacts(media, onsets, pacer)));
  return facts;
}

async function bitDepthFacts(
  { channels, bitDepth }: AudioMedia,
  pacer: WorkPacer,
): Promise<{ facts: Fact[]; used?: number }> {
  if (bitDepth === undefined) return { facts: [] };
  const declared: Fact = { name: 'audio.bitDepth', value: bitDepth, unit: 'bit', how: 'bits a sample, from the file' };
  const used = await bitDepthUsed(channels, bitDepth, pacer);
  if (used === undefined) return { facts: [declared] };
  const how = 'bits a sample without the zero bits at the end that all samples share';
  return { facts: [declared, { name: 'audio.bitDepthUsed', value: used, unit: 'bit', how }], used };
}
