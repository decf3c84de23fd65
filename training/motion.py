"""Made-up motion signals [6, 400]: accelerometer (m/s^2) and gyroscope (rad/s), 2 s at 200 Hz. No recording is used.

A gait is a person's: step rate, bounce, heel strikes, sway and where the device is worn are drawn once for a person, so
that persons can be held out (`person` seeds from HELD_OUT_PERSONS on are for measuring only).
"""
import numpy as np

CLASSES = ['still', 'walking', 'running', 'shaking', 'turning', 'falling', 'jumping']
HELD_OUT_PERSONS = 1_000_000
SECONDS, RATE = 2, 200


class Person:
    def __init__(self, seed):
        r = np.random.default_rng(seed)
        u = r.uniform
        self.walk, self.run, self.jump = u(1.5, 2.25), u(2.4, 3.3), u(1., 2.3)
        self.bounce, self.strike, self.sway, self.sharp = u(.8, 1.3), u(.3, 1.6), u(.15, .6), u(6, 22)
        self.limp = u(0, .25)
        self.harmonics = r.uniform(.1, .5, 3)
        self.phase = r.uniform(0, 2 * np.pi, 3)


def strikes(t, rate, sharp):
    """Heel strikes: decaying knocks at the step rate, largest 1."""
    phase = (t * rate) % 1
    return np.exp(-phase / rate * sharp) * np.cos(2 * np.pi * phase / rate * 14)


def make(rng, c, person=None, seconds=SECONDS, rate=RATE):
    """Signal of one activity, float32 [6, seconds * rate]. Without `person`, a new one for training."""
    p = person or Person(int(rng.integers(0, HELD_OUT_PERSONS)))
    n, u = int(seconds * rate), rng.uniform
    t = np.arange(n) / rate + u(0, 2)
    down = rng.normal(0, 1, 3)
    down /= np.linalg.norm(down)
    ahead = np.cross(down, rng.normal(0, 1, 3))
    ahead /= np.linalg.norm(ahead)
    side = np.cross(down, ahead)
    x = np.zeros((6, n))
    x[:3] = 9.81 * down[:, None]
    kind = CLASSES[c]
    if kind in ('walking', 'running'):
        f = (p.walk if kind == 'walking' else p.run) * u(.95, 1.05)
        a = p.bounce * (u(1.4, 2.6) if kind == 'walking' else u(6, 11))
        w = 2 * np.pi * f * t
        step = np.sin(w) + sum(h * np.sin((k + 2) * w + q) for k, (h, q) in enumerate(zip(p.harmonics, p.phase)))
        step = step * (1 + p.limp * np.sin(w / 2)) + p.strike * strikes(t, f, p.sharp) * (.6 if kind == 'walking' else 1)
        x[:3] += a * (down[:, None] * step + ahead[:, None] * .5 * np.sin(w + p.phase[0]) * p.sway + side[:, None] * p.sway * np.sin(w / 2 + p.phase[1]))
        x[3:] += rng.normal(0, .12 * a, 3)[:, None] * np.sin(w / 2 + u(0, 6)) + rng.normal(0, .05 * a, 3)[:, None] * np.sin(w + u(0, 6))
    elif kind == 'jumping':
        f, push = p.jump * u(.9, 1.1), u(1.5, 3)
        phase = (t * f) % 1
        flight = u(.3, .5)
        force = np.where(phase < flight, -1., push * np.sin(np.pi * (phase - flight) / (1 - flight)) - .3) + p.strike * 2 * np.exp(-((phase - flight) % 1) / f * p.sharp)
        x[:3] += 9.81 * down[:, None] * force
        x[3:] += rng.normal(0, .5, 3)[:, None] * np.sin(2 * np.pi * f * t + u(0, 6))
    elif kind == 'shaking':
        f, a = u(4, 9), u(8, 25)
        wobble = np.sin(2 * np.pi * f * t + u(0, 6) + .5 * np.sin(2 * np.pi * u(.3, 1) * t)) + u(.1, .5) * np.sin(4 * np.pi * f * t + u(0, 6))
        x[:3] += a * wobble * (rng.normal(0, 1, 3) / 1.3)[:, None]
        x[3:] += rng.normal(0, .15 * a, 3)[:, None] * np.sin(2 * np.pi * f * t + u(0, 6))
    elif kind == 'turning':
        axis = rng.normal(0, 1, 3)
        axis /= np.linalg.norm(axis)
        speed = u(1, 5) * np.clip(np.sin(np.pi * t * u(.3, 1) + u(0, 3)), .25, 1)
        x[3:] += axis[:, None] * speed
        angle = np.cumsum(speed) / rate  # gravity turns against the device (Rodrigues)
        g = x[:3]
        x[:3] = g * np.cos(angle) + np.cross(axis, g.T).T * -np.sin(angle) + axis[:, None] * (axis @ g) * (1 - np.cos(angle))
    elif kind == 'falling':
        start = int(u(.05, .4) * n)
        end = min(n - 10, start + int(u(.25, .6) * rate))
        x[:3, start:end] *= .03
        knock = np.exp(-np.arange(n - end) / u(3, 12))
        x[:3, end:] += (rng.normal(0, 1, 3) * u(30, 120))[:, None] * knock
        x[3:, start:] += rng.normal(0, 2, 3)[:, None]
    noise = np.array([u(.02, .15)] * 3 + [u(.005, .05)] * 3)[:, None]
    return (x + rng.normal(0, 1, (6, n)) * noise + np.array([0] * 3 + [1] * 3)[:, None] * rng.normal(0, .01, 6)[:, None]).astype(np.float32)


def measured(x, rate=RATE):
    """What the product measures of a signal [6, n]: share at rest, movement (m/s2), rhythm (Hz) or None, largest turn (degrees)."""
    a = np.linalg.norm(x[:3], axis=0)
    energy = float(a.std())
    pieces = a[:len(a) // rate * rate].reshape(-1, rate)
    still = round(100 * float(np.mean(pieces.std(1) < .15)))
    n = 8192
    power = np.abs(np.fft.rfft((a - a.mean()) * np.hanning(len(a)), n)) ** 2
    f = np.fft.rfftfreq(n, 1 / rate)
    band = (f > .3) & (f < 20)
    peak = f[band][power[band].argmax()]
    clear = power[band].max() > 12 * power[band].mean() and energy > .3
    return still, energy, float(peak) if clear else None, round(float(np.abs(np.degrees(x[3:].sum(1) / rate)).max()))


def batch(rng, n):
    y = rng.integers(0, len(CLASSES), n)
    return np.stack([make(rng, c) for c in y]), y
