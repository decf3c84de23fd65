import type { Format } from '../format';
import { flac } from './flac';
import { mp3 } from './mp3';
import { opus } from './opus';
import { vorbis } from './vorbis';
import { wav } from './wav';

/** The sound formats that can be read. */
export const formats: readonly Format[] = [wav, mp3, flac, vorbis, opus];
