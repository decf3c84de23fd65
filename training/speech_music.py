"""Fits the judge of speech and music, daemon/facts/audio/speechMusicModel.ts, and measures it once on held-out sources.

Every recording belongs to a source (a speaker, a language, a game, a sound font with its instruments, a fold), and the
table SPLIT gives each source to one part. The size of the network and its weight decay are chosen by the dev part alone;
the test part is looked at once, by `test`, after the choice is in the model's file. Features are the product's: a node
script bundles the TypeScript. Recordings are pieces of at most 12 s; train has copies at 8 and 16 kHz as well.

python speech_music.py cut --data ../../shared/data --cache cache/speech_music   # pieces -> wav files
python speech_music.py features --cache cache/speech_music                       # -> features.tsv
python speech_music.py fit --cache cache/speech_music                            # -> speechMusicModel.ts
python speech_music.py test --cache cache/speech_music                           # -> figures

Debian: espeak-ng flite fluidsynth fluid-soundfont-gm timgm6mb-soundfont tuxpaint-stamps-default neverball-data
extremetuxracer-data lincity-ng-data asc-music frozen-bubble-data, installed, or unpacked (dpkg -x) below --root; ffmpeg.
"""
import argparse
import io
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import soundfile

CLASSES = ['speech', 'music', 'other']
HERE = Path(__file__).resolve().parent
MODEL = HERE.parent / 'daemon/facts/audio/speechMusicModel.ts'
PIECE, RATES = 12, (8000, 16000)

# source -> part. Fixed before anything was measured.
SPLIT = {
    'train': ['fsdd nicolas', 'fsdd theo', 'fsdd yweweler', 'espeak pl', 'espeak pt', 'espeak nl', 'espeak sv', 'espeak en-gb', 'espeak fi',
              'tuxpaint odd', 'neverball', 'fluid 0', 'esc 3', 'esc 4', 'noise'],
    'dev': ['fsdd lucas', 'espeak fr', 'espeak es', 'tuxpaint even', 'etr', 'lincity', 'fluid 1', 'esc 2'],
    'test': ['fsdd george', 'fsdd jackson', 'espeak en-us', 'espeak de', 'espeak it', 'espeak ru', 'flite', 'tuxpaint fourth', 'asc',
             'frozen-bubble', 'timgm', 'esc 1'],
}
PART = {source: part for part, sources in SPLIT.items() for source in sources}
GAMES = {'neverball': 'neverball/bgm/*.ogg', 'etr': 'etr/music/*.ogg', 'lincity': 'lincity-ng/music/default/*.ogg',
         'asc': 'asc/music/*.mp3', 'frozen-bubble': 'frozen-bubble/snd/*zik*.ogg'}
WORDS = ('the quick brown fox jumps over a lazy dog while seven engineers measure sounds and wonder how long this sentence may last before '
         'silence comes again on a summer evening near river water mountain people music house').split()


def fsdd(data, rng):
    """Ten digits of one speaker with short pauses."""
    speakers = {}
    with tarfile.open(Path(data) / 'fsdd-train.tar') as tar:
        for m in sorted(tar, key=lambda m: m.name):
            if m.name.endswith('.wav'):
                speakers.setdefault(m.name.split('_')[1], []).append(soundfile.read(io.BytesIO(tar.extractfile(m).read())))
    for who, takes in speakers.items():
        for _ in range(12):
            parts = []
            for i in rng.choice(len(takes), 12, replace=False):
                x, rate = takes[i]
                parts += [x, rng.normal(0, 1e-4, int(rate * rng.uniform(.1, .3)))]
            yield 'speech', f'fsdd {who}', np.concatenate(parts), rate


def read_aloud(command):
    with tempfile.TemporaryDirectory() as d:
        subprocess.run([*command, f'{d}/a.wav'], check=True, capture_output=True)
        return soundfile.read(f'{d}/a.wav')


def synthetic_speech(rng):
    text = lambda: ' '.join(str(rng.choice(WORDS)) + (',' if rng.random() < .1 else '') for _ in range(28))
    for source in PART:
        if source.startswith('espeak'):
            for _ in range(6):
                voice = source.split()[1] + str(rng.choice(['', '+f2', '+f3', '+m3', '+m5', '+f4']))
                yield 'speech', source, *read_aloud(['espeak-ng', '-v', voice, '-s', str(rng.integers(120, 200)), text(), '-w'])
    for voice in ['slt', 'awb', 'rms', 'kal']:
        for _ in range(6):
            yield 'speech', 'flite', *read_aloud(['flite', '-voice', voice, '-t', text(), '-o'])


def tuxpaint(root, rng):
    """Read sentences; every second language trains, the others are dev and test in turn."""
    languages = {}
    for path in sorted(Path(root, 'usr/share/tuxpaint/stamps').rglob('*_desc_*.ogg')):
        languages.setdefault(re.search(r'_desc_(\w+)\.ogg', path.name).group(1), []).append(path)
    for i, (_, paths) in enumerate(sorted((k, v) for k, v in languages.items() if len(v) > 20)):
        source = 'tuxpaint ' + ('odd' if i % 2 else 'even' if i % 4 else 'fourth')
        for k in rng.choice(len(paths), 20, replace=False):
            yield 'speech', source, *soundfile.read(paths[k])


def games(root, rng):
    for source, pattern in GAMES.items():
        for path in sorted(Path(root, 'usr/share/games').glob(pattern)):
            info = soundfile.info(path)
            for start in np.arange(0, min(info.duration - PIECE, 240) + .01, 24):
                yield 'music', source, *soundfile.read(path, int(PIECE * info.samplerate), int(start * info.samplerate))


def midi(rng, program, style):
    """Bytes of 14 s of music: a melody; with chords and bass; with drums; the chords alone."""
    var = lambda n: bytes([*([128 | n >> 14] if n >> 14 else []), *([128 | n >> 7 & 127] if n >> 7 else []), n & 127])
    bpm = float(rng.choice([70, 85, 96, 110, 120, 133, 150, 170]))
    beats, root, events = int(14 * bpm / 60), int(rng.integers(48, 64)), []

    def play(channel, at, length, note, velocity):
        events.extend([(at, 1, bytes([0x90 | channel, note, velocity])), (at + length, 0, bytes([0x80 | channel, note, 0]))])
    at = 0.
    while at < beats and style < 3:
        length = float(rng.choice([.5, .5, 1, 1, 2, .25]))
        if rng.random() < .85:
            play(0, at, length * .95, root + 12 + int(rng.choice([0, 2, 4, 5, 7, 9, 11])), int(rng.integers(70, 110)))
        at += length
    for b in range(0, beats if style else 0, 2 if style < 3 else 4):
        chord = int(rng.choice([0, 2, 4, 5, 7, 9]))
        for third in (0, 4, 7):
            play(0, b, 1.9, root + chord + third, 70)
        play(1, b, 1.9, root - 12 + chord, 90)
    for b in range(beats if style == 2 else 0):
        play(9, b, .1, 38 if b % 2 else 36, 100)
        play(9, b, .1, 42, 70)
        play(9, b + .5, .1, 42, 70)
    track, now = b'\x00\xff\x51\x03' + int(6e7 / bpm).to_bytes(3, 'big') + bytes([0, 0xC0, program, 0, 0xC1, int(rng.integers(32, 40))]), 0
    for at, _, message in sorted(events):
        track, now = track + var(round(at * 480) - now) + message, round(at * 480)
    track += b'\x00\xff\x2f\x00'
    return b'MThd' + (6).to_bytes(4, 'big') + bytes([0, 0, 0, 1, 1, 0xE0]) + b'MTrk' + len(track).to_bytes(4, 'big') + track


def rendered(root, rng):
    """Instruments 0 to 95 of General MIDI: of every eight, six train and two are dev (FluidR3); TimGM6mb plays test."""
    fonts = {'fluid 0': 'FluidR3_GM', 'fluid 1': 'FluidR3_GM', 'timgm': 'TimGM6mb'}
    for source, count in (('fluid 0', 60), ('fluid 1', 30), ('timgm', 40)):
        programs = [p for p in range(96) if source == 'timgm' or (p % 8 >= 6) == (source == 'fluid 1')]
        font = next(p for p in (Path(root, 'usr/share/sounds/sf2', fonts[source] + '.sf2'), Path('/usr/share/sounds/sf2', fonts[source] + '.sf2')) if p.exists())
        for i in range(count):
            with tempfile.TemporaryDirectory() as d:
                Path(d, 'a.mid').write_bytes(midi(rng, int(rng.choice(programs)), i % 4))
                subprocess.run(['fluidsynth', '-ni', '-q', '-g', '0.6', '-r', '44100', '-F', f'{d}/a.wav', font, f'{d}/a.mid'], check=True, capture_output=True)
                yield 'music', source, *soundfile.read(f'{d}/a.wav')


def others(data, rng):
    with tarfile.open(Path(data) / 'esc10-folds1-4.tar') as tar:
        for m in sorted(tar, key=lambda m: m.name):
            if m.name.endswith('.ogg'):
                yield 'other', f'esc {Path(m.name).name[0]}', *soundfile.read(io.BytesIO(tar.extractfile(m).read()))
    for slope in (0, .5, 1) * 4:
        spectrum = np.fft.rfft(rng.normal(size=9 * 44100)) / np.arange(1, 9 * 44100 // 2 + 2) ** slope
        x = np.fft.irfft(spectrum)
        yield 'other', 'noise', x / np.abs(x).max() * rng.uniform(.02, .5), 44100


def cut(args):
    """Writes every piece as wav, and list.tsv: class, part, source, piece."""
    rng, lines = np.random.default_rng(7), []
    args.cache.mkdir(parents=True, exist_ok=True)
    for family in (fsdd(args.data, rng), synthetic_speech(rng), tuxpaint(args.root, rng), games(args.root, rng), rendered(args.root, rng), others(args.data, rng)):
        for kind, source, x, rate in family:
            path = args.cache / f'{len(lines)}.wav'
            x = x[:PIECE * rate]
            soundfile.write(path, np.clip(x, -1, 1 - 2 ** -15), rate, 'PCM_16')
            lines.append([kind, PART[source], source, str(path)])
            resampled = RATES[len(lines) % 3:][:1]  # two of three
            if PART[source] == 'train' and resampled and resampled[0] < rate:
                copy = args.cache / f'{len(lines)}.wav'
                subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', path, '-ac', '1', '-ar', str(resampled[0]), copy], check=True)
                lines.append([kind, 'train', source, str(copy)])
    (args.cache / 'list.tsv').write_text('\n'.join('\t'.join(line) for line in lines) + '\n')


def features(args):
    """One segment a line: class, part, source, piece, numbers."""
    subprocess.run(['node', HERE / 'speech_music_features.mjs', args.cache / 'list.tsv', args.cache / 'features.tsv'], check=True)


def load(cache, part):
    """-> features [n, k], class [n], source [n], piece [n]"""
    rows = [line.split('\t') for line in (cache / 'features.tsv').read_text().splitlines()]
    rows = [r for r in rows if r[1] == part]
    return np.array([r[4:] for r in rows], float), np.array([CLASSES.index(r[0]) for r in rows]), np.array([r[2] for r in rows]), np.array([r[3] for r in rows])


def weights(kind, source):
    """Classes weigh the same, and within one the sources by the root of their size."""
    w = np.array([1 / np.sqrt((source == s).sum()) for s in source])
    return w * np.array([1 / w[kind == c].sum() for c in range(3)])[kind] * len(w) / 3


def scaled(x, model):
    return np.clip((x - model['mean']) / model['deviation'], -4, 4)


def outputs(x, model):
    return np.tanh(scaled(x, model) @ model['hidden'].T + model['hiddenBias']) @ model['output'].T + model['outputBias']


def train(x, kind, source, hidden, decay, seed, steps=600, rate=.02):
    """Cross entropy by Adam over all segments at once."""
    rng = np.random.default_rng(seed)
    model = {'mean': x.mean(0), 'deviation': x.std(0)}
    p = [rng.normal(0, .3, (hidden, x.shape[1])), np.zeros(hidden), rng.normal(0, .3, (3, hidden)), np.zeros(3)]
    z, w, m, v = scaled(x, model), weights(kind, source)[:, None] / len(x), [0] * 4, [0] * 4
    for t in range(1, steps + 1):
        h = np.tanh(z @ p[0].T + p[1])
        s = h @ p[2].T + p[3]
        s = np.exp(s - s.max(1, keepdims=True))
        d = (s / s.sum(1, keepdims=True) - np.eye(3)[kind]) * w
        dh = d @ p[2] * (1 - h * h)
        for i, g in enumerate((dh.T @ z, dh.sum(0), d.T @ h, d.sum(0))):
            m[i], v[i] = .9 * m[i] + .1 * g, .999 * v[i] + .001 * g * g
            p[i] = p[i] * (1 - rate * decay * (i % 2 == 0)) - rate * (m[i] / (1 - .9 ** t)) / (np.sqrt(v[i] / (1 - .999 ** t)) + 1e-8)
    return {**model, 'hidden': p[0], 'hiddenBias': p[1], 'output': p[2], 'outputBias': p[3]}


def shares(model, part):
    """Share of recordings whose most frequent class is right: by source, by class (mean over its sources), and in the mean of the classes."""
    x, kind, source, piece = part
    scores = outputs(x, model)
    by, count = {}, {}
    for name in np.unique(piece):
        k = piece == name
        votes = np.bincount(scores[k].argmax(1), minlength=3) + 1e-3 * scores[k].mean(0).argsort().argsort()
        key = (CLASSES[kind[k][0]], source[k][0])
        by.setdefault(key, []).append(votes.argmax() == kind[k][0])
    of = {c: float(np.mean([np.mean(v) for (d, _), v in by.items() if d == c])) for c in CLASSES}
    segments = {c: float((scores.argmax(1) == kind)[kind == i].mean()) for i, c in enumerate(CLASSES)}
    return {'recordings': sum(map(len, by.values())), 'mean': float(np.mean(list(of.values()))), **of, 'segments': segments,
            'sources': {f'{d}, {s}': f'{np.sum(v)} of {len(v)}' for (d, s), v in sorted(by.items())}}


def fit(args):
    """Chooses by the dev part, and writes the model's file below its comment."""
    parts = load(args.cache, 'train'), load(args.cache, 'dev')
    best = None
    for hidden in (4, 6, 8, 12):
        for decay in (.01, .1, .3):
            scores = []
            for seed in range(3):
                model = train(*parts[0][:3], hidden, decay, seed)
                scores.append(shares(model, parts[1])['mean'])
                if best is None or scores[-1] > best[0]:
                    best = scores[-1], hidden, decay, seed, model
            print(hidden, decay, np.round(scores, 4), flush=True)
    print('chosen', best[1:4], json.dumps(shares(best[4], parts[1]), indent=1))
    literal = json.dumps({k: np.round(v, 4).tolist() for k, v in best[4].items()})
    text = re.sub(r'SPEECH_MUSIC_MODEL = .*', lambda _: f'SPEECH_MUSIC_MODEL = {literal} as const;\n', MODEL.read_text(), flags=re.S)
    MODEL.write_text(text)
    subprocess.run(['npx', 'biome', 'check', '--write', str(MODEL)], cwd=HERE.parent, check=True)


def committed():
    """The weights in the product's file."""
    body = re.search(r'SPEECH_MUSIC_MODEL = (.*?) as const', MODEL.read_text(), re.S).group(1)
    body = re.sub(r'(\w+):', r'"\1":', re.sub(r',(\s*[\]}])', r'\1', body)) if '"mean"' not in body else body
    return {k: np.array(v) for k, v in json.loads(body).items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('step', choices=['cut', 'features', 'fit', 'test'])
    parser.add_argument('--data', type=Path)
    parser.add_argument('--root', type=Path, default='/', help='where the Debian packages are unpacked')
    parser.add_argument('--cache', type=Path, default='cache/speech_music')
    args = parser.parse_args()
    if args.step == 'test':
        print(json.dumps(shares(committed(), load(args.cache, 'test')), indent=1))
    else:
        {'cut': cut, 'features': features, 'fit': fit}[args.step](args)


if __name__ == '__main__':
    main()
