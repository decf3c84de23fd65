"""Emoji and icons as pictures [n, 3, size, size]: the RGBA drawings of drawings.mjs on made grounds, and moving over one."""
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

SIDE = 72
EMOJI = ('noto', 'noto-v1', 'twemoji', 'openmoji', 'fluent-emoji', 'fluent-emoji-flat', 'fluent-emoji-high-contrast', 'emojione', 'emojione-v1', 'emojione-monotone', 'fxemoji', 'streamline-emojis')
WAYS = {'right': (1, 0), 'left': (-1, 0), 'down': (0, 1), 'up': (0, -1)}


def of_one_colour(x):
    """uint8 [side, side, 4]: nothing of it has a colour of its own."""
    c = x[x[..., 3] > 128][:, :3]
    return len(c) == 0 or c.std(0).max() < 12


def surroundings(rng, film, spots, side):
    """[frames, 3, S, S] -> the same size: of each frame the square about the thing at (left, top) with this side, found not quite exactly."""
    frames, _, size, _ = film.shape
    theta, wide = torch.zeros(frames, 2, 3), rng.uniform(1., 1.5)
    for t, (left, top) in enumerate(spots):
        s = min(size, side * wide * rng.uniform(.92, 1.08))
        for axis, at in enumerate((left, top)):
            middle = np.clip(at + side / 2 + rng.uniform(-.1, .1) * side, s / 2, size - s / 2)  # the square stays in the picture
            theta[t, axis, axis], theta[t, axis, 2] = s / size, 2 * middle / size - 1
    return F.grid_sample(film, F.affine_grid(theta, list(film.shape), align_corners=False), mode='bilinear', padding_mode='border', align_corners=False)


class Drawings:
    """`train`, `dev`, `held`: rows by set of drawings, never by chance. Absent files: no drawings."""

    def __init__(self, cache):
        head = Path(cache) / 'drawings.json'
        d = json.loads(head.read_text()) if head.exists() else {'nouns': [], 'items': [], 'heldOut': [], 'dev': []}
        self.nouns = d['nouns']
        self.x = np.fromfile(head.with_suffix('.bin'), np.uint8).reshape(-1, SIDE, SIDE, 4) if d['items'] else np.zeros((0, SIDE, SIDE, 4), np.uint8)
        row = {n: i for i, n in enumerate(self.nouns)}
        self.y = np.array([row[i['noun']] for i in d['items']], np.int64)
        self.sets = np.array([i['set'] for i in d['items']])
        self.single = np.array([of_one_colour(x) for x in self.x], bool)
        held, dev = np.isin(self.sets, d['heldOut']), np.isin(self.sets, d['dev'])
        self.train, self.dev, self.held = np.flatnonzero(~held & ~dev), np.flatnonzero(dev), np.flatnonzero(held)
        emoji = np.isin(self.sets[self.train], EMOJI)  # every noun as often, and three of five times as an emoji, where there are icons too
        total = np.full((2, max(1, len(self.nouns))), 1e-9)
        np.add.at(total, (emoji.astype(int), self.y[self.train]), 1.)
        self.p = np.where(emoji, .6, .4) / total[emoji.astype(int), self.y[self.train]] if len(self.train) else np.zeros(0)
        self.p /= max(self.p.sum(), 1e-9)

    def batch(self, rng, n, size, photos, alike=0):
        """-> float [n, 3, size, size] in 0..1, nouns [n]. `photos` uint8 [N, 64, 64, 3] are some of the grounds. The last `alike` show what the first ones do."""
        i = rng.choice(self.train, n, p=self.p)
        i[n - alike:] = [rng.choice(self.train[self.y[self.train] == c]) for c in self.y[i[:alike]]]
        return self.augmented(rng, i, size, photos), self.y[i]

    def augmented(self, rng, rows, size, photos):
        x = torch.from_numpy(self.x[rows]).permute(0, 3, 1, 2).float() / 255
        n, alpha, rgb = len(rows), x[:, 3:], x[:, :3].clone()
        for k in range(n):
            if self.single[rows[k]] and rng.random() < .6:
                rgb[k] = torch.rand(3, 1, 1) * (1 if rng.random() < .5 else .5)
            elif rng.random() < .15:
                rgb[k] = rgb[k].mean(0, keepdim=True)
        u = lambda a, b: torch.empty(n).uniform_(a, b)
        zoom, aspect, tilt = torch.exp(u(-.08, .6)), torch.exp(u(-.1, .1)), u(-.25, .25)
        mirror, room = torch.where(torch.rand(n) < .5, -1., 1.), (zoom - 1).clamp(min=0) + .05
        theta = torch.zeros(n, 2, 3)
        theta[:, 0, 0], theta[:, 0, 1], theta[:, 0, 2] = zoom * aspect * mirror, -tilt, room * u(-1, 1)
        theta[:, 1, 0], theta[:, 1, 1], theta[:, 1, 2] = tilt, zoom / aspect, room * u(-1, 1)
        fine = 2 if size <= 32 else 1
        grid = F.affine_grid(theta, [n, 4, fine * size, fine * size], align_corners=False)
        x = F.avg_pool2d(F.grid_sample(torch.cat([rgb * alpha, alpha], 1), grid, mode='bilinear', padding_mode='zeros', align_corners=False), fine)
        ground = torch.stack([self.ground(rng, size, photos) for _ in range(n)])
        for k in range(n):
            if self.single[rows[k]] and abs(float(rgb[k].mean() - ground[k].mean())) < .3:  # unseen otherwise
                ground[k] = 1. if rgb[k].mean() < .5 else 0.
        x = x[:, :3] + (1 - x[:, 3:]) * ground
        grey, r = x.mean(1, keepdim=True), lambda: torch.rand(n, 1, 1, 1) * 2 - 1
        x = grey + (x - grey) * (1 + .5 * r())
        return ((x - .5) * (1 + .2 * r()) + .5 + .1 * r()).clamp(0, 1)

    @staticmethod
    def ground(rng, size, photos):
        """White mostly; else light, any colour, dark, two colours, a photograph. [3, size, size]"""
        r, full = rng.random(), lambda c: c.expand(3, size, size).clone()
        if r < .15:
            return full(.8 + .2 * torch.rand(3, 1, 1))
        if r < .35:
            return full(torch.rand(3, 1, 1))
        if r < .45:
            return full(.15 * torch.rand(3, 1, 1))
        if r < .52:
            p = torch.from_numpy(photos[rng.integers(len(photos))]).permute(2, 0, 1).float()[None] / 255
            return F.interpolate(p, size=(size, size), mode='bilinear', align_corners=False)[0]
        if r < .6:
            a, b, t = torch.rand(3, 1, 1), torch.rand(3, 1, 1), torch.linspace(0, 1, size)[None, :, None]
            return full(a * t + b * (1 - t))
        return torch.ones(3, size, size)

    def plain(self, rows, size=64):
        """On white, as a person's file shows it."""
        x = torch.from_numpy(self.x[rows]).permute(0, 3, 1, 2).float() / 255
        return F.interpolate(x[:, :3] * x[:, 3:] + 1 - x[:, 3:], size=(size, size), mode='area')

    def moving(self, rng, n, frames, photos, size=64, follow=0.):
        """A drawing that moves over a ground: float [n, frames, 3, size, size] in 0..1, nouns [n], ways. A share `follow` of the films
        shows the surroundings of what moves, as the product does where a model asks for it (`daemon/runtime/preprocess/movingPart.ts`)."""
        rows, ways, out = rng.choice(self.train, n, p=self.p), [], []
        for k in rows:
            way = str(rng.choice(list(WAYS)))
            dx, dy = WAYS[way]
            side = int(rng.integers(22, 40))
            rgba = F.interpolate(torch.from_numpy(self.x[k]).permute(2, 0, 1).float()[None] / 255, size=(side, side), mode='area')[0]
            ground, free = self.ground(rng, size, photos), size - side
            path = np.linspace(*np.sort(rng.uniform(0, 1, 2) * [.35, .35] + [0, .65]), frames) * free
            across = rng.uniform(0, free)
            film, spots = ground.repeat(frames, 1, 1, 1), []
            for t in range(frames):
                along = path[t] if dx + dy > 0 else path[frames - 1 - t]
                left, top = (int(along), int(across)) if dx else (int(across), int(along))
                spot = film[t, :, top:top + side, left:left + side]
                spot.copy_(rgba[:3] * rgba[3:] + (1 - rgba[3:]) * spot)
                spots.append((left, top))
            out.append(surroundings(rng, film, spots, side) if rng.random() < follow else film)
            ways.append(way)
        return torch.stack(out), self.y[rows], ways
