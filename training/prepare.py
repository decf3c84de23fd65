"""Everything that training reads, once, as arrays: python prepare.py --data ../../shared/data --cache cache [--plots 14000]

Needs the Debian packages that README.md names.
"""
import argparse
import json
import pickle
from pathlib import Path

import numpy as np

import clouds
import pictures
import plots
import renders
import sounds
from data import Pictures


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--data', type=Path, default=Path(__file__).resolve().parents[2] / 'shared' / 'data')
    a.add_argument('--cache', type=Path, default=Path('cache'))
    a.add_argument('--plots', type=int, default=14000)
    args = a.parse_args()
    c = args.cache
    c.mkdir(parents=True, exist_ok=True)
    x, y, dev, dev_y, names = pictures.photos(args.data)
    for name, v in (('photos_train', x), ('photos_train_y', y), ('photos_dev', dev), ('photos_dev_y', dev_y)):
        np.save(c / f'{name}.npy', v)
    (c / 'photos.json').write_text(json.dumps(names))
    stamps, captions = pictures.stamps()
    np.save(c / 'stamps.npy', stamps)
    (c / 'stamps.json').write_text(json.dumps(captions))
    for part, seed, n in (('train', 1, args.plots * 3 // 7), ('train', 2, args.plots - args.plots * 3 // 7)):
        x, meta = plots.make(n, seed)
        np.save(c / f'plots_{part}_{seed}.npy', x)
        (c / f'plots_{part}_{seed}.json').write_text(json.dumps(meta))
    (c / 'sounds.pkl').write_bytes(pickle.dumps(sounds.prepare(args.data)))
    train, held = clouds.furniture()
    (c / 'clouds.pkl').write_bytes(pickle.dumps((train, held)))
    library = {}
    for p, k, _ in train:
        library.setdefault(k, []).append(p)
    (c / 'captions.json').write_text(json.dumps(Pictures(c).captions))  # of which the tokenizer learns
    x, y = renders.make(library, 4000)
    np.save(c / 'renders.npy', x)
    np.save(c / 'renders_y.npy', y)


if __name__ == '__main__':
    main()
