"""The state of unfinished stages, small enough to keep: python checkpoint.py save|load [--run run] [--kept checkpoints]

`save` writes KEPT/NAME.safetensors (half precision) of every RUN/NAME.pt: averaged weights, auxiliary heads and counters, without the
optimiser's moments; and the tokenizer. `load` makes the .pt files again, so that every stage goes on where it stood.
"""
import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from export import read_metadata, read_safetensors, write_safetensors

SKIPPED = ('opt', 'live')  # `live` begins again from the averaged weights


def save(path, kept):
    state, tensors, plain = torch.load(path, weights_only=False, map_location='cpu'), {}, {}
    for part, value in state.items():
        if part in SKIPPED:
            continue
        if isinstance(value, dict) and all(torch.is_tensor(t) for t in value.values()):
            for name, t in value.items():
                if t.dtype.is_floating_point:
                    tensors[f'{part}/{name}'] = t.half().numpy()
                else:
                    plain.setdefault('counts', {})[f'{part}/{name}'] = t.tolist()
        else:
            plain[part] = value
    write_safetensors(kept / f'{path.stem}.safetensors', tensors, {'state': json.dumps(plain)})


def load(path, run):
    plain, state = json.loads(read_metadata(path)['state']), {}
    for name, a in read_safetensors(path).items():
        part, key = name.split('/', 1)
        state.setdefault(part, {})[key] = torch.from_numpy(a.astype(np.float32))
    for name, value in plain.pop('counts', {}).items():
        part, key = name.split('/', 1)
        state.setdefault(part, {})[key] = torch.tensor(value)
    state.update(plain)
    averaged = 'visual' if 'visual' in state else 'model'
    if path.stem.startswith('stage'):
        state['live'] = state[averaged]
    torch.save(state, run / f'{path.stem}.pt')


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('what', choices=('save', 'load'))
    a.add_argument('--run', type=Path, default=Path('run'))
    a.add_argument('--kept', type=Path, default=Path(__file__).resolve().parent / 'checkpoints')
    args = a.parse_args()
    source, to = (args.run, args.kept) if args.what == 'save' else (args.kept, args.run)
    to.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob('*.pt' if args.what == 'save' else '*.safetensors')):
        (save if args.what == 'save' else load)(path, to)
        print(path)
    shutil.copy(source / 'tokenizer.model', to / 'tokenizer.model')


if __name__ == '__main__':
    main()
