"""Pictures of plots with known answers, drawn by matplotlib or by a small PIL renderer.

`draw(rng, styles)` returns (RGB image as PIL, meta). meta: kind (index into KINDS), count (bars, lines,
slices, boxes; 0 = not asked), trend ('up', 'down', ''), colour (name of the only colour, or ''),
title / grid / legend flags are not recorded: at 64 x 64 pixels nobody can read them.
"""
import io
import math

import matplotlib

matplotlib.use('Agg')
import matplotlib.style as mstyle
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageDraw

KINDS = ['line plot', 'scatter plot', 'bar chart', 'horizontal bar chart', 'stacked bar chart', 'grouped bar chart',
         'histogram', 'pie chart', 'box plot', 'heat map', 'area chart', 'step plot', 'error bar plot', 'contour plot',
         'violin plot']
WEIGHTS = [3, 3, 3, 1.2, 1.2, 1.2, 3, 2, 2, 2.2, 1.2, 1, 1.2, 1.2, .6]
HELD_OUT_STYLES = ['fivethirtyeight', 'Solarize_Light2', 'seaborn-v0_8-whitegrid', 'seaborn-v0_8-dark-palette', 'petroff10',
                   'tableau-colorblind10']
COLOURS = {'red': ['red', 'crimson', '#d62728', 'firebrick'], 'blue': ['blue', '#1f77b4', 'royalblue', 'steelblue'],
           'green': ['green', '#2ca02c', 'forestgreen', 'limegreen'], 'orange': ['orange', '#ff7f0e', 'darkorange'],
           'purple': ['purple', '#9467bd', 'indigo', 'darkviolet'], 'black': ['black', '#222222'],
           'pink': ['hotpink', 'deeppink', '#e377c2'], 'brown': ['#8c564b', 'saddlebrown']}
WORDS = 'alpha beta sales cost time speed north south Q1 Q2 Q3 Q4 mean rate growth apples pears tea coffee rain heat city town A B C D E F x y z'.split()
MAPS = ['viridis', 'plasma', 'magma', 'inferno', 'hot', 'coolwarm', 'Blues', 'Greens', 'RdBu', 'jet', 'gray', 'YlOrRd', 'cividis']


def train_styles():
    skip = set(HELD_OUT_STYLES) | {'dark_background_x'}
    return ['default'] * 12 + [s for s in mstyle.available if s not in skip and not s.startswith('_')]


def _series(rng, n):
    """A curve of n values, its trend ('up', 'down' or '')."""
    t = np.linspace(0, 1, n)
    way = rng.integers(0, 6)
    noise = rng.normal(0, rng.choice([0, .03, .1, .2]), n)
    if way == 0:
        return t * rng.uniform(.6, 2) + noise * .5, 'up'
    if way == 1:
        return -t * rng.uniform(.6, 2) + noise * .5, 'down'
    if way == 2:
        return np.sin(2 * np.pi * (rng.uniform(.8, 4) * t + rng.random())) + noise, ''
    if way == 3:
        return np.cumsum(rng.normal(0, 1, n)), ''
    if way == 4:
        s = rng.uniform(1, 4)
        return (np.exp(s * t) - 1, 'up') if rng.random() < .5 else (np.exp(-s * t), 'down')
    return rng.normal(0, 1, n), ''


def _bars(rng, n):
    way = rng.integers(0, 4)
    h = np.sort(rng.uniform(.1, 1, n)) if way == 0 else rng.uniform(.08, 1, n)
    if way == 1:
        h = h[np.argsort(-h)]
    return h * 10 ** rng.uniform(-1, 3)


def _sample(rng, n):
    way = rng.integers(0, 5)
    if way == 0:
        return rng.exponential(1, n)
    if way == 1:
        return np.concatenate([rng.normal(-2, .7, n // 2), rng.normal(2, 1, n - n // 2)])
    if way == 2:
        return rng.uniform(0, 1, n)
    return rng.normal(0, 1, n) * rng.uniform(.5, 20) + rng.normal() * 10


def _field(rng, n, m):
    y, x = np.mgrid[-2:2:n * 1j, -2:2:m * 1j]
    z = sum(rng.normal() * np.exp(-((x - rng.uniform(-2, 2)) ** 2 + (y - rng.uniform(-2, 2)) ** 2) / rng.uniform(.2, 2)) for _ in range(4))
    return x, y, z


def _matplotlib(rng, kind, styles):
    style = str(rng.choice(styles))
    meta = {'kind': int(kind), 'count': 0, 'trend': '', 'colour': ''}
    with mstyle.context(style):
        w, h = (6.4, 4.8) if rng.random() < .45 else (rng.uniform(3, 10), rng.uniform(2.6, 7.5))
        fig = Figure(figsize=(w, h), dpi=float(rng.uniform(200, 330) / max(w, h)))
        canvas = FigureCanvasAgg(fig)
        ax = fig.add_subplot(111)
        _paint(rng, ax, fig, KINDS[kind], meta, style)
        if rng.random() < .55:
            ax.set_title(' '.join(rng.choice(WORDS, rng.integers(1, 5))))
        if rng.random() < .5 and KINDS[kind] != 'pie chart':
            ax.set_xlabel(str(rng.choice(WORDS)))
            ax.set_ylabel(str(rng.choice(WORDS)))
        if KINDS[kind] not in ('pie chart', 'heat map', 'contour plot'):
            if rng.random() < .3:
                ax.grid(True, alpha=float(rng.uniform(.3, 1)))
            if rng.random() < .15:
                ax.spines[['top', 'right']].set_visible(False)
            if rng.random() < .05:
                ax.set_xticks([]), ax.set_yticks([])
        if rng.random() < .3:
            try:
                fig.tight_layout()
            except Exception:
                pass
        canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
    return picture, meta


def _colour(rng, meta):
    if rng.random() < .45:
        return None
    name = str(rng.choice(list(COLOURS)))
    meta['colour'] = name
    return str(rng.choice(COLOURS[name]))


def _paint(rng, ax, fig, kind, meta, style):
    lw = float(rng.choice([1, 1.5, 1.5, 2, 3, 4]))
    dark = style == 'dark_background'
    if kind in ('line plot', 'step plot', 'error bar plot', 'area chart'):
        lines = int(rng.choice([1, 1, 1, 2, 3, 4])) if kind != 'error bar plot' else int(rng.choice([1, 1, 2]))
        n = int(rng.integers(4, 13)) if rng.random() < .4 or kind == 'error bar plot' else int(rng.integers(20, 200))
        if kind == 'step plot':
            n = int(rng.integers(5, 25))
        x = np.arange(n) * 10 ** rng.uniform(-2, 1.5)
        meta['count'] = lines
        c = None if lines > 1 or dark else _colour(rng, meta)
        stack = []
        for k in range(lines):
            y, trend = _series(rng, n)
            meta['trend'] = trend if lines == 1 else ''
            y = y * 10 ** rng.uniform(-.3, .3) if lines > 1 else y * 10 ** rng.uniform(-2, 3)
            label = str(rng.choice(WORDS))
            if kind == 'line plot':
                marker = str(rng.choice(['o', 's', '^', 'x', '.'])) if n < 14 and rng.random() < .6 or rng.random() < .06 else None
                ax.plot(x, y, color=c, lw=lw, marker=marker, ls=str(rng.choice(['-', '-', '-', '--', ':', '-.'])), label=label)
            elif kind == 'step plot':
                ax.step(x, y, color=c, lw=lw, where=str(rng.choice(['pre', 'mid', 'post'])), label=label)
            elif kind == 'error bar plot':
                e = np.abs(rng.normal(.25, .08, n)) * (np.ptp(y) + 1e-6) * rng.uniform(.3, 1)
                ax.errorbar(x, y, yerr=e, xerr=None if rng.random() < .85 else np.full(n, (x[1] - x[0]) * .3), color=c, lw=lw * .8,
                            fmt=str(rng.choice(['o', 's', '-o', '.', '^', '-'])), capsize=float(rng.choice([2, 3, 4, 5, 6])), label=label)
            else:
                stack.append(y - y.min() + .1 * np.ptp(y) * rng.random())
        if kind == 'area chart':
            if lines == 1 or rng.random() < .4:
                for y in stack:
                    ax.fill_between(x, 0, y, color=c, alpha=float(rng.uniform(.35, 1)))
                    if rng.random() < .5:
                        ax.plot(x, y, color=c, lw=lw)
            else:
                ax.stackplot(x, *stack)
        if rng.random() < .4 and kind != 'area chart' and (lines > 1 or rng.random() < .4):
            ax.legend()
    elif kind == 'scatter plot':
        n = int(rng.choice([15, 30, 50, 100, 200, 400]))
        groups = int(rng.choice([1, 1, 1, 2, 3]))
        c = None if groups > 1 or dark else _colour(rng, meta)
        for g in range(groups):
            way = rng.integers(0, 4)
            x = rng.normal(0, 1, n) + (rng.normal(0, 2) if groups > 1 else 0)
            y = [rng.normal(0, 1, n), .9 * x + rng.normal(0, .4, n), -.9 * x + rng.normal(0, .4, n), rng.uniform(-2, 2, n)][way] + (rng.normal(0, 2) if groups > 1 else 0)
            if way == 3:
                x = rng.uniform(-2, 2, n)
            if groups == 1:
                meta['trend'] = ['', 'up', 'down', ''][way]
            size = float(rng.choice([8, 15, 20, 36, 36, 36, 60])) if rng.random() < .85 else rng.uniform(5, 200, n)
            if groups == 1 and c is None and rng.random() < .3:
                ax.scatter(x, y, s=size, c=rng.random(n), cmap=str(rng.choice(MAPS)), alpha=float(rng.uniform(.5, 1)))
            else:
                ax.scatter(x, y, s=size, color=c, alpha=float(rng.uniform(.4, 1)), marker=str(rng.choice(['o', 'o', 'o', 'x', '^', 's', '+'])), label=str(rng.choice(WORDS)))
    elif kind in ('bar chart', 'horizontal bar chart'):
        n = int(rng.integers(2, 10))
        y = _bars(rng, n)
        c = None if dark else _colour(rng, meta)
        if c is None and rng.random() < .3:
            meta['colour'], c = '', [f'C{i}' for i in range(n)]
        names = [str(v) for v in rng.choice(WORDS, n, replace=False)] if rng.random() < .7 else np.arange(n)
        meta['count'] = n
        if n > 2:
            d = np.diff(y)
            meta['trend'] = 'up' if (d > 0).all() else 'down' if (d < 0).all() else ''
        width = float(rng.choice([.8, .8, .8, .6, .5, .4, .9]))
        extra = {'edgecolor': 'black', 'linewidth': 1} if rng.random() < .2 else {}
        if kind == 'bar chart':
            ax.bar(range(n), y, width, color=c, tick_label=names, **extra)
        else:
            meta['trend'] = ''
            ax.barh(range(n), y, width, color=c, tick_label=names, **extra)
    elif kind in ('stacked bar chart', 'grouped bar chart'):
        n, parts = int(rng.integers(3, 8)), int(rng.integers(2, 5))
        data = rng.uniform(.15, 1, (parts, n)) * 10 ** rng.uniform(-1, 3)
        meta['count'] = n
        base = np.zeros(n)
        flat = rng.random() < .15
        for p in range(parts):
            if kind[0] == 's':
                (ax.barh if flat else ax.bar)(range(n), data[p], .7, **({'left': base} if flat else {'bottom': base}), label=str(rng.choice(WORDS)))
                base = base + data[p]
            else:
                (ax.barh if flat else ax.bar)(np.arange(n) + (p - (parts - 1) / 2) * .8 / parts, data[p], .8 / parts, label=str(rng.choice(WORDS)))
        if rng.random() < .4:
            ax.legend()
    elif kind == 'histogram':
        c = None if dark else _colour(rng, meta)
        extra = {'edgecolor': str(rng.choice(['black', 'white']))} if rng.random() < .45 else {}
        sets = 1 if rng.random() < .88 else 2
        for _ in range(sets):
            ax.hist(_sample(rng, int(rng.choice([100, 300, 1000, 3000]))), bins=int(rng.choice([10, 15, 20, 25, 30, 40, 50])), color=c if sets == 1 else None,
                    alpha=float(rng.choice([1, 1, .7, .6])), histtype='bar' if rng.random() < .92 else 'stepfilled', **extra)
        if sets > 1:
            meta['colour'] = ''
    elif kind == 'pie chart':
        n = int(rng.integers(2, 8))
        meta['count'] = n
        v = rng.uniform(.15, 1, n)
        ax.pie(v, labels=[str(w) for w in rng.choice(WORDS, n)] if rng.random() < .6 else None, autopct='%1.0f%%' if rng.random() < .4 else None,
               startangle=float(rng.choice([0, 90, 45, 140])), explode=[.1] + [0] * (n - 1) if rng.random() < .15 else None,
               wedgeprops={'width': .45} if rng.random() < .12 else ({'edgecolor': 'white'} if rng.random() < .3 else None),
               colors=None if rng.random() < .7 else matplotlib.colormaps[str(rng.choice(MAPS))](np.linspace(.1, .9, n)))
    elif kind in ('box plot', 'violin plot'):
        n = int(rng.integers(1, 8))
        meta['count'] = n
        data = [rng.normal(rng.normal(0, 1.2), rng.uniform(.4, 1.5), int(rng.choice([20, 50, 100, 200]))) for _ in range(n)]
        flat = rng.random() < .15
        if kind == 'box plot':
            extra = {'orientation': 'horizontal'} if flat else {}
            art = ax.boxplot(data, patch_artist=bool(rng.random() < .4), notch=bool(rng.random() < .15), widths=None if rng.random() < .5 else float(rng.uniform(.3, .8)), **extra)
            for box in art['boxes']:
                if hasattr(box, 'set_facecolor'):
                    box.set_facecolor(str(rng.choice(['lightblue', 'lightgreen', 'pink', 'orange', 'C0', 'C1', 'C2', 'tan'])))
        else:
            ax.violinplot(data, showmedians=bool(rng.random() < .5))
    elif kind == 'heat map':
        n, m = (int(v) for v in rng.integers(3, 26, 2)) if rng.random() < .8 else (60, 60)
        way = rng.integers(0, 4)
        z = rng.random((n, m)) if way < 2 else _field(rng, n, m)[2] if way == 2 else np.corrcoef(rng.normal(0, 1, (n, 12)) + rng.normal(0, 1, 12))
        art = ax.pcolormesh(z, cmap=str(rng.choice(MAPS))) if rng.random() < .3 else ax.imshow(z, cmap=str(rng.choice(MAPS)), aspect='auto' if rng.random() < .5 else 'equal')
        if rng.random() < .6:
            fig.colorbar(art, ax=ax)
        if rng.random() < .15 and z.size < 80:
            for (i, j), v in np.ndenumerate(z):
                ax.text(j, i, f'{v:.1f}', ha='center', va='center', fontsize=7)
    elif kind == 'contour plot':
        x, y, z = _field(rng, 30, 30)
        cmap, levels = str(rng.choice(MAPS)), int(rng.integers(5, 15))
        art = ax.contour(x, y, z, levels, cmap=cmap) if rng.random() < .5 else ax.contourf(x, y, z, levels, cmap=cmap)
        if rng.random() < .5 and hasattr(art, 'cmap'):
            fig.colorbar(art, ax=ax)


def _pil(rng, kind):
    """Plots as other programs draw them: flat, thick, few ticks, any background."""
    name = KINDS[kind]
    meta = {'kind': int(kind), 'count': 0, 'trend': '', 'colour': ''}
    W, H = int(rng.integers(180, 360)), int(rng.integers(140, 300))
    light = rng.random() < .85
    ground = tuple(int(v) for v in (rng.integers(225, 256, 3) if rng.random() < .5 else [255] * 3)) if light else tuple(int(v) for v in rng.integers(0, 60, 3))
    ink = (40, 40, 40) if light else (220, 220, 220)
    im = Image.new('RGB', (W, H), ground)
    d = ImageDraw.Draw(im)
    x0, y0, x1, y1 = int(W * rng.uniform(.05, .16)), int(H * rng.uniform(.05, .18)), int(W * rng.uniform(.88, .97)), int(H * rng.uniform(.8, .95))
    hue = [tuple(int(v) for v in rng.integers(20, 235, 3)) for _ in range(9)]
    if name not in ('pie chart', 'heat map'):
        if rng.random() < .5:
            for k in range(1, 6):
                yy = y1 - (y1 - y0) * k // 5
                d.line([(x0, yy), (x1, yy)], fill=tuple((a + b * 3) // 4 for a, b in zip(ink, ground)))
        d.line([(x0, y0), (x0, y1), (x1, y1)], fill=ink, width=int(rng.integers(1, 3)))
    if rng.random() < .4:
        d.text((W // 3, 3), ' '.join(rng.choice(WORDS, 2)), fill=ink)
    px = lambda t: x0 + 3 + t * (x1 - x0 - 6)
    py = lambda v: y1 - 2 - v * (y1 - y0 - 6)
    if name in ('line plot', 'area chart', 'step plot'):
        n = int(rng.integers(4, 60)) if name != 'step plot' else int(rng.integers(5, 16))
        lines = int(rng.choice([1, 1, 2, 3])) if name != 'area chart' else 1
        meta['count'] = lines
        for k in range(lines):
            y, trend = _series(rng, n)
            meta['trend'] = trend if lines == 1 else ''
            y = (y - y.min()) / (np.ptp(y) + 1e-9) * rng.uniform(.6, 1)
            pts = [(px(i / (n - 1)), py(v)) for i, v in enumerate(y)]
            if name == 'step plot':
                pts = [q for i, p in enumerate(pts) for q in ([p] if i == 0 else [(p[0], pts[i - 1][1]), p])]
            if name == 'area chart':
                d.polygon([(pts[0][0], y1)] + pts + [(pts[-1][0], y1)], fill=hue[0])
            else:
                d.line(pts, fill=hue[k], width=int(rng.integers(2, 6)), joint='curve')
    elif name == 'scatter plot':
        n, r = int(rng.integers(12, 120)), rng.uniform(1.5, 5)
        way = rng.integers(0, 3)
        t = rng.random(n)
        v = [rng.random(n), np.clip(t + rng.normal(0, .1, n), 0, 1), np.clip(1 - t + rng.normal(0, .1, n), 0, 1)][way]
        meta['trend'] = ['', 'up', 'down'][way]
        for a, b in zip(t, v):
            d.ellipse([px(a) - r, py(b) - r, px(a) + r, py(b) + r], fill=hue[0] if rng.random() < .9 else hue[1])
    elif name in ('bar chart', 'horizontal bar chart', 'stacked bar chart', 'grouped bar chart', 'histogram'):
        n = int(rng.integers(2, 9)) if name != 'histogram' else int(rng.integers(10, 30))
        parts = int(rng.integers(2, 4)) if name[:2] in ('st', 'gr') else 1
        if name == 'histogram':
            v = np.histogram(_sample(rng, 500), n)[0].astype(float)
            v /= v.max()
        else:
            v = rng.uniform(.1, 1, n)
            meta['count'] = n
        gap = 0 if name == 'histogram' else rng.uniform(.15, .5)
        many = rng.random() < .3 and name != 'histogram'
        for i in range(n):
            a, b = (i + gap / 2) / n, (i + 1 - gap / 2) / n
            if parts > 1 and name[0] == 's':
                cuts = np.concatenate([[0], np.cumsum(rng.uniform(.2, 1, parts))])
                cuts = cuts / cuts[-1] * v[i]
                for p in range(parts):
                    d.rectangle([px(a), py(cuts[p + 1]), px(b), py(cuts[p])], fill=hue[p])
            elif parts > 1:
                for p in range(parts):
                    q, r = a + (b - a) * p / parts, a + (b - a) * (p + 1) / parts
                    d.rectangle([px(q), py(rng.uniform(.15, 1)), px(r), y1], fill=hue[p])
            elif name == 'horizontal bar chart':
                d.rectangle([x0, y0 + (y1 - y0) * a, px(v[i]), y0 + (y1 - y0) * b], fill=hue[i if many else 0])
            else:
                d.rectangle([px(a), py(v[i]), px(b), y1], fill=hue[i if many else 0], outline=ink if name == 'histogram' and rng.random() < .6 else None)
    elif name == 'pie chart':
        n = int(rng.integers(2, 8))
        meta['count'] = n
        cut = np.cumsum(rng.uniform(.2, 1, n))
        cut = np.concatenate([[0], cut / cut[-1]]) * 360 + rng.uniform(0, 360)
        r = min(W, H) * rng.uniform(.3, .46)
        cx, cy = W * rng.uniform(.4, .6), H * .53
        for i in range(n):
            d.pieslice([cx - r, cy - r, cx + r, cy + r], cut[i], cut[i + 1], fill=hue[i], outline=ground if rng.random() < .5 else None)
    elif name == 'heat map':
        n, m = (int(v) for v in rng.integers(4, 16, 2))
        cm = matplotlib.colormaps[str(rng.choice(MAPS))]
        for i in range(n):
            for j in range(m):
                c = tuple(int(255 * v) for v in cm(rng.random())[:3])
                d.rectangle([x0 + (x1 - x0) * j / m, y0 + (y1 - y0) * i / n, x0 + (x1 - x0) * (j + 1) / m, y0 + (y1 - y0) * (i + 1) / n], fill=c)
    elif name == 'box plot':
        n = int(rng.integers(2, 7))
        meta['count'] = n
        for i in range(n):
            q = np.sort(rng.uniform(.05, .95, 5))
            c, half = px((i + .5) / n), (x1 - x0) / n * .28
            d.line([(c, py(q[0])), (c, py(q[4]))], fill=ink, width=2)
            d.rectangle([c - half, py(q[3]), c + half, py(q[1])], fill=hue[0] if rng.random() < .6 else ground, outline=ink)
            for k in (0, 2, 4):
                s = half if k == 2 else half * .6
                d.line([(c - s, py(q[k])), (c + s, py(q[k]))], fill=ink, width=2)
    return im, meta


PIL_KINDS = [KINDS.index(k) for k in ('line plot', 'scatter plot', 'bar chart', 'horizontal bar chart', 'stacked bar chart', 'grouped bar chart',
                                      'histogram', 'pie chart', 'box plot', 'heat map', 'area chart', 'step plot')]


def draw(rng, styles, pil_share=.2, kind=None):
    """One plot; see the module's docstring."""
    if rng.random() < pil_share and (kind is None or kind in PIL_KINDS):
        return _pil(rng, int(rng.choice(PIL_KINDS)) if kind is None else kind)
    weights = np.array(WEIGHTS) / sum(WEIGHTS)
    return _matplotlib(rng, int(rng.choice(len(KINDS), p=weights)) if kind is None else kind, styles)


def make(count, seed, held_out=False):
    """`count` plots as uint8 [count, 64, 64, 3] and their metas. Held-out: own seeds, own style sheets, no PIL renderer."""
    import warnings
    warnings.filterwarnings('ignore')
    styles = HELD_OUT_STYLES if held_out else train_styles()
    pictures, metas = np.zeros((count, 64, 64, 3), np.uint8), []
    i = 0
    rng = np.random.default_rng(seed + (10 ** 6 if held_out else 0))
    while i < count:
        try:
            picture, meta = draw(rng, styles, 0 if held_out else .2)
        except Exception as e:  # a style sheet this machine cannot draw; never silent in bulk
            if i == 0:
                raise
            continue
        pictures[i] = np.asarray(picture.resize((64, 64), Image.BICUBIC))
        metas.append(meta)
        i += 1
    return pictures, metas
