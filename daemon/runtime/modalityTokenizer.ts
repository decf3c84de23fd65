import { errors } from '../common/errors';
import type { ModelConfig } from '../common/modelConfig';
import { TOKENIZER_OF, type TokenizerName, tokenizerGraph } from '../common/packLayout';
import { groupPoints } from './pointGroups';
import type { PreparedMedia } from './preparedMedia';
import type { Feed, GraphSession } from './session';

/** Tokens with the class token in front and positions added, [1, count, W]. */
export interface Tokens {
  data: Float32Array;
  /** N + 1 */
  count: number;
}

/** Modality tokenizers; each graph is opened when its first medium arrives (fMRI's alone has 128 million weights at 7B). */
export class ModalityTokenizers {
  private readonly sessions = new Map<TokenizerName, Promise<GraphSession>>();

  constructor(
    private readonly open: (graph: string) => Promise<GraphSession>,
    private readonly config: ModelConfig,
  ) {}

  /** Tokens of one frame; media other than videos and photograph-map pairs have one. Throws MODALITY_UNSUPPORTED. */
  async tokens(media: PreparedMedia, frame: number): Promise<Tokens> {
    checkShape(media, this.config);
    const name = TOKENIZER_OF[media.modality];
    const session = await this.session(name);
    const { tokens } = await session.run({ input: INPUTS[name](media, frame, this.config) });
    if (!tokens) throw errors.modelFailed(`the ${name} tokenizer returned nothing`);
    return { data: tokens, count: tokens.length / this.config.clip.width };
  }

  async close(): Promise<void> {
    const opened = [...this.sessions.values()];
    this.sessions.clear();
    await Promise.all(opened.map(async (session) => (await session).close()));
  }

  private session(name: TokenizerName): Promise<GraphSession> {
    const known = this.sessions.get(name) ?? this.open(tokenizerGraph(name));
    this.sessions.set(name, known);
    known.catch(() => this.sessions.delete(name));
    return known;
  }
}

/** What a tokenizer's graph reads; see `converter/graphs/modalityTokenizer.ts`. */
const INPUTS = {
  image: (media, frame, { clip }) => {
    const pixels = 3 * clip.image * clip.image;
    const data = media.tensor.subarray(frame * pixels, (frame + 1) * pixels);
    return { data, dims: [1, 3, clip.image, clip.image] };
  },
  audio: asItIs,
  point: (media, _, { point }) => {
    const { groups, channels } = groupPoints(media.tensor, media.tensor.length / 6, point);
    return { data: groups, dims: [1, channels, point.groups, point.neighbours] };
  },
  fmri: asItIs,
  imu: asItIs,
} as const satisfies Record<TokenizerName, (media: PreparedMedia, frame: number, config: ModelConfig) => Feed>;

function asItIs({ tensor, shape }: PreparedMedia): Feed {
  return { data: tensor, dims: shape };
}

/** Dimensions that a prepared medium must have; -1 is free. */
const SHAPES = {
  image: ({ clip }, frames) =>
    frames.length === 4 ? [1, 3, clip.image, clip.image] : [1, -1, 3, clip.image, clip.image],
  audio: ({ audio }) => [1, 1, audio.mels, audio.frames],
  point: () => [1, -1, 6],
  fmri: ({ fmri_voxels }) => [1, 1, fmri_voxels],
  imu: ({ imu }) => [1, imu.channels, imu.samples],
} as const satisfies Record<TokenizerName, (config: ModelConfig, shape: readonly number[]) => number[]>;

function checkShape({ modality, shape, tensor, frames }: PreparedMedia, config: ModelConfig): void {
  const expected = SHAPES[TOKENIZER_OF[modality]](config, shape);
  const fits =
    shape.length === expected.length &&
    shape.every((n, i) => n > 0 && (expected[i] === -1 || expected[i] === n)) &&
    shape.reduce((a, b) => a * b, 1) === tensor.length &&
    (shape.length < 5 || shape[1] === frames);
  if (fits) return;
  const wanted = expected.map((n) => (n < 0 ? 'n' : n)).join(', ');
  throw errors.modalityUnsupported(
    modality,
    `its input has the shape [${shape.join(', ')}], the model takes [${wanted}]`,
  );
}
