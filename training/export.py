"""Trained state -> params.json, model.safetensors (half precision, `llma.` prefix, BatchNorm folded), cases.safetensors."""
import argparse
import json
import struct
from pathlib import Path

import numpy as np
import torch

from model import MODALITIES, OneLLM

HERE = Path(__file__).resolve().parent
TYPES = {'F16': np.float16, 'F32': np.float32, 'I32': np.int32}


def write_safetensors(path, tensors, metadata=None):
    """tensors: name -> numpy array."""
    head, at = ({'__metadata__': metadata} if metadata else {}), 0
    names = {np.dtype(v): k for k, v in TYPES.items()}
    for k in sorted(tensors):
        n = tensors[k].nbytes
        head[k] = {'dtype': names[tensors[k].dtype], 'shape': list(tensors[k].shape), 'data_offsets': [at, at + n]}
        at += n
    text = json.dumps(head, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as f:
        f.write(struct.pack('<Q', len(text)) + text)
        for k in sorted(tensors):
            f.write(np.ascontiguousarray(tensors[k]).tobytes())


def read_safetensors(path):
    blob = Path(path).read_bytes()
    n = struct.unpack('<Q', blob[:8])[0]
    return {k: np.frombuffer(blob[8 + n + v['data_offsets'][0]:8 + n + v['data_offsets'][1]], TYPES[v['dtype']]).reshape(v['shape']).copy()
            for k, v in json.loads(blob[8:8 + n]).items() if k != '__metadata__'}


def read_metadata(path):
    with open(path, 'rb') as f:
        return json.loads(f.read(struct.unpack('<Q', f.read(8))[0])).get('__metadata__', {})


def folded(state):
    """Folds every BatchNorm `X_bn` (or `stem_bn.i`) into the convolution before it; returns the state without them."""
    out = {k: v.float() for k, v in state.items() if '_bn.' not in k}
    for k in state:
        if k.endswith('running_mean'):
            bn = k[:-len('.running_mean')]
            conv = bn.replace('stem_bn.', 'stem.') if 'stem_bn.' in bn else bn[:-3]
            s = state[bn + '.weight'] / torch.sqrt(state[bn + '.running_var'] + 1e-5)
            out[conv + '.weight'] = state[conv + '.weight'] * s[:, None, None, None]
            out[conv + '.bias'] = (state[conv + '.bias'] - state[k]) * s + state[bn + '.bias']
    return out


def load_exported(params, path):
    """The exported checkpoint as a float32 model in which BatchNorm does nothing."""
    model, tensors = OneLLM(params).eval(), read_safetensors(path)
    state = model.state_dict()
    for k in state:
        if '_bn.' in k:
            state[k] = torch.full_like(state[k], 1 - 1e-5) if k.endswith('running_var') else torch.ones_like(state[k]) if k.endswith('weight') else torch.zeros_like(state[k])
        else:
            state[k] = torch.from_numpy(tensors.pop('llma.' + k).astype(np.float32))
    if tensors:
        raise ValueError(f'not in the model: {sorted(tensors)[:5]}')
    model.load_state_dict(state)
    return model


@torch.no_grad()
def cases(model, seed=1):
    """M.input, M.media_tokens, M.tokens, M.logits, M.greedy for each modality M, and text.*, in float32."""
    p, g, out = model.p, torch.Generator().manual_seed(seed), {}
    r = lambda *s: torch.randn(*s, generator=g)
    side = p['clip']['image']
    inputs = {'image': r(1, 3, side, side), 'video': r(1, p['video']['clips'] * p['video']['crops'], 3, side, side), 'rgbd': r(1, 2, 3, side, side), 'rgbn': r(1, 2, 3, side, side),
              'audio': r(1, 1, p['audio']['mels'], p['audio']['frames']) * .5, 'imu': r(1, p['imu']['channels'], p['imu']['samples']), 'fmri': r(1, 1, p['fmri_voxels'])}
    cloud = torch.rand(1, p['point']['points'], 6, generator=g)
    cloud[..., :3] = (cloud[..., :3] - .5) * 1.2
    inputs['point'] = cloud
    tokens = lambda: torch.cat([torch.tensor([[1]]), torch.randint(3, p['vocab_size'], (1, 11), generator=g)], 1)
    for m in MODALITIES:
        t, media = tokens(), model.encode(inputs[m], m)
        ids, greedy = t, []
        logits = model.text(ids, media, m)[:, -1]
        for _ in range(16):
            greedy.append(int(model.text(ids, media, m)[0, -1].argmax()))
            ids = torch.cat([ids, torch.tensor([[greedy[-1]]])], 1)
        out |= {f'{m}.input': inputs[m], f'{m}.media_tokens': media, f'{m}.tokens': t, f'{m}.logits': logits, f'{m}.greedy': torch.tensor(greedy)}
    t = tokens()
    out |= {'text.tokens': t, 'text.logits': model.text(t)[:, -1]}
    return {k: v.numpy().astype(np.int32 if v.dtype == torch.int64 else np.float32) for k, v in out.items()}


def export(state, params, out, tokenizer=None):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    half = {'llma.' + k: v.numpy().astype(np.float16) for k, v in folded(state).items()}
    bad = [k for k, v in half.items() if not np.isfinite(v).all()]
    if bad:
        raise ValueError(f'not finite in half precision: {bad}')
    write_safetensors(out / 'model.safetensors', half, {'format': 'pt'})
    (out / 'params.json').write_text(json.dumps(params, indent=2) + '\n')
    if tokenizer:
        (out / 'tokenizer.model').write_bytes(Path(tokenizer).read_bytes())
    write_safetensors(out / 'cases.safetensors', cases(load_exported(params, out / 'model.safetensors')))


if __name__ == '__main__':
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--state', type=Path, help='a stage checkpoint (.pt); without it, random weights')
    a.add_argument('--tokenizer', type=Path, default=Path('run/tokenizer.model'))
    a.add_argument('--out', type=Path, default=HERE.parent / 'media' / 'model')
    args = a.parse_args()
    params = json.loads((HERE / 'config.json').read_text())['params']
    torch.manual_seed(1)
    state = torch.load(args.state, weights_only=False, map_location='cpu')['model'] if args.state else OneLLM(params).state_dict()
    export(state, params, args.out, args.tokenizer)
