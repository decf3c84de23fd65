"""OneLLM at small scale, in PyTorch: names of modules = names of the published checkpoint (without the `llma.` prefix).

Symbols: B batch, T frames, N tokens of a tokenizer, W encoder width, T0 learned tokens, D width of the language
model, S text length. BatchNorm exists only while training (`*_bn`); `export.py` folds it into the convolutions.
"""
import torch
import torch.nn.functional as F
from torch import nn

MODALITIES = ['image', 'video', 'audio', 'point', 'rgbd', 'rgbn', 'fmri', 'imu']


def ffn_width(d, multiple_of):
    return multiple_of * -(-(2 * 4 * d // 3) // multiple_of)


class RMSNorm(nn.Module):
    def __init__(self, d, eps):
        super().__init__()
        self.eps, self.weight = eps, nn.Parameter(torch.ones(d))

    def forward(self, x):
        return F.rms_norm(x, self.weight.shape, self.weight.to(x.dtype), self.eps)


class Stem(nn.Module):
    """Stage s halves both sides: ReLU(down); unless s = 0: ReLU(x + conv_b(ReLU(conv_a(x))))."""

    def __init__(self, c_in, channels):
        super().__init__()
        for s, c in enumerate(channels):
            stage = nn.Module()
            stage.down, stage.down_bn = nn.Conv2d(c_in, c, 3, 2, 1), nn.BatchNorm2d(c)
            if s:
                stage.conv_a, stage.conv_a_bn = nn.Conv2d(c, c, 3, 1, 1), nn.BatchNorm2d(c)
                stage.conv_b, stage.conv_b_bn = nn.Conv2d(c, c, 3, 1, 1), nn.BatchNorm2d(c)
            self.add_module(str(s), stage)
            c_in = c

    def forward(self, x):
        for s, stage in enumerate(self.children()):
            x = F.relu(stage.down_bn(stage.down(x)))
            if s:
                y = F.relu(stage.conv_a_bn(stage.conv_a(x)))
                x = F.relu(x + stage.conv_b_bn(stage.conv_b(y)))
        return x


class StemConv2d(nn.Conv2d):
    """The tokenizer's convolution after a stem; kernel and stride are divided by 2^stages. -> [B, N, W]"""

    def __init__(self, c_in, width, kernel, stride, channels, bias):
        f = 2 ** len(channels)
        super().__init__(channels[-1] if channels else c_in, width, [k // f for k in kernel], [k // f for k in stride], bias=bias)
        if channels:
            self.stem = Stem(c_in, channels)
        self.has_stem = bool(channels)

    def forward(self, x):
        x = self.stem(x) if self.has_stem else x
        return super().forward(x).flatten(2).transpose(1, 2)


class PointTokenizer(nn.Module):
    """[B, P, 6] -> groups of near points -> pointwise layers -> max over neighbours -> [B, groups, W]."""

    def __init__(self, width, point, channels):
        super().__init__()
        self.cfg, c = point, 9 if point['relative'] else 6
        self.stem, self.stem_bn = nn.ModuleList(), nn.ModuleList()
        for o in channels:
            self.stem.append(nn.Conv2d(c, o, 1))
            self.stem_bn.append(nn.BatchNorm1d(o))
            c = o
        self.conv1 = nn.Conv2d(c, width, 1)

    def forward(self, x):
        g = group(x, self.cfg)
        b, n, k, _ = g.shape
        g = g.flatten(0, 2)  # a 1x1 convolution is a linear layer over the last axis
        for conv, bn in zip(self.stem, self.stem_bn):
            g = F.relu(bn(F.linear(g, conv.weight.flatten(1), conv.bias)))
        return F.linear(g, self.conv1.weight.flatten(1), self.conv1.bias).view(b, n, k, -1).max(2).values


@torch.no_grad()
def group(x, cfg):
    """[B, P, 6] -> [B, G, K, 9 or 6]: farthest point sampling from point 0, then the K nearest points of each centre."""
    x = x.float()
    b, p, _ = x.shape
    key = x[..., :3] if cfg['group_by'] == 'position' else x[..., 3:6]
    rows = torch.arange(b)
    picks = torch.zeros(b, cfg['groups'], dtype=torch.long)
    far, last = torch.full((b, p), 1e10), torch.zeros(b, dtype=torch.long)
    for i in range(1, cfg['groups']):
        far = torch.minimum(far, ((key - key[rows, last][:, None]) ** 2).sum(-1))
        last = far.argmax(1)
        picks[:, i] = last
    centres = torch.gather(key, 1, picks[..., None].expand(-1, -1, 3))
    near = torch.cdist(centres, key, compute_mode='donot_use_mm_for_euclid_dist').topk(cfg['neighbours'], largest=False).indices
    g = x[rows[:, None, None], near]
    if cfg['relative']:
        c = x[rows[:, None], picks][:, :, None, :3].expand(-1, -1, cfg['neighbours'], -1)
        g = torch.cat([c, g[..., :3] - c, g[..., 3:]], -1)
    return g


def attention(q, k, v, mask=None):
    """[B, heads, n, hd] each -> [B, n, W]. Plain products: on a CPU faster to train than the fused kernel."""
    a = q @ k.transpose(-1, -2) * q.shape[-1] ** -.5
    a = (a if mask is None else a + mask.to(a.dtype)).softmax(-1)
    return (a.to(v.dtype) @ v).transpose(1, 2).flatten(2)


class ClipAttention(nn.Module):
    def __init__(self, w, heads):
        super().__init__()
        self.heads = heads
        self.in_proj_weight, self.in_proj_bias = nn.Parameter(torch.empty(3 * w, w)), nn.Parameter(torch.zeros(3 * w))
        self.out_proj = nn.Linear(w, w)
        nn.init.normal_(self.in_proj_weight, std=w ** -.5)

    def forward(self, x):
        b, n, w = x.shape
        q, k, v = F.linear(x, self.in_proj_weight, self.in_proj_bias).view(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        return self.out_proj(attention(q, k, v))


class ClipBlock(nn.Module):
    def __init__(self, w, heads):
        super().__init__()
        self.ln_1, self.ln_2, self.attn = nn.LayerNorm(w), nn.LayerNorm(w), ClipAttention(w, heads)
        self.mlp = nn.Module()
        self.mlp.c_fc, self.mlp.c_proj = nn.Linear(w, 4 * w), nn.Linear(4 * w, w)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        h = self.mlp.c_fc(self.ln_2(x))
        return x + self.mlp.c_proj(h * torch.sigmoid(1.702 * h))


class Block(nn.Module):
    """LLaMA block. With `rope` [S, hd/2, 2]: causal with rotary positions. Without: an expert's block, whose last
    layer needs queries for the first `keep` tokens only."""

    def __init__(self, d, heads, multiple_of, eps):
        super().__init__()
        self.heads, f = heads, ffn_width(d, multiple_of)
        self.attention, self.feed_forward = nn.Module(), nn.Module()
        for name in ('wq', 'wk', 'wv', 'wo'):
            setattr(self.attention, name, nn.Linear(d, d, bias=False))
        self.feed_forward.w1, self.feed_forward.w2 = nn.Linear(d, f, bias=False), nn.Linear(f, d, bias=False)
        self.feed_forward.w3 = nn.Linear(d, f, bias=False)
        self.attention_norm, self.ffn_norm = RMSNorm(d, eps), RMSNorm(d, eps)

    def forward(self, x, rope=None, keep=None):
        b, n, d = x.shape
        y, a = self.attention_norm(x), self.attention
        q, k, v = a.wq(y if keep is None else y[:, :keep]), a.wk(y), a.wv(y)
        q, k, v = (t.view(b, -1, self.heads, d // self.heads) for t in (q, k, v))
        if rope is not None:
            q, k = rotate(q, rope), rotate(k, rope)
        mask = None if rope is None else torch.full((n, n), -1e9).triu(1)
        x = (x if keep is None else x[:, :keep]) + a.wo(attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), mask))
        y, f = self.ffn_norm(x), self.feed_forward
        return x + f.w2(F.silu(f.w1(y)) * f.w3(y))


def rope_table(length, head_dim):
    angle = torch.outer(torch.arange(length).float(), 10000.0 ** (-torch.arange(0, head_dim, 2).float() / head_dim))
    return torch.stack([angle.cos(), angle.sin()], -1)


def rotate(x, rope):
    """Rotary embedding on adjacent pairs; x [B, S, heads, hd], rope [S, hd/2, 2]."""
    a, b = x.unflatten(-1, (-1, 2)).unbind(-1)
    c, s = rope[:, None, :, 0].to(x.dtype), rope[:, None, :, 1].to(x.dtype)
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)


class Router(nn.Module):
    def __init__(self, w, experts):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(w, 4 * w), nn.Linear(4 * w, experts)

    def forward(self, z):
        w = torch.sigmoid(self.fc2(F.gelu(self.fc1(z))).float())
        return w / w.sum(-1, keepdim=True)


class OneLLM(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p, c, w, d = p, p['clip'], p['clip']['width'], p['dim']
        eps, t0 = p['norm_eps'], p['resample_tokens']
        self.tok_embeddings, self.output = nn.Embedding(p['vocab_size'], d), nn.Linear(d, p['vocab_size'], bias=False)
        self.layers = nn.ModuleList(Block(d, p['n_heads'], p['multiple_of'], eps) for _ in range(p['n_layers']))
        self.norm = RMSNorm(d, eps)
        self.clip = nn.Module()
        v = self.clip.visual = nn.Module()
        v.conv1 = StemConv2d(3, w, [c['patch']] * 2, [c['patch']] * 2, p['stem']['image'], bias=False)
        v.stem, v.conv1.stem = v.conv1.stem, None  # the checkpoint names it clip.visual.stem
        v.conv1.has_stem = False
        v.class_embedding = nn.Parameter(torch.randn(w) * w ** -.5)
        v.positional_embedding = nn.Parameter(torch.randn((c['image'] // c['patch']) ** 2 + 1, w) * .1)
        v.ln_pre, v.ln_post = nn.LayerNorm(w), nn.LayerNorm(w)
        v.transformer = nn.Module()
        v.transformer.resblocks = nn.ModuleList(ClipBlock(w, c['heads']) for _ in range(c['layers']))
        a, i = p['audio'], p['imu']
        self.conv1 = nn.ModuleDict({
            'audio': StemConv2d(1, w, a['kernel'], a['stride'], p['stem']['audio'], bias=True),
            'point': PointTokenizer(w, p['point'], p['stem']['point']),
            'fmri': nn.Linear(p['fmri_voxels'], p['fmri_tokens'] * w),
            'imu': nn.Conv1d(i['channels'], w, i['kernel'], i['stride'], bias=False)})
        count = {'audio': ((a['mels'] - a['kernel'][0]) // a['stride'][0] + 1) * ((a['frames'] - a['kernel'][1]) // a['stride'][1] + 1),
                 'point': p['point']['groups'], 'fmri': p['fmri_tokens'], 'imu': (i['samples'] - i['kernel']) // i['stride'] + 1}
        self.positional_embedding = nn.ParameterDict({m: nn.Parameter(torch.randn(n + 1, w) * .1) for m, n in count.items()})
        self.resample_layers = nn.ModuleList(nn.ModuleList(Block(w, p['resample_heads'], p['multiple_of'], eps)
                                                           for _ in range(p['resample_layers'])) for _ in range(p['resample_experts']))
        self.resample_tokens = nn.ParameterDict({m: nn.Parameter(torch.randn(1, t0, w) * .3) for m in MODALITIES})
        self.routers = nn.ModuleDict({m: Router(w, p['resample_experts']) for m in MODALITIES})
        self.clip_proj1 = nn.ModuleDict({m: nn.Sequential(nn.Linear(w, w), nn.LayerNorm(w)) for m in MODALITIES})
        self.clip_proj2 = nn.ModuleDict({m: nn.Sequential(nn.Linear(w, d), nn.LayerNorm(d)) for m in MODALITIES})
        self.start_tag = nn.ParameterDict({m: nn.Parameter(torch.randn(1, 1, d) * .02) for m in MODALITIES})
        self.end_tag = nn.ParameterDict({m: nn.Parameter(torch.randn(1, 1, d) * .02) for m in MODALITIES})
        nn.init.normal_(self.tok_embeddings.weight, std=.3)
        for block in [*self.layers, *(b for e in self.resample_layers for b in e)]:
            for name, q in block.named_parameters():
                if q.dim() == 2:
                    nn.init.normal_(q, std=q.shape[1] ** -.5 * (.5 if 'wo' in name or 'w2' in name else 1))
        self.register_buffer('rope', rope_table(p['max_seq_len'], d // p['n_heads']), persistent=False)

    def tokens(self, x, m):
        """Tokenizer of modality m -> [B', N, W]; B' = B * T for pictures."""
        v = self.clip.visual
        if m in ('image', 'video', 'rgbd', 'rgbn'):
            x = x.flatten(0, 1) if x.dim() == 5 else x
            return v.conv1(v.stem(x.contiguous(memory_format=torch.channels_last)))
        if m == 'fmri':
            return self.conv1['fmri'](x).view(len(x), -1, self.p['fmri_tokens']).transpose(1, 2)
        if m == 'imu':
            return self.conv1['imu'](x).transpose(1, 2)
        if m == 'audio':
            x = x.contiguous(memory_format=torch.channels_last)
        return self.conv1[m](x)

    def tower(self, x, m):
        """The shared encoder: [B, N + 1, W], averaged over frames."""
        t = self.tower_of(self.tokens(x, m), m)
        return t.unflatten(0, (-1, x.shape[1])).mean(1) if x.dim() == 5 else t

    def tower_of(self, t, m):
        """Tokens [B', N, W] -> class token, positions, CLIP blocks -> [B', N + 1, W]."""
        v = self.clip.visual
        pos = v.positional_embedding if m in ('image', 'video', 'rgbd', 'rgbn') else self.positional_embedding[m]
        if len(pos) != t.shape[1] + 1:  # smaller pictures early in stage I
            side, new = int((len(pos) - 1) ** .5), int(t.shape[1] ** .5)
            grid = pos[1:].view(1, side, side, -1).permute(0, 3, 1, 2)
            grid = F.interpolate(grid, size=(new, new), mode='bilinear', align_corners=False)
            pos = torch.cat([pos[:1], grid.flatten(2)[0].T])
        t = torch.cat([v.class_embedding.to(t.dtype).expand(len(t), 1, -1), t], 1) + pos.to(t.dtype)
        t = v.ln_pre(t)
        for block in v.transformer.resblocks:
            t = block(t)
        return v.ln_post(t)

    def media(self, feats, m, experts=None):
        """Tower features [B, N + 1, W] -> media embeddings [B, T0, D]. `experts`: use only the first so many (stage I: 1)."""
        t0, n = self.p['resample_tokens'], experts or self.p['resample_experts']
        feats = self.clip_proj1[m](feats)
        z = torch.cat([self.resample_tokens[m].to(feats.dtype).expand(len(feats), -1, -1), feats], 1)
        w = self.routers[m](self.resample_tokens[m].to(feats.dtype))[..., None].to(feats.dtype) if n > 1 else None  # rows kept depend on the learned tokens alone
        out = 0
        for e in range(n):
            y, last = z, len(self.resample_layers[e]) - 1
            for r, block in enumerate(self.resample_layers[e]):
                y = block(y, keep=t0 if r == last else None)
            out = out + (y if w is None else y * w[:, :, e])
        return self.clip_proj2[m](out)

    def encode(self, x, m, experts=None):
        return self.media(self.tower(x, m), m, experts)

    def prefix(self, media, m):
        """Media embeddings between the tags of their modality: [B, T0 + 2, D]"""
        tag = [t[m].to(media.dtype).expand(len(media), -1, -1) for t in (self.start_tag, self.end_tag)]
        return torch.cat([tag[0], media, tag[1]], 1)

    def decode(self, ids, prefix=None, last=None):
        """ids [B, S] (BOS first), prefix [B, K, D] or None -> logits [B, S + K, V]: BOS, prefix, the rest of ids.
        `last`: only for the positions in this bool mask [B, S + K] -> [n, V]."""
        h = self.tok_embeddings(ids)
        if prefix is not None:
            h = torch.cat([h[:, :1].to(prefix.dtype), prefix, h[:, 1:].to(prefix.dtype)], 1)
        for block in self.layers:
            h = block(h, rope=self.rope[:h.shape[1]])
        if last is None:
            return self.output(self.norm(h))
        rows = h[last]  # few sizes only: every new one is a kernel to build on a CPU
        return self.output(self.norm(F.pad(rows, (0, 0, 0, -len(rows) % 256))))[:len(rows)]

    def text(self, ids, media=None, m=None, last=None):
        """`decode` with the media embeddings [B, T0, D] of modality m."""
        return self.decode(ids, None if media is None else self.prefix(media, m), last)

    def forward(self, ids, x=None, m=None):
        return self.text(ids, None if x is None else self.encode(x, m), m)
