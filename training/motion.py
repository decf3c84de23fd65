"""Made-up motion signals [6, 400]: accelerometer (m/s^2) and gyroscope (rad/s), 2 s at 200 Hz. No recording is used."""
import numpy as np

CLASSES = ['still', 'walking', 'running', 'shaking', 'turning', 'falling']
SENTENCE = {'still': 'The device lies still.', 'walking': 'A person is walking.', 'running': 'A person is running.', 'shaking': 'The device is being shaken.', 'turning': 'The device is turning.', 'falling': 'The device falls.'}


def make(rng, c):
    t, u = np.arange(400) / 200, rng.uniform
    down = rng.normal(0, 1, 3)
    down /= np.linalg.norm(down)
    x = np.zeros((6, 400))
    x[:3] = 9.81 * down[:, None]
    kind = CLASSES[c]
    if kind in ('walking', 'running', 'shaking'):
        f, a = {'walking': (u(1.5, 2.2), u(1.5, 3)), 'running': (u(2.5, 3.3), u(6, 12)), 'shaking': (u(4.5, 9), u(8, 25))}[kind]
        phase = u(0, 6)
        step = np.sin(2 * np.pi * f * t + phase) + u(.1, .5) * np.sin(4 * np.pi * f * t + u(0, 6))
        side = rng.normal(0, 1, 3)[:, None] * .4 if kind != 'shaking' else rng.normal(0, 1, 3)[:, None]
        x[:3] += a * step * (down[:, None] * (kind != 'shaking') + side)
        x[3:] += rng.normal(0, .15 * a, 3)[:, None] * np.sin(np.pi * f * t + u(0, 6))
    elif kind == 'turning':
        x[3:] += (rng.normal(0, 1, 3) * u(1, 4))[:, None] * np.clip(np.sin(np.pi * t * u(.3, 1)), .3, 1)
    elif kind == 'falling':
        start = int(u(20, 150))
        end = start + int(u(60, 140))
        x[:3, start:end] *= .03
        x[:3, end:end + 8] += (rng.normal(0, 1, 3) * u(40, 120))[:, None]
    return (x + rng.normal(0, 1, (6, 400)) * np.array([.08] * 3 + [.03] * 3)[:, None]).astype(np.float32)


def batch(rng, n):
    y = rng.integers(0, len(CLASSES), n)
    return np.stack([make(rng, c) for c in y]), y
