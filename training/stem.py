"""The tokenizer of pictures learns on, everything behind it frozen: python train.py --stage stem --minutes 50 --ranks 2

Between stages 3c and 3d. The encoder's blocks, the projection's experts and the language model stay as they are; the convolutions
learn to name more pictures through them (the class head of the media tokens), so that the features remain those that the language
model knows and the other modalities are not touched.
"""
import time

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

from augment import MEAN, STD, normalise
from joint import Aids, averaged, keep
from model import OneLLM
from train import Clock, Optimisers, half, mixed, rate, save

SHARES = (('photo', .66), ('plot', .05), ('stamp', .02))  # of a batch; the rest are drawings


@torch.no_grad()
def dev(model, aids, data, count=800):
    """Share of dev photographs and drawings whose class the class head of the media tokens finds most likely."""
    model.eval()
    photos = np.linspace(0, len(data.dev[1]) - 1, count).astype(int)
    rows = np.random.default_rng(3).permutation(data.drawings.dev)[:count]
    sets = [(normalise(torch.from_numpy(data.dev[0][photos])), data.dev[1][photos])]
    if len(rows):
        sets.append(((data.drawings.plain(rows) - MEAN) / STD, data.drawings.y[rows] + data.drawing_base))
    out = []
    for x, y in sets:
        guess = torch.cat([aids.media(model.encode(part, 'image'), 'image').argmax(1) for part in x.split(100)])
        out.append(float((guess.numpy() == y).mean()))
    return out


def run(rank, args, params, log):
    from data import Pictures
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    if args.ranks > 1:
        dist.init_process_group('gloo', init_method=f'file://{(args.run / "syncstem").resolve()}', rank=rank, world_size=args.ranks)
    data = Pictures(args.cache)
    model, aids = OneLLM(params), Aids(params, data.captions)
    first = nn.Linear(params['clip']['width'], len(data.captions))  # class head of the tokens themselves
    path, used, n = args.run / 'stem.pt', 0., 0
    own = torch.load(path, weights_only=False) if path.exists() else None
    s = own or torch.load(args.run / 'stage3c.pt', weights_only=False)
    model.load_state_dict(own['live'] if own else s['model']), aids.load_state_dict(s['aids'])
    if own:
        first.load_state_dict(own['first'])
        used, n = own['used'], own['n']
    v = model.clip.visual
    model.requires_grad_(False), aids.requires_grad_(False)
    for part in (v.stem, v.conv1, aids.concept['image']):
        part.requires_grad_(True)
    opts = Optimisers(model, [(v.stem, 1.), (v.conv1, 1.), (aids.concept['image'], .3), (first, 1.)])
    if own:
        opts.again(own)
    mean = {k: q.clone() for k, q in (s['model']).items()}
    clock, rng, saved, losses = Clock(args.minutes, used), np.random.default_rng([n, rank, 17]), time.time(), []
    torch.manual_seed(1000 * n + rank)
    share, began = clock.share(), n
    model.eval()
    while True:
        v.stem.train()
        size, batch = (48 if share < .4 else 64), args.batch // args.ranks
        drawn = round(batch * (1 - sum(q for _, q in SHARES))) if data.drawings.nouns else 0
        own_share = batch / (batch - drawn)
        x, y, _ = data.batch(rng, batch - drawn, [(p, q * own_share) for p, q in SHARES] if drawn else [('photo', .93), *SHARES[1:]], size=size, strength=args.strength)
        if drawn:
            d, z = data.drawings.batch(rng, drawn, size, data.parts['photo'][0])
            x, y = torch.cat([x, (d - MEAN) / STD]), torch.cat([y, torch.from_numpy(z) + data.drawing_base])
        x, other, lam = mixed(x, y, rng, size) if rng.random() < args.mixed and share < .9 else (x, y, 1.)
        with half():
            tokens = model.tokens(x, 'image')
            logits = [first(tokens.mean(1)), aids.media(model.media(model.tower_of(tokens, 'image'), 'image'), 'image')]
        ce = lambda q: lam * F.cross_entropy(q.float(), y, label_smoothing=.1) + (1 - lam) * F.cross_entropy(q.float(), other, label_smoothing=.1)
        loss = .3 * ce(logits[0]) + ce(logits[1])
        opts.zero()
        loss.backward()
        share = averaged(opts.every, args.ranks, clock.share(), rank)
        opts.step(args.lr * rate(share, floor=.01))
        losses.append(loss.item())
        n += 1
        if rank == 0:
            keep(mean, model, min(.99, n / (n + 20)))
        if rank == 0 and n % 20 == 0:
            said = ''
            if n % 100 == 0:
                said = ' dev photographs {:.3f}, drawings {:.3f}'.format(*[*dev(model, aids, data), 0.][:2])
            log(f'stem step {n} share {share:.3f} size {size} loss {np.mean(losses[-20:]):.3f} {args.batch * (n - began) / (time.time() - clock.t):.0f}/s{said}')
        if share >= 1 or time.time() - saved > 180:
            if rank == 0:
                save(path, model=mean, live=model.state_dict(), aids=aids.state_dict(), first=first.state_dict(), opt=opts.state(), used=clock.elapsed(), n=n)
            saved = time.time()
            if share >= 1:
                return
