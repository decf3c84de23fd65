"""Sounds -> Kaldi filter banks [mels, frames] in numpy, exactly as the product computes them; caches and augmentation.

Caches keep the raw logarithmic filter bank (before padding and normalising) of every clip and of a few speed-changed
copies, so that gain, noise and mixtures are cheap sums in the logarithmic domain.
"""
import io
import subprocess
import tarfile
import tempfile
from functools import lru_cache
from math import gcd
from pathlib import Path

import numpy as np
import soundfile

RATE, FLOOR = 16000, np.log(1.1920929e-7)
ESC = ['dog bark', 'rain', 'sea waves', 'baby cry', 'clock tick', 'person sneeze', 'helicopter', 'chainsaw', 'rooster', 'fire crackling']
DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
# name: (General MIDI program, family); -1: the drum channel
INSTRUMENTS = {
    'piano': (0, 'keyboard'), 'electric piano': (4, 'keyboard'), 'harpsichord': (6, 'keyboard'), 'church organ': (19, 'organ'), 'accordion': (21, 'organ'), 'harmonica': (22, 'organ'),
    'acoustic guitar': (24, 'guitar'), 'electric guitar': (30, 'guitar'), 'bass guitar': (33, 'guitar'), 'banjo': (105, 'guitar'), 'sitar': (104, 'guitar'),
    'violin': (40, 'string'), 'cello': (42, 'string'), 'double bass': (43, 'string'), 'harp': (46, 'string'),
    'trumpet': (56, 'brass'), 'trombone': (57, 'brass'), 'tuba': (58, 'brass'), 'french horn': (60, 'brass'),
    'saxophone': (65, 'reed'), 'oboe': (68, 'reed'), 'bassoon': (70, 'reed'), 'clarinet': (71, 'reed'),
    'flute': (73, 'flute'), 'recorder': (74, 'flute'), 'pan flute': (75, 'flute'),
    'glockenspiel': (9, 'percussion'), 'vibraphone': (11, 'percussion'), 'marimba': (12, 'percussion'), 'timpani': (47, 'percussion'), 'steel drums': (114, 'percussion'), 'drums': (-1, 'percussion')}
# freepats: patches for timidity, not every instrument
FONTS = {'FluidR3': '/usr/share/sounds/sf2/FluidR3_GM.sf2', 'MuseScore': '/usr/share/sounds/sf3/MuseScore_General.sf3', 'csound': '/usr/share/sounds/sf2/sf_GMbank.sf2', 'freepats': '/etc/timidity/freepats.cfg'}
HELD_OUT_FOLD, HELD_OUT_SPEAKER = 3, 'yweweler'
HELD_OUT_FONT = '/usr/share/sounds/sf2/TimGM6mb.sf2'
OTHER = ['speech', 'silence', 'noise', 'tone']
CLASSES = ESC + DIGITS + list(INSTRUMENTS) + OTHER


@lru_cache
def _kernel(orig, new, width=6, rolloff=.99):
    """torchaudio's default: Hann-windowed sinc, one row per output phase."""
    base = min(orig, new) * rolloff
    w = int(np.ceil(width * orig / base))
    idx = np.arange(-w, w + orig) / orig
    t = np.arange(0, -new, -1)[:, None] / new + idx[None]
    t = np.clip(t * base, -width, width)
    window = np.cos(t * np.pi / width / 2) ** 2
    k = np.where(t == 0, 1, np.sin(t * np.pi) / np.where(t == 0, 1, t * np.pi)) * window * base / orig
    return k.astype(np.float32), w


def resample(x, rate):
    """Mono float [n] at `rate` -> 16 kHz."""
    if rate == RATE:
        return x.astype(np.float32)
    g = gcd(int(rate), RATE)
    orig, new = int(rate) // g, RATE // g
    k, w = _kernel(orig, new)
    p = np.pad(x.astype(np.float32), (w, w + orig))
    frames = np.lib.stride_tricks.sliding_window_view(p, k.shape[1])[::orig]
    return (frames @ k.T).reshape(-1)[:int(np.ceil(new * len(x) / orig))]


@lru_cache
def _mel(mels):
    mel = lambda f: 1127 * np.log(1 + f / 700)
    lo, hi = mel(20.), mel(8000.)
    left = lo + np.arange(mels)[:, None] * (hi - lo) / (mels + 1)
    d = (hi - lo) / (mels + 1)
    m = mel(np.arange(256) * RATE / 512)[None]
    up, down = (m - left) / d, (left + 2 * d - m) / d
    return np.pad(np.maximum(0, np.minimum(up, down)), ((0, 0), (0, 1))).astype(np.float32)


def log_mel(x, mels=64):
    """16 kHz mono [n] -> [mels, 1 + (n - 400) // 160]."""
    x = x - x.mean()
    if len(x) < 400:
        x = np.pad(x, (0, 400 - len(x)))
    f = np.lib.stride_tricks.sliding_window_view(x, 400)[::160].astype(np.float32)
    f = f - f.mean(1, keepdims=True)
    f = f - .97 * np.concatenate([f[:, :1], f[:, :-1]], 1)
    f = f * (.5 - .5 * np.cos(2 * np.pi * np.arange(400) / 399)).astype(np.float32)
    power = np.abs(np.fft.rfft(f, 512)).astype(np.float32) ** 2
    return np.log(np.maximum(power @ _mel(mels).T, 1.1920929e-7)).T


def to_input(bank, frames=512):
    """Pad or cut to `frames`, then normalise: [..., mels, n] -> [..., mels, frames]."""
    n = bank.shape[-1]
    bank = bank[..., :frames] if n >= frames else np.concatenate([bank, np.zeros((*bank.shape[:-1], frames - n), bank.dtype)], -1)
    return (bank + 4.2677393) / (2 * 4.5689974)


def read(source):
    """A sound file -> 16 kHz mono, channel 0."""
    x, rate = soundfile.read(source, dtype='float32', always_2d=True)
    return resample(x[:, 0], rate)


def speed(x, factor):
    """Faster and higher (factor > 1) by linear interpolation."""
    return np.interp(np.arange(0, len(x) - 1, factor), np.arange(len(x)), x).astype(np.float32)


def esc10(data):
    """-> [(wave, class, fold)]"""
    with tarfile.open(Path(data) / 'esc10-folds1-4.tar') as tar:
        for m in sorted(tar, key=lambda m: m.name):
            if m.name.endswith('.ogg'):
                kind = m.name.split('/')[-2].split(' - ')[1].lower()
                kind = next(k for k in ESC if k.replace(' ', '')[:7] == kind.replace(' ', '')[:7])
                yield read(io.BytesIO(tar.extractfile(m).read())), ESC.index(kind), int(Path(m.name).name[0])


def fsdd(data):
    """-> [(wave, digit, speaker, take)]"""
    with tarfile.open(Path(data) / 'fsdd-train.tar') as tar:
        for m in sorted(tar, key=lambda m: m.name):
            if m.name.endswith('.wav'):
                digit, speaker, take = Path(m.name).stem.split('_')
                yield read(io.BytesIO(tar.extractfile(m).read())), int(digit), speaker, int(take)


def espeak(text, voice, rate, pitch):
    wav = subprocess.run(['espeak-ng', '-v', voice, '-s', str(rate), '-p', str(pitch), '--stdout', text], capture_output=True).stdout
    x = read(io.BytesIO(wav))
    loud = np.nonzero(np.abs(x) > .01)[0]
    return x[max(0, loud[0] - 400):loud[-1] + 800] if len(loud) else x


def instrument(rng, program, clips=24, font='/usr/share/sounds/sf2/FluidR3_GM.sf2'):
    """`clips` phrases of 4 s of one General MIDI instrument (-1: drums) in one rendering -> list of waves."""
    ticks, track = 480, bytearray(b'\x00\xff\x51\x03\x07\xa1\x20')  # 120 beats a minute: 4 s = 8 beats

    def var(n):
        out = [n & 127]
        while n := n >> 7:
            out.insert(0, n & 127 | 128)
        return bytes(out)
    ch = 9 if program < 0 else 0
    if program >= 0:
        track += b'\x00' + bytes([0xC0, program])
    events = []
    for c in range(clips):
        t, end = c * 8 * ticks, (c * 8 + 7) * ticks
        length = int(rng.choice([ticks // 4, ticks // 2, ticks, 2 * ticks]))
        base = int(rng.integers(45, 75))
        while t < end:
            for _ in range(int(rng.choice([1, 1, 2, 3]))):
                note = int(rng.choice([35, 36, 38, 40, 42, 46, 49, 45])) if program < 0 else base + int(rng.choice([0, 2, 4, 5, 7, 9, 11, 12, -3, -5]))
                events += [(t, 1, note, int(rng.integers(60, 120))), (min(t + length - 10, end), 0, note, 0)]
            t += length
    now = 0
    for t, on, note, vel in sorted(events):
        track += var(t - now) + bytes([(0x90 if on else 0x80) | ch, note, vel])
        now = t
    track += var(max(0, clips * 8 * ticks - now)) + b'\xff\x2f\x00'
    midi = b'MThd' + (6).to_bytes(4, 'big') + bytes([0, 0, 0, 1]) + ticks.to_bytes(2, 'big') + b'MTrk' + len(track).to_bytes(4, 'big') + track
    with tempfile.TemporaryDirectory() as d:
        (Path(d) / 'a.mid').write_bytes(midi)
        subprocess.run(['timidity', '-c', font, '-s', '22050', '-Ow', '-o', d + '/a.wav', d + '/a.mid'] if font.endswith('.cfg') else ['fluidsynth', '-ni', '-q', '-g', '0.7', '-r', '22050', '-F', d + '/a.wav', font, d + '/a.mid'], capture_output=True)
        x = read(d + '/a.wav')
    x = [x[c * 4 * RATE:(c + 1) * 4 * RATE] for c in range(clips) if len(x) >= (c + 1) * 4 * RATE]
    return [v for v in x if v.std() > 1e-4]  # silence where the font has no such instrument


def prepare(data, stamps='/usr/share/tuxpaint/stamps', seed=5, extra=True):
    """All clips -> dict of lists: train and held: (bank float16 [64, n], class, tag). Held: ESC fold 3, one speaker, one sound font."""
    rng, out = np.random.default_rng(seed), {'train': [], 'held': []}

    def add(x, c, tag, held, copies):
        out['held' if held else 'train'].append((log_mel(x).astype(np.float16), c, tag))
        for _ in range(0 if held else copies):
            out['train'].append((log_mel(speed(x, float(np.exp(rng.uniform(-.2, .2))))).astype(np.float16), c, tag))
    for x, c, fold in esc10(data):
        add(x, c, 'esc', fold == HELD_OUT_FOLD, 5)
    for x, d, who, take in fsdd(data):
        add(x, 10 + d, f'fsdd {who}', who == HELD_OUT_SPEAKER, 1)
    if extra:
        voices = ['en-us', 'en-gb', 'en-gb-scotland', 'en-gb-x-rp', 'en-029']
        for d, word in enumerate(DIGITS):
            for _ in range(45):
                v = str(rng.choice(voices)) + str(rng.choice(['', '+m1', '+m2', '+m3', '+m4', '+m5', '+m6', '+m7', '+f1', '+f2', '+f3', '+f4', '+f5']))
                add(espeak(word, v, int(rng.integers(110, 220)), int(rng.integers(15, 85))), 10 + d, 'espeak', False, 0)
        for name, (program, _) in INSTRUMENTS.items():
            for font, path in FONTS.items():
                if Path(path).exists():
                    for x in instrument(rng, program, 20, path):
                        add(x, CLASSES.index(name), f'gm {font}', False, 1)
            if Path(HELD_OUT_FONT).exists():
                for x in instrument(rng, program, 8, HELD_OUT_FONT):
                    add(x, CLASSES.index(name), 'gm TimGM6mb', True, 0)
        spoken = sorted(Path(stamps).rglob('*_desc*.ogg'))
        for path in rng.permutation(np.array([str(p) for p in spoken]))[:120]:
            try:
                add(read(str(path))[:5 * RATE], CLASSES.index('speech'), 'speech', False, 0)
            except Exception:
                continue
        for i in range(40):
            n, t = int(rng.uniform(1, 5) * RATE), None
            t = np.arange(n) / RATE
            add(rng.normal(0, 10 ** rng.uniform(-7, -5), n), CLASSES.index('silence'), 'made', False, 0)
            add(rng.normal(0, 10 ** rng.uniform(-3, -.7), n), CLASSES.index('noise'), 'made', False, 0)
            add(rng.uniform(.05, .8) * np.sin(2 * np.pi * np.exp(rng.uniform(4.6, 8.2)) * t) + rng.normal(0, 1e-4, n), CLASSES.index('tone'), 'made', False, 0)
    return out


def augment(rng, bank, c, pool, frames=512):
    """One training input [mels, frames] from a raw bank [mels, n]: gain, shift, noise floor, quiet mixture, SpecAugment."""
    b = bank.astype(np.float32)
    mels, n = b.shape
    spoken = 10 <= c < 20
    b = b + rng.normal(0, 1.2)
    if spoken and rng.random() < .7:  # another speaker: faster or slower, a longer or shorter vocal tract
        n = max(8, round(n * np.exp(rng.uniform(-.3, .3))))
        b = b[:, np.linspace(0, b.shape[1] - 1, n).round().astype(int)]
        b = b[np.clip(np.arange(mels) * np.exp(rng.uniform(-.13, .13)), 0, mels - 1).round().astype(int)]
    if not spoken and n > 100 and rng.random() < .7:
        b = np.roll(b, int(rng.integers(0, n)), 1)
    elif spoken and rng.random() < .35:
        gap = np.full((mels, int(rng.integers(1, 60))), rng.uniform(-16, -10), np.float32) + rng.normal(0, .8, (1, 1))
        tail = np.full((mels, int(rng.integers(1, 60))), rng.uniform(-16, -10), np.float32)
        b = np.concatenate([gap, b, tail], 1)
    if not spoken and rng.random() < .3 and n > 250:
        b = b[:, :int(rng.integers(200, n + 1))]
    n = b.shape[1]
    if rng.random() < .5:  # a noise floor with a slope over frequency
        level = rng.uniform(-16, -7) + np.linspace(0, rng.uniform(-3, 3), mels)[:, None]
        b = np.logaddexp(b, level + rng.normal(0, .5, (mels, n)))
    if rng.random() < .25 and c < 10:  # another clip of the same kind underneath
        other = pool[c][rng.integers(len(pool[c]))].astype(np.float32)
        m = min(n, other.shape[1])
        b[:, :m] = np.logaddexp(b[:, :m], other[:, :m] + rng.uniform(-4, 0))
    b = b + (np.linspace(-1, 1, mels) * rng.normal(0, .5))[:, None]
    if rng.random() < .5:  # move the frequency axis a little
        b = b[np.clip(np.arange(mels) * np.exp(rng.uniform(-.06, .06)) + rng.uniform(-1, 1), 0, mels - 1).round().astype(int)]
    b = np.maximum(b, FLOOR)
    for _ in range(2):
        if rng.random() < .5:
            s = int(rng.integers(1, 9))
            f = int(rng.integers(0, mels - s))
            b[f:f + s] = b.mean()
        if rng.random() < .5 and n > 20:
            s = int(rng.integers(1, max(2, n // 8)))
            t = int(rng.integers(0, n - s))
            b[:, t:t + s] = b.mean()
    return to_input(b, frames).astype(np.float32)
