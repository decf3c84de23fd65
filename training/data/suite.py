"""The held-out suite as files with questions, for `onelens eval nano`:

    python -m data.suite --data ../../shared/data --cache cache --plots PLOTS --out SUITE
    onelens eval SUITE --json                                       # or --out ONELENS_HOME/suites/nano, and: onelens eval nano --json

PLOTS is a folder that `test/plots/make.mjs --final` drew (seeds held out from the reader and from training). What no training
has seen: the first 20 photographs of each class, whole sets of drawings, ESC-10 fold 3, one speaker, one sound font, one library of
models, persons and drawings of their own in motion signals and videos. Writes SUITE/suite.json: { name, cases: [{ group, files,
question, accept }] }. `--round`: each measured model has files of its own among what is held out, where there are enough (ESC-10's
fold and the 3D models are the same in every round; 1 was the model of bc258d7, whose wrong answers were read). `accept` is a regular expression (ignoring case) that a right answer matches; `truth` the class, for the confusion matrices (`card.py`).
"""
import argparse
import csv
import json
import re
import tarfile
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image

import clouds
import motion
import sounds
from data.drawings import WAYS, Drawings
from data.groups import GROUP_OF, GROUPS

SAME = {'dog bark': 'dog|bark', 'sea waves': 'sea|wave', 'baby cry': 'baby|cry', 'clock tick': 'clock|tick', 'person sneeze': 'sneez', 'rooster': 'rooster|crow', 'fire crackling': 'fire|crackl', 'cube': 'cube|box', 'box': 'box|cube',
        'bookcase': 'bookcase|shel', 'wardrobe': 'wardrobe|cabinet|cupboard', 'sofa': 'sofa|couch', 'television': 'television|tv', 'cabinet': 'cabinet|drawer|chest', 'lamp': 'lamp|light',
        'still': 'still|rest', 'walking': 'walk', 'running': 'run', 'shaking': 'shak', 'turning': 'turn|rotat', 'falling': 'fall', 'jumping': 'jump'}
KINDS = {'line': 'line', 'scatter': 'scatter', 'bar': r'bar chart', 'histogram': 'histogram', 'pie': 'pie', 'box': 'box', 'heatmap': 'heat ?map', 'area': 'area', 'step': 'step', 'contour': 'contour'}


class Suite:
    def __init__(self, out):
        self.out, self.cases = Path(out), []
        (self.out / 'files').mkdir(parents=True, exist_ok=True)

    def file(self, name):
        return self.out / 'files' / name

    def ask(self, group, files, question, accept, truth=None):
        case = {'group': group, 'files': [f'files/{f}' for f in ([files] if isinstance(files, str) else files)], 'question': question, 'accept': accept}
        self.cases.append(case if truth is None else {**case, 'truth': truth})


def word(text):
    return SAME.get(text) or rf'\b{re.escape(text)}\b'


def photographs(s, data, turn, per_class=2):
    words = json.loads((Path(data) / 'tiny-imagenet-classes.json').read_text())
    wnids, files = sorted(words), {}
    with tarfile.open(Path(data) / 'tiny-imagenet-train.tar') as tar:
        for member in tar:
            if member.isfile():
                files.setdefault(member.name.split('/')[-2], []).append((Path(member.name).name, member.name))
        names = {w: [p for _, p in sorted(v)[:20]] for w, v in files.items()}
        for c, w in enumerate(wnids):
            synonyms = [n.strip() for n in words[w].split(',')]
            kin = [n.strip() for k in GROUPS[GROUP_OF[c]] for n in words[wnids[k]].split(',')] + GROUP_OF[c].replace(' or ', ', ').replace('other ', '').split(', ')
            for k in range(per_class):
                name = f'photo_{c:03d}_{k}.jpg'
                s.file(name).write_bytes(tar.extractfile(names[w][(k * 7 + 3 * (turn - 1)) % 20]).read())
                s.ask('photograph: class', name, 'What is this?', '|'.join(word(n) for n in synonyms), GROUP_OF[c])
                s.ask('photograph: everyday group', name, 'Describe this.', '|'.join(word(n) for n in kin))


def drawings(s, cache, turn, count=300):
    d, rng = Drawings(cache), np.random.default_rng(4 + turn)
    for k, i in enumerate(rng.permutation(d.held)[:count]):
        rgba = Image.fromarray(d.x[i], 'RGBA')
        name, noun = f'drawing_{k:03d}.png', d.nouns[d.y[i]]
        Image.alpha_composite(Image.new('RGBA', rgba.size, 'white'), rgba).convert('RGB').save(s.file(name))
        s.ask('drawing', name, 'What does this show?', word(noun))
    for k, i in enumerate(rng.permutation(d.held)[:80]):
        way = list(WAYS)[k % 4]
        d.train, d.p = np.array([i]), np.array([1.])
        film, _, ways = d.moving(rng, 1, 12, np.full((1, 64, 64, 3), 200, np.uint8), 64)
        while ways[0] != way:
            film, _, ways = d.moving(rng, 1, 12, np.full((1, 64, 64, 3), 200, np.uint8), 64)
        frames = [Image.fromarray((f.permute(1, 2, 0).numpy() * 255).astype(np.uint8)).resize((192, 192)) for f in film[0]]
        name = f'film_{k:02d}.gif'
        frames[0].save(s.file(name), save_all=True, append_images=frames[1:], duration=100, loop=0)
        s.ask('video: which way', name, 'Which way does it move?', rf'\b{way}\b', way)
        s.ask('video: what', name, 'What moves?', word(d.nouns[d.y[i]]))


def audio(s, data, turn):
    with tarfile.open(Path(data) / 'esc10-folds1-4.tar') as tar:
        for m in sorted(tar, key=lambda m: m.name):
            if m.name.endswith('.ogg') and int(Path(m.name).name[0]) == sounds.HELD_OUT_FOLD:
                kind = m.name.split('/')[-2].split(' - ')[1].lower()
                kind = next(k for k in sounds.ESC if k.replace(' ', '')[:7] == kind.replace(' ', '')[:7])
                name = f'esc_{Path(m.name).name}'
                s.file(name).write_bytes(tar.extractfile(m).read())
                s.ask('ESC-10 sound', name, 'What sound is this?', word(kind), kind)
    with tarfile.open(Path(data) / 'fsdd-train.tar') as tar:
        for m in sorted(tar, key=lambda m: m.name):
            if m.name.endswith('.wav'):
                digit, speaker, take = Path(m.name).stem.split('_')
                if speaker == sounds.HELD_OUT_SPEAKER and int(take) % 3 == turn - 1:
                    s.file(Path(m.name).name).write_bytes(tar.extractfile(m).read())
                    s.ask('spoken digit', Path(m.name).name, 'Which digit is spoken?', rf'\b({sounds.DIGITS[int(digit)]}|{digit})\b', sounds.DIGITS[int(digit)])
                    if int(take) == 8 + turn:
                        s.ask('speech, music, noise, silence', Path(m.name).name, 'Is this speech, music, noise or silence?', 'speech|speak', 'speech')
    rng = np.random.default_rng(76 + turn)
    for name, (program, family) in sounds.INSTRUMENTS.items():
        for k, x in enumerate(sounds.instrument(rng, program, 4, sounds.HELD_OUT_FONT)):
            f = f'instrument_{name.replace(" ", "_")}_{k}.wav'
            soundfile.write(s.file(f), x, sounds.RATE)
            s.ask('instrument of 32', f, 'Which instrument is playing?', word(name), name)
            s.ask('instrument family of 8', f, 'Which family of instruments is it?', rf'\b{family}|{word(name)}')
            if k == 0:
                s.ask('speech, music, noise, silence', f, 'Is this speech, music, noise or silence?', 'music', 'music')
    for k in range(24):
        n = int(rng.uniform(1, 5) * sounds.RATE)
        quiet = k % 2
        x = rng.normal(0, 1, n) * 10 ** (rng.uniform(-7, -5) if quiet else rng.uniform(-2.5, -1))
        f = f'{"silence" if quiet else "noise"}_{k}.wav'
        soundfile.write(s.file(f), x.clip(-1, 1), sounds.RATE)
        s.ask('speech, music, noise, silence', f, 'Is this speech, music, noise or silence?', 'silen' if quiet else r'\bnoise', 'silence' if quiet else 'noise')
        s.ask('length, quoted', f, 'How long is it?', re.escape(f'{n / sounds.RATE:.4g}')[:5])


def models(s, turn):
    rng = np.random.default_rng(30 + turn)
    for k, (p, c, name) in enumerate(clouds.furniture()[1]):
        q = p[rng.choice(len(p), 2048, replace=False)].astype(np.float64)
        a = rng.uniform(0, 2 * np.pi)
        xyz = q[:, :3] @ np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]]).T + rng.normal(0, .005, (len(q), 3))
        f, rgb = f'model_{k:02d}.ply', (q[:, 3:] * 255).astype(int)
        rows = '\n'.join(f'{x:.5f} {y:.5f} {z:.5f} {r} {g} {b}' for (x, y, z), (r, g, b) in zip(xyz, rgb))
        s.file(f).write_text('ply\nformat ascii 1.0\n' + f'element vertex {len(q)}\n' + ''.join(f'property float {a}\n' for a in 'xyz') + ''.join(f'property uchar {a}\n' for a in ('red', 'green', 'blue')) + f'end_header\n{rows}\n')
        s.ask('3D model', f, 'What object is this?', word(clouds.CLASSES[c]), clouds.CLASSES[c])
        if k % 4 == 0:
            s.ask('counts, quoted', f, 'How many points are there?', r'\b2,?048\b')


def persons(s, turn):
    for k in range(84):
        person = motion.HELD_OUT_PERSONS + 1000 * (turn - 1) + k
        rng, c = np.random.default_rng(person), k % len(motion.CLASSES)
        x = motion.make(rng, c, motion.Person(person), seconds=6)
        f = f'motion_{k:02d}.csv'
        with open(s.file(f), 'w', newline='') as out:
            w = csv.writer(out)
            w.writerow(['time (s)', *(f'acceleration {a} (m/s^2)' for a in 'xyz'), *(f'gyroscope {a} (rad/s)' for a in 'xyz')])
            w.writerows([f'{i / motion.RATE:.4f}', *(f'{v:.5f}' for v in row)] for i, row in enumerate(x.T))
        s.ask('motion', f, 'What is the person doing?' if k % 2 else 'How does the device move?', word(motion.CLASSES[c]), motion.CLASSES[c])


def plots(s, folder):
    """Pictures with a JSON of what they show each (test/plots/README.md)."""
    for path in sorted(Path(folder).rglob('*.json')):
        t = json.loads(path.read_text())
        if not t.get('panels') or not path.with_suffix('.png').exists():
            continue
        f = f'plot_{path.parent.name}_{path.stem}.png'
        s.file(f).write_bytes(path.with_suffix('.png').read_bytes())
        panel, q = t['panels'][0], lambda text: re.escape(text).replace(r'\ ', ' ?')
        if t['kind'] in KINDS:
            s.ask('kind of plot', f, 'What kind of plot is this?', KINDS[t['kind']], t['kind'])
        if len(t['panels']) > 1:
            continue
        title = t.get('title') or panel.get('title')
        if title:
            s.ask('title, quoted', f, 'What is the title of this plot?', q(title))
        for k in 'xy':
            if panel.get(k) and panel[k].get('label'):
                s.ask('labels, quoted', f, f'What is the label of the {k} axis?', q(panel[k]['label']))
        series = panel.get('series') or []
        if t['kind'] == 'line' and series:
            s.ask('number of series', f, 'How many lines are there?', rf'\b({len(series)}|{["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][min(9, len(series))]})\b')
            if len(series) == 1:
                y = np.array([p[1] for p in series[0]['points'] if p[1] is not None], float)
                way = np.corrcoef(np.argsort(np.argsort(y)), np.arange(len(y)))[0, 1] if len(y) > 2 else 0
                if abs(way) > .7:
                    s.ask('trend', f, 'Does the line go up or down?', r'\b(rise|rising|up|increas)' if way > 0 else r'\b(fall|falling|down|decreas)')
        if t['kind'] == 'bar' and panel.get('mode') == 'plain' and len(series) == 1:
            best = max(series[0]['points'], key=lambda p: p[1])
            s.ask('highest bar', f, 'Which bar is the highest?', q(str(best[0])))


def rest(s, turn):
    """Two files in one question, and what no file can answer."""
    of = lambda group: [c for c in s.cases if c['group'] == group]
    photos, digits, tools = of('photograph: class'), of('spoken digit'), of('instrument of 32')
    rng = np.random.default_rng(7 + turn)
    for k in range(40):
        a, b = (tools if k % 2 else digits)[int(rng.integers(40))], (tools if k % 2 else digits)[int(rng.integers(40))]
        if a is b:
            continue
        x, y = (soundfile.read(s.out / c['files'][0])[0] for c in (a, b))
        if abs(20 * np.log10(x.std() / y.std())) > 3:
            s.cases.append({'group': 'two: which is louder', 'files': a['files'] + b['files'], 'question': 'Which is louder?', 'accept': r'\bfirst' if x.std() > y.std() else r'\bsecond'})
        same = a['accept'] == b['accept']
        s.cases.append({'group': 'two: same or different', 'files': a['files'] + b['files'], 'question': 'Are they the same?', 'accept': r'\bsame\b|^yes' if same else r'different|^no\b'})
    for k in range(30):
        a = of('drawing')[k]
        b = a if k % 3 == 0 else of('drawing')[k + 30]
        s.cases.append({'group': 'two: same or different', 'files': a['files'] + b['files'], 'question': 'Do both show the same?', 'accept': r'\bsame\b|^yes' if a['accept'] == b['accept'] else r'different|^no\b'})
    ask = [(photos, ['Who took this picture?', 'Where was this taken?', 'What is her name?']), (digits, ['Where was this recorded?', 'What is the name of the speaker?', 'What colour is it?']), (of('3D model'), ['Who made this model?', 'How much does it weigh?']),
           (of('kind of plot'), ['Who made this plot?', 'Which software drew this?']), (of('motion'), ['Who is walking?', 'What is the weather?'])]
    for cases, questions in ask:
        for k in range(min(12, len(cases))):
            s.cases.append({'group': 'unanswerable', 'files': cases[k * 3 % len(cases)]['files'], 'question': questions[k % len(questions)], 'accept': r'cannot|can not|could not|do not know|unknown|not possible'})


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--data', type=Path, default=Path(__file__).resolve().parents[3] / 'shared' / 'data')
    a.add_argument('--cache', type=Path, default=Path('cache'))
    a.add_argument('--plots', type=Path)
    a.add_argument('--out', type=Path, required=True)
    a.add_argument('--round', type=int, default=2, choices=(1, 2, 3))
    args = a.parse_args()
    s = Suite(args.out)
    photographs(s, args.data, args.round)
    drawings(s, args.cache, args.round)
    audio(s, args.data, args.round)
    models(s, args.round)
    persons(s, args.round)
    if args.plots:
        plots(s, args.plots)
    rest(s, args.round)
    (args.out / 'suite.json').write_text(json.dumps({'name': 'nano', 'cases': s.cases}, indent=1))
    groups = {}
    for c in s.cases:
        groups[c['group']] = groups.get(c['group'], 0) + 1
    print(len(s.cases), 'cases', groups)


if __name__ == '__main__':
    main()
