"""Greedy answers of an exported model, here in PyTorch. Figures come through the product: `data/suite.py` and `onelens eval`."""
import torch

import questions


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
