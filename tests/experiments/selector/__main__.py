"""Train the reader.

    python -m tests.experiments.selector --norquad train.json --word-lists FILE … --work DIR

Started again with the same folder, a run goes on after the last epoch that was finished.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from assistent.model.manifest import TRAINING
from assistent.model.manifest import VOCABULARY as FULL_VOCABULARY
from assistent.model.unigram import UnigramTokenizer, Vocabulary
from assistent.settings import load_settings
from tests.experiments.selector.pairs import Example, load_norquad, load_own
from tests.experiments.selector.training import SEED, Plan, load_pruned, measure, train
from tests.experiments.selector.vocabulary import VOCABULARY, keep_used, rows_of

FIRST_GROUPS = ("drift", "rettsregler")
_HELD_OUT = 0.1
_REHEARSED = 500
_log = logging.getLogger("tests.experiments.selector")


@dataclass(frozen=True, slots=True)
class Stage:
    """Some epochs over some examples; the name is that of its checkpoint."""

    name: str
    examples: list[Example]
    epochs: int


def main(words: Sequence[str] | None = None) -> None:
    """Prune the vocabulary, then train in three stages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--norquad", type=Path, required=True, help="NorQuAD's training part")
    parser.add_argument("--word-lists", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--work", type=Path, required=True, help="folder for the run's files")
    # On a busy machine two threads were five times slower than one: they wait for each other.
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)

    own, norquad = list(load_own()), list(load_norquad(chosen.norquad))
    held = held_out_passages(own)
    held_out = [example for example in own if example.source in held]
    folder = load_settings().model_folder
    full = Vocabulary.load(folder / FULL_VOCABULARY)
    vocabulary = prune(full, [*own, *norquad], chosen.word_lists, chosen.work / VOCABULARY)
    tokenizer = UnigramTokenizer(vocabulary)
    torch.manual_seed(SEED)
    model = load_pruned(folder / TRAINING, rows_of(vocabulary, full))
    for stage in stages(own, norquad, held):
        _log.info("%s: %d examples", stage.name, len(stage.examples))
        checkpoint = chosen.work / f"{stage.name}.pt"
        train(model, tokenizer, stage.examples, held_out, Plan(stage.epochs), checkpoint)
    _log.info("held out: %s", measure(model, tokenizer, held_out))


def held_out_passages(own: Sequence[Example]) -> set[str]:
    """Choose the passages that no stage trains on."""
    passages = sorted({example.source for example in own})
    return set(random.Random(SEED).sample(passages, int(_HELD_OUT * len(passages))))


def prune(
    full: Vocabulary, examples: Sequence[Example], word_lists: Sequence[Path], target: Path
) -> Vocabulary:
    """Return the part of the vocabulary that is used; ``target`` keeps it for a second start."""
    if not target.exists():
        keep_used(full, _texts(examples, word_lists)).save(target)
    vocabulary = Vocabulary.load(target)
    _log.info("%d of %d pieces kept", len(vocabulary.pieces), len(full.pieces))
    return vocabulary


def stages(own: Sequence[Example], norquad: Sequence[Example], held: set[str]) -> tuple[Stage, ...]:
    """Return what is trained on, from the general to our own."""
    training = [example for example in own if example.source not in held]
    rehearsed = random.Random(SEED).sample(list(norquad), min(_REHEARSED, len(norquad)))
    return (
        Stage("1-norquad", list(norquad), epochs=1),
        Stage("2-first-groups", [e for e in training if e.group in FIRST_GROUPS], epochs=4),
        Stage("3-all", [*training, *rehearsed], epochs=3),
    )


def _texts(examples: Sequence[Example], word_lists: Sequence[Path]) -> Iterator[str]:
    for example in examples:
        yield example.question
        yield from (f"{s.heading} {s.text}" for s in example.statements)
    for path in word_lists:
        yield from path.read_text("utf-8", errors="replace").split()


if __name__ == "__main__":
    main()
