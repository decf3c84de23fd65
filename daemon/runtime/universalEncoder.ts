import { errors } from '../common/errors';
import type { Tokens } from './modalityTokenizer';
import type { GraphSession } from './session';

/** The CLIP tower over the tokens of any modality; all tokens come out, the class token among them. */
export class UniversalEncoder {
  constructor(private readonly session: GraphSession) {}

  /**
   * Features [1, N + 1, W], the mean over frames. Frames go through one by one and are summed, so that memory does
   * not grow with them and a cancel is heard between them. Throws CANCELLED, MODEL_FAILED.
   */
  async features(frames: AsyncIterable<Tokens>, width: number, signal: AbortSignal): Promise<Float32Array> {
    let sum: Float32Array | undefined;
    let count = 0;
    for await (const tokens of frames) {
      if (signal.aborted) throw errors.cancelled();
      const features = await this.encode(tokens, width);
      if (sum) addInto(sum, features);
      else sum = features;
      count++;
    }
    if (!sum) throw errors.modelFailed('there was no frame to encode');
    return count === 1 ? sum : sum.map((x) => x / count);
  }

  private async encode({ data, count }: Tokens, width: number): Promise<Float32Array> {
    const { features } = await this.session.run({ tokens: { data, dims: [1, count, width] } });
    if (!features) throw errors.modelFailed('the encoder returned nothing');
    return features;
  }
}

function addInto(sum: Float32Array, x: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + x[i]!;
}
