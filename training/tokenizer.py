"""Trains the SentencePiece BPE tokenizer (settings of LLaMA's, small vocabulary) and turns question and answer into ids."""
import argparse
import io
import json
import sys
from pathlib import Path

import numpy as np
import sentencepiece as spm

HERE = Path(__file__).resolve().parent


def corpus(captions, seed=1, dialogues=9000):
    """Sentences: generated questions and answers, captions, and some general English (docstrings of Python's library)."""
    import clouds
    import plots
    import questions
    import sounds
    rng = np.random.default_rng(seed)
    photos = [c[len('A photograph of '):-1].split(' ', 1)[1] for c in captions if c.startswith('A photograph of ')]
    sheets = [{'source': 'photo', 'modality': 'image', 'name': n} for n in photos for _ in range(12)]
    sheets += [{'source': 'sound', 'modality': 'audio', 'name': n} for n in sounds.CLASSES for _ in range(60)]
    sheets += [{'source': 'cloud', 'modality': 'point', 'name': n} for n in clouds.CLASSES for _ in range(40)]
    sheets += [{'source': 'plot', 'modality': 'image', 'kind': int(rng.integers(len(plots.KINDS))), 'count': int(rng.integers(1, 10)), 'trend': str(rng.choice(['', 'up', 'down'])),
                'colour': str(rng.choice(['', *plots.COLOURS]))} for _ in range(2500)]
    sheets += [{'source': 'drawing', 'modality': 'image', 'name': c[len('A drawing of '):-1].split(' ', 1)[1]} for c in captions if c.startswith('A drawing of ') for _ in range(8)]
    for f in sheets:
        q, a = questions.seen(rng, f, None, str(rng.choice(photos)))
        for line in f'###Human: {q}\n###Assistant: {a}\n###'.split('\n'):
            yield line
    for _ in range(3):
        yield from captions
    from data.words import Words
    from language import dialogue
    words = Words()
    for _ in range(dialogues):
        block, turns = dialogue(rng, words)
        yield from (block + ''.join(f'###Human: {q}\n###Assistant: {a}\n' for q, a in turns)).split('\n')
    for w in words.rare[::3]:
        yield w
    for name in ('argparse', 'json', 'os', 'random', 'statistics', 'collections', 'threading', 'logging', 'datetime', 'email', 'http.client', 'unittest'):
        for line in (Path(sys.modules['json'].__file__).parents[1] / (name.replace('.', '/') + '.py') if '.' in name else Path(json.__file__).parents[1] / (name + '.py'),):
            text = line.read_text() if line.exists() else ''
            for s in text.split('\n'):
                s = s.strip()
                if s.count(' ') > 6 and not any(c in s for c in '=()[]{}_#"<>'):
                    yield s


def train(captions, vocab, dialogues=9000):
    """-> bytes of a .model file"""
    out = io.BytesIO()
    spm.SentencePieceTrainer.train(sentence_iterator=iter([s for s in corpus(captions, dialogues=dialogues) if s.strip()]), model_writer=out, model_type='bpe', vocab_size=vocab, byte_fallback=True, normalization_rule_name='identity',
                                   add_dummy_prefix=True, remove_extra_whitespaces=False, split_digits=True, character_coverage=.9999, unk_id=0, bos_id=1, eos_id=2, pad_id=-1, num_threads=1, minloglevel=2)
    return out.getvalue()


class Tokenizer:
    def __init__(self, path):
        self.sp = spm.SentencePieceProcessor(model_file=str(path))

    def prompt(self, text):
        """[BOS, ids of the prompt]"""
        return [1] + self.sp.encode(text)

    def dialogue(self, turns, block=''):
        """Facts block, [(question, answer)] -> ids and the mask of tokens to learn: every answer with its '\\n###', then EOS."""
        import questions
        whole = block + ''.join(f'###Human: {q}\n###Assistant: {a}\n' for q, a in turns) + '###'
        ids, learn = [1] + self.sp.encode(whole), None
        learn = [False] * len(ids)
        for k, (q, a) in enumerate(turns):
            start = self.prompt(block + questions.prompt(turns[:k], q))
            end = [1] + self.sp.encode(block + questions.prompt(turns[:k], q) + f' {a}\n###')
            if ids[:len(start)] != start or ids[:len(end) - 1] != end[:-1]:
                raise ValueError(f'the answer changes how the prompt is split: {turns}')
            learn[len(start):len(end)] = [True] * (len(end) - len(start))
        return ids + [2], learn + [True]

    def decode(self, ids):
        return self.sp.decode([int(i) for i in ids])


if __name__ == '__main__':
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('--captions', type=Path, default=Path('cache/captions.json'), help='sentences of the pictures, which prepare.py writes')
    a.add_argument('--out', type=Path, default=Path('run/tokenizer.model'))
    args = a.parse_args()
    captions = json.loads(args.captions.read_text())
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(train(captions, json.loads((HERE / 'config.json').read_text())['params']['vocab_size']))
