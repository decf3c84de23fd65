"""Point clouds [P, 6] (xyz, rgb 0..1): 3D models of the furniture libraries, sampled by area, procedural solids, and things made of parts (`built.py`)."""
import re
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np

import built
from pictures import catalogue

LIBRARIES = '/usr/share/sweethome3d/furniture'
HELD_OUT_LIBRARY = 'BlendSwap-CC-BY'
SHAPES = ['sphere', 'cube', 'box', 'cylinder', 'cone', 'torus', 'pyramid', 'plane', 'hemisphere', 'helix']
# class: words of a catalogue name (first match wins, whole words)
FURNITURE = {
    'armchair': 'armchair', 'stool': 'stool|bar stool', 'bench': 'bench|bank', 'chair': 'chair|seat', 'sofa': 'sofa|couch',
    'bed': 'bed|crib|futon', 'desk': 'desk', 'table': 'table', 'lamp': 'lamp|lamppost|light|spotlight', 'bookcase': 'bookcase|shelves',
    'wardrobe': 'wardrobe|cupboard', 'cabinet': 'cabinet|drawers|dresser|chest', 'window': 'window', 'door': 'door', 'refrigerator': 'refrigerator|fridge|freezer',
    'oven': 'oven|cooker|stove', 'washbasin': 'washbasin|sink|lavatory|basin', 'toilet': 'toilets|urinal|bidet', 'bathtub': 'bath|bathtub|jacuzzi',
    'television': 'tv|television', 'vase': 'vase|pottery|jar', 'bottle': 'bottle', 'cup': 'cup|mug|glass', 'bowl': 'bowl',
    'car': 'car|sedan|beetle|ford|renault|peugeot|chevrolet|suv|leon', 'bicycle': 'bicycle|bike|motorbike|yamaha', 'truck': 'truck|bus|van',
    'person': 'male|female|boy|girl|mannequin', 'tree': 'tree|pine|cypress|poplar|maple|palm|beech|acacia|sycamore', 'plant': 'plant|ficus|yucca|bamboo|cactus|tulips|orchids|bush|flowers|lily|spathiphyllum',
    'railing': 'railing|fence', 'radiator': 'radiator', 'computer': 'imac|laptop|ibook'}
NOT = {'lamp': 'street', 'table': 'tennis|football|pool', 'bed': 'bedside', 'window': 'shutter', 'door': 'screen', 'chair': 'wheelchair', 'cup': 'plate|cake|cupboard',
       'bathtub': 'bathmat|sheet', 'plant': 'box', 'tree': 'christmas_', 'television': 'stand|cabinet|remote', 'truck': 'fork', 'bottle': 'baby', 'toilet': 'dispenser|brush|roll'}
CLASSES = SHAPES + list(FURNITURE)


def furniture_class(name):
    n = name.lower()
    for c, words in FURNITURE.items():
        if re.search(rf'\b({words})\b', n) and not (c in NOT and re.search(NOT[c], n)):
            return c
    return None


def read_obj(z, name):
    """Triangles [T, 3, 3] and their colours [T, 3] from an OBJ (and its MTL diffuse colours) in an open zip."""
    base = PurePosixPath(name.lstrip('/'))
    text = z.read(str(base)).decode('latin-1')
    colours, current = {}, None
    for lib in re.findall(r'^mtllib\s+(.+?)\s*$', text, re.M):
        try:
            for line in z.read(str(base.parent / lib)).decode('latin-1').splitlines():
                w = line.split()
                if len(w) > 1 and w[0] == 'newmtl':
                    current = line.strip()[7:].strip()
                elif len(w) > 3 and w[0] == 'Kd':
                    colours[current] = [float(v) for v in w[1:4]]
        except KeyError:
            pass
    v, tri, col, now = [], [], [], [.6, .6, .6]
    for line in text.splitlines():
        if line.startswith('v '):
            v.append([float(a) for a in line.split()[1:4]])
        elif line.startswith('usemtl'):
            now = colours.get(line[6:].strip(), [.6, .6, .6])
        elif line.startswith('f '):
            i = [int(w.split('/')[0]) for w in line.split()[1:]]
            i = [k - 1 if k > 0 else len(v) + k for k in i]
            for a in range(1, len(i) - 1):
                tri.append((i[0], i[a], i[a + 1]))
                col.append(now)
    return np.array(v, np.float32)[np.array(tri)], np.clip(np.array(col, np.float32), 0, 1)


def sample_mesh(rng, tri, col, n):
    """n points by area -> [n, 6]"""
    e1, e2 = tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0]
    area = np.linalg.norm(np.cross(e1, e2), axis=1).astype(np.float64) + 1e-12
    t = rng.choice(len(tri), n, p=area / area.sum())
    a, b = rng.random((2, n, 1)).astype(np.float32)
    flip = a + b > 1
    a, b = np.where(flip, 1 - a, a), np.where(flip, 1 - b, b)
    return np.concatenate([tri[t, 0] + a * e1[t] + b * e2[t], col[t]], 1).astype(np.float32)


def furniture(points=4096, seed=3):
    """Every model of a known class -> (train, held): lists of (cloud float16 [points, 6] centred with unit radius, class, name). Y is up."""
    rng, train, held = np.random.default_rng(seed), [], []
    for path in sorted(Path(LIBRARIES).glob('*.sh3f')):
        items = catalogue(path)
        with zipfile.ZipFile(path) as z:
            for it in items:
                c = furniture_class(it['name'])
                if c is None:
                    continue
                try:
                    tri, col = read_obj(z, it['model'])
                    p = sample_mesh(rng, tri, col, points)
                except (KeyError, IndexError, ValueError):
                    continue
                (held if path.stem == HELD_OUT_LIBRARY else train).append((unit(p).astype(np.float16), CLASSES.index(c), it['name']))
    return train, held


def unit(p):
    q = p.copy()
    q[:, :3] -= q[:, :3].mean(0)
    q[:, :3] /= np.linalg.norm(q[:, :3], axis=1).max() + 1e-9
    return q


def _box(rng, n, c, s):
    """n points on the faces of a box, centre c, sides s."""
    s = np.array(s, float)
    area = np.array([s[1] * s[2], s[0] * s[2], s[0] * s[1]])
    ax = rng.choice(3, n, p=area / area.sum())
    p = rng.uniform(-.5, .5, (n, 3))
    p[np.arange(n), ax] = rng.choice([-.5, .5], n)
    return p * s + c


def _tube(rng, n, c, r0, r1, h, caps=True):
    """n points on a truncated cone along y, bottom radius r0, top r1."""
    side = np.pi * (r0 + r1) * np.hypot(h, r0 - r1)
    part = rng.choice(3, n, p=np.array([side, caps * np.pi * r0 ** 2, caps * np.pi * r1 ** 2]) / (side + caps * np.pi * (r0 ** 2 + r1 ** 2)))
    u, a = rng.random(n), rng.uniform(0, 2 * np.pi, n)
    if abs(r0 - r1) > 1e-6:  # uniform over the cone's area
        u = (np.sqrt(r0 ** 2 + u * (r1 ** 2 - r0 ** 2)) - r0) / (r1 - r0)
    r = np.where(part == 0, r0 + (r1 - r0) * u, np.sqrt(rng.random(n)) * np.where(part == 1, r0, r1))
    y = np.where(part == 0, u, np.where(part == 1, 0., 1.)) * h - h / 2
    return np.stack([r * np.cos(a), y, r * np.sin(a)], 1) + c


def shape(rng, kind, n):
    """n points of a basic solid, y up."""
    u = rng.uniform
    if kind in ('sphere', 'hemisphere'):
        p = rng.normal(0, 1, (n, 3))
        p /= np.linalg.norm(p, axis=1, keepdims=True)
        if kind == 'sphere':
            return p * (u(.2, 1, (n, 1)) ** (1 / 3) if rng.random() < .1 else 1) * (1 + u(-.07, .07, 3))
        p[:, 1] = np.abs(p[:, 1])
        if rng.random() < .6:
            k = n // 3
            a, r = u(0, 2 * np.pi, k), np.sqrt(u(0, 1, k))
            p[:k] = np.stack([r * np.cos(a), 0 * a, r * np.sin(a)], 1)
        return p
    if kind == 'cube':
        return u(-.5, .5, (n, 3)) if rng.random() < .1 else _box(rng, n, 0, 1 + u(-.08, .08, 3))
    if kind == 'box':
        s = np.array([1, u(.5, 1.2), u(.15, .6)])[rng.permutation(3)]
        return _box(rng, n, 0, s)
    if kind == 'cylinder':
        return _tube(rng, n, 0, 1, 1, np.exp(u(-.3, 1.8)), rng.random() < .75)
    if kind == 'cone':
        return _tube(rng, n, 0, 1, 1e-3 if rng.random() < .9 else .1, np.exp(u(-.1, 1.3)), rng.random() < .7)
    if kind == 'torus':
        r = u(.15, .5)
        a, b = u(0, 2 * np.pi, n * 2), u(0, 2 * np.pi, n * 2)
        keep = np.nonzero(rng.random(n * 2) < (1 + r * np.cos(b)) / (1 + r))[0][:n]
        a, b = np.resize(a[keep], n), np.resize(b[keep], n)
        return np.stack([(1 + r * np.cos(b)) * np.cos(a), r * np.sin(b), (1 + r * np.cos(b)) * np.sin(a)], 1)
    if kind == 'pyramid':
        h, base = np.exp(u(-.3, .7)), rng.random() < .8
        sides = 4 if rng.random() < .85 else 3
        a = np.arange(sides) * 2 * np.pi / sides + np.pi / 4
        c = np.stack([np.cos(a), 0 * a, np.sin(a)], 1)
        tri = [[[0, h, 0], c[i], c[(i + 1) % sides]] for i in range(sides)]
        tri += [[c[0], c[i], c[i + 1]] for i in range(1, sides - 1)] if base else []
        return sample_mesh(rng, np.array(tri, np.float32), np.zeros((len(tri), 3), np.float32), n)[:, :3].astype(float)
    if kind == 'plane':
        p = u(-.5, .5, (n, 3)) * [1, 0, u(.4, 1)]
        p[:, 1] = rng.normal(0, u(0, .01), n)
        return p
    t = u(0, 1, n)  # helix
    turns, thick = u(2, 6), u(.02, .15)
    return np.stack([np.cos(2 * np.pi * turns * t), u(1.2, 4) * t, np.sin(2 * np.pi * turns * t)], 1) + rng.normal(0, thick / 2, (n, 3))


def rotation(rng, free):
    """Matrix: about y by any angle; then y up, z up, or (free) any attitude."""
    a = rng.uniform(0, 2 * np.pi)
    c, s = np.cos(a), np.sin(a)
    r = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    if free:
        q, _ = np.linalg.qr(rng.normal(0, 1, (3, 3)))
        return q @ r
    return np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]]) @ r if rng.random() < .5 else r


def pick(rng):
    """A kind of `built`."""
    return list(built.BUILDERS)[rng.integers(len(built.BUILDERS))]


def make(rng, library, points, shapes=.2, parts=.4):
    """One training cloud [points, 6] and its class. `library`: class -> list of clouds [4096, 6]."""
    way, colour = rng.random(), None
    if way < shapes:
        c = int(rng.integers(len(SHAPES)))
        p = shape(rng, SHAPES[c], points)
        free = rng.random() < .4
    elif way < shapes + parts:
        kind = pick(rng)
        (p, colour), c, free = built.points(rng, kind, points), CLASSES.index(kind), False
    else:
        kinds = list(library)
        weight = np.array([len(library[k]) for k in kinds]) ** .5
        c = kinds[rng.choice(len(kinds), p=weight / weight.sum())]
        cloud = library[c][rng.integers(len(library[c]))]
        cloud = cloud[rng.choice(len(cloud), points, replace=False)].astype(np.float32)
        p, colour, free = cloud[:, :3].astype(float), cloud[:, 3:], False
    if c >= len(SHAPES):
        p = p * np.exp(rng.uniform(-.18, .18, 3)) * rng.choice([-1, 1], 3, p=[.5, .5]) ** np.array([1, 0, 0])
    p = p @ rotation(rng, free).T
    p = p + rng.normal(0, 1, p.shape) * rng.choice([0, .003, .01, .02]) * np.ptp(p)
    if rng.random() < .08:  # a side not seen
        cut = p @ rng.normal(0, 1, 3)
        keep = np.nonzero(cut > np.quantile(cut, rng.uniform(0, .25)))[0]
        i = np.resize(keep, points)
        p, colour = p[i], None if colour is None else colour[i]
    if colour is None and rng.random() < .5:
        colour = np.tile(rng.random(3), (points, 1)) if rng.random() < .7 else (p - p.min(0)) / (np.ptp(p, axis=0) + 1e-9)
    if colour is None or rng.random() < .4:
        colour = np.zeros((points, 3))
    elif rng.random() < .5:
        colour = np.clip(colour[:, rng.permutation(3)] * rng.uniform(.5, 1.2, 3), 0, 1)
    few = int(points * rng.uniform(.15, .9)) if rng.random() < .15 else points
    q = np.concatenate([p, colour], 1)
    if few < points:  # a smaller file: its points repeat
        q = q[np.resize(np.arange(few), points)]
    return unit(q.astype(np.float32)), c
