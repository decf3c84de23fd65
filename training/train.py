"""Training in the paper's order. Usage: python train.py --stage 1|tokenizers|1b|2|3|3b|3c|stem|3d|3e --minutes M [--cache DIR --run DIR]

Every stage is bounded by wall-clock minutes (the learning rate follows the elapsed share), writes RUN/stageN.pt every
three minutes and resumes from it. 1: the tower against captions. tokenizers: beside it, sounds and points alone.
1b, 2, 3, 3b, 3c, 3d, 3e: `joint.py`, each from the stage before; before 3d the tokenizer of pictures learns on (`stem.py`).
"""
import argparse
import json
import math
import re
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from model import OneLLM
from muon import Muon

HERE = Path(__file__).resolve().parent


def half():
    """bfloat16 where the CPU has matrix tiles; without them it takes twice as long as single precision."""
    return torch.autocast('cpu', torch.bfloat16, enabled=torch.cpu._is_amx_tile_supported())


class TextTower(nn.Module):
    """Bag of words -> [captions, 256]: the text half of the small CLIP of stage I. Not exported."""

    def __init__(self, captions, width=256):
        super().__init__()
        split = [re.findall(r'[a-z0-9]+', c.lower()) for c in captions]
        words = {w: i for i, w in enumerate(sorted({w for s in split for w in s}))}
        bag = torch.zeros(len(captions), len(words))
        for i, s in enumerate(split):
            for w in s:
                bag[i, words[w]] += len(s) ** -.5
        self.register_buffer('bag', bag)
        self.embed = nn.Parameter(torch.randn(len(words), width) * .5)
        self.net = nn.Sequential(nn.Linear(width, 512), nn.GELU(), nn.Linear(512, width))
        self.own = nn.Parameter(torch.zeros(len(captions), width))  # what the words alone do not tell apart
        self.norm = nn.LayerNorm(width)

    def forward(self):
        h = self.bag @ self.embed
        return self.norm(h + self.net(h) + self.own)


class Heads(nn.Module):
    """Deep supervision against the caption table: from the tokenizer's mean, and from the tower. Not exported."""

    def __init__(self, captions, w):
        super().__init__()
        self.text, self.stem, self.tower = TextTower(captions), nn.Linear(w, 256), nn.Linear(2 * w, 256)

    def forward(self, tokens, feats):
        t = self.text()
        scale = 256 ** -.5
        return self.stem(tokens.mean(1)) @ t.T * scale, self.tower(torch.cat([feats[:, 0], feats[:, 1:].mean(1)], -1)) @ t.T * scale


class Clock:
    """Share of the time budget used, over restarts."""

    def __init__(self, minutes, used=0.):
        self.total, self.used, self.t = minutes * 60, used, time.time()

    def elapsed(self):
        return self.used + time.time() - self.t

    def share(self):
        return min(1., self.elapsed() / self.total)


def rate(share, warm=.03, floor=.02):
    return share / warm if share < warm else floor + (1 - floor) * .5 * (1 + math.cos(math.pi * (share - warm) / (1 - warm)))


def optimiser(groups, wd=.05):
    """groups: [(module or list of parameters, factor of the learning rate)]; no decay on vectors."""
    out, seen = [], set()
    for part, factor in groups:
        ps = [q for q in (part.parameters() if isinstance(part, nn.Module) else part) if q.requires_grad and id(q) not in seen]
        seen |= {id(q) for q in ps}
        out.append({'params': [q for q in ps if q.dim() > 1], 'weight_decay': wd, 'factor': factor})
        out.append({'params': [q for q in ps if q.dim() < 2], 'weight_decay': 0., 'factor': factor})
    return torch.optim.AdamW(out, lr=1e-3, betas=(.9, .98), foreach=True)


TABLES = ('embed', 'output', 'tokens', 'tag')  # rows that are looked up or added, not matrices that turn a vector


class Optimisers:
    """Muon for convolutions of stems (40 times the learning rate: the share of a filter's norm that a step moves) and other matrices of
    `model` (.8 times), AdamW for everything else. `groups`: [(module, factor of the learning rate)], a parameter belongs to the first."""

    def __init__(self, model, groups):
        names, parts, seen = {id(q): k for k, q in model.named_parameters()}, {}, set()
        for part, factor in groups:
            for q in part.parameters():
                if q.requires_grad and id(q) not in seen:
                    seen.add(id(q))
                    name = names.get(id(q))
                    kind = 'rest' if name is None or q.dim() < 2 or any(t in name for t in TABLES) else 'filters' if q.dim() == 4 and 'stem' in name else 'matrices'
                    parts.setdefault((kind, factor), []).append(q)
        muon = [{'params': qs, 'filters': kind == 'filters', 'factor': factor * (40. if kind == 'filters' else .8)} for (kind, factor), qs in parts.items() if kind != 'rest']
        self.parts = [Muon(muon)] * bool(muon) + [optimiser([(qs, factor) for (kind, factor), qs in parts.items() if kind == 'rest'])]
        self.every = [q for qs in parts.values() for q in qs]

    def zero(self):
        for q in self.every:
            q.grad = None

    def step(self, lr, clip=2.):
        nn.utils.clip_grad_norm_(self.every, clip)
        for opt in self.parts:
            for g in opt.param_groups:
                g['lr'] = lr * g['factor']
            opt.step()

    def state(self):
        return [o.state_dict() for o in self.parts]

    def again(self, state):
        """The moments, where the state has them (a kept checkpoint has not: checkpoint.py)."""
        for opt, kept in zip(self.parts, state.get('opt', [])):
            opt.load_state_dict(kept)


def save(path, **state):
    torch.save(state, str(path) + '.part')
    Path(str(path) + '.part').replace(path)


SHARES = (('photo', .736), ('plot', .062), ('stamp', .031))  # of a batch of stage I; the rest are drawings


def mixed(x, y, rng, size):
    """CutMix: a box of another picture, and the share of the picture that is left."""
    other, lam = torch.randperm(len(x)), float(rng.beta(1, 1))
    side = int(size * math.sqrt(1 - lam))
    cy, cx = rng.integers(size), rng.integers(size)
    top, bottom, left, right = max(0, cy - side // 2), min(size, cy + side // 2), max(0, cx - side // 2), min(size, cx + side // 2)
    x[:, :, top:bottom, left:right] = x[other][:, :, top:bottom, left:right]
    return x, y[other], 1 - (bottom - top) * (right - left) / size ** 2


@torch.no_grad()
def top1(model, heads, dev, size, few=1000):
    """Share of dev photographs whose class is the likeliest of the photographs' captions, at this size."""
    from augment import normalise
    model.eval()
    part = slice(None, None, max(1, len(dev[1]) // few))
    x, y, right = dev[0][part], dev[1][part], 0
    for i in range(0, len(x), 100):
        v = normalise(torch.from_numpy(x[i:i + 100]))
        v = v if size == 64 else F.interpolate(v, size=(size, size), mode='area')
        tokens = model.tokens(v, 'image')
        right += int((heads(tokens, model.tower_of(tokens, 'image'))[1][:, :200].argmax(1) == torch.from_numpy(y[i:i + 100])).sum())
    model.train()
    return right / len(x)


def stage1(args, params, log):
    """Image and text: the tower (tokenizer + CLIP blocks) against the captions. Photographs, drawings, stamps and plots."""
    from augment import MEAN, STD
    from data import Pictures
    data = Pictures(args.cache)
    model, heads = OneLLM(params), Heads(data.captions, params['clip']['width'])
    v = model.clip.visual
    opts = Optimisers(model, [(v, 1.), (heads, 1.)])
    used, n, path = 0., 0, args.run / 'stage1.pt'
    mean = {k: q.clone() for k, q in v.state_dict().items()}
    if path.exists():
        s = torch.load(path, weights_only=False)
        v.load_state_dict(s['live']), heads.load_state_dict(s['heads']), opts.again(s)
        used, n, mean = s['used'], s['n'], s['visual']
    clock, rng, saved, losses = Clock(args.minutes, used), np.random.default_rng(n + 1), time.time(), []
    while True:
        share = clock.share()
        size = 32 if share < .45 else 48 if share < .85 else 64  # small pictures first: four times as many in the same time
        drawn = args.batch // 6 if data.drawings.nouns else 0
        shares = SHARES if drawn else (('photo', .9), *SHARES[1:])
        x, y, _ = data.batch(rng, args.batch - drawn, [(p, q * args.batch / (args.batch - drawn)) for p, q in shares], size=size, strength=args.strength)
        if drawn:
            d, z = data.drawings.batch(rng, drawn, size, data.parts['photo'][0])
            x, y = torch.cat([x, (d - MEAN) / STD]), torch.cat([y, torch.from_numpy(z) + data.drawing_base])
        x, other, lam = mixed(x, y, rng, size) if rng.random() < args.mixed and share < .9 else (x, y, 1.)
        with half():
            tokens = model.tokens(x, 'image')
            a, b = heads(tokens, model.tower_of(tokens, 'image'))
        ce = lambda q: lam * F.cross_entropy(q.float(), y, label_smoothing=.1) + (1 - lam) * F.cross_entropy(q.float(), other, label_smoothing=.1)
        loss = ce(a) * .4 + ce(b)
        opts.zero()
        loss.backward()
        opts.step(args.lr * rate(share, floor=.01))
        losses.append(loss.item())
        n += 1
        with torch.no_grad():
            for k, q in v.state_dict().items():
                mean[k].lerp_(q, 1 - min(.99, n / (n + 20))) if q.dtype.is_floating_point else mean[k].copy_(q)
        if n % 20 == 0:
            log(f'stage1 step {n} share {share:.3f} size {size} loss {np.mean(losses[-20:]):.3f} {args.batch * n / clock.elapsed():.0f}/s' + (f' dev {top1(model, heads, data.dev, size):.3f}' if n % 60 == 0 else ''))
        if share >= 1 or time.time() - saved > 180:
            save(path, visual=mean, live=v.state_dict(), heads=heads.state_dict(), opt=opts.state(), used=clock.elapsed(), n=n, captions=data.captions)
            saved = time.time()
            if share >= 1:
                return


class Pool(nn.Module):
    """Tokens [B, N, W] -> class logits from their mean and maximum. Deep supervision, not exported."""

    def __init__(self, w, classes):
        super().__init__()
        self.out = nn.Linear(2 * w, classes)

    def forward(self, tokens):
        return self.out(torch.cat([tokens.mean(1), tokens.amax(1)], -1))


def tokenizers(args, params, log):
    """Beside stage I: the sound and point tokenizers learn their classes alone, so that stage II starts from useful tokens. Learning rate: 2 x --lr."""
    from clouds import CLASSES as POINT
    from data import Clouds, Sounds
    from sounds import CLASSES as AUDIO
    data = {'audio': Sounds(args.cache), 'point': Clouds(args.cache, params['point']['points'])}
    model, w = OneLLM(params), params['clip']['width']
    pools = nn.ModuleDict({'audio': Pool(w, len(AUDIO)), 'point': Pool(w, len(POINT))})
    opts = Optimisers(model, [(model.conv1['audio'], 1.), (model.conv1['point'], 1.), (pools, 1.)])
    used, n, path = 0., 0, args.run / 'tokenizers.pt'
    if path.exists():
        s = torch.load(path, weights_only=False)
        model.conv1.load_state_dict(s['conv1']), pools.load_state_dict(s['pools']), opts.again(s)
        used, n = s['used'], s['n']
    clock, rng, saved, mean = Clock(args.minutes, used), np.random.default_rng(n + 11), time.time(), {'audio': [], 'point': []}
    while True:
        share = clock.share()
        total = 0
        for m, d in data.items():
            x, y = d.batch(rng, 32)
            with half():
                logits = pools[m](model.tokens(x, m))
            loss = F.cross_entropy(logits.float(), y, label_smoothing=.05)
            mean[m].append(loss.item())
            total = total + loss
        opts.zero()
        total.backward()
        opts.step(2 * args.lr * rate(share))
        n += 1
        if n % 50 == 0:
            log(f'tokenizers step {n} share {share:.3f} ' + ' '.join(f'{m} {np.mean(v[-50:]):.3f}' for m, v in mean.items()) + f' {32 * n / clock.elapsed():.0f}/s each')
        if share >= 1 or time.time() - saved > 120:
            save(path, conv1=model.conv1.state_dict(), pools=pools.state_dict(), opt=opts.state(), used=clock.elapsed(), n=n)
            saved = time.time()
            if share >= 1:
                return


class Log:
    def __init__(self, start):
        self.start = start

    def __call__(self, text):
        print(f'[{time.time() - self.start:7.1f} s] {text}', flush=True)


def joint_rank(rank, args, params, start):
    import joint
    import stem
    if args.stage == 'stem':
        stem.run(rank, args, params, Log(start))
    else:
        joint.run(rank, args, args.stage, params, Log(start))


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--stage', required=True)
    a.add_argument('--minutes', type=float, default=30)
    a.add_argument('--cache', type=Path, default=Path('cache'))
    a.add_argument('--run', type=Path, default=Path('run'))
    a.add_argument('--batch', type=int, default=512, help='of stage 1')
    a.add_argument('--lr', type=float, default=1e-3)
    a.add_argument('--strength', type=float, default=.7, help='of the augmentation of stage 1')
    a.add_argument('--mixed', type=float, default=.1, help='share of the steps of stage 1 with CutMix')
    a.add_argument('--threads', type=int, default=1)
    a.add_argument('--ranks', type=int, default=1, help='processes of stages stem, 1b, 2 and 3 that average their gradients')
    a.add_argument('--scale', type=float, default=1., help='factor of the learning rates of stages 1b, 2 and 3')
    args = a.parse_args()
    args.run.mkdir(parents=True, exist_ok=True)
    config = json.loads((HERE / 'config.json').read_text())
    torch.set_num_threads(args.threads)
    torch.manual_seed(config['seed'])
    start = time.time()
    log = Log(start)
    if args.stage in ('1', 'tokenizers'):
        {'1': stage1, 'tokenizers': tokenizers}[args.stage](args, config['params'], log)
        return
    (args.run / f'sync{args.stage}').unlink(missing_ok=True)
    if args.ranks == 1:
        joint_rank(0, args, config['params'], start)
    else:
        torch.multiprocessing.spawn(joint_rank, (args, config['params'], start), args.ranks)


if __name__ == '__main__':
    main()
