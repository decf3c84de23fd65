"""A few steps of every stage on data made in memory, then export and one answer. No downloads, no data folder. < 60 s."""
import json
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def caches(c):
    """Tiny caches in the format of prepare.py."""
    import built
    import clouds
    import plots
    import renders
    import sounds
    rng = np.random.default_rng(0)
    pics = lambda n: rng.integers(0, 255, (n, 64, 64, 3), dtype=np.uint8)
    names = [f'thing number {i}' for i in range(20)]
    np.save(c / 'photos_train.npy', pics(200)), np.save(c / 'photos_train_y.npy', (np.arange(200) % 20).astype(np.int16))
    np.save(c / 'photos_dev.npy', pics(20)), np.save(c / 'photos_dev_y.npy', np.arange(20).astype(np.int16))
    (c / 'photos.json').write_text(json.dumps(names))
    np.save(c / 'stamps.npy', pics(20)), (c / 'stamps.json').write_text(json.dumps([f'A stamp of {i}.' for i in range(20)]))
    x, meta = plots.make(40, 1)
    np.save(c / 'plots_train_1.npy', x), (c / 'plots_train_1.json').write_text(json.dumps(meta))
    wave = lambda k: rng.normal(0, .1, 8000) + np.sin(np.arange(8000) * .02 * (k + 1))
    clips = [(sounds.log_mel(wave(k)).astype(np.float16), k, tag) for k in range(len(sounds.CLASSES))
             for tag in [('esc' if k < 10 else 'fsdd george' if k < 20 else 'gm FluidR3' if k < 20 + len(sounds.INSTRUMENTS) else 'made')]]
    (c / 'sounds.pkl').write_bytes(pickle.dumps({'train': clips, 'held': clips[:20]}))
    made = [(clouds.unit(np.concatenate(built.points(rng, k, 4096), 1)).astype(np.float16), clouds.CLASSES.index(k), k) for k in built.BUILDERS]
    (c / 'clouds.pkl').write_bytes(pickle.dumps((made, made[:3])))
    x, y = renders.make({k: [p] for p, k, _ in made}, 12)
    np.save(c / 'renders.npy', x), np.save(c / 'renders_y.npy', y)
    nouns, sets = ['dog', 'cat', 'sun'], ['noto', 'twemoji', 'mdi', 'ph', 'openmoji']
    rng.integers(0, 255, (15, 72, 72, 4), dtype=np.uint8).tofile(c / 'drawings.bin')
    (c / 'drawings.json').write_text(json.dumps({'nouns': nouns, 'heldOut': ['openmoji'], 'dev': ['ph'], 'items': [{'noun': n, 'set': k, 'name': n} for k in sets for n in nouns]}))


def main():
    with tempfile.TemporaryDirectory() as d:
        d = Path(d)
        cache, run = d / 'cache', d / 'run'
        cache.mkdir(), run.mkdir()
        caches(cache)
        from data import Pictures
        import tokenizer
        (run / 'tokenizer.model').write_bytes(tokenizer.train(Pictures(cache).captions, json.loads((HERE / 'config.json').read_text())['params']['vocab_size'], dialogues=600))
        subprocess.run([sys.executable, str(HERE / 'language.py'), '--steps', '3', '--run', str(run)], check=True)
        for stage in ('1', 'tokenizers', '1b', '2', '3', '3b', '3c', 'stem', '3d', '3e'):
            subprocess.run([sys.executable, str(HERE / 'train.py'), '--stage', stage, '--minutes', '.01', '--batch', '32', '--cache', str(cache), '--run', str(run)], check=True)
            if stage == 'tokenizers':  # the later stages go on from what is kept
                import checkpoint
                for path in run.glob('*.pt'):
                    checkpoint.save(path, d)
                    path.unlink()
                    checkpoint.load(d / f'{path.stem}.safetensors', run)
        subprocess.run([sys.executable, str(HERE / 'export.py'), '--state', str(run / 'stage3e.pt'), '--tokenizer', str(run / 'tokenizer.model'), '--out', str(d / 'model')], check=True)
        import torch
        from evaluate import generate
        from export import load_exported
        params = json.loads((d / 'model' / 'params.json').read_text())
        model = load_exported(params, d / 'model' / 'model.safetensors')
        state = torch.load(run / 'stage3e.pt', weights_only=False)['model']
        from model import OneLLM
        whole = OneLLM(params).eval()
        whole.load_state_dict(state)
        x = torch.randn(1, 3, 64, 64)
        off = (whole.encode(x, 'image') - model.encode(x, 'image')).abs().max().item()
        print('folded and halved, media tokens differ by', off)
        if not off < .1:
            sys.exit('the exported model does not compute what the trained one does')
        print('answer:', generate(model, tokenizer.Tokenizer(d / 'model' / 'tokenizer.model'), x, 'image', 'What is this?')[0][:60])
    print('smoke: ok')


if __name__ == '__main__':
    main()
