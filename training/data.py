"""The caches as batches. Every example: the modality's model input, a class (row of a caption table) and facts to ask about."""
import json
import pickle
from pathlib import Path

import numpy as np
import torch

import augment
import clouds
import plots
import sounds

RENAMED = {'brass': 'brass plaque', 'tabby': 'tabby cat', 'teddy': 'teddy bear', 'organ': 'pipe organ', 'crane': 'crane',
           'mantis': 'praying mantis', 'monarch': 'monarch butterfly', 'fly': 'fly', 'bighorn': 'bighorn sheep', 'lesser panda': 'red panda',
           'black widow': 'black widow spider', 'beacon': 'lighthouse (beacon)', 'alp': 'mountain (alp)'}


def article(noun):
    return ('an ' if noun[0].lower() in 'aeio' or noun.startswith(('um', 'hour')) else 'a ') + noun


class Pictures:
    """Photographs, stamps and plots. `captions[class]`: one sentence per class; classes of photographs come first."""

    def __init__(self, cache, limit_photos=None):
        c = Path(cache)
        load = lambda n: np.load(c / n)
        self.photo_names = [RENAMED.get(n, n) for n in json.loads((c / 'photos.json').read_text())]
        x, y = load('photos_train.npy'), load('photos_train_y.npy')
        stamps, sentences = load('stamps.npy'), json.loads((c / 'stamps.json').read_text())
        pictures, metas = [], []
        for f in sorted(c.glob('plots_train_*.npy')):
            meta = json.loads(f.with_suffix('.json').read_text())
            pictures.append(np.load(f))
            metas += meta
        self.captions = [f'A photograph of {article(n)}.' for n in self.photo_names]
        self.plot_base = len(self.captions)
        self.captions += [f'A {k}.' if k[0] not in 'aeh' else f'{article(k).capitalize()}.' for k in plots.KINDS]
        self.stamp_base = len(self.captions)
        unique = sorted(set(sentences))
        self.captions += unique
        row = {s: i + self.stamp_base for i, s in enumerate(unique)}
        self.parts = {  # name: (pictures, class, metas)
            'photo': (x, y.astype(np.int64), None),
            'plot': (np.concatenate(pictures), np.array([m['kind'] for m in metas]) + self.plot_base, metas),
            'stamp': (stamps, np.array([row[s] for s in sentences]), None)}
        self.held = {'photo': (load('photos_held.npy'), load('photos_held_y.npy').astype(np.int64), None)}
        for f in sorted(c.glob('plots_held_*.npy')):
            meta = json.loads(f.with_suffix('.json').read_text())
            self.held['plot'] = (np.load(f), np.array([m['kind'] for m in meta]) + self.plot_base, meta)
        self.order, self.at = {}, {}

    def draw(self, rng, part, n):
        """n indices of a part; every example once before any twice."""
        total = len(self.parts[part][0])
        if part not in self.order or self.at[part] + n > total:
            self.order[part], self.at[part] = rng.permutation(total), 0
        i = self.order[part][self.at[part]:self.at[part] + n]
        self.at[part] += n
        return i

    def batch(self, rng, n, shares=(('photo', .82), ('plot', .13), ('stamp', .05)), size=64, strength=1.0):
        """-> x [n, 3, size, size], classes [n], list of (part, class, meta)."""
        xs, ys, info = [], [], []
        for k, (part, share) in enumerate(shares):
            m = round(n * share) if k else n - sum(round(n * s) for _, s in shares[1:])
            data, y, metas = self.parts[part]
            i = self.draw(rng, part, m)
            xs.append(data[i])
            ys.append(y[i])
            info += [(part, int(y[j]), metas[j] if metas else None) for j in i]
        x, y = torch.from_numpy(np.concatenate(xs)), torch.from_numpy(np.concatenate(ys))
        return augment.pictures(x, torch.tensor([p == 'plot' for p, _, _ in info]), size, strength), y, info


class Sounds:
    """Filter banks; classes are rows of `sounds.CLASSES`."""

    SHARES = {'esc': .38, 'fsdd': .34, 'espeak': .08, 'gm': .12, 'speech': .03, 'made': .05}

    def __init__(self, cache):
        with open(Path(cache) / 'sounds.pkl', 'rb') as f:
            d = pickle.load(f)
        self.held, self.groups, self.pool = d['held'], {}, {}
        for bank, c, tag in d['train']:
            self.groups.setdefault(tag.split()[0], {}).setdefault(c, []).append(bank)
            self.pool.setdefault(c, []).append(bank)
        shares = {g: s for g, s in self.SHARES.items() if g in self.groups}
        self.names, self.p = list(shares), np.array(list(shares.values())) / sum(shares.values())

    def batch(self, rng, n):
        """-> x [n, 1, mels, frames], classes [n]"""
        xs, ys = [], []
        for _ in range(n):
            group = self.groups[self.names[rng.choice(len(self.names), p=self.p)]]
            c = list(group)[rng.integers(len(group))]
            xs.append(sounds.augment(rng, group[c][rng.integers(len(group[c]))], c, self.pool))
            ys.append(c)
        return torch.from_numpy(np.stack(xs))[:, None], torch.tensor(ys)

    def held_batch(self):
        return torch.from_numpy(np.stack([sounds.to_input(b.astype(np.float32)) for b, _, _ in self.held])).float()[:, None], np.array([c for _, c, _ in self.held])


class Clouds:
    """Point clouds; classes are rows of `clouds.CLASSES`."""

    def __init__(self, cache, points=1024):
        with open(Path(cache) / 'clouds.pkl', 'rb') as f:
            train, self.held = pickle.load(f)
        self.points, self.library = points, {}
        for p, c, _ in train:
            self.library.setdefault(c, []).append(p)

    def batch(self, rng, n):
        """-> x [n, points, 6], classes [n]"""
        made = [clouds.make(rng, self.library, self.points) for _ in range(n)]
        return torch.from_numpy(np.stack([p for p, _ in made])).float(), torch.tensor([c for _, c in made])

    def held_batch(self, seed=0):
        """The held-out library, each model sampled once, y up -> x, classes."""
        rng = np.random.default_rng(seed)
        x = np.stack([clouds.unit(p[rng.choice(len(p), self.points, replace=False)].astype(np.float32)) for p, _, _ in self.held])
        return torch.from_numpy(x), np.array([c for _, c, _ in self.held])
