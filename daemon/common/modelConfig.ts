import { errors } from './errors';

/**
 * `params.json`: everything about a OneLLM-family model that its checkpoint's tensors do not say.
 *
 * The file that Meta publishes with LLaMA has `dim`, `n_layers`, `n_heads`, `multiple_of`,
 * `norm_eps`, `vocab_size`; every other field below is optional and its default is the official
 * OneLLM-7B (csuhan/OneLLM at 8587a47). Fields marked "ours" do not exist there; without them the
 * official behaviour is kept to the letter.
 *
 * Symbols: D = dim, W = clip.width, T0 = resample_tokens, E = resample_experts.
 */
export interface ModelConfig {
  /** D, width of the language model. */
  dim: number;
  n_layers: number;
  n_heads: number;
  /** V. -1 in params.json means: as many as `tok_embeddings.weight` has rows. */
  vocab_size: number;
  /** The feed-forward width is multiple_of * ceil(floor(2 * 4d / 3) / multiple_of). */
  multiple_of: number;
  norm_eps: number;
  max_seq_len: number;
  /** CLIP visual tower = the universal encoder. `image` is the side in pixels, `patch` the side of one token's patch. */
  clip: { width: number; layers: number; heads: number; patch: number; image: number };
  /** Heads of an expert block (16, hard-coded in the official code). */
  resample_heads: number;
  /** Blocks an expert (8 in the official code). Taken from the checkpoint when params.json is silent. */
  resample_layers: number;
  /** E, experts (3). Taken from the checkpoint when params.json is silent. */
  resample_experts: number;
  /** T0, learned tokens of a modality = media embeddings that reach the language model (30). From the checkpoint when silent. */
  resample_tokens: number;
  /** Voxels of an fMRI vector (15724). Taken from the checkpoint when params.json is silent. */
  fmri_voxels: number;
  /** Tokens the fMRI linear layer is reshaped to (8): its weight is [fmri_tokens * W, fmri_voxels]. */
  fmri_tokens: number;
  /** Kaldi filter bank: `mels` x `frames` (10 ms a frame), cut into `kernel` patches every `stride`, both [frequency, time]. */
  audio: { mels: number; frames: number; kernel: [number, number]; stride: [number, number] };
  imu: { channels: number; samples: number; kernel: number; stride: number };
  /**
   * Point clouds. `points`: a larger cloud is sampled down to this many. `groups` x `neighbours`: farthest point
   * sampling, then the nearest neighbours of each centre.
   * ours: `group_by` "color" (official: distances over channels 3..5) or "position" (channels 0..2).
   * ours: `relative` feeds [centre xyz, xyz - centre, rgb] (9 channels) to the first layer in place of [xyz, rgb] (6).
   */
  point: { points: number; groups: number; neighbours: number; group_by: 'color' | 'position'; relative: boolean };
  /**
   * Video: `clips` moments, `crops` spatial crops of each (official: 5 and 3 = 15 frames).
   * ours: `follow`: of a video whose ground stands still the square about what moves is taken instead of those crops.
   */
  video: { clips: number; crops: number; follow: boolean };
  /** ours: how the frames of a video are joined after the encoder: "mean" (official) or "concat" (their tokens side by side, in order). */
  video_frames: 'mean' | 'concat';
  /**
   * ours: convolution stems before the single convolution of the official tokenizers; empty = official.
   * image, audio: stage s halves both sides: down = conv 3x3 stride 2 padding 1 to C_s, ReLU; then, unless s = 0,
   * ReLU(x + conv_b(ReLU(conv_a(x)))) with 3x3 convolutions, padding 1. All with biases (BatchNorm is folded in at export).
   * The tokenizer's convolution then works on the last stage, its kernel and stride divided by 2^stages.
   * point: pointwise layers (1x1 convolution with bias, ReLU) before `conv1.point.conv1`.
   */
  stem: { image: number[]; audio: number[]; point: number[] };
  /**
   * ours: how a picture becomes a square: "crop" (official: short side, then centre crop), "stretch" (whole picture, sides scaled
   * apart) or "squeeze" (a picture on paper as "stretch"; of others the middle 1.15 : 1, its sides scaled apart).
   */
  image_fit: 'crop' | 'stretch' | 'squeeze';
  /** Prompt template. `style` demo: "###Human:"; train: "### Human:". An empty system text drops its line and the blank line after it. */
  prompt: {
    style: 'demo' | 'train';
    system: string /** ours: the files' measured facts stand between the system text and the first turn. */;
    facts: boolean;
  };
  /** ours: what the model's own probabilities are worth, measured on files held out from its training. */
  confidence: ConfidenceCalibration;
}

/** A picture that was read as a plot, another one, and the other modalities whose answers were counted apart. */
export const CALIBRATED_MEDIA = ['plot', 'picture', 'audio', 'video', 'point', 'imu'] as const;
export type CalibratedMedium = (typeof CALIBRATED_MEDIA)[number];

/**
 * `calibration`: [geometric mean of an answer's token probabilities, share of such answers that were right], the first
 * numbers rising, the second not falling; between them straight lines. Empty: nothing was measured, and confidence is the
 * probability itself. `calibration_of`: curves of one medium each, which go before it where a question is about one file. `unsure`: an answer below this confidence begins with the measured facts and is called a guess; 0 = none.
 */
export interface ConfidenceCalibration {
  calibration: Array<[number, number]>;
  calibration_of?: Partial<Record<CalibratedMedium, Array<[number, number]>>>;
  unsure: number;
}

export const OFFICIAL_SYSTEM_PROMPT =
  "A chat between a curious human and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the human's questions.";

type Json = Record<string, unknown>;

/** What a checkpoint's own tensors say where params.json is silent. */
export type CheckpointHints = Partial<
  Pick<ModelConfig, 'vocab_size' | 'resample_layers' | 'resample_experts' | 'resample_tokens' | 'fmri_voxels'>
>;

/** Width of a SwiGLU feed-forward layer over `d` channels (LLaMA, `FeedForward.__init__`). */
export function feedForwardWidth(d: number, multipleOf: number): number {
  return multipleOf * Math.ceil(Math.floor((2 * 4 * d) / 3) / multipleOf);
}

/** Parses params.json. Throws `errors.badParams` with the field's name and value. */
export function parseModelConfig(params: unknown, hints: CheckpointHints = {}): ModelConfig {
  const root = new Fields(params, '');
  const clip = root.object('clip');
  const width = clip.int('width', 1024);
  const audio = root.object('audio');
  const imu = root.object('imu');
  const point = root.object('point');
  const video = root.object('video');
  const stem = root.object('stem');
  const prompt = root.object('prompt');
  const confidence = root.object('confidence');
  const vocab = root.int('vocab_size', hints.vocab_size ?? -1, -1);
  const config: ModelConfig = {
    dim: root.int('dim'),
    n_layers: root.int('n_layers'),
    n_heads: root.int('n_heads'),
    vocab_size: vocab > 0 ? vocab : (hints.vocab_size ?? 32000),
    multiple_of: root.int('multiple_of', 256),
    norm_eps: root.number('norm_eps', 1e-5),
    max_seq_len: root.int('max_seq_len', 2048),
    clip: {
      width,
      layers: clip.int('layers', 24),
      heads: clip.int('heads', Math.max(1, Math.floor(width / 64))),
      patch: clip.int('patch', 14),
      image: clip.int('image', 224),
    },
    resample_heads: root.int('resample_heads', 16),
    resample_layers: root.int('resample_layers', hints.resample_layers ?? 8),
    resample_experts: root.int('resample_experts', hints.resample_experts ?? 3),
    resample_tokens: root.int('resample_tokens', hints.resample_tokens ?? 30),
    fmri_voxels: root.int('fmri_voxels', hints.fmri_voxels ?? 15724),
    fmri_tokens: root.int('fmri_tokens', 8),
    audio: {
      mels: audio.int('mels', 128),
      frames: audio.int('frames', 1024),
      kernel: audio.pair('kernel', [16, 16]),
      stride: audio.pair('stride', [10, 10]),
    },
    imu: {
      channels: imu.int('channels', 6),
      samples: imu.int('samples', 400),
      kernel: imu.int('kernel', 10),
      stride: imu.int('stride', 1),
    },
    point: {
      points: point.int('points', 8192),
      groups: point.int('groups', 1024),
      neighbours: point.int('neighbours', 32),
      group_by: point.choice('group_by', ['color', 'position']),
      relative: point.boolean('relative', false),
    },
    video: { clips: video.int('clips', 5), crops: video.int('crops', 3), follow: video.boolean('follow', false) },
    video_frames: root.choice('video_frames', ['mean', 'concat']),
    stem: { image: stem.ints('image'), audio: stem.ints('audio'), point: stem.ints('point') },
    image_fit: root.choice('image_fit', ['crop', 'stretch', 'squeeze']),
    prompt: {
      style: prompt.choice('style', ['demo', 'train']),
      system: prompt.string('system', OFFICIAL_SYSTEM_PROMPT),
      facts: prompt.boolean('facts', false),
    },
    confidence: {
      calibration: confidence.curve('calibration'),
      ...curvesOf(confidence),
      unsure: confidence.number('unsure', 0),
    },
  };
  checkDivisibility(config);
  return config;
}

function curvesOf(confidence: Fields): Pick<ConfidenceCalibration, 'calibration_of'> {
  const fields = confidence.object('calibration_of');
  const curves = CALIBRATED_MEDIA.map((medium) => [medium, fields.curve(medium)] as const).filter(
    ([, c]) => c.length > 0,
  );
  return curves.length === 0 ? {} : { calibration_of: Object.fromEntries(curves) };
}

function checkDivisibility(c: ModelConfig): void {
  const rules: Array<[boolean, string, unknown, string]> = [
    [
      c.dim % c.n_heads === 0 && (c.dim / c.n_heads) % 2 === 0,
      'n_heads',
      c.n_heads,
      `dim ${c.dim} must be an even multiple of it`,
    ],
    [
      c.clip.width % c.clip.heads === 0,
      'clip.heads',
      c.clip.heads,
      `clip.width ${c.clip.width} must be a multiple of it`,
    ],
    [
      c.clip.width % c.resample_heads === 0,
      'resample_heads',
      c.resample_heads,
      `clip.width ${c.clip.width} must be a multiple of it`,
    ],
    [
      c.clip.image % c.clip.patch === 0,
      'clip.patch',
      c.clip.patch,
      `clip.image ${c.clip.image} must be a multiple of it`,
    ],
    [
      c.clip.patch % 2 ** c.stem.image.length === 0,
      'stem.image',
      c.stem.image,
      `clip.patch ${c.clip.patch} must be a multiple of 2^stages`,
    ],
    [
      [...c.audio.kernel, ...c.audio.stride].every((n) => n % 2 ** c.stem.audio.length === 0),
      'stem.audio',
      c.stem.audio,
      'audio.kernel and audio.stride must be multiples of 2^stages',
    ],
    [
      [c.audio.mels, c.audio.frames].every((n) => n % 2 ** c.stem.audio.length === 0),
      'stem.audio',
      c.stem.audio,
      'audio.mels and audio.frames must be multiples of 2^stages',
    ],
    [
      c.audio.mels >= c.audio.kernel[0] && c.audio.frames >= c.audio.kernel[1],
      'audio.kernel',
      c.audio.kernel,
      'larger than the filter bank',
    ],
    [c.imu.samples >= c.imu.kernel, 'imu.kernel', c.imu.kernel, 'longer than imu.samples'],
    [c.confidence.unsure <= 1, 'confidence.unsure', c.confidence.unsure, 'must be at most 1'],
  ];
  for (const [holds, field, value, why] of rules) {
    if (!holds) throw errors.badParams(field, value, why);
  }
}

/** Tokens of a modality before the class token (N in the specification); equals its position rows - 1. */
export function tokenCounts(c: ModelConfig): {
  image: number;
  audio: number;
  point: number;
  fmri: number;
  imu: number;
} {
  const steps = (size: number, kernel: number, stride: number) => Math.floor((size - kernel) / stride) + 1;
  return {
    image: (c.clip.image / c.clip.patch) ** 2,
    audio:
      steps(c.audio.mels, c.audio.kernel[0], c.audio.stride[0]) *
      steps(c.audio.frames, c.audio.kernel[1], c.audio.stride[1]),
    point: c.point.groups,
    fmri: c.fmri_tokens,
    imu: steps(c.imu.samples, c.imu.kernel, c.imu.stride),
  };
}

/** Typed access to one JSON object, with errors that name the field. */
class Fields {
  private readonly values: Json;

  constructor(
    value: unknown,
    private readonly prefix: string,
  ) {
    if (value === undefined && prefix) value = {};
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw errors.badParams(prefix || 'params.json', value, 'must be an object');
    }
    this.values = value as Json;
  }

  object(name: string): Fields {
    return new Fields(this.values[name], this.prefix + name + '.');
  }

  int(name: string, fallback?: number, minimum = 1): number {
    const value = this.values[name] ?? fallback;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > 2 ** 31) {
      throw errors.badParams(this.prefix + name, value, `must be a whole number of at least ${minimum}`);
    }
    return value;
  }

  number(name: string, fallback: number): number {
    const value = this.values[name] ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw errors.badParams(this.prefix + name, value, 'must be a number of at least 0');
    }
    return value;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.values[name] ?? fallback;
    if (typeof value !== 'boolean') throw errors.badParams(this.prefix + name, value, 'must be true or false');
    return value;
  }

  string(name: string, fallback: string): string {
    const value = this.values[name] ?? fallback;
    if (typeof value !== 'string') throw errors.badParams(this.prefix + name, value, 'must be a string');
    return value;
  }

  /** The first choice is the default. */
  choice<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.values[name] ?? choices[0];
    if (!choices.includes(value as T))
      throw errors.badParams(this.prefix + name, value, `must be one of ${choices.join(', ')}`);
    return value as T;
  }

  ints(name: string): number[] {
    const value = this.values[name] ?? [];
    if (!Array.isArray(value) || !value.every((n) => Number.isInteger(n) && n > 0)) {
      throw errors.badParams(this.prefix + name, value, 'must be a list of whole numbers');
    }
    return value as number[];
  }

  /** Pairs of numbers in 0..1: the first of each rising, the second not falling. */
  curve(name: string): Array<[number, number]> {
    const value = this.values[name] ?? [];
    const share = (n: unknown) => typeof n === 'number' && n >= 0 && n <= 1;
    const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every(share);
    if (!Array.isArray(value) || !value.every(isPair))
      throw errors.badParams(this.prefix + name, value, 'must be a list of pairs of numbers from 0 to 1');
    const pairs = value as Array<[number, number]>;
    if (!pairs.every(([x, y], i) => i === 0 || (x > pairs[i - 1]![0] && y >= pairs[i - 1]![1])))
      throw errors.badParams(this.prefix + name, value, 'the first numbers must rise and the second must not fall');
    return pairs;
  }

  pair(name: string, fallback: [number, number]): [number, number] {
    const value = this.values[name] === undefined ? fallback : this.ints(name);
    if (value.length !== 2) throw errors.badParams(this.prefix + name, value, 'must be two whole numbers');
    return [value[0] as number, value[1] as number];
  }
}
