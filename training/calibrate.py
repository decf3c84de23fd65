"""What the model's confidence is worth: python calibrate.py --eval eval.json --params MODEL/params.json [--unsure .5]

`eval.json` is the output of `onelens eval SUITE --json` of a pack without a calibration. Fits a curve that does not fall (isotonic
regression by pooling neighbours: Ayer et al., 1955) from the geometric mean of the token probabilities to the share that was right,
one for all and one for each medium (`medium`), writes them into params.json, and prints the expected calibration error (Guo et al., 2017) of answers that the curve was not fitted on.
"""
import argparse
import json
from pathlib import Path

import numpy as np


def fitted(raw, right, least=25):
    """-> [[raw, share right]], rising; every point stands for at least `least` answers."""
    order = np.argsort(raw, kind='stable')
    blocks = []  # [sum of raw, sum of right, count]
    for i in order:
        blocks.append([raw[i], float(right[i]), 1])
        while len(blocks) > 1 and (blocks[-2][2] < least or blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    if len(blocks) > 1 and blocks[-1][2] < least:
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    points, seen = [], -1.
    for a, b, n in blocks:
        x = round(a / n, 4)
        if x > seen:
            points.append([x, round(b / n, 4)])
            seen = x
    return points


def applied(points, raw):
    return np.interp(raw, [x for x, _ in points], [y for _, y in points])


def error(confidence, right, bins=10):
    k = np.minimum(bins - 1, (confidence * bins).astype(int))
    return sum(abs(confidence[k == b].mean() - right[k == b].mean()) * (k == b).mean() for b in range(bins) if (k == b).any())


def crossed(raw, right, files, parts=5):
    """Confidence of every answer by a curve fitted on the answers about other files."""
    part, out = np.array([hash_of(f) % parts for f in files]), np.zeros(len(raw))
    for p in range(parts):
        out[part == p] = applied(fitted(raw[part != p], right[part != p]), raw[part == p])
    return out


def medium(files):
    """Of a question's files: what daemon/engine/uncertainty/curveFor.ts chooses a curve by; None: that of all answers."""
    name = Path(files[0]).name
    kinds = {'plot': 'plot', 'photo': 'picture', 'drawing': 'picture', 'film': 'video', 'model': 'point', 'motion': 'imu'}
    return None if len(files) > 1 else 'audio' if name.endswith(('.wav', '.ogg')) else kinds.get(name.split('_')[0])


def hash_of(text):
    h = 0
    for c in text.encode():
        h = (h * 131 + c) % 1_000_003
    return h


def by_medium(raw, right, files, media, parts=5):
    """`crossed` of each medium by itself; of what has fewer than 75 answers, by the curve of all."""
    out = crossed(raw, right, files, parts)
    for m in set(media):
        here = media == m
        if m != 'None' and here.sum() >= 75:
            out[here] = crossed(raw[here], right[here], [f for f, h in zip(files, here) if h], parts)
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--eval', type=Path, required=True)
    a.add_argument('--params', type=Path, required=True)
    a.add_argument('--unsure', type=float, default=.5)
    args = a.parse_args()
    cases = [c for c in json.loads(args.eval.read_text())['cases'] if 'failed' not in c]
    raw, right = np.array([c['confidence'] for c in cases]), np.array([c['right'] for c in cases], float)
    points, files = fitted(raw, right), [c['files'][0] for c in cases]
    media = np.array([str(medium(c['files'])) for c in cases])
    apart = {m: fitted(raw[media == m], right[media == m]) for m in ('plot', 'picture', 'audio', 'video', 'point', 'imu') if (media == m).sum() >= 75}
    known = by_medium(raw, right, files, media)
    for m in sorted(set(media)):
        print(f'  {m:8s} {(media == m).sum():5d} answers, right {right[media == m].mean():.3f}, calibrated on other files: mean {known[media == m].mean():.3f}, error {error(known[media == m], right[media == m]):.3f}')
    print('by one curve for all:', end=' ')
    print(f'{len(cases)} answers, {right.mean():.3f} right; error as it is {error(raw, right):.3f}, calibrated on other files {error(crossed(raw, right, [c["files"][0] for c in cases]), right):.3f}')
    print(f'by a curve for each medium: {error(known, right):.3f}')
    params = json.loads(args.params.read_text())
    params['confidence'] = {'calibration': points, 'calibration_of': apart, 'unsure': args.unsure}
    args.params.write_text(json.dumps(params, indent=2) + '\n')


if __name__ == '__main__':
    main()
