import { errors } from '../common/errors';
import { MODALITIES, type Modality } from '../common/modality';
import type { GraphSession } from './session';

/** The universal projection: three experts, shared by all modalities and mixed by each modality's own table. */
export class UniversalProjection {
  constructor(private readonly session: GraphSession) {}

  /** Features [1, N + 1, width] -> media embeddings [T0 * D]. */
  async mediaTokens(features: Float32Array, width: number, modality: Modality): Promise<Float32Array> {
    const { media_tokens: tokens } = await this.session.run({
      features: { data: features, dims: [1, features.length / width, width] },
      modality: { data: BigInt64Array.of(BigInt(MODALITIES.indexOf(modality))), dims: [1] },
    });
    if (!tokens?.every(Number.isFinite)) throw errors.modelFailed('its media embeddings are no numbers');
    return tokens;
  }
}
