"""The language model before it meets any file: dialogues about measured facts (`data/talk.py`), without media.

python language.py --steps N [--run DIR]   resumes; writes RUN/language.pt, of which `joint.py` takes the language model.
The loss counts the answers alone. Every row is one block of facts with several turns, so that most of a row is answers.
"""
import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import questions
from data import measured, talk
from data.words import Words, pick
from model import OneLLM
from tokenizer import Tokenizer
from train import Log, optimiser, save, step

HERE = Path(__file__).resolve().parent
TOKENS = 8192  # of one step
SHARES = {'plot': .46, 'picture': .1, 'sound': .12, 'cloud': .05, 'video': .06, 'depth': .04, 'motion': .05, 'two': .1, 'text': .02}
PAIRS = (talk.two_plots, talk.two_sounds, talk.two_pictures, talk.two_clouds)


def dialogue(rng, words):
    """-> (facts block, turns)"""
    kind = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    if kind == 'text':
        q, a = questions.TEXT[rng.integers(len(questions.TEXT))]
        return '', [(talk.spelled(rng, q), a)]
    if kind == 'two':
        sheets, turns = pick(rng, PAIRS)(rng, words)
        return talk.block(sheets), turns
    s = measured.SHEETS[kind](rng, words)
    turns = [talk.pair(rng, s) for _ in range(int(rng.integers(3, 8 if kind == 'plot' else 6)))]
    return talk.block([s]), list({q: (q, a) for q, a in turns}.values())


def batches(rng, tok, words, limit, rows=1024):
    """Endless (ids [n, S], mask of the ids to learn): rows of like length together."""
    while True:
        made = []
        while len(made) < rows:
            block, turns = dialogue(rng, words)
            ids, learn = tok.dialogue(turns, block)
            if len(ids) <= limit:
                made.append((ids, learn))
        made.sort(key=lambda r: len(r[0]))
        out, at = [], 0
        while at < rows:
            size = -(-len(made[min(rows - 1, at + TOKENS // len(made[at][0]))][0]) // 64) * 64  # few sizes: see OneLLM.decode
            part = made[at:at + TOKENS // size]
            at += len(part)
            out.append((torch.tensor([i + [2] * (size - len(i)) for i, _ in part]), torch.tensor([k + [False] * (size - len(k)) for _, k in part])))
        for i in rng.permutation(len(out)):
            yield out[i]


def repeats(rng, vocab, few, rows=32, size=128):
    """Rows of random tokens said again and again, to be foretold from the second time on: they teach to copy, of which quoting is
    made (induction heads: Olsson et al., 2022). `few`: the same 300 pieces in every step; else some rows have a small alphabet, where only a longer match tells the place."""
    ids, learns = [], []
    some = (np.random.default_rng(1) if few else rng).integers(3, vocab, 300)
    for _ in range(rows):
        piece = rng.choice(some if few or rng.random() < .7 else some[:10], int(rng.integers(8, size // 2 - 4)))
        ids.append([1] + np.resize(piece, size - 1).tolist())
        learns.append([False] * (len(piece) + 2) + [True] * (size - len(piece) - 2))
    return torch.tensor(ids), torch.tensor(learns)


def exact(model, tok, words, n=150, seed=99):
    """Share of answers whose every token is the likeliest (teacher forced, hence the greedy answer), by source."""
    rng, got = np.random.default_rng(seed), {}
    for _ in range(n):
        block, turns = dialogue(rng, words)
        ids, learn = tok.dialogue(turns, block)
        with torch.no_grad(), torch.autocast('cpu', torch.bfloat16):
            best = model.text(torch.tensor([ids]))[0].argmax(-1).tolist()
        k = np.array(learn)
        ok = np.array([True] + [best[i - 1] == ids[i] for i in range(1, len(ids))])
        edges = np.flatnonzero(np.diff(np.concatenate([[0], k.astype(int), [0]])))
        kind = block.split(':')[1].strip() if block.startswith('Measured:') else 'two' if block else 'text'
        for a, b in zip(edges[::2], edges[1::2]):
            got.setdefault(kind, []).append(bool(ok[a:b].all()))
    return ' '.join(f'{k} {np.mean(v):.2f}' for k, v in sorted(got.items()))


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--steps', type=int, default=20000)
    a.add_argument('--run', type=Path, default=Path('run'))
    a.add_argument('--threads', type=int, default=1)
    a.add_argument('--lr', type=float, default=1.5e-3)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(5)
    params = json.loads((HERE / 'config.json').read_text())['params']
    log, tok, words = Log(time.time()), Tokenizer(args.run / 'tokenizer.model'), Words()
    model, path, n, copying = OneLLM(params), args.run / 'language.pt', 0, True
    parts = [model.tok_embeddings, model.output, model.layers, model.norm]
    opt = optimiser([(p, 1.) for p in parts])
    names = {k for k in model.state_dict() if k.split('.')[0] in ('tok_embeddings', 'output', 'layers', 'norm')}
    with torch.no_grad():  # to say a token that was read then needs no learning a token, only attention: without this, rare words are not quoted
        model.output.weight.copy_(.2 * model.tok_embeddings.weight)
    if path.exists():
        s = torch.load(path, weights_only=False)
        model.load_state_dict(s['model'], strict=False), opt.load_state_dict(s['opt'])
        n, copying = s['n'], s['copying']
    source, losses, copies, draw, t, saved = batches(np.random.default_rng([n, 17]), tok, words, params['max_seq_len']), [], [], np.random.default_rng([n, 23]), time.time(), time.time()
    while n < args.steps:
        share = n / args.steps
        # first copying alone, until it is learnt (it comes at once, after about a thousand steps), then dialogues with a few copies
        copying = copying and not (len(copies) > 100 and np.mean(copies[-50:]) < .4)
        repeat = copying or draw.random() < .06
        ids, learn = repeats(draw, params['vocab_size'], copying) if repeat else next(source)
        with torch.autocast('cpu', torch.bfloat16):
            at = torch.zeros_like(learn)
            at[:, :-1] = learn[:, 1:]
            logits = model.decode(ids, None, last=at)
        loss = F.cross_entropy(logits.float(), ids[:, 1:][learn[:, 1:]])
        step(opt, loss, args.lr * min(1, (n + 1) / 200) * (.02 + .98 * .5 * (1 + math.cos(math.pi * share))), clip=1.)
        (copies if repeat else losses).append(loss.item())
        n += 1
        if n % 50 == 0:
            log(f'language step {n} loss {np.mean(losses[-50:] or [0]):.3f} copies {np.mean(copies[-30:] or [0]):.3f} {(time.time() - t) / 50:.2f} s a step')
            t = time.time()
        if n == args.steps or time.time() - saved > 240:
            state = model.state_dict()
            save(path, model={k: state[k] for k in names}, opt=opt.state_dict(), n=n, copying=copying)
            saved = time.time()
            if n > 20:
                log('exact answers: ' + exact(model, tok, words))
            t = time.time()


if __name__ == '__main__':
    main()
