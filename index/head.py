"""The dense judge: a multinomial logistic regression over line vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_SCALE = 10.0
_STEPS = 400
_SEED = 7


class Head:
    """Log probabilities of `classes` targets for unit vectors."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self._weights, self._bias = weights, bias

    @classmethod
    def fit(cls, vectors: np.ndarray, labels: np.ndarray, classes: int) -> Head:
        """Fits by Adam with weight decay and label smoothing; the same input gives the same head."""
        import torch

        torch.manual_seed(_SEED)
        x, y = torch.tensor(vectors) * _SCALE, torch.tensor(labels)
        weights = torch.zeros(classes, vectors.shape[1], requires_grad=True)
        bias = torch.zeros(classes, requires_grad=True)
        optimiser = torch.optim.Adam([weights, bias], lr=0.05)
        for _ in range(_STEPS):
            rows = torch.randint(0, len(x), (1024,))
            logits = x[rows] @ weights.T + bias
            loss = torch.nn.functional.cross_entropy(logits, y[rows], label_smoothing=0.05)
            loss = loss + 1e-4 * (weights**2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        return cls(weights.detach().numpy() * _SCALE, bias.detach().numpy())

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        """Log probabilities, shape (n, classes)."""
        logits = vectors @ self._weights.T + self._bias
        top = logits.max(axis=1, keepdims=True)
        return logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))

    def save(self, folder: Path) -> None:
        """Writes weights and bias as .npy."""
        np.save(folder / "head_weights.npy", self._weights.astype(np.float32))
        np.save(folder / "head_bias.npy", self._bias.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> Head:
        """Reads what `save` wrote."""
        return cls(np.load(folder / "head_weights.npy"), np.load(folder / "head_bias.npy"))
