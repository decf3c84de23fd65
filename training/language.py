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
from train import Log, Optimisers, half, save

HERE = Path(__file__).resolve().parent
TOKENS = 4096  # of one step
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


@torch.no_grad()
def begin_copying(model, content=192):
    """Starts the language model with the circuit that copies, which it otherwise finds only after some 1,500 steps (induction
    heads: Olsson et al., 2022). Layer 0: two heads attend to the token before (the rotary angles of the four fastest pairs agree
    at distance 1 alone) and write a code of it into the last 64 channels, which the embeddings leave empty. Layer 1: every head
    looks, by 10 numbers in its slow pairs, for the place whose token before is the present token, and copies an eighth of
    what stands there; the likeliest token is what most heads agree on. All of it is trained from there on."""
    p = model.p
    d, heads = p['dim'], p['n_heads']
    hd = d // heads
    angle = 10000. ** (-torch.arange(0, hd, 2).float() / hd)
    emb = model.tok_embeddings.weight
    emb[:, 0], emb[:, content:] = 1., 0.
    rms = emb.pow(2).mean(-1).sqrt().mean()
    one = 1 / rms  # what the norm makes of channel 0
    code = torch.linalg.qr(torch.randn(content - 1, d - content)).Q.T  # [64, 191]: rows orthonormal
    first, second = model.layers[0], model.layers[1]
    for block in (first, second):
        block.attention.wo.weight.mul_(.1), block.feed_forward.w2.weight.mul_(.2)
    a = first.attention
    for h in range(2):
        rows = slice(h * hd, h * hd + hd)
        for w in (a.wq, a.wk, a.wv):
            w.weight[rows] = 0
        for f in range(4):
            at, g = h * hd + 2 * f, (12 * hd ** .5) ** .5 / one
            a.wq.weight[at, 0] = g
            a.wk.weight[at, 0], a.wk.weight[at + 1, 0] = g * angle[f].cos(), g * angle[f].sin()
        a.wv.weight[rows, 1:content] = code[rows]
        a.wo.weight[:, rows] = 0
        a.wo.weight[content + h * hd:content + h * hd + hd, rows] = .5 * torch.eye(hd)
    a, slow, part = second.attention, hd - 10, (content - 1) // heads
    mix = torch.linalg.qr(torch.randn(d - content, d - content)).Q
    size = (emb[:, 1:content] / rms @ code.T).std()  # of one number of the code, as the norm of layer 1 sees the present token (about)
    for h in range(heads):
        rows, use = slice(h * hd + slow, h * hd + hd), torch.arange(h * 8, h * 8 + 10) % (d - content)
        a.wq.weight[h * hd:h * hd + hd], a.wk.weight[h * hd:h * hd + hd], a.wv.weight[h * hd:h * hd + hd] = 0, 0, 0
        g = (30 * hd ** .5 / 10) ** .5 / size
        a.wq.weight[rows, 1:content] = g * (mix @ code)[use]
        a.wk.weight[rows, content:] = 2 * g * mix[use]
        a.wv.weight[h * hd:h * hd + part, 1 + h * part:1 + (h + 1) * part] = torch.eye(part)
        a.wo.weight[:, h * hd:h * hd + hd] = 0
        a.wo.weight[1 + h * part:1 + (h + 1) * part, h * hd:h * hd + part] = 1.5 * torch.eye(part)


def exact(model, tok, words, n=150, seed=99):
    """Share of answers whose every token is the likeliest (teacher forced, hence the greedy answer), by source."""
    rng, got = np.random.default_rng(seed), {}
    for _ in range(n):
        block, turns = dialogue(rng, words)
        ids, learn = tok.dialogue(turns, block)
        with torch.no_grad(), half():
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
    opts = Optimisers(model, [(p, 1.) for p in parts])
    names = {k for k in model.state_dict() if k.split('.')[0] in ('tok_embeddings', 'output', 'layers', 'norm')}
    with torch.no_grad():  # to say a token that was read then needs no learning a token, only attention: without this, rare words are not quoted
        begin_copying(model)
        model.output.weight.copy_(.2 * model.tok_embeddings.weight)
        model.output.weight[:, 0] = 0
    if path.exists():
        s = torch.load(path, weights_only=False)
        model.load_state_dict(s['model'], strict=False), opts.again(s)
        n, copying = s['n'], s['copying']
    first = n
    source, losses, copies, draw, t, saved = batches(np.random.default_rng([n, 17]), tok, words, params['max_seq_len']), [], [], np.random.default_rng([n, 23]), time.time(), time.time()
    while n < args.steps:
        share = n / args.steps
        # first copying alone, until it is sure, then dialogues with a few copies
        copying = copying and not (len(copies) > 40 and np.mean(copies[-20:]) < .4)
        repeat = copying or draw.random() < .06
        ids, learn = repeats(draw, params['vocab_size'], copying) if repeat else next(source)
        with half():
            at = torch.zeros_like(learn)
            at[:, :-1] = learn[:, 1:]
            logits = model.decode(ids, None, last=at)
        loss = F.cross_entropy(logits.float(), ids[:, 1:][learn[:, 1:]])
        opts.zero()
        loss.backward()
        opts.step(args.lr * min(1, (n - first + 1) / 50) * (.02 + .98 * .5 * (1 + math.cos(math.pi * share))), clip=1.)
        (copies if repeat else losses).append(loss.item())
        n += 1
        if n % 50 == 0:
            log(f'language step {n} loss {np.mean(losses[-50:] or [0]):.3f} copies {np.mean(copies[-30:] or [0]):.3f} {(time.time() - t) / 50:.2f} s a step')
            t = time.time()
        if n == args.steps or time.time() - saved > 240:
            state = model.state_dict()
            save(path, model={k: state[k] for k in names}, opt=opts.state(), n=n, copying=copying)
            saved = time.time()
            if n > 20:
                log('exact answers: ' + exact(model, tok, words))
            t = time.time()


if __name__ == '__main__':
    main()
