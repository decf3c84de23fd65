import { errors } from '../common/errors';
import type { Tokens } from './modalityTokenizer';
import type { GraphSession } from './session';

/** The CLIP tower over the tokens of any modality; all tokens come out, the class token among them. */
export class UniversalEncoder {
  constructor(private readonly session: GraphSession) {}

  /**
   * Features of all frames: [1, N + 1, W], the mean over frames, or with "concat" [1, F * (N + 1), W], side by side in
   * order. Frames go through one by one and a cancel is heard between them; for the mean they are summed, so that
   * memory does not grow with them. Throws CANCELLED, MODEL_FAILED.
   */
  async features(
    frames: AsyncIterable<Tokens>,
    width: number,
    signal: AbortSignal,
    join: 'mean' | 'concat' = 'mean',
  ): Promise<Float32Array> {
    const features = this.encodeAll(frames, width, signal);
    return join === 'concat' ? concatenation(features) : mean(features);
  }

  private async *encodeAll(
    frames: AsyncIterable<Tokens>,
    width: number,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    for await (const tokens of frames) {
      if (signal.aborted) throw errors.cancelled();
      yield await this.encode(tokens, width);
    }
  }

  private async encode({ data, count }: Tokens, width: number): Promise<Float32Array> {
    const { features } = await this.session.run({ tokens: { data, dims: [1, count, width] } });
    if (!features) throw errors.modelFailed('the encoder returned nothing');
    return features;
  }
}

async function mean(frames: AsyncIterable<Float32Array>): Promise<Float32Array> {
  let sum: Float32Array | undefined;
  let count = 0;
  for await (const features of frames) {
    if (sum) addInto(sum, features);
    else sum = features;
    count++;
  }
  if (!sum) throw noFrame();
  return count === 1 ? sum : sum.map((x) => x / count);
}

async function concatenation(frames: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const all: Float32Array[] = [];
  for await (const features of frames) all.push(features);
  if (all.length === 0) throw noFrame();
  const joined = new Float32Array(all.reduce((n, features) => n + features.length, 0));
  let at = 0;
  for (const features of all) {
    joined.set(features, at);
    at += features.length;
  }
  return joined;
}

const noFrame = () => errors.modelFailed('there was no frame to encode');

function addInto(sum: Float32Array, x: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + x[i]!;
}
