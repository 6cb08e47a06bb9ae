"""Train the cross-encoder, measure it on held-out passages."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import AutoModel

from assistent.model.unigram import UnigramTokenizer
from tests.experiments.selector.pairs import Example
from tests.experiments.selector.statements import Statement, encode_pair

_log = logging.getLogger(__name__)
SEED = 20261122
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. One step sees ``questions`` × ``statements`` pairs."""

    epochs: int
    questions: int = 8
    statements: int = 4
    learning_rate: float = 6e-5
    warm_up: float = 0.1
    weight_decay: float = 0.01
    smoothing: float = 0.03
    seed: int = SEED


class CrossEncoder(nn.Module):
    """An encoder whose mean token state is turned into one log-odds."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.config.hidden_size, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return log-odds, shape (n,), for token ids and mask of shape (n, tokens)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        return self.head(mean).squeeze(-1)


def load_pruned(folder: Path, kept: Sequence[int]) -> CrossEncoder:
    """Load the built-in model for training with the kept rows of its token vectors."""
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    rows = encoder.embeddings.word_embeddings.weight.data[list(kept)].clone()
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(rows, freeze=True)
    encoder.config.vocab_size = len(kept)
    return CrossEncoder(encoder)


def load_trained(folder: Path, checkpoint: Path, *, pieces: int) -> CrossEncoder:
    """Load a trained model.

    Args:
        folder: the built-in model for training, whose shape it has.
        checkpoint: a file that :func:`train` wrote.
        pieces: how many the vocabulary has with which it was trained.
    """
    model = load_pruned(folder, range(pieces))
    model.load_state_dict(torch.load(checkpoint)["model"])
    return model.eval()


def train(
    model: CrossEncoder,
    tokenizer: UnigramTokenizer,
    examples: Sequence[Example],
    held_out: Sequence[Example],
    plan: Plan,
    checkpoint: Path,
) -> None:
    """Train in place and write ``checkpoint`` after each epoch.

    Where the file is there, training goes on after its last epoch. All that is drawn is drawn anew
    in each epoch, so an interrupted run ends as one in a single piece.
    """
    steps = math.ceil(len(examples) / plan.questions)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=plan.learning_rate, weight_decay=plan.weight_decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: _rate(step / (steps * plan.epochs), plan.warm_up)
    )
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        done = saved["epochs"]
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        _log.info("%s: %d of %d epochs were done", checkpoint.name, done, plan.epochs)
    for epoch in range(done, plan.epochs):
        chooser = random.Random(f"{plan.seed} {epoch}")
        torch.manual_seed(plan.seed + epoch)
        model.train()
        order = list(examples)
        chooser.shuffle(order)
        started, running = time.monotonic(), 0.0
        for step in range(steps):
            group = order[step * plan.questions : (step + 1) * plan.questions]
            loss = _loss(model, tokenizer, group, plan, chooser)
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            running += (0.02 if step else 1.0) * (float(loss.detach()) - running)
            if (step + 1) % 25 == 0:
                minutes = (time.monotonic() - started) / 60
                _log.info("step %d of %d, loss %.3f, %.1f min", step + 1, steps, running, minutes)
        state = {
            "epochs": epoch + 1,
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
        }
        partial = checkpoint.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(checkpoint)
        figures = measure(model, tokenizer, held_out)
        _log.info("epoch %d: %s", epoch + 1, {k: round(v, 3) for k, v in figures.items()})


def _rate(share: float, warm_up: float) -> float:
    return share / warm_up if share < warm_up else (1 - share) / (1 - warm_up)


def _loss(
    model: CrossEncoder,
    tokenizer: UnigramTokenizer,
    group: Sequence[Example],
    plan: Plan,
    chooser: random.Random,
) -> torch.Tensor:
    """Return the loss of some questions: which statement answers, and does any."""
    pairs: list[list[int]] = []
    labels: list[float] = []
    for example in group:
        question = _roughen(example.question, chooser)
        for place, label in sample(example, plan.statements, chooser):
            pairs.append(encode_pair(tokenizer, question, example.statements[place]))
            labels.append(label)
    scores = score_pairs(model, pairs, tokenizer.vocabulary.padding)
    wanted = torch.tensor(labels)
    smooth = wanted * (1 - 2 * plan.smoothing) + plan.smoothing
    each = nn.functional.binary_cross_entropy_with_logits(scores, smooth, reduction="none")
    alone = (each * torch.where(wanted > 0.5, 2.0, 1.0)).mean()
    table, truth = scores.view(-1, plan.statements), wanted.view(-1, plan.statements)
    answered = truth[:, 0] > 0.5
    if not bool(answered.any()):
        return alone
    # The first of an answered group is the answer; further ones are kept out of the sample.
    first = torch.zeros(int(answered.sum()), dtype=torch.long)
    return alone + 0.5 * nn.functional.cross_entropy(table[answered], first)


def score_pairs(model: CrossEncoder, pairs: Sequence[list[int]], padding: int) -> torch.Tensor:
    """Score pairs in chunks of about equal length, which spares a third of the padding."""
    order = sorted(range(len(pairs)), key=lambda row: len(pairs[row]))
    chunks = [order[first : first + _CHUNK] for first in range(0, len(order), _CHUNK)]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        parts = [model(*pad([pairs[row] for row in chunk], padding)) for chunk in chunks]
    back = torch.argsort(torch.tensor(order))
    return torch.cat(parts).float()[back]


def sample(example: Example, count: int, chooser: random.Random) -> list[tuple[int, float]]:
    """Choose statements for a question: first one answer, if there is one, then hard others.

    Returns:
        ``count`` places among the statements, each with 1.0 if it answers.
    """
    others = [n for n in range(len(example.statements)) if n not in example.answers]
    chosen: list[tuple[int, float]] = []
    if example.answers:
        chosen.append((chooser.choice(sorted(example.answers)), 1.0))
    words = set(example.question.casefold().split())
    hardness = [_overlap(words, example.statements[n].text) + chooser.random() for n in others]
    ranked = [n for _, n in sorted(zip(hardness, others, strict=True), reverse=True)]
    while ranked and len(chosen) < count:
        chosen.append((ranked.pop(0), 0.0))
    while len(chosen) < count:  # a very short passage: repeat its last
        chosen.append((others[-1] if others else chosen[-1][0], 0.0 if others else 1.0))
    return chosen


def _overlap(words: set[str], text: str) -> float:
    own = set(text.casefold().split())
    return 3.0 * len(words & own) / (1 + len(words))


def _roughen(question: str, chooser: random.Random) -> str:
    """Write a question now and then as on a phone: without capitals, mark, or one letter."""
    if chooser.random() < 0.2:
        question = question.casefold().rstrip("?")
    if chooser.random() < 0.1 and len(question) > 12:
        place = chooser.randrange(3, len(question) - 1)
        question = question[:place] + question[place + 1 :]
    return question


def pad(pairs: Sequence[Sequence[int]], padding: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return token ids and mask, both of shape (n, longest)."""
    longest = max(map(len, pairs))
    ids = torch.full((len(pairs), longest), padding)
    mask = torch.zeros_like(ids)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair)] = torch.tensor(pair)
        mask[row, : len(pair)] = 1
    return ids, mask


@torch.no_grad()
def scores_of(
    model: CrossEncoder, tokenizer: UnigramTokenizer, question: str, statements: Sequence[Statement]
) -> np.ndarray:
    """Return the log-odds of the statements of one passage, shape (n,)."""
    pairs = [encode_pair(tokenizer, question, statement) for statement in statements]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(*pad(pairs, tokenizer.vocabulary.padding))
    return scores.float().numpy()


def measure(
    model: CrossEncoder, tokenizer: UnigramTokenizer, examples: Sequence[Example]
) -> dict[str, float]:
    """Return the figures on held-out passages.

    ``first``: how often an answering statement of an answerable question scores highest;
    ``passage``: AUROC of the best score, answerable against not; ``statement``: AUROC over pairs.
    """
    model.eval()
    best: list[tuple[float, bool]] = []
    pairs: list[tuple[float, bool]] = []
    first = []
    for example in examples:
        scores = scores_of(model, tokenizer, example.question, example.statements)
        best.append((float(scores.max()), bool(example.answers)))
        pairs.extend((float(s), n in example.answers) for n, s in enumerate(scores))
        if example.answers:
            first.append(int(scores.argmax()) in example.answers)
    return {
        "first": float(np.mean(first)),
        "passage": auroc(best) if any(not e.answers for e in examples) else math.nan,
        "statement": auroc(pairs),
    }


def auroc(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the chance that a positive scores above a negative; ties count half."""
    positive = np.array([score for score, label in scored if label])[:, None]
    negative = np.array([score for score, label in scored if not label])[None, :]
    return float(np.mean((positive > negative) + 0.5 * (positive == negative)))
