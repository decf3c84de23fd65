"""Stages that align the encoder with the language model, on one or more processes (gradients averaged each step).

Stage 1b ends stage I: image captions through one projection expert, the language model being the one of `language.py`.
Stage 2 copies that expert and the image's tokens, projections, router and tags to the other experts and modalities and
aligns those with captions, images replayed. Stage 3 is instruction tuning: dialogues about a file and its measured facts; 3b, 3c and 3d go on with other mixes; in 3e only what belongs to sounds learns on.
The encoder (tokenizer of pictures, CLIP blocks) is the one of stage I and stays frozen, as in the paper; the tokenizers of the
other modalities learn (that of pictures again in `stem.py`, between 3c and 3d). Class heads on tokenizers and media tokens give extra supervision; `export.py` leaves them out.
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
from augment import MEAN, STD, normalise, pictures
from data import measured, talk
from data.groups import GROUP_OF
from data.words import Words, pick
from model import MODALITIES, OneLLM
from tokenizer import Tokenizer
from train import Clock, Optimisers, Pool, half, rate, save

# examples of one step of one process
MIX = {'1b': {'image': 96}, '2': {'image': 40, 'audio': 28, 'point': 20, 'video': 4, 'rgbd': 4, 'rgbn': 3, 'imu': 8},
       '3': {'image': 68, 'audio': 24, 'point': 12, 'video': 4, 'rgbd': 3, 'rgbn': 2, 'imu': 5, 'two': 5, 'text': 6},
       '3b': {'image': 52, 'audio': 36, 'point': 28, 'video': 8, 'rgbd': 2, 'rgbn': 2, 'imu': 3, 'two': 5, 'text': 6},
       '3c': {'image': 76, 'audio': 38, 'point': 24, 'video': 6, 'rgbd': 2, 'rgbn': 2, 'imu': 2, 'two': 12, 'text': 6},
       '3d': {'image': 84, 'audio': 36, 'point': 26, 'video': 14, 'rgbd': 2, 'rgbn': 2, 'imu': 2, 'two': 8, 'text': 6},
       '3e': {'audio': 96, 'two': 8}}
PARTS = {'1b': {'photo': .58, 'drawing': .22, 'plot': .14, 'stamp': .06}, '2': {'photo': .58, 'drawing': .22, 'plot': .14, 'stamp': .06},
         '3': {'photo': .52, 'drawing': .25, 'plot': .2, 'stamp': .03}, '3b': {'photo': .46, 'drawing': .36, 'plot': .16, 'stamp': .02}, '3c': {'photo': .5, 'drawing': .37, 'plot': .11, 'stamp': .02}, '3d': {'photo': .46, 'drawing': .4, 'plot': .12, 'stamp': .02}, '3e': {'photo': 1.}}
RATES = {'1b': (2e-4, 1.5e-3), '2': (6e-4, 1.2e-3), '3': (4e-4, 1e-3), '3b': (6e-4, 6e-4), '3c': (6e-4, 6e-4), '3d': (6e-4, 6e-4), '3e': (6e-4, 6e-4)}  # tokenizers and the language model in 1b; the rest
ROW = {'1b': 24, '2': 24, '3': 420, '3b': 420, '3c': 420, '3d': 420, '3e': 420}  # ids of the longest row
SIZES = (16, 24, 32, 44, 64, 90, 128, 180, 250, 420, 1024)  # ids of the rows that are read together, at most
FACTS = {'3': (.15, .75), '3b': (.5, .65), '3c': (.1, .5), '3d': (.1, .5), '3e': (.1, .5)}  # share of the rows with measured facts, from its first step to its last: a row without them costs a quarter, and names are learnt from either
ONLY = {'3e': '.audio'}  # of these stages only the parts of one modality learn: what others say stays as it was
ALIKE = 3  # photographs and drawings of a batch that show what others of it do, so that two files may show the same
MODES = {'stacked bar chart': ('bar', 'stacked'), 'grouped bar chart': ('bar', 'grouped'), 'horizontal bar chart': ('bar', 'horizontal'), 'bar chart': ('bar', ''), 'line plot': ('line', ''), 'scatter plot': ('scatter', ''),
         'histogram': ('histogram', ''), 'pie chart': ('pie', ''), 'box plot': ('box', ''), 'heat map': ('heatmap', ''), 'area chart': ('area', ''), 'step plot': ('step', ''), 'contour plot': ('contour', '')}
CONTENT = {**{d: 'speech' for d in sounds.DIGITS}, **{i: 'music' for i in sounds.INSTRUMENTS}, 'speech': 'speech', 'silence': 'silence', 'noise': 'noise'}


class Aids(nn.Module):
    """Class heads for deep supervision; not exported."""

    def __init__(self, params, captions):
        super().__init__()
        w, flat = params['clip']['width'], params['dim'] * params['resample_tokens']
        n = {'image': len(captions), 'audio': len(sounds.CLASSES), 'point': len(clouds.CLASSES), 'imu': len(motion.CLASSES)}
        self.pools = nn.ModuleDict({'audio': Pool(w, n['audio']), 'point': Pool(w, n['point'])})
        self.concept = nn.ModuleDict({m: nn.Linear(flat, k) for m, k in n.items()})

    def media(self, y, m):
        head = {'video': 'image', 'rgbd': 'point', 'rgbn': 'point'}.get(m, m)
        return self.concept[head](y.flatten(1))


class Source:
    """Batches for every modality: model input, classes, fact sheets (what it is) and measured sheets (what the product measures)."""

    def __init__(self, args, params, stage):
        from data import Clouds, Pictures, Sounds
        self.pictures, self.parts, self.stage, self.vocabulary = Pictures(args.cache), PARTS[stage], stage, Words()
        self.drawings, self.facts = self.pictures.drawings, 0.
        if not self.drawings.nouns:
            self.parts = {k: v for k, v in self.parts.items() if k != 'drawing'}
        if stage != '1b':
            self.sounds, self.clouds = Sounds(args.cache), Clouds(args.cache, params['point']['points'])
            self.renders, self.renders_y = np.load(args.cache / 'renders.npy'), np.load(args.cache / 'renders_y.npy')
        self.frames = params['video']['clips'] * params['video']['crops']

    def sheet(self, part, y, meta):
        """What a picture is, and what the product measures of it."""
        rng = self.rng
        if part == 'plot':
            f = {'source': 'plot', 'modality': 'image', **meta}
            kind, mode = MODES.get(plots.KINDS[meta['kind']], (None, None))
            if kind is None or rng.random() < .1:  # not read as a plot
                return f, measured.picture(rng, self.vocabulary)
            s = measured.plot(rng, self.vocabulary, kind, mode, meta['count'] or None, {'up': 'rising', 'down': 'falling'}.get(meta['trend']))
            if rng.random() < .06:  # the reader's error: the picture knows better
                wrong = pick(rng, [k for k in measured.KIND if k != kind])
                s['lines'] = [('plot', measured.KIND[wrong])] + [line for line in s['lines'][1:] if line[0] in ('title', 'x label', 'y label', 'x axis', 'y axis')]
                s['misread'] = True
            return f, s
        if part == 'photo':
            return {'source': 'photo', 'modality': 'image', 'name': self.pictures.photo_names[y], 'group': GROUP_OF.get(y)}, measured.picture(rng, self.vocabulary)
        if part == 'drawing':
            return {'source': 'drawing', 'modality': 'image', 'name': self.drawings.nouns[y]}, measured.picture(rng, self.vocabulary)
        return {'source': 'stamp', 'modality': 'image', 'caption': self.pictures.captions[y]}, measured.picture(rng, self.vocabulary)

    def image(self, rng, n):
        count = {p: round(n * s) for p, s in self.parts.items() if p != 'photo'}
        shares = [('photo', 1 - sum(count.values()) / n)] + [(p, k / n) for p, k in count.items() if p != 'drawing']
        own = n - count.get('drawing', 0)
        x, y, info = self.pictures.batch(rng, own, [(p, s * n / own) for p, s in shares], strength=.8, alike=ALIKE)
        sheets = [self.sheet(*i) for i in info]
        if k := n - own:
            d, z = self.drawings.batch(rng, k, 64, self.pictures.parts['photo'][0], ALIKE if k > 2 * ALIKE else 0)
            x, y = torch.cat([x, (d - MEAN) / STD]), torch.cat([y, torch.from_numpy(z) + self.pictures.drawing_base])
            sheets += [self.sheet('drawing', int(c), None) for c in z]
        return x, y, sheets

    def batch(self, rng, m, n):
        """-> model input, classes, [(fact sheet, measured sheet)]"""
        self.rng, w = rng, self.vocabulary
        if m == 'image':
            return self.image(rng, n)
        if m == 'audio':
            x, y = self.sounds.batch(rng, n)
            names = [sounds.CLASSES[c] for c in y]
            return x, y, [({'source': 'sound', 'modality': m, 'name': c}, measured.sound(rng, w, CONTENT.get(c, 'sound'), .15)) for c in names]
        if m == 'point':
            x, y = self.clouds.batch(rng, n)
            return x, y, [({'source': 'cloud', 'modality': m, 'name': clouds.CLASSES[c]}, measured.cloud(rng, w)) for c in y]
        if m == 'video':
            return self.video(rng, n)
        if m == 'imu':
            x, y = motion.batch(rng, n)
            return torch.from_numpy(x), torch.from_numpy(y), [self.motion(rng, row, motion.CLASSES[c]) for row, c in zip(x, y)]
        i = rng.integers(0, len(self.renders), n)
        pair = torch.from_numpy(self.renders[i][:, [0, 1 if m == 'rgbd' else 2]])
        if rng.random() < .5:
            pair = pair.flip(3)
        y = self.renders_y[i]
        return normalise(pair.flatten(0, 1)).unflatten(0, (n, 2)), torch.from_numpy(y), [({'source': 'cloud', 'modality': m, 'name': clouds.CLASSES[c]}, measured.depth(rng, w, m)) for c in y]

    def video(self, rng, n):
        """Half: a photograph seen by a moving camera; half: a drawing that moves."""
        data, y, _ = self.pictures.parts['photo']
        half = (n + 1) // 2 if self.drawings.nouns else 0
        i = self.pictures.draw(rng, 'photo', n - half)
        x = torch.from_numpy(np.repeat(data[i], self.frames, 0))
        x, classes = pictures(x, torch.zeros(len(x), dtype=torch.bool), strength=.6).unflatten(0, (n - half, self.frames)), list(y[i])
        sheets = []
        for c in y[i]:
            s = measured.video(rng, self.vocabulary)
            sheets.append(({'source': 'photo', 'modality': 'video', 'name': self.pictures.photo_names[c]}, s))
        if half:
            d, z, ways = self.drawings.moving(rng, half, self.frames, data, follow=.85 if self.stage == '3d' else 0.)
            x, classes = torch.cat([x, (d - MEAN) / STD]), classes + [c + self.pictures.drawing_base for c in z]
            for c, way in zip(z, ways):
                s = measured.video(rng, self.vocabulary, way)
                sheets.append(({'source': 'drawing', 'modality': 'video', 'name': self.drawings.nouns[c]}, s))
        return x, torch.tensor(np.array(classes)), sheets

    def motion(self, rng, x, kind):
        still, energy, rhythm, turn = motion.measured(x)
        s = measured.motion(rng, self.vocabulary, kind)
        s.update(still=still, energy=energy, rhythm=rhythm, turn=turn)
        num = measured.num
        new = {'at rest': f'{still} %', 'movement': f'{num(energy)} m/s2', 'turned': f'{turn} degrees', 'rhythm': rhythm and f'{num(rhythm)} Hz', 'steps': rhythm and 1.2 <= rhythm <= 3.5 and f'{round(60 * rhythm)} a minute'}
        lines = [(k, new.get(k, v)) for k, v in s['lines'] if k not in ('rhythm', 'steps')]
        at = next(i for i, (k, _) in enumerate(lines) if k == 'turned')
        s['lines'] = lines[:at] + [(k, new[k]) for k in ('rhythm', 'steps') if new[k]] + lines[at:]
        return {'source': 'motion', 'modality': 'imu', 'name': kind}, s

    def turns(self, rng, f, s):
        """One to three turns about an example: half about what it is, half about what was measured."""
        out = {}
        for _ in range(int(rng.choice([1, 2, 3]))):
            other = pick(rng, self.drawings.nouns) if f['source'] == 'drawing' else pick(rng, self.pictures.photo_names)
            q, a = questions.seen(rng, f, s, other) if s.get('misread') or rng.random() < (.35 if f['source'] == 'plot' else .6) else talk.pair(rng, s)
            out.setdefault(q, (q, a))
        return list(out.values())

    def words(self, rng, tok, sheets):
        """[(f, s)] -> list of (ids, mask of the ids to learn)"""
        rows = []
        for f, s in sheets:
            s['known'] = True
            for _ in range(20):
                if self.stage in FACTS:
                    facts = talk.block([s]) if rng.random() < (.93 if f['source'] == 'plot' else self.facts) else ''
                    turns = self.turns(rng, f, s) if facts else [questions.seen(rng, f, None, pick(rng, self.pictures.photo_names))]
                    ids, learn = tok.dialogue(turns, facts)
                else:
                    ids = tok.prompt(caption(f)) + [2]
                    learn = [False] + [True] * (len(ids) - 1)
                if len(ids) <= ROW[self.stage]:
                    break
            rows.append((ids[:ROW[self.stage]], learn[:ROW[self.stage]]))
        return rows


def caption(f):
    """The alignment caption of a fact sheet (stages 1b and 2)."""
    s = f['source']
    if s == 'stamp':
        return f['caption']
    if s == 'plot':
        return f'{questions.article(questions.plot_sentence(f)).capitalize()}.'
    if s == 'motion':
        return talk.ACTIVITY_SAID[f['name']]
    if s == 'sound':
        return questions.sound_sentence(f['name'])
    if s == 'drawing':
        return f'A {"video" if f["modality"] == "video" else "drawing"} of {questions.article(f["name"])}.'
    kind = {'image': 'photograph', 'video': 'video', 'rgbd': 'depth picture', 'rgbn': 'surface normal picture', 'point': 'point cloud'}[f['modality']]
    return f'A {kind} of {questions.article(f["name"])}.'


def padded(rows):
    size = max(len(i) for i, _ in rows)
    return torch.tensor([i + [2] * (size - len(i)) for i, _ in rows]), torch.tensor([k + [False] * (size - len(k)) for _, k in rows])


def word_loss(model, ids, learn, prefix):
    """[n, S] ids behind a prefix [n, K, D] (or None) -> summed loss of the ids to learn, and the number of ids, [n] each"""
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


def start(args, stage, model, aids):
    """Weights that a stage begins with."""
    load = lambda name: torch.load(args.run / name, weights_only=False)
    if stage == '1b':
        model.clip.visual.load_state_dict(load('stage1.pt')['visual'])
        if (args.run / 'language.pt').exists():
            model.load_state_dict(load('language.pt')['model'], strict=False)
        return
    s = load({'2': 'stage1b.pt', '3': 'stage2.pt', '3b': 'stage3.pt', '3c': 'stage3b.pt', '3d': 'stem.pt', '3e': 'stage3d.pt'}[stage])
    model.load_state_dict(s['model']), aids.load_state_dict(s['aids'])
    if stage == '2':
        torch.manual_seed(3)
        from_image(model)
        t = load('tokenizers.pt')
        model.conv1.load_state_dict({k: v for k, v in t['conv1'].items() if k.startswith(('audio', 'point'))}, strict=False)
        aids.pools.load_state_dict(t['pools'])


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
        model.load_state_dict(own['live']), aids.load_state_dict(own['aids'])
        used, n = own['used'], own['n']
    else:
        start(args, stage, model, aids)
    mean = {k: v.clone() for k, v in (own['model'] if own else model.state_dict()).items()}  # average of the weights: what is kept
    model.clip.requires_grad_(False)
    for name, q in model.named_parameters():
        if ONLY.get(stage, '') not in name:
            q.requires_grad_(False)
    language = [model.tok_embeddings, model.output, model.layers, model.norm]
    low, high = RATES[stage]
    groups = [(model.conv1, low / high), (aids, 1.)] + [(p, low / high if stage not in FACTS else .6) for p in language] + [(model, 1.)]
    opts = Optimisers(model, groups)
    if own:
        opts.again(own)
    torch.manual_seed(1000 * n + rank)
    every = opts.every
    clock, rng, saved, seen = Clock(args.minutes, used), np.random.default_rng([n, rank, 5]), time.time(), {}
    share, experts, first = clock.share(), 1 if stage == '1b' else None, n
    model.clip.eval()
    while True:
        lr = high * args.scale * rate(share)
        if stage in FACTS:
            source.facts = FACTS[stage][0] + (FACTS[stage][1] - FACTS[stage][0]) * share
        opts.zero()
        total, loss, made = sum(MIX[stage].values()), 0., []
        with half():
            for m, k in MIX[stage].items():
                if m in ('text', 'two'):
                    continue
                x, y, sheets = source.batch(rng, m, k)
                seen_by_tower = m in ('image', 'video', 'rgbd', 'rgbn')  # the frozen half: no gradient is needed
                with torch.no_grad() if seen_by_tower else torch.enable_grad():
                    tokens = model.tokens(x, m)
                    feats = model.tower_of(tokens, m)
                ce = lambda logits, w: w * F.cross_entropy(logits.float(), y, label_smoothing=.05)
                aid = ce(aids.pools[m](tokens), .3) if m in aids.pools else 0.
                if x.dim() == 5:
                    feats = feats.unflatten(0, (len(x), -1)).mean(1)
                media = model.media(feats, m, experts)
                aid = aid + ce(aids.media(media, m), .5)
                loss = loss + aid * k
                made += [(m, aid.item(), s, row) for s, row in zip(sheets, model.prefix(media, m))]
            rows = [(m, aid, row, w) for (m, aid, _, row), w in zip(made, source.words(rng, tok, [s for _, _, s, _ in made]))]
            if 'two' in MIX[stage]:
                rows += pairs(rng, source, tok, made, MIX[stage]['two'])
            for _ in range(MIX[stage].get('text', 0)):
                rows.append(('text', 0., None, tok.dialogue(*reversed(written(rng, source)))))
            for part in grouped(rows):
                ids, learn = padded([w for _, _, _, w in part])
                words = word_loss(model, ids, learn, None if part[0][2] is None else torch.stack([r for _, _, r, _ in part]))
                loss = loss + words.sum() / (1 if stage not in FACTS else 2)
                for (m, aid, _, _), w in zip(part, words.tolist()):
                    seen.setdefault(m, []).append((w, aid))
        (loss / total).backward()
        share = averaged(every, args.ranks, clock.share(), rank)
        opts.step(lr, clip=3.)
        n += 1
        if rank == 0:
            keep(mean, model, min(.995, n / (n + 20)))
        if rank == 0 and n % 20 == 0:
            log(f'stage{stage} step {n} share {share:.3f} ' + ' '.join(f'{m} {np.mean([a for a, _ in v[-800:]]):.2f}+{np.mean([b for _, b in v[-800:]]):.2f}' for m, v in seen.items())
                + f' {args.ranks * total * (n - first) / (time.time() - clock.t):.0f}/s')
        if share >= 1 or (time.time() - saved > 180):
            if rank == 0:
                save(path, model=mean, live=model.state_dict(), aids=aids.state_dict(), opt=opts.state(), used=clock.elapsed(), n=n)
            saved = time.time()
            if share >= 1:
                return


def averaged(every, ranks, share, rank):
    """The gradients of these parameters become their mean over the processes. -> `share` of rank 0, whose clock rules"""
    if ranks == 1:
        return share
    flat = torch.cat([(q.grad if q.grad is not None else torch.zeros_like(q)).flatten() for q in every] + [torch.tensor([share if rank == 0 else 0.])])
    dist.all_reduce(flat)
    share, at = float(flat[-1]), 0
    flat /= ranks
    for q in every:
        q.grad = flat[at:at + q.numel()].view_as(q)
        at += q.numel()
    return share


@torch.no_grad()
def keep(mean, model, decay):
    for k, v in model.state_dict().items():
        if v.dtype.is_floating_point:
            mean[k].lerp_(v, 1 - decay)
        else:
            mean[k].copy_(v)


def written(rng, source):
    """Text alone: a facts block and turns without the file, as the language model learnt first."""
    from language import dialogue
    while True:
        block, turns = dialogue(rng, source.vocabulary)
        if len(block) < 700:
            return block, turns[:4]


def grouped(rows):
    """Rows of the same number of media and about the same length: little is padding."""
    parts = {}
    for r in rows:
        size = next(k for k in SIZES if len(r[3][0]) <= k)
        parts.setdefault((0 if r[2] is None else len(r[2]), size), []).append(r)
    return parts.values()


def pairs(rng, source, tok, made, count):
    """Two examples of a batch in one question: what each is, whether it is the same, what the measured facts compare."""
    out, kinds = [], {}
    for m, _, s, row in made:
        if m in ('image', 'audio', 'point'):
            kinds.setdefault(m, []).append((s, row))
    for _ in range(count):
        m = str(rng.choice(list(kinds)))
        pool, named = kinds[m], {}
        for p in pool:
            named.setdefault((p[0][0]['source'], questions.name_of(p[0][0])), []).append(p)
        like = [g for g in named.values() if len(g) > 1 and g[0][0][0]['source'] != 'plot']
        if like and rng.random() < .45:
            group = like[rng.integers(len(like))]
            i, k = rng.choice(len(group), 2, replace=False) if rng.random() < .75 else (0, 0)  # a quarter: the same file twice
            ((f, s), a), ((g, t), b) = group[i], group[k]
        else:
            ((f, s), a), ((g, t), b) = pool[rng.integers(len(pool))], pool[rng.integers(len(pool))]
        turns = questions.both(rng, f, g)
        facts = rng.random() < .5
        if facts and m == 'audio' and 'silence' not in (s['kind'], t['kind']) and abs(s['loudness'] - t['loudness']) > .2 and s['seconds'] != t['seconds']:
            turns = [*talk.two_sounds(rng, source.vocabulary, s, t)[1][:1], *turns][:2]
        if facts and m == 'image' and 'picture' == s['source'] == t['source'] and rng.random() < .4:
            turns = [*talk.two_pictures(rng, source.vocabulary, s, t)[1][:1], *turns][:2]
        if facts and m == 'point' and s['points'] != t['points'] and rng.random() < .4:
            turns = [*talk.two_clouds(rng, source.vocabulary, s, t)[1][:1], *turns][:2]
        ids, learn = tok.dialogue(list({q: (q, a) for q, a in turns}.values()), talk.block([s, t]) if facts else '')
        if len(ids) <= 420:
            out.append(('two', 0., torch.cat([a, b]), (ids, learn)))
    return out
