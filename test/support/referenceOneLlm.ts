import type { Modality } from '../../daemon/common/modality';
import type { ModelConfig } from '../../daemon/common/modelConfig';
import * as m from './tensorMath';

/** What the tokenizer of a modality takes, as in the cases files. */
export interface ReferenceInput {
  shape: number[];
  data: Float32Array;
}

/**
 * OneLLM written from the specification in plain loops: no cache, no routing table, no graph. The independent truth
 * for configurations other than the published `tiny`.
 */
export class ReferenceOneLlm {
  constructor(
    private readonly weights: ReadonlyMap<string, m.Weight>,
    private readonly config: ModelConfig,
  ) {}

  /** [T0][D] */
  mediaTokens(modality: Modality, input: ReferenceInput): m.Rows {
    const frames = this.frames(modality, input).map((frame) => this.encode(modality, this.tokens(modality, frame)));
    const features = frames.reduce(m.add).map((row) => row.map((x) => x / frames.length));
    const projected = this.project(`clip_proj1.${modality}`, features);
    const learned = this.rows(`resample_tokens.${modality}`);
    const z = [...learned, ...projected];
    const routing = this.router(modality, z);
    const kept = learned.map(() => new Array<number>(this.config.clip.width).fill(0));
    for (let e = 0; e < this.config.resample_experts; e++) {
      let y = z;
      for (let r = 0; r < this.config.resample_layers; r++) {
        y = this.llamaBlock(y, `resample_layers.${e}.${r}`, this.config.resample_heads, false);
      }
      for (const [t, row] of kept.entries()) for (const i of row.keys()) row[i]! += routing[t]![e]! * y[t]![i]!;
    }
    return this.project(`clip_proj2.${modality}`, kept);
  }

  /** The official router: over all tokens, before the experts. [tokens][E] */
  router(modality: Modality, z: m.Rows): m.Rows {
    const hidden = m.map(this.layer(`routers.${modality}.fc1`, z), m.gelu);
    return m.map(this.layer(`routers.${modality}.fc2`, hidden), m.sigmoid).map((row) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return row.map((x) => x / sum);
    });
  }

  /** Logits after the last position, [V]. `media` with its tags goes after the first id. */
  logits(ids: readonly number[], modality?: Modality, media: m.Rows = []): number[] {
    const tagged = modality
      ? [...this.rows(`start_tag.${modality}`), ...media, ...this.rows(`end_tag.${modality}`)]
      : [];
    const text = ids.map((id) => this.rows('tok_embeddings.weight')[id]!);
    let x = [...text.slice(0, 1), ...tagged, ...text.slice(1)];
    for (let i = 0; i < this.config.n_layers; i++) x = this.llamaBlock(x, `layers.${i}`, this.config.n_heads, true);
    const last = m.rmsNorm(x.slice(-1), this.weight('norm.weight'), this.config.norm_eps);
    return m.linear(last, this.weight('output.weight'))[0]!;
  }

  /** Everything recomputed for each of `count` tokens. */
  greedy(ids: readonly number[], count: number, modality?: Modality, media?: m.Rows): number[] {
    const sequence = [...ids];
    for (let i = 0; i < count; i++) {
      const logits = this.logits(sequence, modality, media);
      sequence.push(logits.indexOf(Math.max(...logits)));
    }
    return sequence.slice(ids.length);
  }

  private frames(modality: Modality, { shape, data }: ReferenceInput): ReferenceInput[] {
    if (shape.length !== 5) return [{ shape, data }];
    const frame = shape.slice(2);
    const size = frame.reduce((a, b) => a * b, 1);
    if (!['video', 'rgbd', 'rgbn'].includes(modality)) throw new Error(`${modality} has no frames`);
    return Array.from({ length: shape[1]! }, (_, f) => ({
      shape: [1, ...frame],
      data: data.slice(f * size, (f + 1) * size),
    }));
  }

  /** [N][W] */
  private tokens(modality: Modality, input: ReferenceInput): m.Rows {
    const { stem, clip, audio, imu } = this.config;
    switch (modality) {
      case 'audio': {
        const x = this.stem('conv1.audio.stem', stem.audio, planes(input));
        const stride = audio.stride.map((s) => s / 2 ** stem.audio.length) as [number, number];
        return tokensOf(m.conv2d(x, this.weight('conv1.audio.weight'), this.weight('conv1.audio.bias'), stride));
      }
      case 'point':
        return this.pointTokens(input);
      case 'fmri': {
        const flat = this.layer('conv1.fmri', [[...input.data]])[0]!;
        const count = this.config.fmri_tokens;
        return Array.from({ length: count }, (_, j) =>
          Array.from({ length: clip.width }, (_, c) => flat[c * count + j]!),
        );
      }
      case 'imu': {
        const w = this.weight('conv1.imu.weight');
        const flat = { shape: [...w.shape.slice(0, 2), 1, w.shape[2]!], data: w.data };
        const x = planes({ shape: [1, imu.channels, 1, imu.samples], data: input.data });
        return tokensOf(m.conv2d(x, flat, undefined, [1, imu.stride]));
      }
      default: {
        const x = this.stem('clip.visual.stem', stem.image, planes(input));
        const stride = clip.patch / 2 ** stem.image.length;
        return tokensOf(m.conv2d(x, this.weight('clip.visual.conv1.weight'), undefined, [stride, stride]));
      }
    }
  }

  private stem(name: string, channels: readonly number[], x: m.Planes): m.Planes {
    return channels.reduce((input, _, s) => {
      const conv = (layer: string, v: m.Planes, stride: number) =>
        m.conv2d(
          v,
          this.weight(`${name}.${s}.${layer}.weight`),
          this.weight(`${name}.${s}.${layer}.bias`),
          [stride, stride],
          1,
        );
      const down = m.mapPlanes(conv('down', input, 2), m.relu);
      if (s === 0) return down;
      const branch = conv('conv_b', m.mapPlanes(conv('conv_a', down, 1), m.relu), 1);
      return m.mapPlanes(m.addPlanes(down, branch), m.relu);
    }, x);
  }

  /** Farthest point sampling and nearest neighbours by sorting; inputs have no equal distances. */
  private pointTokens({ shape, data }: ReferenceInput): m.Rows {
    const { point, stem } = this.config;
    const cloud = Array.from({ length: shape[1]! }, (_, i) => [...data.slice(6 * i, 6 * i + 6)]);
    const key = (p: number[]) => (point.group_by === 'position' ? p.slice(0, 3) : p.slice(3));
    const distance = (a: number[], b: number[]) => key(a).reduce((sum, x, i) => sum + (x - key(b)[i]!) ** 2, 0);
    const centres = [cloud[0]!];
    while (centres.length < point.groups) {
      const far = cloud.map((p) => Math.min(...centres.map((c) => distance(p, c))));
      centres.push(cloud[far.indexOf(Math.max(...far))]!);
    }
    return centres.map((centre) => {
      const near = [...cloud].sort((a, b) => distance(a, centre) - distance(b, centre)).slice(0, point.neighbours);
      const relative = (p: number[]) => [
        ...centre.slice(0, 3),
        ...[0, 1, 2].map((i) => p[i]! - centre[i]!),
        ...p.slice(3),
      ];
      let x: m.Rows = point.relative ? near.map(relative) : near;
      for (const i of stem.point.keys()) x = m.map(this.layer(`conv1.point.stem.${i}`, x), m.relu);
      const responses = this.layer('conv1.point.conv1', x);
      return responses[0]!.map((_, c) => Math.max(...responses.map((row) => row[c]!)));
    });
  }

  /** CLIP's tower: [N][W] -> [N + 1][W] */
  private encode(modality: Modality, tokens: m.Rows): m.Rows {
    const v = 'clip.visual';
    const own = ['audio', 'point', 'fmri', 'imu'].includes(modality);
    const positions = this.rows(own ? `positional_embedding.${modality}` : `${v}.positional_embedding`);
    let x = m.add([this.rows(`${v}.class_embedding`).flat(), ...tokens], positions);
    x = this.norm(`${v}.ln_pre`, x);
    for (let i = 0; i < this.config.clip.layers; i++) x = this.clipBlock(x, `${v}.transformer.resblocks.${i}`);
    return this.norm(`${v}.ln_post`, x);
  }

  private clipBlock(x: m.Rows, name: string): m.Rows {
    const { width, heads } = this.config.clip;
    const qkv = m.linear(
      this.norm(`${name}.ln_1`, x),
      this.weight(`${name}.attn.in_proj_weight`),
      this.weight(`${name}.attn.in_proj_bias`),
    );
    const [q, k, v] = [0, 1, 2].map((part) => qkv.map((row) => row.slice(part * width, (part + 1) * width))) as [
      m.Rows,
      m.Rows,
      m.Rows,
    ];
    const h = m.add(x, this.layer(`${name}.attn.out_proj`, m.attention(q, k, v, heads, false)));
    const hidden = m.map(this.layer(`${name}.mlp.c_fc`, this.norm(`${name}.ln_2`, h)), (y) => y * m.sigmoid(1.702 * y));
    return m.add(h, this.layer(`${name}.mlp.c_proj`, hidden));
  }

  /** Of the language model (causal, rotary positions) and of an expert (neither). */
  private llamaBlock(x: m.Rows, name: string, heads: number, causal: boolean): m.Rows {
    const eps = this.config.norm_eps;
    const w = (part: string) => this.weight(`${name}.${part}.weight`);
    const normed = m.rmsNorm(x, w('attention_norm'), eps);
    const turned = (part: string) => {
      const rows = m.linear(normed, w(part));
      return causal ? rows.map((row, position) => rotate(row, heads, position)) : rows;
    };
    const mixed = m.attention(
      turned('attention.wq'),
      turned('attention.wk'),
      m.linear(normed, w('attention.wv')),
      heads,
      causal,
    );
    const h = m.add(x, m.linear(mixed, w('attention.wo')));
    const n = m.rmsNorm(h, w('ffn_norm'), eps);
    const gate = m.map(m.linear(n, w('feed_forward.w1')), (y) => y * m.sigmoid(y));
    const up = m.linear(n, w('feed_forward.w3'));
    const gated = gate.map((row, r) => row.map((y, c) => y * up[r]![c]!));
    return m.add(h, m.linear(gated, w('feed_forward.w2')));
  }

  private project(name: string, x: m.Rows): m.Rows {
    return this.norm(`${name}.1`, this.layer(`${name}.0`, x));
  }

  private layer(name: string, x: m.Rows): m.Rows {
    const w = this.weight(`${name}.weight`);
    const flat = { shape: [w.shape[0]!, w.data.length / w.shape[0]!], data: w.data };
    return m.linear(x, flat, this.weight(`${name}.bias`));
  }

  private norm(name: string, x: m.Rows): m.Rows {
    return m.layerNorm(x, this.weight(`${name}.weight`), this.weight(`${name}.bias`));
  }

  private weight(name: string): m.Weight {
    const found = this.weights.get(name);
    if (!found) throw new Error(`no weight ${name}`);
    return found;
  }

  /** The last axis as columns. */
  private rows(name: string): m.Rows {
    const { shape, data } = this.weight(name);
    const width = shape.at(-1)!;
    return Array.from({ length: data.length / width }, (_, r) => [...data.slice(r * width, (r + 1) * width)]);
  }
}

/** Adjacent pairs of each head turned by position * 10000^(-2i / head). */
function rotate(row: number[], heads: number, position: number): number[] {
  const head = row.length / heads;
  const out = [...row];
  for (let c = 0; c < row.length; c += 2) {
    const angle = position * 10000 ** (-(c % head) / head);
    out[c] = row[c]! * Math.cos(angle) - row[c + 1]! * Math.sin(angle);
    out[c + 1] = row[c]! * Math.sin(angle) + row[c + 1]! * Math.cos(angle);
  }
  return out;
}

/** [1, C, H, W] -> [C][H][W] */
function planes({ shape, data }: ReferenceInput): m.Planes {
  const [, c = 0, h = 0, w = 0] = shape;
  return Array.from({ length: c }, (_, i) =>
    Array.from({ length: h }, (_, y) => [...data.slice((i * h + y) * w, (i * h + y + 1) * w)]),
  );
}

/** [W][h][w] -> [h * w][W] */
function tokensOf(x: m.Planes): m.Rows {
  const flat = x.map((plane) => plane.flat());
  return flat[0]!.map((_, t) => flat.map((channel) => channel[t]!));
}
