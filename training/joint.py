"""Stages that train the whole chain with the language model, on one or more processes (gradients averaged each step).

Stage 1b ends stage I: image captions through one projection expert. Stage 2 copies that expert and the image's tokens,
projections, router and tags to the other experts and modalities and aligns those with captions, images replayed.
Stage 3 is instruction tuning on questions and answers. In all of them the encoder stays trainable at a lower rate
(unlike the paper: the tower here is minutes old, not a finished CLIP), and class heads on the tokenizers, the tower and
the media tokens give extra supervision; `export.py` leaves them out.
"""
import time

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

import clouds
import motion
import plots
import questions
import sounds
from augment import pictures
from model import MODALITIES, OneLLM
from tokenizer import Tokenizer
from train import Clock, Heads, Pool, optimiser, rate, save

# examples of one step of one process
MIX = {'1b': {'image': 96}, '2': {'image': 48, 'audio': 24, 'point': 24, 'video': 3, 'rgbd': 4, 'rgbn': 4, 'imu': 6},
       '3': {'image': 76, 'audio': 16, 'point': 18, 'video': 3, 'rgbd': 3, 'rgbn': 3, 'imu': 2, 'text': 3}}
PARTS = {'1b': (('photo', .78), ('plot', .17), ('stamp', .05)), '2': (('photo', .7), ('plot', .25), ('stamp', .05)), '3': (('photo', .7), ('plot', .26), ('stamp', .04))}
SIZE = {'1b': (20,), '2': (20,), '3': (34, 56)}  # ids of a row: captions, or dialogues of one and of two turns
RATES = {'1b': (6e-4, 2e-3), '2': (6e-4, 1.5e-3), '3': (5e-4, 1.2e-3)}  # stem and tower; the rest


class Aids(nn.Module):
    """Class heads for deep supervision; not exported."""

    def __init__(self, params, captions):
        super().__init__()
        w, flat = params['clip']['width'], params['dim'] * params['resample_tokens']
        n = {'image': len(captions), 'audio': len(sounds.CLASSES), 'point': len(clouds.CLASSES), 'imu': len(motion.CLASSES)}
        self.heads = Heads(captions, w)
        self.pools = nn.ModuleDict({'audio': Pool(w, n['audio']), 'point': Pool(w, n['point'])})
        self.concept = nn.ModuleDict({m: nn.Linear(flat, k) for m, k in n.items()})

    def media(self, y, m):
        head = {'video': 'image', 'rgbd': 'point', 'rgbn': 'point'}.get(m, m)
        return self.concept[head](y.flatten(1))


class Source:
    """Batches with fact sheets for every modality."""

    def __init__(self, args, params, stage):
        from data import Clouds, Pictures, Sounds
        self.pictures, self.parts, self.stage = Pictures(args.cache), PARTS[stage], stage
        if stage != '1b':
            self.sounds, self.clouds = Sounds(args.cache), Clouds(args.cache, params['point']['points'])
            self.renders, self.renders_y = np.load(args.cache / 'renders.npy'), np.load(args.cache / 'renders_y.npy')
        self.frames = params['video']['clips'] * params['video']['crops']

    def sheet(self, part, y, meta):
        if part == 'plot':
            return {'source': 'plot', 'modality': 'image', **meta}
        if part == 'photo':
            return {'source': 'photo', 'modality': 'image', 'name': self.pictures.photo_names[y]}
        return {'source': 'stamp', 'modality': 'image', 'caption': self.pictures.captions[y]}

    def batch(self, rng, m, n):
        """-> model input, classes, fact sheets"""
        if m == 'image':
            x, y, info = self.pictures.batch(rng, n, self.parts, strength=.8)
            return x, y, [self.sheet(*i) for i in info]
        if m == 'audio':
            x, y = self.sounds.batch(rng, n)
            return x, y, [{'source': 'sound', 'modality': m, 'name': sounds.CLASSES[c]} for c in y]
        if m == 'point':
            x, y = self.clouds.batch(rng, n)
            return x, y, [{'source': 'cloud', 'modality': m, 'name': clouds.CLASSES[c]} for c in y]
        if m == 'video':  # a photograph seen by a moving camera
            data, y, _ = self.pictures.parts['photo']
            i = self.pictures.draw(rng, 'photo', n)
            x = torch.from_numpy(np.repeat(data[i], self.frames, 0))
            x = pictures(x, torch.zeros(len(x), dtype=torch.bool), strength=.6).unflatten(0, (n, self.frames))
            return x, torch.from_numpy(y[i]), [{'source': 'photo', 'modality': m, 'name': self.pictures.photo_names[c]} for c in y[i]]
        if m == 'imu':
            x, y = motion.batch(rng, n)
            return torch.from_numpy(x), torch.from_numpy(y), [{'source': 'motion', 'modality': m, 'name': motion.CLASSES[c]} for c in y]
        if m == 'text':
            return None, None, [{'source': 'text'}] * n
        i = rng.integers(0, len(self.renders), n)
        pair = torch.from_numpy(self.renders[i][:, [0, 1 if m == 'rgbd' else 2]])
        if rng.random() < .5:
            pair = pair.flip(3)
        from augment import normalise
        y = self.renders_y[i]
        return normalise(pair.flatten(0, 1)).unflatten(0, (n, 2)), torch.from_numpy(y), [{'source': 'cloud', 'modality': m, 'name': clouds.CLASSES[c]} for c in y]

    def words(self, rng, tok, facts, size, turns=1):
        """Fact sheets -> ids [n, size] padded with EOS and the bool mask of the ids to learn. Dialogues that do not fit are drawn again."""
        rows = []
        for f in facts:
            ids = None
            for _ in range(20):
                other = str(rng.choice(self.pictures.photo_names))
                if self.stage == '3':
                    ids, learn = tok.dialogue([questions.pair(rng, f, other) for _ in range(turns)])
                else:
                    ids = tok.prompt(caption(f)) + [2]
                    learn = [False] + [True] * (len(ids) - 1)
                if len(ids) <= size:
                    break
            ids, learn = ids[:size], learn[:size]
            rows.append((ids + [2] * (size - len(ids)), learn + [False] * (size - len(learn))))
        return torch.tensor([r for r, _ in rows]), torch.tensor([k for _, k in rows])


def caption(f):
    """The alignment caption of a fact sheet (stages 1b and 2)."""
    s = f['source']
    if s == 'stamp':
        return f['caption']
    if s == 'plot':
        return f'{questions.article(questions.plot_sentence(f)).capitalize()}.'
    if s == 'motion':
        return motion.SENTENCE[f['name']]
    if s == 'sound':
        return questions.about_sound(FixedRng(), f)[1]
    kind = {'image': 'photograph', 'video': 'video', 'rgbd': 'depth picture', 'rgbn': 'surface normal picture', 'point': 'point cloud'}[f['modality']]
    return f'A {kind} of {questions.article(f["name"])}.'


class FixedRng:
    """Always the last choice: the plainest answer of a family."""

    def random(self):
        return .99

    def integers(self, n):
        return n - 1


def word_loss(model, ids, learn, prefix):
    """[n, S] ids behind a prefix [n, K, D] (or None) -> summed loss of the ids to learn, [n]"""
    shift = 0 if prefix is None else prefix.shape[1]
    at = torch.zeros(len(ids), ids.shape[1] + shift, dtype=torch.bool)
    at[:, shift:-1] = learn[:, 1:]
    logits = model.decode(ids, prefix, last=at)
    each = F.cross_entropy(logits.float(), ids[:, 1:][learn[:, 1:]], reduction='none')
    row = torch.arange(len(ids))[:, None].expand(-1, ids.shape[1] - 1)[learn[:, 1:]]
    return torch.zeros(len(ids)).index_add(0, row, each)


def from_image(model):
    """Start of stage 2: every expert and every modality begins as the image's."""
    noise = lambda q: q + torch.randn_like(q) * .02 * q.std()
    with torch.no_grad():
        first = model.resample_layers[0].state_dict()
        for e in list(model.resample_layers)[1:]:
            e.load_state_dict({k: noise(v) if v.dim() > 1 else v for k, v in first.items()})
        for m in MODALITIES:
            if m != 'image':
                for part in (model.routers, model.clip_proj1, model.clip_proj2):
                    part[m].load_state_dict(part['image'].state_dict())
                for part in (model.resample_tokens, model.start_tag, model.end_tag):
                    part[m].copy_(part['image'])
                model.routers[m].fc2.bias.add_(torch.randn(model.p['resample_experts']) * .3)


def run(rank, args, stage, params, log):
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)  # the same start on every process
    if args.ranks > 1:
        dist.init_process_group('gloo', init_method=f'file://{(args.run / f"sync{stage}").resolve()}', rank=rank, world_size=args.ranks)
    source, tok = Source(args, params, stage), Tokenizer(args.run / 'tokenizer.model')
    model, aids = OneLLM(params), Aids(params, source.pictures.captions)
    path, used, n, own = args.run / f'stage{stage}.pt', 0., 0, None
    if path.exists():
        own = torch.load(path, weights_only=False)
        model.load_state_dict(own['model']), aids.load_state_dict(own['aids'])
        used, n = own['used'], own['n']
    elif stage == '1b':
        s = torch.load(args.run / 'stage1.pt', weights_only=False)
        model.load_state_dict(s['model']), aids.heads.load_state_dict(s['heads'])
    else:
        s = torch.load(args.run / ('stage1b.pt' if stage == '2' else 'stage2.pt'), weights_only=False)
        model.load_state_dict(s['model']), aids.load_state_dict(s['aids'])
        if stage == '2':
            torch.manual_seed(3)
            from_image(model)
            t = torch.load(args.run / 'tokenizers.pt', weights_only=False)
            own_conv = {k: v for k, v in t['conv1'].items() if k.startswith(('audio', 'point'))}
            model.conv1.load_state_dict(own_conv, strict=False), aids.pools.load_state_dict(t['pools'])
    low, high = RATES[stage]
    opt = optimiser([(model.clip, low / high), (model.conv1, low / high), (model, 1.), (aids, 1.)])
    if own:
        opt.load_state_dict(own['opt'])
    torch.manual_seed(1000 * n + rank)
    every = [q for g in opt.param_groups for q in g['params']]
    clock, rng, saved, seen = Clock(args.minutes, used), np.random.default_rng([n, rank, 5]), time.time(), {}
    share, experts, first = clock.share(), 1 if stage == '1b' else None, n
    while True:
        for g in opt.param_groups:
            g['lr'] = high * args.scale * rate(share) * g['factor']
        for q in every:
            q.grad = None
        total, loss, made = sum(MIX[stage].values()), 0., []
        with torch.autocast('cpu', torch.bfloat16):
            for m, k in MIX[stage].items():
                x, y, facts = source.batch(rng, m, k)
                if m == 'text':
                    words = word_loss(model, *source.words(rng, tok, facts, SIZE[stage][0]), None)
                    loss = loss + words.sum()
                    seen.setdefault(m, []).append((words.mean().item(), 0.))
                    continue
                tokens = model.tokens(x, m)
                feats = model.tower_of(tokens, m)
                ce = lambda logits, w: w * F.cross_entropy(logits.float(), y, label_smoothing=.05)
                aid = 0.
                if m == 'image':
                    a, b = aids.heads(tokens, feats)
                    aid = ce(a, .15) + ce(b, .35)
                elif m in aids.pools:
                    aid = ce(aids.pools[m](tokens), .3)
                if x.dim() == 5:
                    feats = feats.unflatten(0, (len(x), -1)).mean(1)
                media = model.media(feats, m, experts)
                aid = aid + ce(aids.media(media, m), .5)
                loss = loss + aid * k
                made += [(m, aid.item(), f, row) for f, row in zip(facts, model.prefix(media, m))]
            order = rng.permutation(len(made))
            cut = len(made) if len(SIZE[stage]) == 1 else len(made) - len(made) // 8  # the last eighth: dialogues of two turns
            for turns, part in ((1, order[:cut]), (2, order[cut:])):
                if len(part):
                    rows = [made[i] for i in part]
                    ids, learn = source.words(rng, tok, [f for _, _, f, _ in rows], SIZE[stage][turns - 1], turns)
                    words = word_loss(model, ids, learn, torch.stack([r for _, _, _, r in rows]))
                    loss = loss + words.sum()
                    for (m, aid, _, _), w in zip(rows, words.tolist()):
                        seen.setdefault(m, []).append((w, aid))
        (loss / total).backward()
        share = clock.share()
        if args.ranks > 1:  # average the gradients; rank 0's clock rules
            flat = torch.cat([(q.grad if q.grad is not None else torch.zeros_like(q)).flatten() for q in every] + [torch.tensor([share if rank == 0 else 0.])])
            dist.all_reduce(flat)
            share, at = float(flat[-1]), 0
            flat /= args.ranks
            for q in every:
                q.grad = flat[at:at + q.numel()].view_as(q)
                at += q.numel()
        nn.utils.clip_grad_norm_(every, 3.)
        opt.step()
        n += 1
        if rank == 0 and n % 20 == 0:
            log(f'stage{stage} step {n} share {share:.3f} ' + ' '.join(f'{m} {np.mean([a for a, _ in v[-800:]]):.2f}+{np.mean([b for _, b in v[-800:]]):.2f}' for m, v in seen.items())
                + f' {args.ranks * total * (n - first) / (time.time() - clock.t):.0f}/s')
        if share >= 1 or (time.time() - saved > 180):
            if rank == 0:
                save(path, model=model.state_dict(), aids=aids.state_dict(), opt=opt.state_dict(), used=clock.elapsed(), n=n)
            saved = time.time()
            if share >= 1:
                return
