"""Pictures of 3D models with their depth and surface normals, splatted from point clouds: pairs (RGB, map) of 64 x 64."""
import numpy as np

import built
import clouds

SIZE = 64


def render(rng, p):
    """[P, 6] with y up -> rgb, depth, normal: uint8 [64, 64, 3] each. Near is bright in the depth map; background 0."""
    q = p[:, :3].astype(float)
    a, tilt = rng.uniform(0, 2 * np.pi), rng.uniform(.1, .6)
    q = q @ np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]]).T
    q = q @ np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]]).T
    scale = rng.uniform(.75, .95) * SIZE / 2 / max(np.abs(q[:, :2]).max(), 1e-6)
    x, y = (SIZE / 2 + q[:, 0] * scale).astype(int), (SIZE / 2 - q[:, 1] * scale).astype(int)
    z, order = q[:, 2], np.argsort(q[:, 2])  # far to near: the nearest point stays
    depth, colour = np.full((SIZE, SIZE), np.nan), np.zeros((SIZE, SIZE, 3))
    for dx in (0, 1):
        for dy in (0, 1):
            i, j = np.clip(y + dy, 0, SIZE - 1)[order], np.clip(x + dx, 0, SIZE - 1)[order]
            better = ~(depth[i, j] > z[order])
            depth[i[better], j[better]] = z[order][better]
            colour[i[better], j[better]] = p[order][better, 3:6]
    there = ~np.isnan(depth)
    d = np.where(there, depth, -1.2)
    gy, gx = np.gradient(d * scale)
    n = np.stack([-gx, gy, np.ones_like(d)], -1)
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    light = np.clip(n @ (np.array([.4, .6, .7]) / 1.0), .15, 1.1)
    ground = rng.uniform(.5, 1, 3) if rng.random() < .7 else rng.uniform(0, 1, 3)
    tint = colour if colour.max() > .05 else np.ones_like(colour) * rng.uniform(.25, .95, 3)
    rgb = np.where(there[..., None], np.clip(tint * light[..., None], 0, 1), ground)
    near = np.where(there, .25 + .75 * (d - d[there].min()) / (np.ptp(d[there]) + 1e-6), 0)
    normal = np.where(there[..., None], (n + 1) / 2, 0)
    to8 = lambda v: (255 * v).astype(np.uint8)
    return to8(rgb), to8(np.repeat(near[..., None], 3, 2)), to8(normal)


def make(library, count, seed=21):
    """-> uint8 [count, 3, 64, 64, 3] (rgb, depth, normal) and classes (rows of clouds.CLASSES)."""
    rng, out, y = np.random.default_rng(seed), [], []
    kinds = [c for c in library]
    for i in range(count):
        r = rng.random()
        if r < .3:
            c = int(rng.integers(len(clouds.SHAPES)))
            p = np.concatenate([clouds.shape(rng, clouds.SHAPES[c], 4096), np.zeros((4096, 3))], 1)
        elif r < .5:
            kind = clouds.pick(rng)
            c, p = clouds.CLASSES.index(kind), np.concatenate(built.points(rng, kind, 4096), 1)
        else:
            c = kinds[rng.integers(len(kinds))]
            p = library[c][rng.integers(len(library[c]))].astype(np.float32)
        out.append(np.stack(render(rng, clouds.unit(p))))
        y.append(c)
    return np.stack(out), np.array(y)
