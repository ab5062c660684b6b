"""Fine-tunes the encoder on training lines: lines of one target come close, lines of others apart.

Loss: supervised contrastive within the batch plus a cosine softmax over one prototype a target (starting at the
title's vector). Batches are drawn half from one neighbourhood of look-alikes, half at random; out-of-scope lines take
part as negatives. Seeded; runs on two CPU cores, in bfloat16 (time in docs/quality.md).
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.augment import Augmenter
from index.lines import AFTER, OUT_OF_SCOPE, Line
from index.normalise import fold

QUERY = "query: "
SCALE = 20.0
SEED = 20261122
# Steps after which look-alikes are found anew, where the model now has them: what it confuses becomes what it drills.
REFRESH = 200


class Batches:
    """Draws batches of `targets` × `each` lines, by half from look-alikes of one another."""

    def __init__(
        self, lines: Sequence[Line], neighbours: dict[str, list[str]], targets: int, each: int
    ) -> None:
        self.by_target: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            self.by_target[line.target].append(line.text)
        self.names = sorted(name for name in self.by_target if name != OUT_OF_SCOPE)
        self.neighbours, self.targets, self.each = neighbours, targets, each
        self.random = random.Random(SEED)
        self.augment = Augmenter(SEED)
        self._queues: dict[str, list[str]] = defaultdict(list)

    def _next(self, target: str) -> str:
        if not self._queues[target]:
            self._queues[target] = self.random.sample(self.by_target[target], len(self.by_target[target]))
        return self._queues[target].pop()

    def _draw(self, target: str) -> str:
        """A line of the target, noisy or after something else now and then."""
        text = self.augment(self._next(target))
        earlier = self.random.choice(self.by_target[self.random.choice(self.names)])
        own = self.random.choice(self.by_target[target]) if target != OUT_OF_SCOPE else AFTER
        return self.augment.after(text, earlier, own)

    def __call__(self, count: int) -> Iterator[tuple[list[str], list[str]]]:
        """Yields `count` batches of (texts, targets)."""
        order: list[str] = []
        for _ in range(count):
            chosen: list[str] = []
            while len(chosen) < self.targets:
                if not order:
                    order = self.random.sample(self.names, len(self.names))
                head = order.pop()
                group = [head]
                close = [n for n in self.neighbours.get(head, ()) if n in self.by_target]
                if self.random.random() < 0.6:
                    group += close[:3]
                chosen += [name for name in group if name not in chosen]
            chosen = chosen[: self.targets]
            texts, labels = [], []
            for name in chosen:
                for _ in range(self.each):
                    texts.append(self._draw(name))
                    labels.append(name)
            if self.by_target[OUT_OF_SCOPE]:
                for _ in range(4):
                    texts.append(self._draw(OUT_OF_SCOPE))
                    labels.append(OUT_OF_SCOPE)
            yield texts, labels


def train(
    base: Path, target: Path, lines: Sequence[Line], names: dict[str, str], epochs: float, rate: float
) -> None:
    """Fine-tunes the SentenceTransformer directory `base` and writes it to `target`."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.manual_seed(SEED)
    model = SentenceTransformer(str(base), device="cpu")
    tokenizer = model.tokenizer
    targets = sorted({line.target for line in lines} - {OUT_OF_SCOPE})
    position = {name: i for i, name in enumerate(targets)}
    model.eval()
    start = model.encode([QUERY + names.get(name, name) for name in targets], convert_to_tensor=True)
    prototypes = torch.nn.Parameter(start.clone().detach())
    batches = Batches(lines, _look_alikes(targets, start.numpy()), targets=28, each=2)
    steps = int(epochs * len(lines) / 60)
    decay: list[torch.nn.Parameter] = []
    plain: list[torch.nn.Parameter] = []
    for name, parameter in model.named_parameters():
        (plain if name.endswith("bias") or "LayerNorm" in name else decay).append(parameter)
    optimiser = torch.optim.AdamW(
        [
            {"params": decay, "weight_decay": 0.01, "lr": rate},
            {"params": plain, "weight_decay": 0.0, "lr": rate},
            {"params": [prototypes], "weight_decay": 0.0, "lr": rate * 10},
        ]
    )
    warmup = max(1, steps // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warmup, max(0.02, (steps - s) / max(1, steps - warmup)))
    )
    model.train()
    begun, running = time.time(), 0.0
    for step, (texts, drawn) in enumerate(batches(steps), 1):
        vectors, labels = _encode(torch, model, tokenizer, texts, drawn)
        loss = _loss(torch, vectors, labels, prototypes, position)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        running = loss.item() if step == 1 else 0.95 * running + 0.05 * loss.item()
        if step % REFRESH == 0:
            unit = torch.nn.functional.normalize(prototypes.detach(), dim=1)
            batches.neighbours = _look_alikes(targets, unit.numpy())
        if step % 25 == 0 or step == steps:
            spent = time.time() - begun
            left = spent / step * (steps - step)
            print(
                f"微调 {step}/{steps} loss {running:.3f} 已用{spent:.0f}秒 还需约{left:.0f}秒",
                file=sys.stderr,
                flush=True,
            )
    model.eval()
    model.save(str(target))


def _look_alikes(targets: Sequence[str], vectors: np.ndarray) -> dict[str, list[str]]:
    """The seven nearest other targets of each, by unit vectors of shape (targets, dimension)."""
    similarity = vectors @ vectors.T
    return {name: [targets[j] for j in np.argsort(-similarity[i])[1:8]] for i, name in enumerate(targets)}


def _encode(torch, model, tokenizer, texts, labels):  # type: ignore[no-untyped-def]
    """Vectors of a batch, in order of length and by thirds, which spares half of the padding; labels follow."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = []
    size = -(-len(order) // 3)
    for start in range(0, len(order), size):
        chunk = [QUERY + fold(texts[i]) for i in order[start : start + size]]
        encoded = tokenizer(chunk, padding=True, truncation=True, max_length=64, return_tensors="pt")
        features = {"input_ids": encoded["input_ids"], "attention_mask": encoded["attention_mask"]}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors.append(model(features)["sentence_embedding"].float())
    return torch.cat(vectors), [labels[i] for i in order]


def _loss(torch, vectors, labels, prototypes, position):  # type: ignore[no-untyped-def]
    """Cosine softmax over prototypes (in-scope rows) + supervised contrastive over the batch."""
    ids = torch.tensor([position.get(label, -1) for label in labels])
    inside = ids >= 0
    unit = torch.nn.functional.normalize(prototypes, dim=1)
    logits = vectors @ unit.T * SCALE
    proxy = torch.nn.functional.cross_entropy(logits[inside], ids[inside], label_smoothing=0.05)
    away = torch.relu(logits[~inside].max(dim=1).values / SCALE - 0.35).mean() if (~inside).any() else 0.0
    scores = vectors @ vectors.T * SCALE
    scores = scores - torch.eye(len(labels)) * 1e4
    same = (ids[:, None] == ids[None, :]) & inside[:, None]
    same = same & ~torch.eye(len(labels), dtype=torch.bool)
    log_p = scores - torch.logsumexp(scores, dim=1, keepdim=True)
    contrast = -(log_p * same).sum(1)[inside] / same.sum(1)[inside].clamp(min=1)
    return proxy + 0.5 * contrast.mean() + 2.0 * away
