"""Fact sheets: what the product measures in a file, and the lines by which it tells the language model (daemon/engine/groundingText.ts
writes the same). A sheet is a dict with `source`, `modality`, the facts under plain keys, and `lines`, [(key, value)].

Facts that a reader may miss are left out of the lines at random; then they are None in the sheet too: nobody can answer them.
"""
import numpy as np

from .words import Words, num, pick, some

KIND = {'line': 'line plot', 'scatter': 'scatter plot', 'bar': 'bar chart', 'histogram': 'histogram', 'pie': 'pie chart', 'box': 'box plot', 'heatmap': 'heat map',
        'area': 'area chart', 'step': 'step plot', 'contour': 'contour plot'}
TREND = ['rising', 'falling', 'flat', 'mixed']
COLOURS = ['white', 'black', 'grey', 'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown', 'cyan']
NOTES = ['A', 'A sharp', 'B', 'C', 'C sharp', 'D', 'D sharp', 'E', 'F', 'F sharp', 'G', 'G sharp']


def text_of(lines):
    return ''.join(f'{k}: {v}\n' for k, v in lines)


def axis(rng, low=None):
    a = low if low is not None else float(rng.choice([0, 0, 0, 1, -1, some(rng, -100, 100, 2), some(rng, 1, 3000, 2)]))
    return a, float(f'{a + some(rng, .05, 20000, 2):.4g}')


def plot(rng, words, kind=None, mode=None, count=None, trend=None):
    """`mode`, `count` and `trend` where a picture fixes them (count: series, bars, slices or boxes; trend of one series)."""
    kind = kind or str(rng.choice(list(KIND), p=[.25, .14, .24, .08, .08, .06, .05, .05, .03, .02]))
    s = {'source': 'plot', 'modality': 'image', 'kind': kind, 'title': None, 'x': None, 'y': None, 'series': [], 'bars': [], 'panels': 1}
    s['mode'] = str(rng.choice(['', '', 'grouped', 'stacked', 'horizontal'])) if kind == 'bar' and mode is None else mode or ''
    lines = [('plot', f'{s["mode"]} {KIND[kind]}'.strip())]
    if rng.random() < .06:
        s['panels'] = int(rng.integers(2, 7))
        lines.append(('panels', str(s['panels'])))
    if rng.random() < .82:
        s['title'] = words.title(rng)
        lines.append(('title', s['title']))
    if kind != 'pie':
        for k in 'xy':
            if rng.random() < .78:
                s[k] = words.label(rng)
                lines.append((f'{k} label', s[k]))
    n = {'line': int(rng.choice([1, 1, 1, 2, 2, 3, 4, 5])), 'step': int(rng.choice([1, 1, 2])), 'area': int(rng.choice([1, 2, 3])), 'scatter': int(rng.choice([1, 1, 2, 3])), 'histogram': 1}.get(kind, 0)
    n = min(count, 8) if n and count else n
    y0, y1 = axis(rng, 0. if kind in ('bar', 'histogram', 'area') and rng.random() < .9 else None)
    cats = words.categories(rng, count or int(rng.integers(2, 9))) if kind in ('bar', 'box') or (kind == 'line' and rng.random() < .1) else None
    if kind != 'pie' and rng.random() < .93:
        log = kind in ('line', 'scatter') and rng.random() < .08
        x0, x1 = axis(rng)
        when = rng.random() < .1 and kind in ('line', 'step', 'area', 'bar') and not cats
        a = ('categories' if cats else f'{2000 + int(rng.integers(0, 25))}-0{int(rng.integers(1, 10))}-{int(rng.integers(10, 29))} to {2025 + int(rng.integers(0, 5))}-1{int(rng.integers(0, 3))}-{int(rng.integers(10, 29))}' if when
             else f'{num(x0)} to {num(x1)}')
        b = f'{num(max(y0, .01) if log else y0)} to {num(y1)}' + (', logarithmic' if log else '')
        s['xaxis'], s['yaxis'], s['log'], s['dates'] = a, b, log, when
        flat = s['mode'] == 'horizontal'
        lines += [('x axis', b if flat else a), ('y axis', a if flat else b)]
        if flat:
            s['xaxis'], s['yaxis'] = b, a
    if n:
        s['count'] = n
        lines.append(('series', str(n)))
        named = n > 1 or rng.random() < .3
        for name in words.names(rng, n) if named else [None] * n:
            lo, hi = sorted(float(f'{v:.4g}') for v in rng.uniform(y0, y1, 2))
            way = trend if trend and n == 1 else str(rng.choice(TREND, p=[.34, .34, .1, .22]))
            first, last = (lo, hi) if way == 'rising' else (hi, lo) if way == 'falling' else (float(f'{rng.uniform(lo, hi):.4g}'), float(f'{rng.uniform(lo, hi):.4g}'))
            row = {'name': name, 'trend': way, 'first': first, 'last': last, 'low': lo, 'high': hi}
            s['series'].append(row)
            if kind in ('line', 'step', 'area'):
                lines.append((f'- {name or "the data"}', f'{way}, {num(first)} to {num(last)}, lowest {num(lo)}, highest {num(hi)}'))
            elif kind == 'scatter':
                lines.append((f'- {name or "the data"}', f'{way}, lowest {num(lo)}, highest {num(hi)}'))
    if kind == 'bar':
        groups = words.names(rng, int(rng.integers(2, 4))) if s['mode'] in ('grouped', 'stacked') else [None]
        s['count'] = len(cats)
        s['groups'] = groups
        if groups[0]:
            lines.append(('series', f'{len(groups)}: ' + ', '.join(groups)))
        lines.append(('bars', str(len(cats) * len(groups))))
        values = [[(c, g, float(f'{rng.uniform(y0, y1):.3g}')) for c in cats] for g in groups]
        s['bars'] = [b for row in values for b in row]
        flat = [v for _, _, v in s['bars']]
        if len(set(flat)) == len(flat):
            tell = lambda b: f'{b[0]}, {num(b[2])}' + (f', {b[1]}' if b[1] else '')
            s['highest'], s['lowest'] = max(s['bars'], key=lambda b: b[2]), min(s['bars'], key=lambda b: b[2])
            lines += [('highest', tell(s['highest'])), ('lowest', tell(s['lowest']))]
        if groups == [None]:
            lines += [(f'- {c}', num(v)) for c, _, v in s['bars']]
    if kind == 'pie':
        cats = words.categories(rng, count or int(rng.integers(2, 7)))
        v = rng.uniform(.2, 1, len(cats))
        v = np.round(100 * v / v.sum()).astype(int)
        s['slices'] = list(zip(cats, v.tolist()))
        s['count'] = len(cats)
        lines.append(('slices', str(len(cats))))
        lines += [(f'- {c}', f'{p} %') for c, p in s['slices']]
    if kind == 'box':
        s['count'] = len(cats)
        s['boxes'] = [(c, float(f'{rng.uniform(y0, y1):.3g}')) for c in cats]
        lines.append(('boxes', str(len(cats))))
        lines += [(f'- {c}', f'median {num(m)}') for c, m in s['boxes']]
    s['lines'] = lines
    return s


def picture(rng, words):
    """What is measured of any picture that is no plot."""
    s = {'source': 'picture', 'modality': 'image', 'text': None}
    s['width'], s['height'] = int(rng.integers(24, 4200)), int(rng.integers(24, 4200))
    lines = [('picture', f'{s["width"]} x {s["height"]} pixels')]
    s['colours'] = [str(c) for c in rng.permutation(COLOURS)[:int(rng.integers(1, 4))]]
    lines.append(('colours', ', '.join(s['colours'])))
    if rng.random() < .4:
        s['text'] = [words.line(rng) for _ in range(int(rng.choice([1, 1, 2, 3, 4])))]
        lines.append(('text', ' | '.join(s['text'])))
    s['lines'] = lines
    return s


def sound(rng, words, kind=None, judge_errs=0.):
    """`kind`: speech, music, noise, silence or another sound; shares as the product's judge gives them."""
    kind = kind or str(rng.choice(['speech', 'music', 'noise', 'silence', 'sound'], p=[.25, .25, .15, .1, .25]))
    s = {'source': 'sound', 'modality': 'audio', 'kind': kind}
    s['seconds'] = some(rng, .3, 400)
    s['rate'], s['channels'] = int(rng.choice([8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 96000])), int(rng.choice([1, 1, 2, 2, 6]))
    lines = [('sound', f'{num(s["seconds"])} s'), ('channels', str(s['channels'])), ('sample rate', f'{s["rate"]} Hz')]
    if kind != 'silence':
        s['loudness'] = round(float(rng.uniform(-50, -5)), 1)
        s['peak'] = round(min(0., s['loudness'] + float(rng.uniform(3, 25))), 1)
        lines += [('loudness', f'{num(s["loudness"])} LUFS'), ('peak', f'{num(s["peak"])} dB')]
    s['silence'] = 100 if kind == 'silence' else int(rng.choice([0, 0, int(rng.integers(1, 60))]))
    s['clipped'] = bool(kind != 'silence' and rng.random() < .15)
    lines += [('silence', f'{s["silence"]} %'), ('clipped', 'yes' if s['clipped'] else 'no')]
    if kind != 'silence':
        high = lambda: int(rng.integers(60, 101))
        speech = high() if kind == 'speech' else int(rng.integers(0, 35))
        music = high() if kind == 'music' else int(rng.integers(0, 35))
        if rng.random() < judge_errs:
            speech, music = (int(v) for v in rng.choice([0, 0, 40, 100], 2, replace=False))
        lines += [('speech', f'{speech} %'), ('music', f'{music} %')]
        s['speech'], s['music'] = speech, music
        if kind in ('speech', 'music') or (kind == 'sound' and rng.random() < .4):
            s['pitch'] = some(rng, 60, 2000, 4)
            s['note'] = f'{pick(rng, NOTES)} {int(rng.integers(1, 8))}'
            lines.append(('pitch', f'{num(s["pitch"])} Hz, {s["note"]}'))
        if kind == 'music' and rng.random() < .7:
            s['tempo'] = int(rng.integers(50, 200))
            lines.append(('tempo', f'{s["tempo"]} a minute'))
    s['lines'] = lines
    return s


def cloud(rng, words):
    s = {'source': 'cloud', 'modality': 'point', 'points': int(np.exp(rng.uniform(np.log(50), np.log(2e7))))}
    s['size'] = [some(rng, .02, 300) for _ in range(3)]
    s['unit'] = str(rng.choice(['m', 'm', 'mm', 'units', 'units']))
    lines = [('points', str(s['points'])), ('size', ' x '.join(num(v) for v in s['size']) + f' {s["unit"]}')]
    s['groups'] = int(rng.choice([1, 1, 1, 2, 3, 4, 5, 8]))
    s['colours'], s['faces'], s['closed'], s['planes'] = bool(rng.random() < .5), None, None, int(rng.choice([0, 0, 1, 2, 3]))
    lines += [('groups', str(s['groups'])), ('coloured', 'yes' if s['colours'] else 'no'), ('planes', str(s['planes']))]
    if rng.random() < .4:
        s['faces'], s['closed'] = int(np.exp(rng.uniform(2, 13))), bool(rng.random() < .5)
        lines += [('faces', str(s['faces'])), ('watertight', 'yes' if s['closed'] else 'no')]
    s['lines'] = lines
    return s


def video(rng, words, way=None):
    """`way`: right, left, up or down, where the frames show it."""
    s = {'source': 'video', 'modality': 'video', 'seconds': some(rng, .3, 4000), 'rate': float(rng.choice([10, 12, 15, 23.98, 24, 25, 29.97, 30, 50, 60])), 'width': int(rng.choice([64, 160, 320, 640, 854, 1280, 1920])), 'height': int(rng.choice([64, 120, 240, 360, 480, 720, 1080]))}
    s['frames'] = max(1, int(s['seconds'] * s['rate']))
    s['cuts'] = int(rng.choice([0, 0, 0, 1, 2, 3, 7, 12]))
    s['motion'] = str(rng.choice(['still', 'slow', 'fast']))
    if way:
        s['motion'] = pick(rng, ['slow', 'fast'])
    s['way'] = way if way else None if s['motion'] == 'still' or rng.random() < .3 else str(rng.choice(['right', 'left', 'up', 'down']))
    s['sounding'] = bool(rng.random() < .5)
    lines = [('video', f'{num(s["seconds"])} s'), ('picture', f'{s["width"]} x {s["height"]} pixels'), ('frames', str(s['frames'])), ('frame rate', f'{num(s["rate"])} a second'), ('cuts', str(s['cuts'])), ('movement', s['motion'] + (f', to the {s["way"]}' if s['way'] in ('left', 'right') else f', {s["way"]}' if s['way'] else '')),
             ('sound track', 'yes' if s['sounding'] else 'no')]
    s['lines'] = lines
    return s


def depth(rng, words, modality=None):
    m = modality or str(rng.choice(['rgbd', 'rgbn'], p=[.7, .3]))
    s = {'source': 'depth', 'modality': m, 'width': int(rng.integers(32, 2000)), 'height': int(rng.integers(32, 2000))}
    lines = [('depth map' if m == 'rgbd' else 'normal map', f'{s["width"]} x {s["height"]} pixels')]
    s['invalid'] = int(rng.choice([0, 0, int(rng.integers(1, 60))]))
    if m == 'rgbd':
        a = some(rng, .1, 500)
        s['range'], s['unit'] = (a, float(f'{a + some(rng, .1, 2000):.4g}')), str(rng.choice(['m', 'mm', 'units', 'units']))
        lines.append(('depth', f'{num(s["range"][0])} to {num(s["range"][1])} {s["unit"]}'))
    lines.append(('invalid', f'{s["invalid"]} %'))
    if rng.random() < .6:
        s['planes'] = int(rng.integers(0, 5))
        lines.append(('planes', str(s['planes'])))
    s['lines'] = lines
    return s


ACTIVITY = ['still', 'walking', 'running', 'turning', 'shaking', 'jumping', 'falling']


def motion(rng, words, kind=None):
    s = {'source': 'motion', 'modality': 'imu', 'seconds': some(rng, 1, 900), 'rate': int(rng.choice([20, 25, 50, 52, 100, 104, 200, 400]))}
    s['kind'] = kind or pick(rng, ACTIVITY)
    s['still'] = int(rng.integers(85, 101)) if s['kind'] == 'still' else int(rng.integers(0, 20))
    lines = [('motion', f'{num(s["seconds"])} s'), ('sample rate', f'{s["rate"]} Hz'), ('at rest', f'{s["still"]} %')]
    hz = {'walking': (1.5, 2.3), 'running': (2.3, 3.4), 'jumping': (1, 2.6), 'shaking': (3.2, 8)}.get(s['kind'])
    s['energy'] = some(rng, *{'still': (.005, .08), 'walking': (1, 3.2), 'running': (4.5, 12), 'turning': (.1, .9), 'shaking': (5, 20), 'jumping': (5, 13), 'falling': (3, 12)}[s['kind']])
    lines.append(('movement', f'{num(s["energy"])} m/s2'))
    s['rhythm'] = some(rng, *hz) if hz and rng.random() < .92 else None
    if s['rhythm']:
        lines.append(('rhythm', f'{num(s["rhythm"])} Hz'))
        if 1.2 <= s['rhythm'] <= 3.5:
            lines.append(('steps', f'{round(60 * s["rhythm"])} a minute'))
    s['turn'] = int(rng.integers(90, 1500)) if s['kind'] == 'turning' else int(rng.integers(0, 60))
    lines.append(('turned', f'{s["turn"]} degrees'))
    s['gaps'] = int(rng.choice([0, 0, 0, 1, 2, 5]))
    lines.append(('gaps', str(s['gaps'])))
    s['lines'] = lines
    return s


ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']


def compared(sheets):
    """What the facts of a question's files say of one another, where all are of one kind: [(key, 'the second, -22.7 LUFS')]."""
    source = sheets[0]['source']
    if any(s['source'] != source for s in sheets) or len(sheets) > len(ORDINALS):
        return []

    def most(key, values, tell):
        if any(v is None for v in values):
            return []
        best = max(values)
        return [(key, 'none' if values.count(best) > 1 else f'the {ORDINALS[values.index(best)]}, {tell(values.index(best))}')]
    seconds = lambda: most('longer', [float(num(s['seconds'])) for s in sheets], lambda i: f'{num(sheets[i]["seconds"])} s')
    pixels = lambda: most('larger', [s['width'] * s['height'] for s in sheets], lambda i: f'{sheets[i]["width"]} x {sheets[i]["height"]} pixels')
    if source == 'sound':
        loud = [float(num(s['loudness'])) if 'loudness' in s else -np.inf for s in sheets]
        return most('louder', loud, lambda i: f'{num(sheets[i]["loudness"])} LUFS' if 'loudness' in sheets[i] else 'silent') + seconds()
    if source == 'picture':
        return pixels()
    if source == 'cloud':
        sides = [max(float(num(v)) for v in s['size']) for s in sheets]
        same = len({s['unit'] for s in sheets}) == 1
        return most('more points', [s['points'] for s in sheets], lambda i: str(sheets[i]['points'])) + (most('larger', sides, lambda i: f'{num(sides[i])} {sheets[i]["unit"]}') if same else [])
    if source == 'video':
        return seconds() + pixels()
    if source == 'depth':
        return pixels()
    if source == 'motion':
        return most('more movement', [float(num(s['energy'])) for s in sheets], lambda i: f'{num(sheets[i]["energy"])} m/s2') + seconds()
    lines = [('kinds', 'the same' if len({s['kind'] for s in sheets}) == 1 else 'different')]
    one = [s['series'][0]['trend'] if len(s['series']) == 1 and s['kind'] in ('line', 'step', 'area', 'scatter') else None for s in sheets]
    if None not in one:
        up = [ORDINALS[i] for i, t in enumerate(one) if t == 'rising']
        lines.append(('rising', 'none' if not up else 'all' if len(up) == len(one) else 'the ' + ', the '.join(up)))
    return lines


SHEETS = {'plot': plot, 'picture': picture, 'sound': sound, 'cloud': cloud, 'video': video, 'depth': depth, 'motion': motion}
