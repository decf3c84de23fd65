"""Held-out figures of an exported model: answers are generated greedily from the files' inputs and searched for the class word.

python evaluate.py --model ../media/model --cache cache   ->  eval.json beside the model
"""
import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch

import clouds
import plots
import questions
import sounds
from augment import normalise
from export import load_exported
from tokenizer import Tokenizer

SAME = {  # words that name a class as well
    'line plot': 'line', 'scatter plot': 'scatter', 'bar chart': 'bar', 'horizontal bar chart': 'bar', 'stacked bar chart': 'bar', 'grouped bar chart': 'bar', 'histogram': 'histogram', 'pie chart': 'pie', 'box plot': 'box plot',
    'heat map': 'heat ?map', 'area chart': 'area', 'step plot': 'step', 'error bar plot': 'error bar', 'contour plot': 'contour', 'violin plot': 'violin',
    'dog bark': 'dog|bark', 'rain': 'rain', 'sea waves': 'sea|wave', 'baby cry': 'baby|cry', 'clock tick': 'clock|tick', 'person sneeze': 'sneez', 'helicopter': 'helicopter', 'chainsaw': 'chainsaw', 'rooster': 'rooster|crow', 'fire crackling': 'fire|crackl',
    'cube': 'cube|box', 'box': 'box|cube', 'bookcase': 'bookcase|shel', 'wardrobe': 'wardrobe|cabinet', 'sofa': 'sofa|couch', 'armchair': 'armchair|chair', 'chair': 'chair', 'table': 'table', 'desk': 'desk'}


@torch.no_grad()
def generate(model, tok, x, m, question, limit=24, batch=200):
    """Greedy answers, one for each row of x (or one text-only answer for x None)."""
    answers, prompt, stop = [], tok.prompt(questions.prompt([], question)), []
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


def hit(answer, words):
    return bool(re.search(words, answer, re.I))


def share(flags):
    return round(float(np.mean(flags)), 4) if len(flags) else None


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--model', type=Path, default=Path(__file__).resolve().parent.parent / 'media' / 'model')
    a.add_argument('--cache', type=Path, default=Path('cache'))
    a.add_argument('--data', type=Path, default=Path(__file__).resolve().parents[2] / 'shared' / 'data')
    a.add_argument('--threads', type=int, default=1)
    a.add_argument('--photos', type=int, default=4000, help='held-out photographs to ask about')
    a.add_argument('--out', type=Path)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    from data import Clouds, Pictures, Sounds
    pictures, heard, seen = Pictures(args.cache), Sounds(args.cache), Clouds(args.cache)
    model = load_exported(json.loads((args.model / 'params.json').read_text()), args.model / 'model.safetensors')
    tok = Tokenizer(args.model / 'tokenizer.model')
    ask = lambda x, m, q: generate(model, tok, x, m, q)
    figures, examples, detail = {}, {}, {}

    x, y, meta = pictures.held['plot']
    for q in ('What kind of plot is this?', 'What is this?'):
        got = ask(normalise(torch.from_numpy(x)), 'image', q)
        kind = np.array([plots.KINDS[k['kind']] for k in meta])
        ok = np.array([hit(g, SAME[k]) and not (k not in ('error bar plot',) and 'bar' in SAME[k] and 'error' in g) for g, k in zip(got, kind)])
        figures[f'plot: {q}'] = {'share': share(ok), 'n': len(ok)}
        detail[f'plot: {q}'] = {k: share(ok[kind == k]) for k in plots.KINDS}
        examples[f'plot: {q}'] = list(zip(kind.tolist(), got))[:8]
    asked = {'How many bars are there?': ('bar chart', lambda k: questions.NUMBER[k['count']])}
    for q, (k, want) in asked.items():
        i = [j for j, f in enumerate(meta) if plots.KINDS[f['kind']] == k]
        got = ask(normalise(torch.from_numpy(x[i])), 'image', q)
        figures[f'plot: {q}'] = {'share': share([hit(g, rf'\b{want(meta[j])}\b') for g, j in zip(got, i)]), 'n': len(i)}
    i = [j for j, f in enumerate(meta) if f['trend'] and plots.KINDS[f['kind']] == 'line plot']
    got = ask(normalise(torch.from_numpy(x[i])), 'image', 'Does the line go up or down?')
    figures['plot: Does the line go up or down?'] = {'share': share([hit(g, 'rise' if meta[j]['trend'] == 'up' else 'fall') for g, j in zip(got, i)]), 'n': len(i)}

    x, y = heard.held_batch()
    tags = np.array([t for _, _, t in heard.held])
    groups = {'ESC-10 fold 4': tags == 'esc', 'digits, speaker theo': np.char.startswith(tags, 'fsdd theo'), 'digits, takes 5 and 6 of five speakers': np.char.startswith(tags, 'fsdd') & ~np.char.startswith(tags, 'fsdd theo'), 'General MIDI instruments': tags == 'gm'}
    for name, rows in groups.items():
        for q in (('What sound is this?', 'What is this?') if name[0] in 'EG' else ('Which digit is spoken?', 'What is this?')):
            got = ask(x[rows], 'audio', q)
            want = [SAME.get(sounds.CLASSES[c], sounds.CLASSES[c]) for c in y[rows]]
            figures[f'{name}: {q}'] = {'share': share([hit(g, w) for g, w in zip(got, want)]), 'n': len(got)}
            examples[f'{name}: {q}'] = [(sounds.CLASSES[c], g) for c, g in zip(y[rows], got)][::max(1, len(got) // 8)][:8]

    x, y = seen.held_batch()
    want = [SAME.get(clouds.CLASSES[c], clouds.CLASSES[c]) for c in y]
    got = ask(x, 'point', 'What is this?')
    figures['furniture, library KatorLegaz: What is this?'] = {'share': share([hit(g, w) for g, w in zip(got, want)]), 'n': len(got)}
    examples['furniture'] = [(name, g) for (_, _, name), g in zip(seen.held, got)]
    white = x.clone()
    white[..., 3:] = 0
    got = ask(white, 'point', 'What is this?')
    figures['furniture without colour: What is this?'] = {'share': share([hit(g, w) for g, w in zip(got, want)]), 'n': len(got)}
    x, y = clouds.held_shapes()
    for q in ('What is this?', 'What shape is this?'):
        got = ask(torch.from_numpy(x), 'point', q)
        ok = np.array([hit(g, SAME.get(clouds.CLASSES[c], clouds.CLASSES[c])) for g, c in zip(got, y)])
        figures[f'shapes: {q}'] = {'share': share(ok), 'n': len(ok)}
        detail[f'shapes: {q}'] = {s: share(ok[y == k]) for k, s in enumerate(clouds.SHAPES)}

    synonyms = photo_words(args.data, pictures)
    x, y, _ = pictures.held['photo']
    pick = np.random.default_rng(0).permutation(len(x))[:args.photos]
    for q in ('What is this?', 'Describe this.'):
        got = ask(normalise(torch.from_numpy(x[pick])), 'image', q)
        ok = [hit(g, synonyms[c]) for g, c in zip(got, y[pick])]
        figures[f'photographs: {q}'] = {'share': share(ok), 'n': len(ok)}
        examples[f'photographs: {q}'] = [(pictures.photo_names[c], g) for g, c in zip(got, y[pick])][:12]
    examples['text'] = [(q, generate(model, tok, None, None, q)[0]) for q in ('Who are you?', 'What can you do?', 'What is this?', 'Hello')]
    out = args.out or args.model / 'eval.json'
    out.write_text(json.dumps({'figures': figures, 'by kind': detail, 'examples': examples}, indent=1, ensure_ascii=False) + '\n')
    for k, v in figures.items():
        print(f"{v['share']:.3f}  n={v['n']:<5} {k}")


def photo_words(data, pictures):
    """One pattern per class of photograph: any of its synonyms."""
    path = Path(data) / 'tiny-imagenet-classes.json'
    words = json.loads(path.read_text()) if path.exists() else None
    if not words:
        return [rf'\b{re.escape(n)}\b' for n in pictures.photo_names]
    return ['|'.join(rf'\b{re.escape(s.strip())}\b' for s in words[w].split(',')) for w in sorted(words)]


if __name__ == '__main__':
    main()
