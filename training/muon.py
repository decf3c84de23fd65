"""Muon (Jordan et al., 2024): the step of a matrix is its momentum made orthogonal. Convolutions keep the norm sqrt(outputs), since what
follows them (BatchNorm) does not see their size; other matrices move by .2 sqrt(larger side) (Liu et al., 2025) and decay. Vectors and
tables of embeddings belong to AdamW."""
import torch


def orthogonal(g, steps=5):
    """[m, n] -> about U V^T of its singular value decomposition: Newton-Schulz, quintic."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g / (g.norm() + 1e-7)
    turned = x.shape[0] > x.shape[1]
    x = x.T if turned else x
    for _ in range(steps):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if turned else x


class Muon(torch.optim.Optimizer):
    """`lr` of a group of convolutions (`filters`): the share of their norm that a step moves."""

    def __init__(self, groups, momentum=.9):
        super().__init__(groups, {'lr': .1, 'momentum': momentum, 'filters': True, 'weight_decay': .05})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is None or not p.grad.any():  # nothing was seen of this modality
                    continue
                state = self.state[p]
                if 'buffer' not in state:
                    state['buffer'] = torch.zeros_like(p)
                m = state['buffer'].lerp_(p.grad, 1 - group['momentum'])
                g = p.grad.lerp(m, group['momentum'])  # Nesterov
                rows = len(p)
                move = orthogonal(g.reshape(rows, -1))
                if group['filters']:
                    p.mul_(rows ** .5 / p.norm().clamp(min=1e-7))
                    p.add_(move.reshape(p.shape), alpha=-group['lr'])
                else:
                    p.mul_(1 - group['lr'] * group['weight_decay'])
                    p.add_(move.reshape(p.shape), alpha=-group['lr'] * .2 * max(move.shape) ** .5)
