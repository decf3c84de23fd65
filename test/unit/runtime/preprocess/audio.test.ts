import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { AudioMedia } from '../../../../daemon/media/media';
import { prepareAudio } from '../../../../daemon/runtime/preprocess/audio';
import { FBANK, fbank, fbankFrames } from '../../../../daemon/runtime/preprocess/fbank';
import { difference } from '../../../support/referenceTensors';

const config = parseModelConfig({ dim: 64, n_layers: 1, n_heads: 4 });
const sound = (sampleRate: number, ...channels: Float32Array[]): AudioMedia => ({
  kind: 'audio',
  sampleRate,
  channels,
  format: 'wav',
  warnings: [],
});
const tone = (hz: number, seconds: number, rate = 16_000, offset = 0) =>
  Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rate) + offset,
  );

/** The filling after the last frame, and the floor of silence, both normalised. */
const FILLING = 0.46703;
const SILENCE = -1.27759;
const at = (tensor: Float32Array, mel: number, frame: number) => tensor[mel * 1024 + frame]!;

describe('fbank', () => {
  it('counts whole windows only', () => {
    expect([0, 399, 400, 559, 560, 16_000].map(fbankFrames)).toEqual([0, 0, 1, 1, 2, 98]);
  });

  it('puts a 1 kHz tone into the filter whose middle it is', () => {
    const bank = fbank(tone(1000, 0.1), 128, 1024);
    const mel = (hz: number) => 1127 * Math.log(1 + hz / 700);
    const expected = Math.round(((mel(1000) - mel(20)) * 129) / (mel(8000) - mel(20))) - 1;
    const frame = [...bank.subarray(0, 128)];
    expect(frame.indexOf(Math.max(...frame))).toBe(expected);
  });

  it('silence is the floor, log(1.19e-7)', () => {
    expect(fbank(new Float32Array(FBANK.window), 40, 8)).toEqual(new Float32Array(40).fill(-15.942385));
  });

  it('stops at maxFrames', () => {
    expect(fbank(tone(300, 1), 8, 5)).toEqual(fbank(tone(300, 1), 8, 1024).slice(0, 40));
  });
});

describe('prepareAudio', () => {
  it('fills what is missing with zeros before normalising', () => {
    const { tensor, shape, warnings } = prepareAudio(sound(16_000, new Float32Array(16_000)), config);
    expect(shape).toEqual([1, 1, 128, 1024]);
    expect(at(tensor, 5, 97)).toBeCloseTo(SILENCE, 4);
    expect(at(tensor, 5, 98)).toBeCloseTo(FILLING, 4);
    expect(warnings).toEqual([]);
  });

  it('hears the first channel only, and no constant offset', () => {
    const one = prepareAudio(sound(16_000, tone(440, 0.5)), config).tensor;
    const two = prepareAudio(sound(16_000, tone(440, 0.5, 16_000, 0.2), tone(3000, 0.5)), config).tensor;
    expect(difference(one, two).max).toBeLessThan(1e-2);
  });

  it('a clip under 25 ms is filled with silence and said to be', () => {
    const { tensor, warnings } = prepareAudio(sound(8000, tone(500, 0.01, 8000)), config);
    expect(at(tensor, 30, 0)).not.toBeCloseTo(FILLING, 3);
    expect(at(tensor, 30, 1)).toBeCloseTo(FILLING, 4);
    expect(warnings).toEqual(['The sound is 10.0 ms long and was filled with silence to 25 ms.']);
    expect(prepareAudio(sound(44_100, Float32Array.of(0.5)), config).tensor.every(Number.isFinite)).toBe(true);
  });

  it('a long sound is cut, whatever its rate, and said to be', () => {
    for (const rate of [16_000, 44_100]) {
      const { tensor, warnings } = prepareAudio(sound(rate, tone(440, 12, rate)), config);
      expect(Math.abs(at(tensor, 60, 1023) - at(tensor, 60, 500))).toBeLessThan(0.2);
      expect(warnings).toEqual(["The model hears the first 10.3 s of the sound's 12.0 s."]);
    }
  });

  it('obeys mels and frames of the model', () => {
    const small = parseModelConfig({ dim: 64, n_layers: 1, n_heads: 4, audio: { mels: 64, frames: 512 } });
    expect(prepareAudio(sound(16_000, tone(440, 0.5)), small)).toMatchObject({ shape: [1, 1, 64, 512], frames: 1 });
  });

  it('samples that are no numbers are silenced and counted', () => {
    const broken = tone(440, 0.1);
    broken[7] = Number.NaN;
    broken[9] = Number.POSITIVE_INFINITY;
    const { tensor, warnings } = prepareAudio(sound(16_000, broken), config);
    expect(tensor.every(Number.isFinite)).toBe(true);
    expect(warnings).toEqual(['2 samples of the sound are not numbers and were silenced.']);
  });

  it('no samples at all is an error', () => {
    expect(() => prepareAudio(sound(16_000, new Float32Array(0)), config)).toThrow(
      expect.objectContaining({ code: 'MEDIA_EMPTY' }),
    );
  });
});
