"""What the trained reader adds to the assistant, on the development questions.

    python -m tests.experiments.selector.layers --weights 3-all.pt --vocabulary vocabulary.json

Asks each question in ``Assistant.draft``, has the reader score the best statements, and compares
ranking and abstention with and without its scores. Never reads a test set.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistent.abstention import KIND_SIGNALS, TOPIC_SIGNALS, Signals, read_signals
from assistent.answering import Assistant
from assistent.evaluation.gold import shows
from assistent.evaluation.question_sets import (
    DEVELOPMENT,
    EvalQuestion,
    checkout_sets,
    part_of,
    read_question_sets,
)
from assistent.evidence import Candidate
from assistent.model.manifest import TRAINING
from assistent.model.unigram import UnigramTokenizer, Vocabulary
from assistent.settings import load_settings
from tests.evals.assistants import build_eval_assistant
from tests.evals.tune_abstention import Rows, auroc, describe, out_of_fold
from tests.experiments.selector.statements import Statement, leans_on_previous
from tests.experiments.selector.training import CrossEncoder, load_trained, scores_of

CONSIDERED = 20
READ = 8
WEIGHTS = (0.0, 0.004, 0.008, 0.015, 0.03)
_CUTS = (1, 3, 5)
_CERTAIN = 6.0  # log-odds beyond this are cut
_RESAMPLES = 2000
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSignals(Signals):
    """The signals of a question with the reader's two, log-odds over the first statements."""

    reader: float
    reader_three: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the scores of its best statements, and which of them hold a gold quote."""

    miss: str
    signals: ReadSignals
    merit: Numbers
    odds: Numbers
    gold: NDArray[np.bool_]


def main(words: Sequence[str] | None = None) -> None:
    """Score and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True, help="a checkpoint of the training")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(words)
    torch.set_num_threads(chosen.threads)
    vocabulary = Vocabulary.load(chosen.vocabulary)
    model = load_trained(
        load_settings().model_folder / TRAINING, chosen.weights, pieces=len(vocabulary.pieces)
    )
    tokenizer = UnigramTokenizer(vocabulary)
    report(list(ask_all(build_eval_assistant(), model, tokenizer)))


def development_questions() -> list[EvalQuestion]:
    """Return the questions that are tuned on."""
    files = [file for file in checkout_sets() if part_of(file.stem) == DEVELOPMENT]
    return [question for each in read_question_sets(files) for question in each.questions]


def ask_all(
    assistant: Assistant, model: CrossEncoder, tokenizer: UnigramTokenizer
) -> Iterator[Asked]:
    """Ask every development question and have the reader score its best statements."""
    for question in development_questions():
        draft = assistant.draft(question.text, question.history)
        if draft is None or draft.extract is None:
            continue
        considered = draft.extract.considered[:CONSIDERED]
        statements = [in_its_place(candidate, assistant) for candidate in considered]
        odds = scores_of(model, tokenizer, draft.question.text, statements).astype(np.float64)
        signals = read_signals(draft.question, draft.hits, draft.extract)
        yield Asked(
            miss=question.miss,
            signals=with_reader(signals, odds),
            merit=np.array([candidate.score for candidate in considered]),
            odds=odds,
            gold=np.array([is_gold(candidate, question) for candidate in considered]),
        )


def in_its_place(candidate: Candidate, assistant: Assistant) -> Statement:
    """Return a candidate as the reader was trained to see statements."""
    passage, statement = candidate.passage, candidate.statement
    document = assistant.document(passage.document)
    assert document is not None
    before = statement.lead_in
    if before is None and leans_on_previous(candidate.text):
        place = passage.statements.index(statement)
        before = passage.statements[place - 1] if place else None
    return Statement(
        heading=passage.section[-1] if passage.section else "",
        before=document.text[before.start : before.end] if before else "",
        text=candidate.text,
    )


def is_gold(candidate: Candidate, question: EvalQuestion) -> bool:
    """Whether a candidate holds a quote that answers."""
    return any(
        gold.document == candidate.passage.document and shows(candidate.text, gold)
        for gold in question.gold
    )


def with_reader(signals: Signals, odds: Numbers) -> ReadSignals:
    """Add the best of the first statements' odds, and the mean of their best three."""
    best = np.sort(odds[:READ])[::-1]
    return ReadSignals(
        **asdict(signals), reader=float(best[0]), reader_three=float(best[:3].mean())
    )


def gold_rank(asked: Asked, weight: float) -> float:
    """Return how many statements stand before the first gold one; infinite if there is none.

    The first statements are put in a new order among themselves: the reader's odds count ``weight``
    beside the score.
    """
    merit = asked.merit.copy()
    merit[:READ] += weight * (np.clip(asked.odds[:READ], -_CERTAIN, _CERTAIN) + _CERTAIN)
    gold = asked.gold[np.argsort(-merit, kind="stable")]
    return float(np.argmax(gold)) if gold.any() else np.inf


def report(asked: Sequence[Asked]) -> None:
    """Print ranking, the reader alone, and abstention without and with it."""
    answerable = [each for each in asked if not each.miss]
    print(f"{len(asked)} development questions, {len(answerable)} with an answer")
    print(f"first gold statement, the reader over the first {READ}:")
    for weight in WEIGHTS:
        ranks = np.array([gold_rank(each, weight) for each in answerable])
        shares = "  ".join(f"among {cut}: {np.mean(ranks < cut):.3f}" for cut in _CUTS)
        print(f"  weight {weight:5.3f}  {shares}  MRR {np.mean(1 / (1 + ranks)):.3f}")
    miss = np.array([each.miss for each in asked])
    rows = Rows([each.signals for each in asked], miss)
    for name in ("sentence", "reader", "reader_three"):
        describe(f"«{name}» alone", rows, rows.table([name])[:, 0])
    topic = out_of_fold(rows, TOPIC_SIGNALS, ["off"])
    without = topic * out_of_fold(rows, KIND_SIGNALS, ["near"])
    describe("topic × kind", rows, without)
    for added in (["reader"], ["reader", "reader_three"]):
        with_it = topic * out_of_fold(rows, [*KIND_SIGNALS, *added], ["near"])
        describe(f"topic × kind with {' and '.join(added)}", rows, with_it)
        low, high = gain(miss, without, with_it)
        print(f"  near misses: 95 % of the paired resamples gain {low:+.3f} to {high:+.3f}")


def gain(miss: NDArray[np.str_], before: Numbers, after: Numbers) -> tuple[float, float]:
    """Return the paired bootstrap interval of what near misses gain in AUROC."""
    chooser = np.random.default_rng(0)
    positive, negative = np.flatnonzero(miss == ""), np.flatnonzero(miss == "near")
    gains = []
    for _ in range(_RESAMPLES):
        p, n = chooser.choice(positive, len(positive)), chooser.choice(negative, len(negative))
        gains.append(auroc(after[p], after[n]) - auroc(before[p], before[n]))
    low, high = np.quantile(gains, (0.025, 0.975))
    return float(low), float(high)


if __name__ == "__main__":
    main()
