"""Greedy answers in PyTorch, and what a stage's state knows of the dev examples: python evaluate.py --state run/stage3.pt --cache cache

For choosing and for seeing a long run's way; the figures of documents come through the product (`data/suite.py`, `onelens eval`).
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch

import questions

FACTS = 'Measured:\npicture: 64 x 64 pixels\ncolours: grey, brown\n'


@torch.no_grad()
def generate(model, tok, x, m, question, limit=24, batch=200, facts=''):
    """Greedy answers, one for each row of x (or one text-only answer for x None)."""
    answers, prompt = [], tok.prompt(facts + questions.prompt([], question))
    for i in range(0, 1 if x is None else len(x), batch):
        media = None if x is None else model.encode(x[i:i + batch], m)
        b = 1 if x is None else len(media)
        ids = torch.tensor([prompt] * b)
        done = torch.zeros(b, dtype=torch.bool)
        for _ in range(limit):
            last = torch.zeros(b, ids.shape[1] + (0 if x is None else model.p['resample_tokens'] + 2), dtype=torch.bool)
            last[:, -1] = True
            new = model.text(ids, media, m, last=last).argmax(-1)
            done |= new == 2
            ids = torch.cat([ids, torch.where(done, 2, new)[:, None]], 1)
            if all(done):
                break
        for row in ids[:, len(prompt):].tolist():
            answers.append(tok.decode([t for t in row if t > 2]).split('###')[0].strip())
    return answers


def main():
    from augment import MEAN, STD, normalise
    from data import Pictures, article
    from data.words import Words
    from language import exact
    from model import OneLLM
    from tokenizer import Tokenizer
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--state', type=Path, required=True)
    a.add_argument('--cache', type=Path, default=Path('cache'))
    a.add_argument('--count', type=int, default=300)
    a.add_argument('--show', type=int, default=6)
    args = a.parse_args()
    torch.set_num_threads(1)
    state = torch.load(args.state, weights_only=False)
    model = OneLLM(json.loads((Path(__file__).resolve().parent / 'config.json').read_text())['params']).eval()
    model.load_state_dict(state['model'])
    tok, data = Tokenizer(args.state.parent / 'tokenizer.model'), Pictures(args.cache)
    x, y = data.dev
    part = np.linspace(0, len(y) - 1, args.count).astype(int)
    rows = np.random.default_rng(3).permutation(data.drawings.dev)[:args.count]
    sets = {'photographs': (normalise(torch.from_numpy(x[part])), [data.photo_names[k] for k in y[part]], y[part]),
            'drawings': ((data.drawings.plain(rows) - MEAN) / STD, [data.drawings.nouns[k] for k in data.drawings.y[rows]], data.drawings.y[rows] + data.drawing_base)}
    print('step', state.get('n'))
    for name, (v, truth, classes) in sets.items():
        with torch.no_grad():
            guess = model.encode(v, 'image').flatten(1) @ state['aids']['concept.image.weight'].T + state['aids']['concept.image.bias']
        print(f'{name}: by the class head of the media tokens {np.mean(guess.argmax(1).numpy() == classes):.3f}')
        for facts in ('', FACTS):
            said = generate(model, tok, v, 'image', 'What is this?', facts=facts)
            print(f'  in words {"with" if facts else "without"} facts {np.mean([article(t) in s for t, s in zip(truth, said)]):.3f}', *[f'[{t}: {s}]' for t, s in list(zip(truth, said))[:args.show]])
    print('dialogues without a file:', exact(model, tok, Words(), 120))


if __name__ == '__main__':
    main()
