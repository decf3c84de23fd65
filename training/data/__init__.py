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

from .drawings import Drawings

RENAMED = {'brass': 'brass plaque', 'tabby': 'tabby cat', 'teddy': 'teddy bear', 'organ': 'pipe organ', 'crane': 'crane',
           'mantis': 'praying mantis', 'monarch': 'monarch butterfly', 'fly': 'fly', 'bighorn': 'bighorn sheep', 'lesser panda': 'red panda',
           'black widow': 'black widow spider', 'beacon': 'lighthouse (beacon)', 'alp': 'mountain (alp)'}


def article(noun):
    return ('an ' if noun[0].lower() in 'aeio' and noun[:2].lower() != 'eu' or noun.startswith(('um', 'hour')) else 'a ') + noun


class Pictures:
    """Photographs, stamps, plots and drawings. `captions[class]`: one sentence per class; classes of photographs come first."""

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
        self.drawings, self.drawing_base = Drawings(c), len(self.captions)
        self.captions += [f'A drawing of {article(n)}.' for n in self.drawings.nouns]
        self.parts = {  # name: (pictures, class, metas)
            'photo': (x, y.astype(np.int64), None),
            'plot': (np.concatenate(pictures), np.array([m['kind'] for m in metas]) + self.plot_base, metas),
            'stamp': (stamps, np.array([row[s] for s in sentences]), None)}
        self.dev = load('photos_dev.npy'), load('photos_dev_y.npy').astype(np.int64)
        self.order, self.at = {}, {}
        self.of_class = [np.flatnonzero(y == c) for c in range(len(self.photo_names))]

    def draw(self, rng, part, n, alike=0):
        """n indices of a part; every example once before any twice. The last `alike` of photographs show what the first ones do."""
        total = len(self.parts[part][0])
        if part not in self.order or self.at[part] + n > total:
            self.order[part], self.at[part] = rng.permutation(total), 0
        i = self.order[part][self.at[part]:self.at[part] + n]
        self.at[part] += n
        if alike and part == 'photo':
            i[n - alike:] = [rng.choice(self.of_class[c]) for c in self.parts[part][1][i[:alike]]]
        return i

    def batch(self, rng, n, shares=(('photo', .82), ('plot', .13), ('stamp', .05)), size=64, strength=1.0, alike=0):
        """-> x [n, 3, size, size], classes [n], list of (part, class, meta). `alike`: see `draw`."""
        xs, ys, info = [], [], []
        for k, (part, share) in enumerate(shares):
            m = round(n * share) if k else n - sum(round(n * s) for _, s in shares[1:])
            data, y, metas = self.parts[part]
            i = self.draw(rng, part, m, alike)
            xs.append(data[i])
            ys.append(y[i])
            info += [(part, int(y[j]), metas[j] if metas else None) for j in i]
        x, y = torch.from_numpy(np.concatenate(xs)), torch.from_numpy(np.concatenate(ys))
        return augment.pictures(x, torch.tensor([p == 'plot' for p, _, _ in info]), size, strength), y, info


class Sounds:
    """Filter banks; classes are rows of `sounds.CLASSES`."""

    SHARES = {'esc': .27, 'fsdd': .36, 'espeak': .06, 'gm': .23, 'speech': .03, 'made': .05}

    def __init__(self, cache):
        with open(Path(cache) / 'sounds.pkl', 'rb') as f:
            d = pickle.load(f)
        self.groups, self.pool = {}, {}
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


class Clouds:
    """Point clouds; classes are rows of `clouds.CLASSES`."""

    def __init__(self, cache, points=1024):
        with open(Path(cache) / 'clouds.pkl', 'rb') as f:
            train, _ = pickle.load(f)
        self.points, self.library = points, {}
        for p, c, _ in train:
            self.library.setdefault(c, []).append(p)

    def batch(self, rng, n):
        """-> x [n, points, 6], classes [n]"""
        made = [clouds.make(rng, self.library, self.points) for _ in range(n)]
        return torch.from_numpy(np.stack([p for p, _ in made])).float(), torch.tensor([c for _, c in made])
