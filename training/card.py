"""What the product measured, for the pack: python card.py --suite SUITE --eval eval.json --params MODEL/params.json --out MODEL

`eval.json` is the output of `onelens eval SUITE --json`. Writes OUT/eval.json (figures: share and number of every group; the calibration
error, on files that the curve was not fitted on; the answers) and OUT/confusion.png, one matrix for every group whose cases name a class.
"""
import argparse
import json
import re
from pathlib import Path

import matplotlib
import numpy as np

from calibrate import by_medium, error, medium

matplotlib.use('Agg')
import matplotlib.pyplot as plt  # noqa: E402

OTHER = '(other)'


def said(answer, truths, accepts, names):
    """The class that an answer names: of `names` (text -> class), else the first class whose pattern it matches."""
    if names:
        found = [n for n in names if re.search(rf'\b{re.escape(n)}\b', answer, re.I)]
        return names[max(found, key=len)] if found else OTHER
    for truth in truths:
        if re.search(accepts[truth], answer, re.I):
            return truth
    return OTHER


def matrix(cases, names=None):
    """[(truth, accept, answer)] -> classes, counts [truth, said]"""
    truths = sorted({t for t, _, _ in cases})
    accepts = {t: a for t, a, _ in cases}
    columns = truths + [OTHER]
    counts = np.zeros((len(truths), len(columns)), int)
    for truth, accept, answer in cases:
        got = truth if not names and re.search(accept, answer, re.I) else said(answer, truths, accepts, names)
        counts[truths.index(truth), columns.index(got if got in columns else OTHER)] += 1
    return truths, counts


def drawn(tables, path):
    columns = 2
    rows = -(-len(tables) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(13, 6.4 * rows), dpi=72)
    for ax in axes.flat:
        ax.axis('off')
    for ax, (group, (classes, counts)) in zip(axes.flat, tables.items()):
        ax.axis('on')
        share = counts / np.maximum(1, counts.sum(1, keepdims=True))
        ax.imshow(share, cmap='Blues', vmin=0, vmax=1, aspect='auto')
        ax.set_title(f'{group}: {np.trace(counts)} of {counts.sum()} right')
        size = 8 if len(classes) < 24 else 6
        ax.set_xticks(range(len(classes) + 1), [*classes, OTHER], rotation=90, fontsize=size)
        ax.set_yticks(range(len(classes)), classes, fontsize=size)
        ax.set_xlabel('answered'), ax.set_ylabel('is')
        if len(classes) < 24:
            for i, j in zip(*np.nonzero(counts)):
                ax.text(j, i, counts[i, j], ha='center', va='center', fontsize=7, color='white' if share[i, j] > .5 else 'black')
    figure.tight_layout()
    figure.savefig(path, pil_kwargs={'optimize': True})


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--suite', type=Path, required=True)
    a.add_argument('--eval', type=Path, required=True)
    a.add_argument('--params', type=Path, required=True)
    a.add_argument('--classes', type=Path, default=Path(__file__).resolve().parents[2] / 'shared' / 'data' / 'tiny-imagenet-classes.json')
    a.add_argument('--out', type=Path, required=True)
    args = a.parse_args()
    result, suite = json.loads(args.eval.read_text()), json.loads((args.suite / 'suite.json').read_text())['cases']
    cases = result['cases']
    if [(c['group'], c['question']) for c in cases] != [(c['group'], c['question']) for c in suite]:
        raise SystemExit(f'{args.eval} is not of {args.suite}')
    from data.groups import GROUP_OF
    words = json.loads(args.classes.read_text())
    photo = {n.strip(): GROUP_OF[i] for i, w in enumerate(sorted(words)) for n in words[w].split(',')}
    by_group = {}
    for c, s in zip(cases, suite):
        if 'truth' in s:
            by_group.setdefault(c['group'], []).append((s['truth'], s['accept'], c['answer']))
    tables = {g: matrix(v, photo if g.startswith('photograph') else None) for g, v in by_group.items()}
    args.out.mkdir(parents=True, exist_ok=True)
    drawn(tables, args.out / 'confusion.png')
    known = [c for c in cases if 'failed' not in c]
    raw, right = np.array([c['confidence'] for c in known]), np.array([c['right'] for c in known], float)
    calibrated = json.loads(args.params.read_text()).get('confidence')
    figures = {g['group']: {'share': round(g['share'], 4), 'n': g['asked']} for g in result['groups']}
    out = {'figures': figures, 'calibration error': {'as the model says': round(error(raw, right), 4), 'calibrated, other files': round(error(by_medium(raw, right, [c['files'][0] for c in known], np.array([str(medium(c['files'])) for c in known])), right), 4)},
           'calibration': calibrated, 'confusion': {g: {'classes': k, 'counts': v.tolist()} for g, (k, v) in tables.items()},
           'answers': [[c['group'], Path(c['files'][0]).name, c['question'], c['answer'], round(c['confidence'], 3), c['right']] for c in cases]}
    (args.out / 'eval.json').write_text('{\n' + ',\n'.join(f'{json.dumps(k)}: ' + (json.dumps(v) if k != 'answers' else '[\n' + ',\n'.join(json.dumps(r) for r in v) + '\n]') for k, v in out.items()) + '\n}\n')
    for g, f in figures.items():
        print(f"| {g} | {100 * f['share']:.1f} % (of {f['n']}) |")


if __name__ == '__main__':
    main()
